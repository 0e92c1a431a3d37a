import Canvas
import ZarrModel

/// What is odd about a node, the worst first.
enum IssueText {
    /// What its metadata has, and what was counted of its chunks.
    static func issues(_ source: NodeText.Source, _ census: Census?) -> [Diagnostic] {
        let own = source.details?.diagnostics ?? []
        if let below = source.below, below.arrays > 0 {
            let failed = (below.incomplete + below.uncounted).compactMap { array in
                array.problem.map {
                    Diagnostic(.error, at: array.path, "not all is counted: \($0)")
                }
            }
            guard below.counted > 0 else { return own + failed }
            let arrays = "\(Format.count(below.counted)) of \(Format.plural(below.arrays, "array"))"
            return own + failed
                + issues(of: below.sum, "chunk", "chunks below", "\(arrays) counted")
        }
        guard let array = source.details?.array else { return own }
        let unit = array.innerChunkShape == nil ? "chunk" : "shard"
        guard let counts = census.map({ CensusCounts($0, array) }) ?? source.card.counts else {
            guard let problem = source.card.countProblem else { return own }
            let message = "the \(unit)s could not be counted: \(problem)"
            return own + [Diagnostic(.error, at: unit + "s", message)]
        }
        let when = counts.takenAt.map { "counted " + Format.moment(seconds: $0) } ?? "counted"
        var found = own
        if let problem = counts.problem, !counts.isComplete {
            found.append(Diagnostic(.error, at: unit + "s", problem))
        }
        return found + issues(of: counts, unit, unit + "s", when + "; L lists them")
    }

    /// What nobody counted, so that nothing odd is known of it; `nil` where all was, or may be soon.
    static func uncounted(_ source: NodeText.Source, _ census: Census?) -> String? {
        if let below = source.below { return below.uncountedWords.map { $0 + ": c counts" } }
        guard source.card.kind == .array, source.card.counts == nil,
            source.card.countProblem == nil, census?.summary == nil
        else { return nil }
        return "its chunks are not counted: c counts them"
    }

    private static func issues(
        of counts: CensusCounts,
        _ unit: String,
        _ place: String,
        _ when: String
    ) -> [Diagnostic] {
        let all = " of \(Format.plural(counts.total, unit))"
        let found: [(Diagnostic.Severity, Int, String)] = [
            (.error, counts.broken, all + " broken: short, corrupt or not readable"),
            (.warning, counts.missing, all + " missing: they read as the fill value"),
            (.note, counts.orphans, " stored outside the grid"),
            (
                .note, counts.innerMissing,
                counts.innerTotal.map { " of \(Format.count($0)) chunks inside the shards missing" }
                    ?? ""
            ),
        ]
        return found.compactMap { severity, count, words in
            guard count > 0 else { return nil }
            return Diagnostic(severity, at: place, "\(Format.count(count))\(words) (\(when))")
        }
    }

    /// The lines of the issues tab.
    static func lines(
        _ all: [Diagnostic],
        uncounted: String? = nil,
        width: Int
    ) -> [TextLine] {
        var lines: [TextLine] = []
        if let uncounted {
            lines += NodeText.wrapped("· " + uncounted, width: width, .notice)
            guard !all.isEmpty else {
                return lines + [TextLine("✔ No findings in the metadata.", .good)]
            }
        }
        guard !all.isEmpty else { return [TextLine("✔ No findings.", .good)] }
        for severity in Diagnostic.Severity.allCases.sorted(by: >) {
            let issues = all.filter { $0.severity == severity }
            guard !issues.isEmpty else { continue }
            if !lines.isEmpty { lines.append(TextLine([])) }
            let (sign, role) = look(severity)
            let head = "\(sign) \(Format.plural(issues.count, severity.rawValue))"
            lines.append(TextLine(head, role))
            for issue in issues {
                let place = "  " + issue.location
                lines += NodeText.wrapped(place, width: width, .label)
                lines += NodeText.wrapped(issue.message, width: width, indent: "    ", .text)
            }
        }
        return lines
    }

    /// Whether the first of two issues is the milder one.
    static func isMilder(_ first: Diagnostic, _ second: Diagnostic) -> Bool {
        first.severity < second.severity
    }

    /// The sign and role of a severity.
    static func look(_ severity: Diagnostic.Severity) -> (sign: String, role: Role) {
        switch severity {
        case .note: ("·", .notice)
        case .warning: ("▲", .warning)
        case .error: ("✖", .error)
        }
    }
}
