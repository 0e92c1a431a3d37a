import JSONValue
import ZarrEngine
import ZarrModel

/// One finding as a report has it.
struct VerifyRow {
    /// Where it lies in the grid.
    var index: [Int]
    /// The inner chunk, where it is about one.
    var inner: [Int]?
    /// Its key under the array. Untrusted text.
    var key: String
    /// The state's word.
    var state: String
    /// Why. May hold untrusted text.
    var reason: String
    /// Its bytes, where the storage says.
    var byteCount: Int?

    init(_ finding: VerifyFinding, _ array: ArrayNode) {
        index = finding.index.coordinates
        inner = finding.innerIndex?.coordinates
        key = array.keyEncoding.key(for: finding.index)
        state = finding.state.word
        reason = finding.reason
        byteCount = finding.byteCount
    }

    /// Reads what `json` gave; `nil` where it is none.
    init?(_ json: JSONValue) {
        guard let index = Self.coordinates(json["index"]), let key = json["key"]?.stringValue,
            let state = json["state"]?.stringValue,
            ChunkState.allCases.contains(where: { $0.word == state })
        else { return nil }
        self.index = index
        inner = Self.coordinates(json["inner"])
        self.key = key
        self.state = state
        reason = json["reason"]?.stringValue ?? ""
        byteCount = json["bytes"]?.intValue
    }

    private static func coordinates(_ value: JSONValue?) -> [Int]? {
        guard let values = value?.arrayValue else { return nil }
        let numbers = values.compactMap(\.intValue)
        return numbers.count == values.count ? numbers : nil
    }

    /// The row of a JSON report.
    var json: JSONValue {
        var row: JSONObject = ["index": .integers(index)]
        if let inner { row["inner"] = .integers(inner) }
        row["key"] = .string(key)
        row["state"] = .string(state)
        row["reason"] = .string(reason)
        row["bytes"] = byteCount.map { .integer($0) } ?? .null
        return .object(row)
    }

    /// The line for a person: state, place, bytes and why, in columns that need no look ahead.
    func text(_ ink: Ink) -> String {
        let meaning = ChunkState.allCases.first { $0.word == state }?.meaning ?? .plain
        var place = ChunkIndex(index).description
        if let inner { place += " inner \(ChunkIndex(inner))" }
        let bytes = byteCount.map { Wording.count($0) + " B" } ?? "-"
        return ink(meaning, Self.padded(state, 10)) + "  " + Self.padded(place, 16) + "  "
            + String(repeating: " ", count: max(0, 14 - bytes.count)) + bytes + "  "
            + ink(.dim, visible(reason))
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }
}

/// Prints a verification while it goes on: what is found is not kept, however much it is.
struct VerifyPrinter {
    /// Objects that are no chunks and no metadata; told at the end. Untrusted text.
    var foreign: [String] = []
    /// How many findings were printed.
    private(set) var rowCount = 0
    private let context: CommandContext
    private let subject: VerifySubject
    private let format: OutputFormat
    /// Which of several arrays it is about.
    private let path: NodePath?
    private var text = ByteText()

    /// Prints what is found in one array; `below` is its path where it is one of several in a report.
    init(_ context: CommandContext, _ subject: VerifySubject, below path: NodePath? = nil) throws {
        self.path = path
        self.context = context
        self.subject = subject
        format = try context.format()
    }

    /// Prints a finding.
    mutating func add(_ row: VerifyRow) throws {
        defer { rowCount += 1 }
        switch format {
        case .json:
            text.append(rowCount == 0 ? "{\"findings\":[\n" : ",\n")
            text.append(JSONText.safe(row.json.text(.compact)))
            try text.flush(to: context.output)
        case .ndjson:
            var document = JSONObject()
            if let path { document["path"] = .string(path.description) }
            for member in row.json.objectValue?.members ?? [] {
                document[member.key] = member.value
            }
            text.append(JSONText.safe(JSONValue.object(document).text(.compact)) + "\n")
            try text.flush(to: context.output)
        default:
            context.messages.clearProgress()
            if rowCount == 0, let path {
                try context.output.line(context.ink(.accent, visible(path.description)))
            }
            try context.output.line(row.text(context.ink))
        }
    }

    /// Hands over what was printed so far; a JSON document is of use only as a whole.
    mutating func flush() throws {
        guard format != .json else { return }
        try text.flush(to: context.output, always: true)
        try context.output.flush()
    }

    /// Prints the counts and ends the report.
    mutating func finish(_ counts: VerifyCounts) throws {
        foreign.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        switch format {
        case .json:
            text.append(rowCount == 0 ? "{\"findings\":[" : "\n")
            text.append("],\n")
            text.append(String(summary(counts).dropFirst()) + (path == nil ? "\n" : ""))
            try text.flush(to: context.output, always: true)
        case .ndjson:
            text.append(summary(counts) + "\n")
            try text.flush(to: context.output, always: true)
        default:
            if rowCount > 0 { try context.output.line() }
            guard path == nil else { return }
            for line in table(counts).lines(context.ink) { try context.output.line(line) }
            guard subject.checksums == [] else { return }
            try context.output.line(context.ink(.warning, "no checksum here: \(Self.reach)"))
        }
    }

    /// How far the word of a verification goes where no codec keeps a checksum.
    static let reach = "only length and decoding are checked, a changed byte may pass"

    /// The members of the report that are not findings, as one object.
    private func summary(_ counts: VerifyCounts) -> String {
        var object = JSONObject()
        if let path { object["path"] = .string(path.description) }
        for (name, count) in counts.numbers { object[name] = .integer(count) }
        object["foreign"] = .strings(foreign)
        object["complete"] = .bool(counts.isComplete)
        object["part"] = subject.part == .all ? .null : .string(subject.part.text)
        object["array"] = subject.json
        if let checksums = subject.checksums { object["checksums"] = .strings(checksums) }
        return JSONText.safe(JSONValue.object(object).text(.compact))
    }

    private func table(_ counts: VerifyCounts) -> TextTable {
        var table = TextTable([("", .left), ("", .right)])
        let isSound = rowCount == 0 && counts.isComplete
        table.add([.init("chunks", .dim), .init(Wording.count(counts["total"]))])
        table.add([
            .init("checked", .dim),
            .init(Wording.count(counts["checked"]), isSound ? .good : .plain),
        ])
        for (name, word) in [
            ("missing", "missing"), ("short", "short"), ("corrupt", "corrupt"),
            ("unreadable", "unreadable"), ("orphans", "orphan"),
        ] where counts[name] > 0 {
            table.add([.init(word, .dim), .init(Wording.count(counts[name]), .error)])
        }
        if !foreign.isEmpty {
            table.add([.init("foreign", .dim), .init(Wording.count(foreign.count))])
        }
        return table
    }
}
