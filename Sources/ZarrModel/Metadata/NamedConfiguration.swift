import JSONValue

/// How v3 names an extension: an object of name and configuration, or the name alone.
struct NamedConfiguration {
    var name: String
    var configuration: JSONObject
    /// Whether a program that does not know the name must refuse; `true` unless the document says.
    var mustUnderstand: Bool
    var location: String

    /// Reads either form. `what` names the thing for messages: `a codec`.
    init(_ value: JSONValue, at location: String, what: String) throws(MetadataError) {
        self.location = location
        switch value {
        case .string(let text):
            name = text
            configuration = [:]
            mustUnderstand = true
        case .object(let object):
            guard let text = object["name"]?.stringValue else {
                throw MetadataError(at: location, "\(what) needs a name")
            }
            name = text
            configuration = try Self.configuration(object["configuration"], at: location)
            mustUnderstand = object["must_understand"]?.boolValue ?? true
        default:
            throw MetadataError(
                at: location,
                "\(what) is a name or an object, not \(value.kindPhrase)"
            )
        }
        guard !name.isEmpty else { throw MetadataError(at: location, "\(what) has an empty name") }
    }

    private static func configuration(
        _ value: JSONValue?,
        at location: String
    ) throws(MetadataError) -> JSONObject {
        switch value {
        case nil, .null: return [:]
        case .object(let object): return object
        case let other?:
            throw MetadataError(
                at: location + "/configuration",
                "a configuration is an object, not \(other.kindPhrase)"
            )
        }
    }

    /// A number above 0 of the configuration.
    func positive(_ key: String, default preset: Int? = nil) throws(MetadataError) -> Int {
        guard let value = configuration[key] else {
            guard let preset else { throw MetadataError(at: location, "\(name) needs \(key)") }
            return preset
        }
        guard let number = value.intValue, number > 0 else {
            throw MetadataError(
                at: location + "/configuration/" + key,
                "\(key) is a whole number above 0"
            )
        }
        return number
    }
}
