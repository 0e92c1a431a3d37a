import Canvas
import ZarrModel

extension FindingsPane {
    mutating func take(_ input: Input, _ context: inout Context) -> [Effect] {
        switch input {
        case .shown: return context.learnCoordinates(of: path) + context.look(at: path)
        case .resized: return []
        case .key(let key): return entry == nil ? [] : type(key, &context)
        case .command(let command): return handle(command, &context)
        case .mouse(let action, let point): return click(action, point, &context)
        }
    }

    private mutating func handle(_ command: Command, _ context: inout Context) -> [Effect] {
        switch command {
        case .back: context.navigation = .pop
        case .close:
            guard !filter.string.isEmpty else {
                context.navigation = .pop
                return []
            }
            filter = TextField()
            arrange(keeping: selected)
        case .verify: return context.verify()
        case .pauseVerify: return context.pauseOrGoOn()
        case .sort:
            order = order.next
            arrange(keeping: selected)
            context.say("Sorted by \(order.rawValue)")
        case .filter, .export, .loadExpected: begin(command, context)
        case .open, .inspect, .slice: go(command, &context)
        case .mark: mark(&context)
        case .markState: markShown(&context)
        case .clearMarks:
            context.array?.change { $0.clearMarks() }
            context.say("No chunk is marked")
        case .expect: return expect(&context)
        case .delete: delete(&context)
        case .change: change(&context)
        case .copy: return copy(&context)
        default: _ = move(command)
        }
        return []
    }

    // MARK: Elsewhere

    private func go(_ command: Command, _ context: inout Context) {
        guard let box = selected, box.orphan == nil else { return }
        let chunk = box.first
        switch command {
        case .inspect: context.navigation = .push(ChunkPane(path: path, chunk: chunk))
        case .slice:
            guard let details = context.arrayDetails(path) else { return }
            context.navigation = .push(SlicePane(path: path, at: details.start(of: chunk)))
        default:
            context.pointer = chunk
            context.navigation = .map(path)
        }
    }

    private func copy(_ context: inout Context) -> [Effect] {
        guard let box = selected else { return [] }
        let key = self.key(of: box, context)
        context.say("Copied \(key)")
        return [context.request(.copy(key))]
    }

    /// The key of a finding's first object.
    func key(of box: FindingBox, _ context: Context) -> String {
        box.orphan?.key
            ?? context.arrayDetails(path)?.keyEncoding?.key(for: box.first) ?? "\(box.first)"
    }

    private func delete(_ context: inout Context) {
        guard let marked = context.array?.shown?.markedCount else { return }
        guard marked == 0 else {
            let hidden = hiddenMarks(context)
            guard let selection = context.array?.shown?.markedSelection() else { return }
            return context.plan(selection, of: path, hidden: hidden)
        }
        guard let box = selected else { return context.say("Nothing is selected", .notice) }
        guard box.orphan == nil else {
            context.stageVacuum(of: path)
            context.say("Staged a vacuum: what is outside the grid goes by it, all together")
            context.navigation = .push(DeletePane(path: path))
            return
        }
        context.plan(ChunkSelection(boxes: [box.ranges]), of: path)
    }

    /// Asks what is to be done with what is marked, else with the selected finding.
    private func change(_ context: inout Context) {
        if let marked = context.array?.shown?.markedCount, marked > 0,
            let selection = context.array?.shown?.markedSelection()
        {
            return context.change(selection, of: path, hidden: hiddenMarks(context))
        }
        guard let box = selected, box.orphan == nil else { return }
        context.change(ChunkSelection(boxes: [box.ranges]), of: path)
    }

    /// How many marked chunks are findings that the filter keeps from view.
    private func hiddenMarks(_ context: Context) -> Int {
        guard !filter.string.isEmpty, let census = context.array?.shown else { return 0 }
        let seen = Set(shown)
        return list.boxes.indices.reduce(0) { sum, place in
            let box = list.boxes[place]
            return seen.contains(place) || box.orphan != nil
                ? sum : sum + census.marked(in: box.ranges)
        }
    }

    // MARK: Marks

    /// Whether all chunks of a finding are marked; of a very large one, its corners.
    func isMarked(_ box: FindingBox, _ census: Census) -> Bool {
        guard census.markedCount >= box.count, box.orphan == nil,
            box.ranges.count == census.grid.count, box.start < census.total,
            census.isMarked(box.start)
        else { return false }
        let last = GridOrder.linear(box.ranges.map { $0.upperBound - 1 }, in: census.grid)
        guard census.isMarked(last) else { return false }
        return box.count > 4096 || census.isMarked(box.ranges)
    }

    private func mark(_ context: inout Context) {
        guard let box = selected, box.orphan == nil,
            let isOn = context.array?.shown.map({ !isMarked(box, $0) })
        else { return }
        context.array?.change { $0.mark(box.ranges, isOn) }
        sayMarks(&context)
    }

    private func markShown(_ context: inout Context) {
        let boxes = shown.map { list.boxes[$0] }.filter { $0.orphan == nil }
        context.array?.change { census in
            for box in boxes { census.mark(box.ranges, true) }
        }
        sayMarks(&context)
    }

    private func sayMarks(_ context: inout Context) {
        let marked = context.array?.shown?.markedCount ?? 0
        let count = Format.plural(marked, context.unit(path))
        context.say("\(count) marked\(context.clearing(marked))", .marked)
    }

    // MARK: Expected to be empty

    private mutating func expect(_ context: inout Context) -> [Effect] {
        guard let box = selected, box.orphan == nil, !(context.array?.isShadowed ?? true) else {
            return []
        }
        let before = context.expected[path] ?? []
        let isOn = box.state == .missing
        let boxes =
            isOn
            ? ChunkBoxes.adding(box.ranges, to: before)
            : ChunkBoxes.removing(box.ranges, from: before)
        let effects = context.expect(boxes, in: path)
        noteRequests.formUnion(effects.map(\.number))
        context.say(
            "\(Format.plural(box.count, context.unit(path))) "
                + (isOn ? "expected to be empty" : "no longer expected to be empty")
        )
        return effects
    }

    // MARK: Mouse

    private mutating func click(
        _ action: MouseAction,
        _ point: Point,
        _ context: inout Context
    ) -> [Effect] {
        switch action {
        case .wheelUp: move(by: -3)
        case .wheelDown: move(by: 3)
        case .press, .secondary:
            let line = cursor.first + point.row - layout.list.row
            guard entry == nil, layout.list.contains(point), shown.indices.contains(line) else {
                return []
            }
            if line == cursor.selected, action == .press { return handle(.open, &context) }
            select(line: line)
            if action == .secondary { mark(&context) }
        default: break
        }
        return []
    }

    // MARK: Events

    mutating func receive(_ event: Event, _ context: inout Context) -> [Effect] {
        if case .described(let details) = event.news, details.path == path {
            return context.look(at: path)
        }
        if event.number == exportRequest {
            exportRequest = nil
            receiveExport(event.news, &context)
        } else if noteRequests.remove(event.number) != nil {
            return receiveNotes(event.news, &context)
        } else if case .censusFinished = event.news, context.array?.run?.phase == .done {
            let words = context.array?.shown?.anomalyWords ?? ""
            let reach = context.arrayDetails(path)?.reasonUnguarded.map { "; no checksum: \($0)" }
            context.say(
                (words.isEmpty ? "Verified: every stored chunk decodes" : "Verified: \(words)")
                    + (reach ?? ""),
                words.isEmpty ? .good : .warning
            )
        }
        return []
    }

    private mutating func receiveNotes(_ news: News, _ context: inout Context) -> [Effect] {
        switch news {
        case .expected(let boxes):
            let all = boxes.reduce(context.expected[path] ?? []) { ChunkBoxes.adding($1, to: $0) }
            let count = boxes.reduce(0) { $0 + $1.reduce(1) { $0 * $1.count } }
            let effects = context.expect(all, in: path)
            noteRequests.formUnion(effects.map(\.number))
            context.say("\(Format.plural(count, "chunk")) of the file expected to be empty", .good)
            return effects
        case .failed(let problem):
            context.say(([problem.message] + problem.details).joined(separator: "; "), .error)
        default: break
        }
        return []
    }
}
