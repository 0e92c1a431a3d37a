import Canvas
import ZarrModel

/// The text of a tab, as lines; made anew only when something it shows changed.
struct NodeText: Sendable {
    /// One line: pieces of text in roles.
    typealias Line = [(String, Role)]

    private(set) var lines: [Line] = []
    /// How many issues the node has.
    private(set) var issueCount = 0
    private var key: Key?

    private struct Key: Equatable {
        var path: String
        var tab: BrowserPane.Tab
        var width: Int
        var details: NodeDetails?
        var failure: String?
        var card: NodeCard
        var census: Int
        var children: String?
    }

    /// Makes the lines, unless they are the same.
    mutating func update(
        _ card: NodeCard?,
        _ tab: BrowserPane.Tab,
        width: Int,
        _ context: Context,
        _ failures: [String: String],
        children: [NodeCard]? = nil
    ) {
        guard let card else {
            lines = []
            key = nil
            return
        }
        let census = context.array?.path == card.path ? context.array?.census : nil
        let now = Key(
            path: card.path,
            tab: tab,
            width: width,
            details: context.details[card.path],
            failure: failures[card.path],
            card: card,
            census: census?.version ?? -1,
            children: children.map(InfoText.words)
        )
        guard now != key else { return }
        key = now
        issueCount = now.details?.diagnostics.count ?? 0
        lines = Self.lines(now, census)
    }

    private static func lines(_ key: Key, _ census: Census?) -> [Line] {
        if key.card.kind == .foreign {
            return [[("Not part of the Zarr hierarchy.", .dim)]]
        }
        guard let details = key.details else {
            if let failure = key.failure ?? key.card.error {
                return Wrapping.lines([failure], width: key.width).map { [($0, .error)] }
            }
            return [[("…", .dim)]]
        }
        switch key.tab {
        case .info: return InfoText.lines(key.card, details, census, key.children, width: key.width)
        case .attributes: return attributes(details, width: key.width)
        case .codecs: return codecs(details, width: key.width)
        case .raw: return raw(details, width: key.width)
        case .issues: return issues(details, width: key.width)
        }
    }

    private static func attributes(_ details: NodeDetails, width: Int) -> [Line] {
        guard !details.attributes.isEmpty else { return [[("No attributes.", .dim)]] }
        return details.attributes.split(separator: "\n", omittingEmptySubsequences: false)
            .flatMap { Wrapping.lines([String($0.prefix(100_000))], width: max(10, width)) }
            .map { JSONText.pieces($0) }
    }

    private static func codecs(_ details: NodeDetails, width: Int) -> [Line] {
        guard let array = details.array else { return [[("Only arrays have codecs.", .dim)]] }
        var lines: [Line] = [[("chunk of \(Format.chunks(array))", .label)]]
        for codec in array.codecs {
            lines.append([("  ↓", .dim)])
            let unknown = codec.isKnown ? "" : "   ✖ unknown here"
            lines.append([
                ("  " + codec.name, codec.isKnown ? .heading : .error),
                (unknown, .error),
                ("   " + codec.kind, .dim),
            ])
            guard !codec.configuration.isEmpty else { continue }
            for line in Wrapping.lines([codec.configuration], width: max(10, width - 4)) {
                lines.append([("    ", .text)] + JSONText.pieces(line))
            }
        }
        lines.append([("  ↓", .dim)])
        lines.append([("stored object", .label)])
        return lines
    }

    private static func raw(_ details: NodeDetails, width: Int) -> [Line] {
        guard !details.documents.isEmpty else {
            return [[("No document: an implicit group.", .dim)]]
        }
        var lines: [Line] = []
        for document in details.documents {
            if !lines.isEmpty { lines.append([]) }
            lines.append([(document.key, .heading)])
            let stored = document.text.split(separator: "\n", omittingEmptySubsequences: false)
            for line in stored.prefix(20_000) {
                let text = String(line.prefix(100_000))
                lines += Wrapping.lines([text], width: width).map { JSONText.pieces($0) }
            }
        }
        return lines
    }

    private static func issues(_ details: NodeDetails, width: Int) -> [Line] {
        guard !details.diagnostics.isEmpty else { return [[("✔ No issues.", .good)]] }
        var lines: [Line] = []
        for issue in details.diagnostics {
            let (sign, role): (String, Role) =
                switch issue.severity {
                case .note: ("· note", .notice)
                case .warning: ("▲ warning", .warning)
                case .error: ("✖ error", .error)
                }
            lines.append([(sign, role), ("  " + issue.location, .label)])
            for line in Wrapping.lines([issue.message], width: max(10, width - 2)) {
                lines.append([("  " + line, .text)])
            }
            lines.append([])
        }
        return lines
    }
}
