import Canvas
import ZarrModel

extension BrowserPane {
    /// Larger grids are counted only when a person asks for it.
    static let countLimit = 300_000

    // MARK: Asking

    /// Asks for what the screen shows and is not known yet: little at a time, so that moving fast
    /// asks little.
    mutating func follow(_ context: inout Context) -> [Effect] {
        guard asked.isShown else { return [] }
        var effects = describe(&context)
        if let node = selected, node.kind == .array, context.arrayDetails(node.path) != nil {
            if asked.describing == nil { effects += context.learnCoordinates(of: node.path) }
            if tab == .codecs { effects += sample(node.path, &context) }
        }
        if tab == .keys { effects += listKeys(&context) }
        effects += verifyNext(&context)
        return asked.verifying?.isRunning ?? false ? effects : effects + countNext(&context)
    }

    /// Shows the children of a group, and asks for them where they are not known.
    mutating func open(_ path: String, _ context: inout Context) -> [Effect] {
        let isGroup = path == "/" ? tree.root.kind != .array : true
        guard isGroup else { return [] }
        tree.setOpen(path, true)
        rebuild()
        guard !tree.isListed(path), !asked.listing.values.contains(path) else { return [] }
        let effect = context.request(.listChildren(path: path))
        asked.listing[effect.number] = path
        return [effect]
    }

    /// Opens a pane on the selected array, or asks for its description first.
    mutating func go(_ command: Command, _ context: inout Context) -> [Effect] {
        guard let node = selected, node.kind == .array else { return [] }
        guard context.arrayDetails(node.path) != nil else {
            asked.wanted = (command, node.path)
            return describe(&context)
        }
        asked.wanted = nil
        switch command {
        case .slice: context.navigation = .push(SlicePane(path: node.path))
        case .mock: context.navigation = .push(DrillsPane(path: node.path))
        case .findings: context.navigation = .push(FindingsPane(path: node.path))
        case .compare: context.navigation = .push(ComparePane(path: node.path))
        case .watch: return context.look(at: node.path) + context.toggleWatch(node.path)
        case .verify:
            let map = MapPane(path: node.path, verifies: true)
            context.navigation = .push(map)
        default: context.navigation = .push(MapPane(path: node.path))
        }
        return []
    }

    /// Forgets what is known of the selected node, and asks anew.
    mutating func refresh(_ context: inout Context) -> [Effect] {
        guard let node = selected else { return [] }
        context.details[node.path] = nil
        context.forgetCoordinates(of: node.path)
        asked.failures[node.path] = nil
        samples[node.path] = nil
        if keys?.path == node.path { keys = nil }
        tree.take(nil, of: node.path)
        asked.uncounted.remove(node.path)
        guard node.kind == .group else { return [] }
        tree.forget(node.path)
        asked.uncounted = []
        return open(node.path, &context)
    }

    /// Counts the chunks of the selected array, however many there may be; of a group those of every array
    /// below it that is listed and was not counted, else of all of them anew.
    mutating func count(_ context: inout Context) -> [Effect] {
        guard let node = selected else { return [] }
        let below = tree.counts(below: node.path)
        let left = below?.uncounted.map(\.path) ?? []
        let wanted = left.isEmpty ? tree.nodes(.array, below: node.path) : left
        let effects = stopCounting(&context)
        for path in wanted {
            tree.take(nil, of: path)
            asked.uncounted.remove(path)
        }
        asked.toCount = wanted.reversed()
        return effects + countNext(&context)
    }

    private mutating func describe(_ context: inout Context) -> [Effect] {
        guard asked.describing == nil, let node = selected, node.kind != .foreign,
            context.details[node.path] == nil, asked.failures[node.path] == nil
        else { return [] }
        let effect = context.request(.describe(path: node.path))
        asked.describing = (effect.number, node.path)
        return [effect]
    }

    private mutating func sample(_ path: String, _ context: inout Context) -> [Effect] {
        guard samples[path] == nil, asked.sampling == nil else { return [] }
        let effect = context.request(.sampleCodecs(path: path))
        asked.sampling = (effect.number, path)
        return [effect]
    }

    private mutating func listKeys(_ context: inout Context) -> [Effect] {
        guard let node = selected, node.kind != .foreign else {
            keys = nil
            return []
        }
        var effects: [Effect] = []
        if keys?.path != node.path {
            if let running = keys?.request { effects.append(context.request(.cancel(running))) }
            keys = KeyList(path: node.path)
        }
        guard keys?.wantsMore(at: max(reader.selected, reader.first + reader.height)) ?? false
        else {
            return effects
        }
        let isFirst = keys?.keys.isEmpty ?? true
        let effect = context.request(.listKeys(path: node.path, isFirst: isFirst))
        keys?.request = effect.number
        return effects + [effect]
    }

    // MARK: Counting

    /// Begins to count the next array in view of which nothing is known.
    private mutating func countNext(_ context: inout Context) -> [Effect] {
        guard asked.counting == nil, !context.mock.isArmed, context.openRequest == nil else {
            return []
        }
        if let wanted = asked.toCount.last { return [beginCounting(wanted, &context)] }
        for line in list.visible where line < lines.count && lines[line].note == nil {
            let card = tree[lines[line]].card
            // What is counted is what the document says, once that is known.
            guard card.kind == .array, card.counts == nil, !asked.uncounted.contains(card.path),
                asked.describing?.path != card.path
            else { continue }
            guard card.chunkCount ?? .max <= Self.countLimit else { continue }
            return [beginCounting(card.path, &context)]
        }
        return []
    }

    private mutating func beginCounting(_ path: String, _ context: inout Context) -> Effect {
        let effect = context.request(.count(path: path))
        asked.counting = (effect.number, path)
        return effect
    }

    /// Stops the count that runs: another pane is shown, or another count is wanted.
    mutating func stopCounting(_ context: inout Context) -> [Effect] {
        guard let running = asked.counting else { return [] }
        asked.counting = nil
        return [context.request(.cancel(running.number))]
    }

    // MARK: Answers

    mutating func receive(_ event: Event, _ context: inout Context) -> [Effect] {
        let isMine = take(event, &context)
        takeStop(event, &context)
        switch event.news {
        case .watched, .watching: takeWatched(context)
        case .described(let details):
            if tree.take(details) {
                asked.uncounted.remove(details.path)
                rebuild()
            }
        default: break
        }
        guard isMine || event.news.isFinal else { return [] }
        let isVerifying = asked.isShown && asked.verifying?.isRunning ?? false
        var effects: [Effect] = []
        if let wanted = asked.wanted, wanted.path == selected?.path {
            if context.arrayDetails(wanted.path) != nil {
                effects += go(wanted.command, &context)
            } else if context.details[wanted.path] != nil || asked.failures[wanted.path] != nil {
                asked.wanted = nil
            }
        }
        if context.navigation != nil { return effects + leave(&context) }
        return isMine || isVerifying ? effects + follow(&context) : effects
    }

    /// Takes what the chunks of a watched array come to now.
    private mutating func takeWatched(_ context: Context) {
        guard let path = context.watch?.path, context.array?.path == path,
            let counts = context.array?.census.map({ CensusCounts($0, context.arrayDetails(path)) })
        else { return }
        tree.take(counts, of: path)
        if tree.order.column.needsCounts { rebuild() }
    }

    /// Stops what only the browser needs: another pane is shown.
    mutating func leave(_ context: inout Context) -> [Effect] {
        asked.isShown = false
        return stopCounting(&context)
    }

    /// Takes an answer; whether it was one to this pane.
    private mutating func take(_ event: Event, _ context: inout Context) -> Bool {
        if case .childrenPart(let found) = event.news, let path = asked.listing[event.number] {
            tree.take(found, of: path, isPart: true)
            rebuild()
        } else if let path = asked.listing.removeValue(forKey: event.number) {
            takeChildren(event.news, of: path)
        } else if asked.describing?.number == event.number {
            if case .failed(let problem) = event.news, let path = asked.describing?.path {
                asked.failures[path] = problem.message
            }
            asked.describing = nil
        } else if asked.counting?.number == event.number {
            takeCounts(event.news)
        } else if let sampling = asked.sampling, sampling.number == event.number {
            asked.sampling = nil
            switch event.news {
            case .sampledCodecs(let sample): samples[sampling.path] = sample
            case .failed(let problem):
                var sample = CodecSample(path: sampling.path, key: "")
                sample.problem = problem.message
                samples[sampling.path] = sample
            default: break
            }
        } else if keys?.request == event.number {
            switch event.news {
            case .keys(let page): keys?.take(page)
            case .failed(let problem): keys?.fail(problem.message)
            default: keys?.fail("the listing was stopped; r begins anew")
            }
        } else {
            return false
        }
        return true
    }

    private mutating func takeChildren(_ news: News, of path: String) {
        switch news {
        case .children(let found): tree.take(found, of: path)
        case .failed(let problem): tree.fail(problem.message, of: path)
        default: break
        }
        if list.selected == 0 { openAncestors(of: start) }
        rebuild()
        revealStart()
    }

    private mutating func takeCounts(_ news: News) {
        guard let path = asked.counting?.path else { return }
        asked.counting = nil
        asked.uncounted.insert(path)
        asked.toCount.removeAll { $0 == path }
        switch news {
        case .counted(_, let counts): tree.take(counts, of: path)
        case .failed(let problem): tree.failCount(problem.message, of: path)
        case .cancelled: asked.toCount = []
        default: break
        }
        if tree.order.column.needsCounts { rebuild() }
    }

    /// Unfolds the groups that hold a node: those of them that are known by now.
    private mutating func openAncestors(of path: String) {
        var ancestor = ""
        for part in path.split(separator: "/").dropLast() {
            ancestor += "/" + part
            tree.setOpen(ancestor, true)
        }
    }

    /// Selects the node that the store was opened at, once it is listed and nothing was chosen yet.
    private mutating func revealStart() {
        guard start != "/", list.selected == 0,
            let place = lines.firstIndex(where: { tree[$0].card.path == start && $0.note == nil })
        else { return }
        list.selected = place
    }
}

extension NodeCard {
    /// How many stored objects the array's grid has, about; `nil` where that cannot be told.
    var chunkCount: Int? {
        guard let shape, let chunkShape, shape.count == chunkShape.count else { return nil }
        return GridOrder.product(
            zip(shape, chunkShape).map { length, chunk in
                chunk > 0 ? (length / chunk) + (length % chunk > 0 ? 1 : 0) : length
            }
        )
    }
}
