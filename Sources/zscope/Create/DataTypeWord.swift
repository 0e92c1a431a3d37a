import JSONValue
import ZarrModel

/// A data type as a word of the command line.
enum DataTypeWord {
    /// Reads a name of v3, NumPy's (`<f4`, `u2`, `M8[ns]`, `datetime64[ns]`), or JSON of either. NumPy's
    /// `O` is ``DataType/object``, until codecs decide it.
    static func read(_ text: String) throws -> DataTypeV2 {
        do throws(MetadataError) {
            let read = try named(text)
            switch read.type {
            case .datetime(.generic, _): throw MetadataError(at: "--dtype", "say the unit: M8[ns]")
            case .timedelta(.generic, _): throw MetadataError(at: "--dtype", "say the unit: m8[ns]")
            default: return read
            }
        } catch {
            throw UsageError("--dtype \(text): \(error.message)")
        }
    }

    private static func named(
        _ text: String
    ) throws(MetadataError) -> DataTypeV2 {
        let text = letters[text] ?? text
        let first = text.utf8.first ?? 0
        if first == UInt8(ascii: "{") || first == UInt8(ascii: "[") {
            return try json(text)
        }
        if "<>|=".utf8.contains(first) { return try numpy(text) }
        let type = try DataType(v3: .string(text), at: "--dtype")
        if case .unknown = type {} else { return DataTypeV2(type) }
        if text == "str" { return DataTypeV2(.string) }
        if let known = aliases[text] { return try numpy(known) }
        for (name, letters) in [("datetime64", "M8"), ("timedelta64", "m8")]
        where text.hasPrefix(name) {
            return try numpy("<" + letters + text.dropFirst(name.count))
        }
        let dtype = try DataTypeV2(.string("<" + text), at: "--dtype")
        guard case .unknown = dtype.type else { return dtype }
        throw unknown(text)
    }

    private static func unknown(_ name: String) -> MetadataError {
        let guess = nearest(to: name, among: usual).map { " (did you mean \($0)?)" } ?? ""
        return MetadataError(
            at: "--dtype",
            "this type is not known\(guess); known are \(usual.joined(separator: ", ")), more names of"
                + " Zarr v3, NumPy's spellings with a length or unit ('<f4', '|b1', 'U5', 'S3', 'V8',"
                + " 'M8[ns]', 'm8[10us]'), and JSON of either"
        )
    }

    /// NumPy's single letters, as far as they mean the same on every machine.
    private static let letters = [
        "?": "|b1", "|?": "|b1", "<?": "|b1", "b": "|i1", "B": "|u1", "h": "<i2", "H": "<u2",
        "i": "<i4", "I": "<u4", "q": "<i8", "Q": "<u8", "e": "<f2", "f": "<f4", "d": "<f8",
        "F": "<c8", "D": "<c16", "half": "<f2", "single": "<f4", "double": "<f8", "bool_": "|b1",
    ]

    /// What people mostly mean.
    private static let usual = [
        "bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "float16",
        "float32", "float64", "complex64", "complex128", "string", "bytes", "datetime64[ns]",
        "timedelta64[ns]",
    ]

    private static let aliases = [
        "int": "<i8", "float": "<f8", "complex": "<c16", "boolean": "|b1",
    ]

    private static func json(
        _ text: String
    ) throws(MetadataError) -> DataTypeV2 {
        let value: JSONValue
        do throws(JSONError) {
            value = try JSONParser.parse(Array(text.utf8), mode: .strict).value
        } catch {
            throw MetadataError(at: "--dtype", "not readable as JSON: \(error)")
        }
        if value.arrayValue != nil { return try numpy(value) }
        let type = try DataType(v3: value, at: "--dtype")
        if case .unknown(let name) = type {
            throw unknown(name)
        }
        return DataTypeV2(type)
    }

    /// What `type` is to `specs`: an object that NumPy calls `O` whatever it is, as its codec says; a
    /// text where none does.
    static func decided(_ type: DataType, by specs: [CodecSpec]) -> DataType {
        type == .object ? objects(specs) ?? .string : type
    }

    /// The type that a codec of objects says.
    static func objects(_ specs: [CodecSpec]) -> DataType? {
        specs.lazy.compactMap { spec -> DataType? in
            switch spec.name {
            case "vlen-utf8", "numcodecs.vlen-utf8": .string
            case "vlen-bytes", "numcodecs.vlen-bytes": .bytes
            case "json", "json2", "numcodecs.json2", "msgpack", "msgpack2", "numcodecs.msgpack2",
                "vlen-array", "numcodecs.vlen-array":
                .object
            case "categorize" where spec.configuration["dtype"] == "|O": .string
            default: nil
            }
        }.first
    }

    private static func numpy(
        _ text: String
    ) throws(MetadataError) -> DataTypeV2 {
        try numpy(.string(text))
    }

    private static func numpy(
        _ value: JSONValue
    ) throws(MetadataError) -> DataTypeV2 {
        let dtype = try DataTypeV2(value, at: "--dtype")
        if case .unknown(let name) = dtype.type {
            throw unknown(name)
        }
        return dtype
    }
}
