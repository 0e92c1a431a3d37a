public import JSONValue

/// One codec of an array's chain as metadata names it. What it does, the codecs know.
public struct CodecSpec: Hashable, Sendable {
    /// Whose names and configuration these are.
    public enum Dialect: String, Hashable, Sendable {
        /// A v2 filter or compressor (numcodecs): works on the buffer of bytes, with a dtype of its own.
        case v2
        /// A codec of v3.
        case v3
    }

    /// Its name (v3) or id (v2).
    public var name: String
    /// Its configuration, without name and id.
    public var configuration: JSONObject
    /// Whose names these are.
    public var dialect: Dialect
    /// The document and the JSON pointer: `zarr.json#/codecs/1`.
    public var location: String
    /// Whether a program that does not know the codec must refuse.
    public var mustUnderstand: Bool

    /// Makes a spec.
    public init(
        name: String,
        configuration: JSONObject = [:],
        dialect: Dialect = .v3,
        location: String = "",
        mustUnderstand: Bool = true
    ) {
        self.name = name
        self.configuration = configuration
        self.dialect = dialect
        self.location = location
        self.mustUnderstand = mustUnderstand
    }

    /// Reads one element of v3 metadata's `codecs`: an object, or a name alone.
    public init(v3 value: JSONValue, at location: String) throws(MetadataError) {
        let named = try NamedConfiguration(value, at: location, what: "a codec")
        self.init(
            name: named.name,
            configuration: named.configuration,
            location: location,
            mustUnderstand: named.mustUnderstand
        )
    }

    /// Reads a v2 filter or compressor: an object with an `id`.
    public init(v2 value: JSONValue, at location: String) throws(MetadataError) {
        guard let object = value.objectValue else {
            throw MetadataError(at: location, "a codec is an object, not \(value.kindPhrase)")
        }
        guard let id = object["id"]?.stringValue, !id.isEmpty else {
            throw MetadataError(at: location, "a codec needs an id")
        }
        var configuration = object
        configuration["id"] = nil
        self.init(name: id, configuration: configuration, dialect: .v2, location: location)
    }

    /// The chain inside `sharding_indexed`, in encode order. Throws where it is no list of codecs.
    public func nestedCodecs(_ key: String = "codecs") throws(MetadataError) -> [CodecSpec] {
        let place = "\(location)/configuration/\(key)"
        guard let list = configuration[key]?.arrayValue else {
            throw MetadataError(at: place, "\(name) needs a list of \(key)")
        }
        return try CodecSpec.list(list, at: place)
    }

    /// The `chunk_shape` of `sharding_indexed`: the shape of an inner chunk, no length below 1.
    public func nestedChunkShape() throws(MetadataError) -> [Int] {
        try DocumentReader.lengths(
            configuration["chunk_shape"],
            at: location + "/configuration/chunk_shape",
            what: "chunk_shape",
            least: 1
        )
    }

    static func list(
        _ values: [JSONValue],
        at location: String
    ) throws(MetadataError) -> [CodecSpec] {
        var specs: [CodecSpec] = []
        for (position, value) in values.enumerated() {
            specs.append(try CodecSpec(v3: value, at: "\(location)/\(position)"))
        }
        return specs
    }
}
