import Canvas
import ZarrModel

extension BrowserPane {
    /// Begins, or comes back from another pane.
    mutating func shown(_ context: inout Context) -> [Effect] {
        asked.isShown = true
        var effects = open("/", &context)
        var path = "/"
        for part in start.split(separator: "/").dropLast() {
            path += (path == "/" ? "" : "/") + part
            effects += open(path, &context)
        }
        if let array = context.array, let census = array.census, census.summary != nil {
            tree.take(CensusCounts(census, context.arrayDetails(array.path)), of: array.path)
            if tree.order.column.needsCounts { rebuild() }
        }
        return effects
    }

    mutating func handle(_ command: Command, _ context: inout Context) -> [Effect] {
        switch command {
        case .open where isTyping: return type(.enter, &context)
        case .close where isTyping: return type(.escape, &context)
        case .nextPart, .previousPart: isReading.toggle()
        case .tab1, .tab2, .tab3, .tab4, .tab5, .tab6:
            choose(Command.tabs.firstIndex(of: command) ?? 0)
        case .filter: beginTyping()
        case .close: close()
        case .back: context.navigation = .pop
        case .left where isReading: choose(max(0, tab.rawValue - 1))
        case .right where isReading: choose(min(Tab.allCases.count - 1, tab.rawValue + 1))
        case .left, .parent: closeOrUp()
        case .right:
            guard let node = selected, node.kind == .group else { return [] }
            return open(node.path, &context)
        case .open where isReading: fold()
        case .open: return enter(&context)
        case .verify where selected?.kind == .group: return verifyBelow(&context)
        case .map, .slice, .mock, .findings, .compare, .watch, .verify:
            return go(command, &context)
        case .delete:
            guard let path = chosenArray, let chosen = context.array?.shown?.markedSelection()
            else { return [] }
            context.plan(chosen, of: path)
        case .refresh: return refresh(&context)
        case .count: return count(&context)
        case .sort, .reverseOrder: sort(command, &context)
        case .next, .previous: find(forward: command == .next, &context)
        case .copy, .copyPath: return copy(command, &context)
        default:
            if isReading {
                _ = reader.take(command)
            } else if list.take(command) {
                reader.selected = 0
            }
        }
        return []
    }

    mutating func choose(_ index: Int) {
        tab = Tab(rawValue: index) ?? .info
        reader.selected = 0
        search = nil
    }

    private mutating func close() {
        if search != nil, isReading {
            search = nil
        } else if filter != nil {
            setFilter(nil)
        } else if isReading {
            isReading = false
        }
    }

    private mutating func copy(_ command: Command, _ context: inout Context) -> [Effect] {
        var text = selected?.path ?? ""
        if command == .copy, reader.selected < textCount {
            text = textLine(reader.selected).copied
        }
        guard !text.isEmpty else {
            context.say("There is nothing to copy on this line")
            return []
        }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        context.say(lines.count > 1 ? "Copied \(lines.count) lines" : "Copied \(text)")
        return [context.request(.copy(text))]
    }

    // MARK: Tree

    private mutating func enter(_ context: inout Context) -> [Effect] {
        guard let node = selected else { return [] }
        switch node.kind {
        case .group:
            guard tree.isOpen(node.path) else { return open(node.path, &context) }
            tree.setOpen(node.path, false)
            rebuild()
        case .array: return go(.map, &context)
        case .broken:
            choose(Tab.issues.rawValue)
            context.say("This node cannot be read; its findings say why", .error)
        case .foreign:
            context.say("Not part of the Zarr hierarchy")
        }
        return []
    }

    private mutating func closeOrUp() {
        guard let node = selected else { return }
        if node.kind == .group, tree.isOpen(node.path), lines[list.selected].note == nil {
            tree.setOpen(node.path, false)
            rebuild()
            return
        }
        let depth = lines[list.selected].depth
        guard let above = lines[..<list.selected].lastIndex(where: { $0.depth < depth }) else {
            return
        }
        list.selected = above
        reader.selected = 0
    }

    private mutating func sort(_ command: Command, _ context: inout Context) {
        var order = tree.order
        if command == .sort { order = order.next } else { order.isReversed.toggle() }
        take(order, &context)
    }

    private mutating func take(_ order: NodeOrder, _ context: inout Context) {
        tree.order = order
        rebuild()
        context.say(order.title)
    }

    private mutating func setFilter(_ field: TextField?) {
        filter = field
        isFiltering = field != nil && isFiltering
        rebuild()
    }

    /// Makes the lines anew, and keeps the node that is selected.
    mutating func rebuild() {
        let node = lines.indices.contains(list.selected) ? lines[list.selected].node : 0
        let wanted = filter?.string ?? ""
        lines = tree.lines(filter: wanted)
        linesMade &+= 1
        list.selected = lines.firstIndex { $0.node == node && $0.note == nil } ?? list.selected
        list.fit(count: lines.count, height: list.height)
        let folded = Array(wanted.lowercased().utf8)
        hitCount = wanted.isEmpty ? 0 : lines.count { isHit($0, folded) }
    }

    private func isHit(_ line: NodeTree.Line, _ wanted: [UInt8]) -> Bool {
        line.depth > 0 && line.note == nil && tree.matches(line.node, wanted)
    }

    // MARK: Searching

    private mutating func beginTyping() {
        if isReading {
            var found = search ?? TextSearch()
            found.field = TextField(found.field.string, isFresh: true)
            found.isTyping = true
            search = found
        } else {
            filter = TextField(filter?.string ?? "", isFresh: true)
            isFiltering = true
        }
    }

    /// Goes to the next or previous match; in the tree without a filter, to what a person should see.
    private mutating func find(forward: Bool, _ context: inout Context) {
        if isReading {
            if search == nil {
                context.say("Nothing is searched for: / begins")
            } else if !seek(forward ? 1 : -1) {
                context.say("Not found", .notice)
            }
            return
        }
        let wanted = filter.map { Array($0.string.lowercased().utf8) } ?? []
        let count = lines.count
        for step in 1...max(1, count) {
            let line = ((list.selected + (forward ? step : -step)) % count + count) % count
            let isFound = wanted.isEmpty ? isTrouble(lines[line]) : isHit(lines[line], wanted)
            guard isFound else { continue }
            let isRound = forward ? line <= list.selected : line >= list.selected
            list.selected = line
            reader.selected = 0
            if isRound, wanted.isEmpty, let hidden = hiddenWords {
                context.say("Went round. \(hidden)", .notice)
            }
            return
        }
        let shown = "No finding among the nodes shown"
        let isAllCounted = tree.counts(below: "/")?.uncounted.isEmpty ?? true
        let words = hiddenWords.map { isAllCounted ? "\(shown). \($0)" : $0 }
        let none = words ?? shown
        context.say(wanted.isEmpty ? none : "Not found", .notice)
    }

    /// What nobody looked at, so that nobody knows of trouble in it; `nil` where there is nothing.
    private var hiddenWords: String? {
        let uncounted = tree.counts(below: "/")?.uncountedWords.map { $0 + ": c counts" }
        let words = [uncounted, closedWords].compactMap(\.self)
        return words.isEmpty ? nil : words.joined(separator: ". ")
    }

    /// That closed groups were passed over; `nil` where there is none.
    private var closedWords: String? {
        let closed = lines.count { line in
            let card = tree[line].card
            return line.note == nil && card.kind == .group && !tree.isOpen(card.path)
        }
        guard closed > 0 else { return nil }
        return "\(Format.plural(closed, "closed group")) not looked into: Right opens one"
    }

    private func isTrouble(_ line: NodeTree.Line) -> Bool {
        let card = tree[line].card
        return line.note == .failed
            || line.note == nil
                && (card.kind == .broken || card.severity ?? .note > .note
                    || card.countProblem != nil || card.counts?.hasFindings ?? false
                    || card.counts?.isComplete == false)
    }

    mutating func type(_ key: Key, _ context: inout Context) -> [Effect] {
        if search?.isTyping ?? false {
            typeSearch(key, &context)
            return []
        }
        switch key {
        case .escape:
            isFiltering = false
            setFilter(nil)
        case .enter:
            isFiltering = false
            if filter?.string.isEmpty ?? true { setFilter(nil) }
        case .up: _ = list.take(.up)
        case .down: _ = list.take(.down)
        default:
            var field = filter ?? TextField()
            guard field.take(key) else { return [] }
            setFilter(field)
            let wanted = Array(field.string.lowercased().utf8)
            if !wanted.isEmpty { list.selected = lines.firstIndex { isHit($0, wanted) } ?? 0 }
        }
        reader.selected = 0
        return []
    }

    private mutating func typeSearch(_ key: Key, _ context: inout Context) {
        guard var found = search else { return }
        switch key {
        case .escape: search = nil
        case .enter:
            found.isTyping = false
            search = found.field.string.isEmpty ? nil : found
        case .up: _ = reader.take(.up)
        case .down: _ = reader.take(.down)
        default:
            guard found.field.take(key) else { return }
            search = found
            _ = seek(0)
        }
    }

    /// Opens or closes the attribute on the line.
    private mutating func fold() {
        if tab == .keys, var found = keys {
            let line = found.foldLine(of: reader.selected)
            guard found.toggle(at: line) else { return }
            keys = found
            reader.selected = line
            return
        }
        guard let path = selected?.path, reader.selected < textCount,
            let pointer = textLine(reader.selected).fold
        else { return }
        if folds[path, default: []].remove(pointer) == nil {
            folds[path, default: []].insert(pointer)
        }
    }

    // MARK: Mouse

    mutating func click(
        _ action: MouseAction,
        _ point: Point,
        _ context: inout Context
    ) -> [Effect] {
        let isText = layout.text.contains(point)
        switch action {
        case .wheelUp, .wheelDown:
            let amount = action == .wheelUp ? -3 : 3
            if isText {
                reader.move(by: amount)
            } else {
                list.move(by: amount)
                reader.selected = 0
            }
        case .press: return press(point, isText: isText, &context)
        default: break
        }
        return []
    }

    private mutating func press(
        _ point: Point,
        isText: Bool,
        _ context: inout Context
    ) -> [Effect] {
        if layout.tabs.contains(point) {
            let places = layout.tabPlaces(text.issueCount)
            let column = point.column - layout.tabs.column
            if let hit = places.firstIndex(where: { $0.contains(column) }) { choose(hit) }
            return []
        }
        if isText {
            let line = reader.first + point.row - layout.text.row
            let isAgain = isReading && line == reader.selected
            isReading = true
            if line < textCount { reader.selected = line }
            if isAgain { fold() }
            return []
        }
        if point.row == layout.tree.row - 1, filter == nil,
            let column = columns.kind(at: point.column)
        {
            var order = tree.order
            if order.column == column { order.isReversed.toggle() } else { order.column = column }
            take(order, &context)
            return []
        }
        isReading = false
        let line = list.first + point.row - layout.tree.row
        guard layout.tree.contains(point), line < lines.count else { return [] }
        if line == list.selected { return enter(&context) }
        list.selected = line
        reader.selected = 0
        return []
    }
}
