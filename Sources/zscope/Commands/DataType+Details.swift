import JSONValue
import ZarrModel

/// What the name of a type leaves open: units, lengths, fields.
extension DataType {
    /// What an element is, in words; `nil` where the name says it all.
    var meaning: String? {
        switch self {
        case .datetime(.generic, _): "points in time, in a unit that nobody says"
        case .timedelta(.generic, _): "spans of time, in a unit that nobody says"
        case .datetime(let unit, let scale):
            "points in time: \(Self.steps(unit, scale)) since 1970-01-01"
        case .timedelta(let unit, let scale): "spans of time: \(Self.steps(unit, scale))"
        case .fixedText(let length): "text of up to \(Wording.count(length, "character")), UTF-32"
        case .fixedBytes(let count): "text of up to \(Wording.count(count, "byte"))"
        case .opaque(let count), .rawBits(let count):
            "\(Wording.count(count, "byte")) without a meaning"
        case .string: "text of any length, UTF-8"
        case .bytes: "bytes of any length"
        case .object: "any JSON values"
        case .structure(let fields): Wording.count(fields.count, "field")
        case .optional(let type): type.summary + ", or no value"
        case .bool, .integer, .float, .complex, .unknown: nil
        }
    }

    /// `nanoseconds`, `steps of 10 seconds`.
    private static func steps(_ unit: TimeUnit, _ scale: Int) -> String {
        scale == 1 ? unit.word + "s" : "steps of \(Wording.count(scale, unit.word))"
    }

    /// The fields of a structure for a person, those inside fields too: name, type and place.
    var fieldLines: [(String, String)] {
        fieldRows(from: 0, "")
    }

    private func fieldRows(from start: Int, _ lead: String) -> [(String, String)] {
        guard case .structure(let fields) = self else { return [] }
        var rows: [(String, String)] = []
        var offset = start
        for field in fields {
            let bytes = field.byteCount ?? 0
            let shape = field.shape.isEmpty ? "" : " \(field.shape)"
            let place = "byte \(offset), \(Wording.count(bytes, "byte"))"
            var type = field.type.summary
            if case .structure = field.type { type = field.type.name }
            rows.append(("field", "\(lead)\(field.name): \(type)\(shape), at \(place)"))
            if field.shape.isEmpty {
                rows += field.type.fieldRows(from: offset, "\(lead)\(field.name).")
            }
            offset = offset.addedOrMost(bytes)
        }
        return rows
    }

    /// The same for a script.
    var details: JSONObject {
        var object: JSONObject = [
            "data_type": .string(name),
            "bytes": byteCount.map { .integer($0) } ?? .null,
        ]
        if let meaning { object["meaning"] = .string(meaning) }
        switch self {
        case .datetime(let unit, let scale), .timedelta(let unit, let scale):
            object["unit"] = .string(unit.rawValue)
            object["scale_factor"] = .integer(scale)
        case .fixedText(let length): object["characters"] = .integer(length)
        case .structure(let fields):
            var offset = 0
            object["fields"] = .array(
                fields.map { field in
                    var row: JSONObject = [
                        "name": .string(field.name), "offset": .integer(offset),
                        "shape": .integers(field.shape),
                    ]
                    for member in field.type.details.members { row[member.key] = member.value }
                    offset = offset.addedOrMost(field.byteCount ?? 0)
                    return .object(row)
                }
            )
        case .optional(let type): object["value"] = .object(type.details)
        default: break
        }
        return object
    }
}

extension TimeUnit {
    /// One step in words, such as `nanosecond`.
    fileprivate var word: String {
        switch self {
        case .generic: "step"
        case .year: "year"
        case .month: "month"
        case .week: "week"
        case .day: "day"
        case .hour: "hour"
        case .minute: "minute"
        case .second: "second"
        case .millisecond: "millisecond"
        case .microsecond: "microsecond"
        case .nanosecond: "nanosecond"
        case .picosecond: "picosecond"
        case .femtosecond: "femtosecond"
        case .attosecond: "attosecond"
        }
    }
}
