import JSONValue
import ZarrEngine
import ZarrModel

/// What a verification is about: the same in its record, in its report and in the reports of its shares.
struct VerifySubject: Hashable {
    /// The array as a person names it. Two machines may name one array differently.
    var place: String
    /// The share of it.
    var part: VerifyPart
    /// What must be the same wherever the array is looked at.
    var shape: JSONObject
    /// The checksums of its codecs; `nil` where a report does not tell them.
    var checksums: [String]?

    init(_ array: ArrayNode, _ place: String, _ part: VerifyPart) {
        self.place = place
        self.part = part
        checksums = array.checksums
        shape = [
            "shape": .integers(array.metadata.shape),
            "chunk_shape": array.metadata.grid.chunkShapeJSON,
            "data_type": .string(array.metadata.dataType.name),
        ]
    }

    /// Reads what `json` gave; `nil` where it is none.
    init?(_ array: JSONValue?, part: JSONValue?) {
        guard var members = array?.objectValue, let place = members["place"]?.stringValue else {
            return nil
        }
        members["place"] = nil
        shape = members
        self.place = place
        self.part = .all
        if let text = part?.stringValue {
            guard let part = VerifyPart(text) else { return nil }
            self.part = part
        }
    }

    /// The array, for a report.
    var json: JSONValue {
        var object: JSONObject = ["place": .string(place)]
        for member in shape.members { object[member.key] = member.value }
        return .object(object)
    }
}

/// The counts of a verification, for a report. Those of shares add up.
struct VerifyCounts {
    /// Each count with its name in JSON, in the order of the report.
    private(set) var numbers: [(name: String, count: Int)]
    /// Whether everything was looked at.
    var isComplete: Bool

    static let names = [
        "total", "present", "missing", "checked", "corrupt", "short", "unreadable", "orphans",
    ]

    /// Nothing yet.
    init() {
        numbers = Self.names.map { ($0, 0) }
        isComplete = true
    }

    init(_ summary: VerifySummary) {
        let counts = [
            summary.total, summary.present, summary.missing, summary.checked, summary.corrupt,
            summary.short, summary.unreadable, summary.orphans,
        ]
        numbers = zip(Self.names, counts).map { ($0, $1) }
        isComplete = summary.isComplete
    }

    /// The count of that name.
    subscript(name: String) -> Int {
        numbers.first { $0.name == name }?.count ?? 0
    }

    /// Adds the counts of another verification. A sum that no integer holds stays at the largest.
    mutating func add(_ other: VerifyCounts) {
        for place in numbers.indices {
            numbers[place].count = numbers[place].count.addedOrMost(other.numbers[place].count)
        }
        isComplete = isComplete && other.isComplete
    }

    /// Adds what a report says; `false` where it says no such thing.
    mutating func add(_ report: JSONValue) -> Bool {
        for place in numbers.indices {
            guard let count = report[numbers[place].name]?.intValue, count >= 0 else {
                return false
            }
            let (sum, overflow) = numbers[place].count.addingReportingOverflow(count)
            guard !overflow else { return false }
            numbers[place].count = sum
        }
        guard let complete = report["complete"]?.boolValue else { return false }
        isComplete = isComplete && complete
        return true
    }
}
