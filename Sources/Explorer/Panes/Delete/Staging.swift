import Canvas
import ZarrModel

/// Staging: every pane adds here, and only the plan acts on it.
extension Context {
    /// What is staged of an array, in the order in which it was.
    func staged(_ path: String) -> [StagedEntry] {
        stagedPlans[stagingName(path)] ?? []
    }

    /// Stages boxes of an array's chunks for `action`. The same boxes take the new action; nothing is
    /// changed in the storage. Without a `why` it is what is known of each box. `hidden` says how many of
    /// them a filter keeps from view: they are refused then. Answers whether they were staged.
    @discardableResult
    mutating func stage(
        _ selection: ChunkSelection,
        of path: String,
        as action: ChunkAction = .delete,
        why: String? = nil,
        hidden: Int = 0
    ) -> Bool {
        guard !refuses(hidden: hidden) else { return false }
        let boxes = Set(selection.boxes)
        var entries = staged(path).filter { $0.action == .vacuum || !boxes.contains($0.ranges) }
        entries += selection.boxes.map { box in
            StagedEntry(action, box, why: why ?? (array?.path == path ? stagingReason(box) : ""))
        }
        setStaged(entries, of: path)
        return true
    }

    /// Stages chunks for deletion and shows the plan, in which they can be looked at, changed and carried
    /// out. Says why where they cannot be staged. `stayMarked` says how many others remain marked; without
    /// it the marks were what was staged, and are cleared.
    mutating func plan(
        _ selection: ChunkSelection,
        of path: String,
        hidden: Int = 0,
        stayMarked: Int? = nil
    ) {
        if let reason = reasonNotWritable { return say(reason, .notice) }
        guard selection.count > 0, stage(selection, of: path, hidden: hidden) else { return }
        if stayMarked == nil { array?.change { $0.clearMarks() } }
        let others = stayMarked.map { $0 > 0 ? "; \(Format.count($0)) stay marked" : "" } ?? ""
        say("Staged, nothing is changed yet\(others); Enter confirms, Esc keeps it staged")
        navigation = .push(DeletePane(path: path))
    }

    /// Asks in the plan what is to be done with chunks, and stages them for that. Says why where they cannot
    /// be changed. `hidden` as in `plan`.
    mutating func change(_ selection: ChunkSelection, of path: String, hidden: Int = 0) {
        if let reason = reasonNotWritable { return say(reason, .notice) }
        guard selection.count > 0, !refuses(hidden: hidden) else { return }
        navigation = .push(DeletePane(path: path, changing: selection))
    }

    /// Refuses to stage what a filter keeps from view.
    private mutating func refuses(hidden: Int) -> Bool {
        guard hidden > 0 else { return false }
        say("A filter hides \(Format.count(hidden)) of them: clear it first", .warning)
        return true
    }

    /// Stages the removal of orphans and left-overs.
    mutating func stageVacuum(of path: String) {
        guard !staged(path).contains(where: { $0.action == .vacuum }) else { return }
        let entry = StagedEntry(.vacuum, [], why: "outside the grid, or never finished")
        setStaged(staged(path) + [entry], of: path)
    }

    /// Replaces what is staged.
    mutating func setStaged(_ entries: [StagedEntry], of path: String) {
        stagedPlans[stagingName(path)] = entries.isEmpty ? nil : entries
    }

    /// What is staged in the store that is open: how many entries of each array, by path.
    var stagedCounts: [(path: String, count: Int)] {
        let store = stagingName("")
        return stagedPlans.compactMap { name, entries in
            name.utf8.starts(with: store.utf8)
                ? (String(name.dropFirst(store.count)), entries.count) : nil
        }.sorted { $0.path < $1.path }
    }

    /// Shows the plan of the array that is looked at; where nothing of it is staged, of one of which
    /// something is.
    mutating func showPlan(over pane: any Pane) {
        guard !(pane is DeletePane) else { return }
        let here = (pane as? BrowserPane)?.chosenArray ?? array?.path
        let others = stagedCounts
        guard
            let path = here.flatMap({ staged($0).isEmpty ? nil : $0 }) ?? others.first?.path ?? here
        else {
            return say("Open an array first: a plan is about the chunks of one", .notice)
        }
        if path != here || others.count > 1 {
            let words = others.map { "\(Format.count($0.count)) staged in \($0.path)" }
            say(words.joined(separator: ", "))
        }
        navigation = .push(DeletePane(path: path))
    }

    /// Why chunks cannot be encoded again: what is stored of them is known not to decode. `nil` where
    /// something may.
    func reasonNotReEncoded(_ boxes: [[Range<Int>]], of path: String) -> String? {
        guard array?.path == path, let grid = array?.shown?.grid else { return nil }
        var broken: ChunkState?
        for box in boxes {
            guard box.count == grid.count, let volume = GridOrder.product(box.map(\.count)),
                volume <= 100_000
            else { return nil }
            var isSound = false
            GridOrder.forEach(in: box, of: grid) { index in
                switch array?.shown?.state(index) {
                case .short?: broken = broken ?? .short
                case .corrupt?: broken = .corrupt
                case .missing?, .expectedEmpty?, .orphan?: break
                default: isSound = true
                }
            }
            if isSound { return nil }
        }
        return broken.map { "\(StateLook.word($0)): " + ChunkAction.undecodable }
    }

    /// What is known of the chunks of a box, in words: `3 short, 1 missing`.
    func stagingReason(_ ranges: [Range<Int>]) -> String {
        guard let grid = array?.shown?.grid, ranges.count == grid.count,
            let volume = GridOrder.product(ranges.map(\.count)), volume <= 100_000
        else { return "" }
        var counts: [ChunkState: Int] = [:]
        GridOrder.forEach(in: ranges, of: grid) { index in
            if let state = array?.shown?.state(index) { counts[state, default: 0] += 1 }
        }
        return ChunkState.allCases.compactMap { state in
            counts[state].map { "\(Format.count($0)) \(StateLook.word(state))" }
        }.joined(separator: ", ")
    }

    /// What an array of the open store is called among those of all stores.
    func stagingName(_ path: String) -> String {
        (store?.locator ?? "") + "\n" + path
    }
}

extension ChunkAction {
    /// What it is called on the screen.
    var title: String {
        switch self {
        case .delete: "delete"
        case .resetToFill: "reset to fill"
        case .reEncode: "re-encode"
        case .copy: "repair from"
        case .vacuum: "vacuum"
        }
    }

    /// Why what does not decode cannot be encoded again.
    public static let undecodable =
        "what does not decode cannot be encoded again; delete it, or repair it"

    /// Whether what can be read is lost by it.
    var losesData: Bool {
        switch self {
        case .delete, .resetToFill: true
        case .reEncode, .copy, .vacuum: false
        }
    }
}

extension Census {
    /// The chunks in `state`, as few boxes. Cost: the grid, and the chunks times the rank.
    func selection(of state: ChunkState) -> ChunkSelection {
        let wanted = state.rawValue
        let isWhole = base == state && total <= Self.markLimit
        let found =
            isWhole
            ? (0..<total).filter { bits($0) & Self.stateMask == wanted }
            : indexes { $0 & Self.stateMask == wanted }
        return ChunkSelection(boxes: BoxGrouping.boxes(of: found, in: grid))
    }
}
