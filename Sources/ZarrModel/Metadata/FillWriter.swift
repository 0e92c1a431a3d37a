import JSONValue

/// Writes fill values as each version's documents have them.
enum FillWriter {
    /// One element in canonical form as a `fill_value`: of v3 (Zarr v3, "Fill value", and the
    /// registered types), or of v2, where byte strings, structured values and the smallest floats are
    /// base64. `orders`
    /// are those of the innermost fields of a v2 structured value, in which its bytes are written.
    static func json(
        _ bytes: ArraySlice<UInt8>,
        _ type: DataType,
        _ version: FormatVersion,
        orders: [Endianness] = []
    ) -> JSONValue {
        switch (type, version) {
        case (.fixedBytes, _), (.opaque, _), (.rawBits, .v2), (.bytes, _),
            // TensorStore has no number for this one in v2.
            (.float(.float4_e2m1fn), .v2):
            .string(Base64.encode(bytes))
        case (.structure(let fields), .v3):
            structure(bytes, fields)
        case (.structure, .v2):
            .string(Base64.encode(stored(bytes, type, orders)))
        case (.optional(let inner), _):
            bytes.last == 1 ? [json(bytes.dropLast(), inner, version)] : .null
        default:
            ElementText.json(bytes, type)
        }
    }

    /// An object of the fields by name.
    private static func structure(
        _ bytes: ArraySlice<UInt8>,
        _ fields: [StructField]
    ) -> JSONValue {
        var object: JSONObject = [:]
        var rest = bytes
        for field in fields {
            let own = rest.prefix(field.byteCount ?? 0)
            rest = rest.dropFirst(own.count)
            object[field.name] = json(own, field.type, .v3)
        }
        return .object(object)
    }

    /// Canonical bytes in the order in which chunks have them.
    private static func stored(
        _ bytes: ArraySlice<UInt8>,
        _ type: DataType,
        _ orders: [Endianness]
    ) -> [UInt8] {
        var bytes = Array(bytes)
        for (leaf, order) in zip(type.leaves, orders) where leaf.unit > 1 && order == .big {
            let end = min(bytes.count, leaf.offset + leaf.unit * leaf.count)
            for start in stride(from: leaf.offset, to: end, by: leaf.unit) {
                bytes[start..<min(end, start + leaf.unit)].reverse()
            }
        }
        return bytes
    }
}
