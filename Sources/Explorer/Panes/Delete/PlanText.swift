import Canvas
import ZarrModel

/// What entries are called, for one array: what that needs to know is looked up once.
struct PlanLines {
    private let grid: [Int]
    private let details: ArrayDetails?

    /// Words for the array at `path`.
    init(_ context: Context, _ path: String) {
        details = context.arrayDetails(path)
        grid = details?.gridShape ?? []
    }

    /// The chunks of an entry: axes that are whole are left out.
    func box(_ entry: StagedEntry) -> String {
        guard entry.action != .vacuum else { return "orphans and left-overs" }
        let ranges = entry.ranges
        guard !ranges.isEmpty else { return "the only chunk" }
        if ranges.allSatisfy({ $0.count == 1 }) {
            return "chunk " + ranges.map { String($0.lowerBound) }.joined(separator: ",")
        }
        let names = AxisNames(details, rank: ranges.count)
        let parts = ranges.indices.compactMap { axis -> String? in
            let text = Format.range(ranges[axis], of: axis < grid.count ? grid[axis] : 0)
            return text == "*" ? nil : "\(names[axis]) \(text)"
        }
        return parts.isEmpty ? "the whole array" : parts.joined(separator: " · ")
    }

    /// Everything of an entry that a filter looks at.
    func text(_ entry: StagedEntry) -> String {
        var text = "\(entry.action.title) \(box(entry)) \(entry.why)"
        if case .copy(let locator) = entry.action { text += " " + locator }
        return text
    }
}

/// Words for what is staged.
enum PlanText {
    /// The chunks of an entry: axes that are whole are left out.
    static func box(_ entry: StagedEntry, _ context: Context, _ path: String) -> String {
        PlanLines(context, path).box(entry)
    }

    /// What the objects of a box are, in a word or two; the worst first.
    static func state(_ entry: StagedEntry, _ box: PlannedBox?) -> (String, Role) {
        guard let box else { return ("looking…", .dim) }
        if box.problem != nil { return ("✖ cannot be done", .error) }
        if entry.action == .vacuum {
            return box.present == 0 ? ("nothing to clean", .dim) : ("nobody's", .notice)
        }
        if box.present == 0 {
            return box.changed > 0
                ? ("\(Format.short(box.changed)) changed: skip", .warning)
                : ("missing: skipped", .dim)
        }
        let isLoss = entry.action.losesData
        var parts: [String] = []
        if box.readable > 0 { parts.append("\(Format.short(box.readable)) readable") }
        if box.broken > 0 { parts.append("\(Format.short(box.broken)) broken") }
        if box.untried > 0 { parts.append("\(Format.short(box.untried)) untried") }
        if parts.isEmpty { parts.append("\(Format.short(box.present)) missing now") }
        return (
            parts.joined(separator: ", "), isLoss && box.readable + box.untried > 0 ? .error : .text
        )
    }

    /// What the chosen entry would do, for a person who thinks about it.
    static func details(
        _ entry: StagedEntry,
        _ box: PlannedBox?,
        _ context: Context,
        _ path: String
    ) -> [(name: String, text: String, role: Role)] {
        var lines: [(String, String, Role)] = [
            ("entry", "\(entry.action.title) · \(self.box(entry, context, path))", .value)
        ]
        if case .copy(let locator) = entry.action { lines.append(("from", locator, .value)) }
        if !entry.why.isEmpty { lines.append(("staged as", entry.why, .text)) }
        guard let box else { return lines }
        if let problem = box.problem { lines.append(("problem", problem, .error)) }
        if !box.note.isEmpty { lines.append(("holds", box.note, .text)) }
        if box.changed > 0 {
            let text =
                "\(Format.count(box.changed)) changed since the census: left alone (r on the map)"
            lines.append(("skipped", text, .warning))
        }
        if entry.action.losesData, box.readable + box.untried > 0 {
            let parts = [(box.readable, "can be read"), (box.untried, "may hold data")]
                .filter { $0.0 > 0 }.map { "\(Format.count($0.0)) \($0.1)" }
            let text = parts.joined(separator: ", ") + ": only the trash keeps them"
            lines.append(("DATA LOSS", text, .danger))
        } else if box.present == 0, box.problem == nil, entry.action != .vacuum {
            lines.append(("no-op", "nothing is stored here; e makes it a repair from a copy", .dim))
        }
        return lines
    }
}
