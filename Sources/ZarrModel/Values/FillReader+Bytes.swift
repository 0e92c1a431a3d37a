import JSONValue

extension FillReader {
    /// A list of byte values, or base64; `mayPad` fills up with NUL.
    mutating func byteString(
        _ value: JSONValue,
        count: Int,
        mayPad: Bool
    ) throws(MetadataError) -> [UInt8] {
        let bytes = try variableBytes(value)
        if bytes.count == count { return bytes }
        let isEmptyNumber = bytes.isEmpty && value.numberValue != nil
        guard bytes.count < count, mayPad || isEmptyNumber else {
            throw failure("the fill value has \(bytes.count) bytes and an element \(count)")
        }
        return bytes + [UInt8](repeating: 0, count: count - bytes.count)
    }

    /// A list of byte values, or base64. The number 0 stands for nothing.
    mutating func variableBytes(_ value: JSONValue) throws(MetadataError) -> [UInt8] {
        switch value {
        case .array(let elements):
            let bytes = elements.compactMap { $0.intValue.flatMap(UInt8.init(exactly:)) }
            guard bytes.count == elements.count else {
                throw failure("bytes are written as numbers from 0 to 255")
            }
            return bytes
        case .string(let text):
            if let bytes = Base64.decode(text) { return bytes }
            warn("the fill value is not base64; it was read as text")
            return Array(text.utf8)
        case .number where value.doubleValue == 0:
            warn("0 is no byte string; it was read as an empty one")
            return []
        default:
            throw failure("bytes are a list of numbers or base64, not \(value.kindPhrase)")
        }
    }

    /// Text of any length, UTF-8. The number 0 stands for the empty text.
    mutating func string(_ value: JSONValue) throws(MetadataError) -> [UInt8] {
        if let text = value.stringValue { return Array(text.utf8) }
        guard value.doubleValue == 0 else {
            throw failure("a text is a string, not \(value.kindPhrase)")
        }
        warn("0 is no text; it was read as \"0\", as zarr-python reads it")
        return [UInt8(ascii: "0")]
    }

    /// Text as UTF-32, padded with NUL; what is too long is cut.
    mutating func fixedText(_ value: JSONValue, length: Int) throws(MetadataError) -> [UInt8] {
        let text = value.doubleValue == 0 ? "" : String(decoding: try string(value), as: UTF8.self)
        var units = text.unicodeScalars.map(\.value)
        if units.count > length {
            warn("the fill value has more than \(length) characters; the rest was cut off")
            units.removeLast(units.count - length)
        }
        var bytes = units.flatMap { Self.littleEndian(UInt64($0), 4) }
        bytes += [UInt8](repeating: 0, count: 4 * length - bytes.count)
        return bytes
    }

    /// An object by field name, a list in field order, or (v2, older v3) base64 of all bytes.
    mutating func structure(
        _ value: JSONValue,
        _ fields: [StructField],
        _ type: DataType
    ) throws(MetadataError) -> [UInt8] {
        switch value {
        case .object(let object):
            var bytes: [UInt8] = []
            for field in fields {
                guard let member = object[field.name] else {
                    throw failure("the fill value has no field \(field.name)")
                }
                bytes += try self.field(member, field, field.shape[...])
            }
            return bytes
        case .array(let values) where values.count == fields.count:
            var bytes: [UInt8] = []
            for (value, field) in zip(values, fields) {
                bytes += try self.field(value, field, field.shape[...])
            }
            return bytes
        case .string(let text):
            return try packed(text, type)
        case .number where value.doubleValue == 0:
            warn("0 is no structured value; every field was read as 0")
            return [UInt8](repeating: 0, count: type.byteCount ?? 0)
        default:
            throw failure("a structured value is an object or base64, not \(value.kindPhrase)")
        }
    }

    private mutating func field(
        _ value: JSONValue,
        _ field: StructField,
        _ shape: ArraySlice<Int>
    ) throws(MetadataError) -> [UInt8] {
        guard let length = shape.first else { return try bytes(value, field.type) }
        guard let elements = value.arrayValue, elements.count == length else {
            throw failure("the field \(field.name) is a list of \(length)")
        }
        var bytes: [UInt8] = []
        for element in elements { bytes += try self.field(element, field, shape.dropFirst()) }
        return bytes
    }

    /// The bytes of base64 in stored order, brought into canonical order.
    private func packed(_ text: String, _ type: DataType) throws(MetadataError) -> [UInt8] {
        guard var bytes = Base64.decode(text) else {
            throw failure("a structured value as a string is base64")
        }
        guard bytes.count == type.byteCount else {
            throw failure(
                "the fill value has \(bytes.count) bytes and an element \(type.byteCount ?? 0)"
            )
        }
        for (position, leaf) in type.leaves.enumerated() where leaf.unit > 1 {
            guard fieldEndianness?[position] ?? endianness == .big else { continue }
            for start in stride(
                from: leaf.offset,
                to: leaf.offset + leaf.unit * leaf.count,
                by: leaf.unit
            ) {
                bytes[start..<(start + leaf.unit)].reverse()
            }
        }
        return bytes
    }
}
