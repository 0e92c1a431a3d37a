public import JSONValue

/// How the chunks of an array are named in a store (Zarr v3, "Chunk key encoding").
public struct ChunkKeyEncoding: Hashable, Sendable {
    /// What a key starts with.
    public enum Style: String, Hashable, Sendable {
        /// `c/0/1`, and `c` for a 0-dimensional array.
        case `default`
        /// `0.1`, and `0` for a 0-dimensional array.
        case v2
    }

    /// What stands between coordinates.
    public enum Separator: String, Hashable, Sendable {
        case slash = "/"
        case dot = "."

        /// The separator as a byte.
        public var byte: UInt8 {
            self == .slash ? UInt8(ascii: "/") : UInt8(ascii: ".")
        }
    }

    /// What a key starts with.
    public var style: Style
    /// What stands between coordinates.
    public var separator: Separator
    /// What a key ends with; mostly nothing.
    public var suffix: String

    /// Makes an encoding.
    public init(_ style: Style = .default, separator: Separator = .slash, suffix: String = "") {
        self.style = style
        self.separator = separator
        self.suffix = suffix
    }

    /// Reads the `chunk_key_encoding` of v3 metadata: an object, or a name alone.
    public init(v3 value: JSONValue, at location: String) throws(MetadataError) {
        let named = try NamedConfiguration(value, at: location, what: "a chunk key encoding")
        switch named.name {
        case "default": self.init(.default, separator: try Self.separator(named, preset: .slash))
        case "v2": self.init(.v2, separator: try Self.separator(named, preset: .dot))
        case "default_with_suffix", "zarrs.default_suffix", "default_suffix":
            self.init(.default, separator: try Self.separator(named, preset: .slash))
            suffix = try Self.suffix(named)
        case "suffix":
            let base = named.configuration["base_encoding"] ?? named.configuration["base-encoding"]
            try self.init(v3: base ?? "default", at: location + "/configuration/base_encoding")
            suffix += try Self.suffix(named)
        default:
            throw MetadataError(
                at: location,
                "the chunk key encoding \(named.name) is not known"
            )
        }
    }

    private static func separator(
        _ named: NamedConfiguration,
        preset: Separator
    ) throws(MetadataError) -> Separator {
        guard let value = named.configuration["separator"] else { return preset }
        guard let separator = value.stringValue.flatMap(Separator.init) else {
            throw MetadataError(
                at: named.location + "/configuration/separator",
                "a separator is \".\" or \"/\", not \(value.text())"
            )
        }
        return separator
    }

    private static func suffix(_ named: NamedConfiguration) throws(MetadataError) -> String {
        let place = named.location + "/configuration/suffix"
        guard let text = named.configuration["suffix"]?.stringValue else {
            throw MetadataError(at: place, "a suffix is a string")
        }
        return try checkedSuffix(text, at: place)
    }

    /// `text` where a key may end so; throws at `place` where it is long or holds odd letters.
    public static func checkedSuffix(
        _ text: String,
        at place: String
    ) throws(MetadataError) -> String {
        guard text.utf8.count <= 128,
            text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f && $0 != UInt8(ascii: "/") })
        else { throw MetadataError(at: place, "a suffix has no '/' and only printable letters") }
        return text
    }

    /// The encoding as v3 metadata writes it; with a suffix by the names that others know (zarrs, and
    /// zarr-extensions, "suffix").
    public var json: JSONValue {
        let separated: JSONObject = ["separator": .string(separator.rawValue)]
        let plain: JSONValue = [
            "name": .string(style.rawValue), "configuration": .object(separated),
        ]
        guard !suffix.isEmpty else { return plain }
        var configuration = separated
        configuration["suffix"] = .string(suffix)
        if style == .default {
            return ["name": "zarrs.default_suffix", "configuration": .object(configuration)]
        }
        return [
            "name": "suffix",
            "configuration": ["suffix": .string(suffix), "base_encoding": plain],
        ]
    }

    /// The key of chunk `index`, relative to the array.
    public func key(for index: ChunkIndex) -> String {
        var key = style == .default ? "c" : ""
        for (position, coordinate) in index.coordinates.enumerated() {
            if position > 0 || style == .default { key += separator.rawValue }
            key += String(coordinate)
        }
        if index.coordinates.isEmpty && style == .v2 { key = "0" }
        return key + suffix
    }
}
