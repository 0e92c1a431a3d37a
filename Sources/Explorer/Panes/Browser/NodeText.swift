import Canvas
import ZarrModel

/// One line of a tab.
struct TextLine: Sendable {
    /// Pieces of text in roles.
    var pieces: [(String, Role)]
    /// What a person gets who copies the line.
    var copied = ""
    /// The JSON pointer of what the line opens and closes.
    var fold: String?
    /// The JSON pointer of the attribute that begins on the line.
    var place: String?

    /// Makes a line.
    init(_ pieces: [(String, Role)], copied: String = "", fold: String? = nil) {
        self.pieces = pieces
        self.copied = copied
        self.fold = fold
    }

    /// Makes a line of one piece.
    init(_ text: String, _ role: Role) {
        self.init([(text, role)], copied: text)
    }

    /// Its text as it stands.
    var text: String {
        pieces.map(\.0).joined()
    }
}

/// The text of a tab, as lines; made anew only when something it shows changed.
struct NodeText: Sendable {
    /// What the text is made of.
    struct Source: Equatable {
        var card: NodeCard
        var tab: BrowserPane.Tab
        var width: Int
        var details: NodeDetails?
        /// Why there are no details.
        var failure: String?
        /// The census that the map keeps; `nil` for another array's.
        var census: Int?
        /// What a group holds, in words.
        var children: String?
        /// What the arrays below a group come to.
        var below: CountsBelow?
        /// What a verification of these arrays came to so far.
        var verified: GroupVerification?
        var coordinates: [AxisCoordinates]?
        /// The pointers of attributes that were opened or closed.
        var folds: Set<String>
        var sample: CodecSample?
    }

    private(set) var lines: [TextLine] = []
    /// How many issues the node has, and the worst.
    private(set) var issueCount = 0
    private(set) var severity: Diagnostic.Severity?
    private var source: Source?
    private var attributes = AttributeText()

    /// The attributes that have a text in lower case, folded or not; `nil` where they are no JSON.
    mutating func attributeHits(_ wanted: [UInt8]) -> [AttributeText.Hit]? {
        guard let text = source?.details?.attributes, !text.isEmpty else { return nil }
        return attributes.hits(text, wanted)
    }

    /// Makes the lines, unless they are the same.
    mutating func update(_ now: Source?, _ census: Census?) {
        guard now != source else { return }
        source = now
        guard let now else {
            lines = []
            return
        }
        let issues = IssueText.issues(now, census)
        issueCount = issues.count
        severity = issues.map(\.severity).max()
        lines = made(now, census, issues)
    }

    private mutating func made(
        _ now: Source,
        _ census: Census?,
        _ issues: [Diagnostic]
    ) -> [TextLine] {
        if now.card.kind == .foreign {
            return [TextLine("Not part of the Zarr hierarchy.", .dim)]
        }
        guard let details = now.details else {
            if let failure = now.failure ?? now.card.error {
                return Self.wrapped(failure, width: now.width, .error)
            }
            return [TextLine("…", .dim)]
        }
        switch now.tab {
        case .info: return InfoText.lines(now, details, census)
        case .attributes:
            return attributes.lines(details.attributes, now.folds, width: now.width)
        case .codecs: return CodecText.lines(details, now.sample, width: now.width)
        case .raw: return Self.raw(details, width: now.width)
        case .keys: return []
        case .issues:
            let uncounted = IssueText.uncounted(now, census)
            return IssueText.lines(issues, uncounted: uncounted, width: now.width)
        }
    }

    /// A text in lines that fit.
    static func wrapped(
        _ text: String,
        width: Int,
        indent: String = "",
        _ role: Role
    ) -> [TextLine] {
        Wrapping.lines([text], width: max(10, width - indent.count)).map {
            TextLine([(indent + $0, role)], copied: text)
        }
    }

    private static func raw(_ details: NodeDetails, width: Int) -> [TextLine] {
        guard !details.documents.isEmpty else {
            return [TextLine("No document: an implicit group.", .dim)]
        }
        var lines: [TextLine] = []
        for document in details.documents {
            if !lines.isEmpty { lines.append(TextLine([])) }
            lines.append(TextLine(document.key, .heading))
            let stored = document.text.split(separator: "\n", omittingEmptySubsequences: false)
            for line in stored.prefix(20_000) {
                let text = String(line.prefix(100_000))
                lines += Wrapping.lines([text], width: width).map {
                    TextLine(JSONText.pieces($0), copied: text)
                }
            }
            guard document.isCutOff else { continue }
            let note = "✖ the document ends here, before it is complete"
            lines += Self.wrapped(note, width: width, .error)
        }
        return lines
    }
}
