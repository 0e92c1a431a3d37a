import JSONValue
import ZarrModel

/// Reads a codec's configuration, saying where and what is wrong.
struct SpecReader {
    let spec: CodecSpec

    init(_ spec: CodecSpec) {
        self.spec = spec
    }

    /// An error about the configuration.
    func wrong(_ message: String) -> CodecError {
        let place = spec.location.isEmpty ? "" : " (\(spec.location))"
        return CodecError(.configuration, codec: spec.name, message + place)
    }

    /// An error about something that is not known here.
    func unsupported(_ message: String) -> CodecError {
        CodecError(.unsupported, codec: spec.name, message)
    }

    /// The member, `nil` where it is absent or null.
    private func member(_ key: String) -> JSONValue? {
        guard let value = spec.configuration[key], !value.isNull else { return nil }
        return value
    }

    /// An integer; a fraction of zero (`1.0`) counts as one.
    func int(_ key: String) throws(CodecError) -> Int? {
        guard let value = member(key) else { return nil }
        if let int = value.intValue { return int }
        if let double = value.doubleValue, let int = Int(exactly: double) { return int }
        throw wrong("\(key) must be an integer")
    }

    /// An integer in `range`, `otherwise` where it is absent.
    func int(
        _ key: String,
        in range: ClosedRange<Int>,
        otherwise: Int
    ) throws(CodecError) -> Int {
        guard let value = try int(key) else { return otherwise }
        guard range.contains(value) else {
            throw wrong(
                "\(key) must be in \(range.lowerBound)...\(range.upperBound), not \(value)"
            )
        }
        return value
    }

    /// A number.
    func double(_ key: String) throws(CodecError) -> Double? {
        guard let value = member(key) else { return nil }
        guard let double = value.doubleValue else { throw wrong("\(key) must be a number") }
        return double
    }

    /// A text.
    func string(_ key: String) throws(CodecError) -> String? {
        guard let value = member(key) else { return nil }
        guard let text = value.stringValue else { throw wrong("\(key) must be a string") }
        return text
    }

    /// A truth value.
    func bool(_ key: String) throws(CodecError) -> Bool? {
        guard let value = member(key) else { return nil }
        guard let truth = value.boolValue else { throw wrong("\(key) must be true or false") }
        return truth
    }

    /// A list.
    func list(_ key: String) throws(CodecError) -> [JSONValue]? {
        guard let value = member(key) else { return nil }
        guard let list = value.arrayValue else { throw wrong("\(key) must be a list") }
        return list
    }

    /// An object.
    func object(_ key: String) throws(CodecError) -> JSONObject? {
        guard let value = member(key) else { return nil }
        guard let object = value.objectValue else { throw wrong("\(key) must be an object") }
        return object
    }

    /// Throws where the configuration has members besides `keys`, for codecs that forbid it.
    func refuseOthers(than keys: Set<String>) throws(CodecError) {
        for member in spec.configuration.members where !keys.contains(member.key) {
            throw wrong("\(member.key) is not known")
        }
    }
}
