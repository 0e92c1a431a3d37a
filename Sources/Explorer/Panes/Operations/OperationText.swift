import JSONValue
import ZarrModel

/// Operations as files hold them.
enum OperationText {
    /// A line of JSON for each.
    static func lines(_ entries: [OperationEntry]) -> String {
        entries.map { json($0).text() + "\n" }.joined()
    }

    /// A table with a line of names first (RFC 4180).
    static func csv(_ entries: [OperationEntry]) -> String {
        let head =
            "number,time,operation,key,range,bytes,names,latency_us,outcome,retries,code,message\r\n"
        let lines = entries.map { entry in
            [
                String(entry.number), Format.moment(entry.moment), entry.operation, entry.key,
                entry.range, entry.bytes.map(String.init) ?? "",
                entry.names.map(String.init) ?? "", String(entry.microseconds),
                entry.outcome.rawValue, String(entry.retries), entry.code, entry.message,
            ].map(quoted).joined(separator: ",") + "\r\n"
        }
        return head + lines.joined()
    }

    private static func json(_ entry: OperationEntry) -> JSONValue {
        var object: JSONObject = [
            "number": .integer(entry.number), "time": .string(Format.moment(entry.moment)),
            "operation": .string(entry.operation), "key": .string(entry.key),
        ]
        if !entry.range.isEmpty { object["range"] = .string(entry.range) }
        if let bytes = entry.bytes { object["bytes"] = .integer(bytes) }
        if let names = entry.names { object["names"] = .integer(names) }
        object["latency_us"] = .integer(entry.microseconds)
        object["outcome"] = .string(entry.outcome.rawValue)
        object["retries"] = .integer(entry.retries)
        if entry.isUnknown { object["unknown"] = true }
        if !entry.code.isEmpty { object["code"] = .string(entry.code) }
        if !entry.message.isEmpty { object["message"] = .string(entry.message) }
        return .object(object)
    }

    /// In quotes where a comma, quote or line end stands in it. What a spreadsheet would take for a
    /// formula gets a blank first.
    private static func quoted(_ text: String) -> String {
        let isFormula = text.first.map { "=+-@".contains($0) } ?? false
        let plain = isFormula ? " " + text : text
        guard plain.utf8.contains(where: { [0x22, 0x2c, 0x0a, 0x0d].contains($0) }) else {
            return plain
        }
        return commaQuoted(plain)
    }
}
