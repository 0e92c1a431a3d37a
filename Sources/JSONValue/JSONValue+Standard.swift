extension JSONValue {
    /// The same value, with numbers that JSON does not have (`NaN`, `Infinity`) as strings.
    public var standard: JSONValue {
        switch self {
        case .number(let number): number.isBareSpecial ? .string(number.text) : self
        case .array(let elements): .array(elements.map(\.standard))
        case .object(let object): .object(object.standard)
        case .null, .bool, .string: self
        }
    }
}

extension JSONObject {
    /// The same object, with numbers that JSON does not have as strings.
    public var standard: JSONObject {
        JSONObject(members.map { ($0.key, $0.value.standard) })
    }
}
