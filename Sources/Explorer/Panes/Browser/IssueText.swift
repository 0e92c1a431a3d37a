import Canvas
import ZarrModel

/// What is odd about a node, the worst first.
enum IssueText {
    /// What its metadata has, and what was counted of its chunks.
    static func issues(_ source: NodeText.Source, _ census: Census?) -> [Diagnostic] {
        let own = source.details?.diagnostics ?? []
        if let below = source.below, below.counted > 0 {
            let arrays = "\(Format.count(below.counted)) of \(Format.plural(below.arrays, "array"))"
            return own + issues(of: below.sum, "chunk", "chunks below", "\(arrays) counted")
        }
        guard let array = source.details?.array,
            let counts = census.map({ CensusCounts($0) }) ?? source.card.counts
        else { return own }
        let unit = array.innerChunkShape == nil ? "chunk" : "shard"
        let when = counts.takenAt.map { "counted " + Format.moment(seconds: $0) } ?? "counted"
        return own + issues(of: counts, unit, unit + "s", when + "; L lists them")
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
        ]
        return found.compactMap { severity, count, words in
            guard count > 0 else { return nil }
            return Diagnostic(severity, at: place, "\(Format.count(count))\(words) (\(when))")
        }
    }

    /// The lines of the issues tab.
    static func lines(_ all: [Diagnostic], width: Int) -> [TextLine] {
        guard !all.isEmpty else { return [TextLine("✔ No issues.", .good)] }
        var lines: [TextLine] = []
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
