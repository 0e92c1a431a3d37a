import JSONValue
import ZarrModel

/// A data type as a word of the command line.
enum DataTypeWord {
    /// Reads a name of v3, NumPy's (`<f4`, `u2`, `M8[ns]`, `datetime64[ns]`), or JSON of either.
    static func read(_ text: String) throws -> (type: DataType, order: Endianness) {
        let first = text.utf8.first ?? 0
        do throws(MetadataError) {
            if first == UInt8(ascii: "{") || first == UInt8(ascii: "[") {
                return try json(text)
            }
            if "<>|=".utf8.contains(first) { return try numpy(text) }
            let type = try DataType(v3: .string(text), at: "--dtype")
            if case .unknown = type {} else { return (type, .little) }
            if let known = aliases[text] { return try numpy(known) }
            for (name, letters) in [("datetime64", "M8"), ("timedelta64", "m8")]
            where text.hasPrefix(name) {
                return try numpy("<" + letters + text.dropFirst(name.count))
            }
            return try numpy("<" + text)
        } catch {
            throw UsageError("--dtype \(text): \(error.message)")
        }
    }

    private static let aliases = [
        "str": "|O", "int": "<i8", "float": "<f8", "complex": "<c16", "boolean": "|b1",
    ]

    private static func json(
        _ text: String
    ) throws(MetadataError) -> (type: DataType, order: Endianness) {
        let value: JSONValue
        do throws(JSONError) {
            value = try JSONParser.parse(Array(text.utf8), mode: .strict).value
        } catch {
            throw MetadataError(at: "--dtype", "not readable as JSON: \(error)")
        }
        if value.arrayValue != nil { return try numpy(value) }
        let type = try DataType(v3: value, at: "--dtype")
        if case .unknown(let name) = type {
            throw MetadataError(at: "--dtype", "the type \(name) is not known")
        }
        return (type, .little)
    }

    private static func numpy(
        _ text: String
    ) throws(MetadataError) -> (type: DataType, order: Endianness) {
        text == "|O" ? (.string, .little) : try numpy(.string(text))
    }

    private static func numpy(
        _ value: JSONValue
    ) throws(MetadataError) -> (type: DataType, order: Endianness) {
        let dtype = try DataTypeV2(value, at: "--dtype")
        if case .unknown(let name) = dtype.type {
            throw MetadataError(at: "--dtype", "the type \(name) is not known")
        }
        return (dtype.type, dtype.endianness)
    }
}
