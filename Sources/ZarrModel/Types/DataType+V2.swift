public import JSONValue

/// A v2 `dtype`: the type, and in which order its bytes are stored.
public struct DataTypeV2: Hashable, Sendable {
    /// What an element is. For `|O` it is ``DataType/object`` until the object codec says more.
    public var type: DataType
    /// The order of the bytes; `little` where there is nothing to order.
    public var endianness: Endianness
    /// The order of each innermost field's bytes, where fields differ; `nil` where all are alike.
    public var fieldEndianness: [Endianness]?

    /// A type whose numbers are stored little-endian.
    public init(_ type: DataType) {
        self.type = type
        endianness = .little
    }

    /// Reads a NumPy type string (`<f4`, `|S7`, `>M8[10ms]`), a name of TensorStore's for what NumPy has
    /// not (`bfloat16`), or a list of fields.
    ///
    /// A type that is not known gives ``DataType/unknown(name:)``. Throws where `value` is neither.
    public init(_ value: JSONValue, at location: String) throws(MetadataError) {
        switch value {
        case .string(let text):
            (type, endianness) = try Self.scalar(text, at: location)
        case .array(let list):
            let structure = try Self.structure(list, at: location)
            type = .structure(structure.fields)
            try type.checkSize(at: location)
            let orders = structure.orders
            endianness = orders.compactMap(\.self).first ?? .little
            let resolved = orders.map { $0 ?? endianness }
            fieldEndianness = Set(resolved).count > 1 ? resolved : nil
        default:
            throw MetadataError(
                at: location,
                "a dtype is a string or a list of fields, not \(value.kindPhrase)"
            )
        }
        guard type.byteCount ?? 1 <= DataType.elementLimit else {
            throw MetadataError(
                at: location,
                "an element has more than \(DataType.elementLimit) bytes"
            )
        }
    }

    private static func scalar(
        _ text: String,
        at location: String
    ) throws(MetadataError) -> (DataType, Endianness) {
        guard let first = text.unicodeScalars.first, "<>|=".unicodeScalars.contains(first) else {
            return (DataType.bare(text) ?? .unknown(name: text), .little)
        }
        let body = text.unicodeScalars.dropFirst()
        guard let letter = body.first else { return (.unknown(name: text), .little) }
        let rest = String(body.dropFirst())
        let type = try scalar(letter: letter, rest: rest, at: location)
        return (type ?? .unknown(name: text), first == ">" ? .big : .little)
    }

    private static func scalar(
        letter: Unicode.Scalar,
        rest: String,
        at location: String
    ) throws(MetadataError) -> DataType? {
        switch letter {
        case "b": return rest == "1" ? .bool : nil
        case "i": return DataType.integer(bytes: rest, prefix: "int")
        case "u": return DataType.integer(bytes: rest, prefix: "uint")
        case "f":
            return ["2": .float16, "4": .float32, "8": .float64][rest].map { .float($0) }
        case "c": return ["8": .float32, "16": .float64][rest].map { .complex($0) }
        case "S", "a": return try length(rest, at: location).map { .fixedBytes(byteCount: $0) }
        case "V": return try length(rest, at: location).map { .opaque(byteCount: $0) }
        case "U": return try length(rest, at: location).map { .fixedText(length: $0) }
        case "O": return .object
        case "M": return try time(rest, at: location).map { .datetime($0.0, scale: $0.1) }
        case "m": return try time(rest, at: location).map { .timedelta($0.0, scale: $0.1) }
        default: return nil
        }
    }

    /// A length above 0. `nil` where `text` is no number, so that the whole type is unknown.
    private static func length(_ text: String, at location: String) throws(MetadataError) -> Int? {
        guard let length = Int(text) else { return nil }
        guard length > 0, length <= DataType.elementLimit else {
            throw MetadataError(
                at: location,
                "an element has 1 to \(DataType.elementLimit) bytes, not \(text)"
            )
        }
        return length
    }

    /// `8`, `8[ns]`, `8[10ms]`, and NumPy's `8[D/10]` is left unknown.
    private static func time(
        _ text: String,
        at location: String
    ) throws(MetadataError) -> (TimeUnit, Int)? {
        guard text.utf8.first == UInt8(ascii: "8") else { return nil }
        let inside = text.dropFirst()
        if inside.isEmpty { return (.generic, 1) }
        guard inside.first == "[", inside.last == "]" else { return nil }
        let content = inside.dropFirst().dropLast()
        let digits = content.prefix { $0.isASCII && $0.isNumber }
        guard let unit = TimeUnit(name: String(content.dropFirst(digits.count))) else { return nil }
        guard !digits.isEmpty else { return (unit, 1) }
        guard let scale = Int32(digits).map(Int.init), scale > 0 else {
            throw MetadataError(at: location, "the multiple of a time unit is 1 to 2^31 - 1")
        }
        return (unit, scale)
    }

    private static func structure(
        _ list: [JSONValue],
        at location: String
    ) throws(MetadataError) -> (fields: [StructField], orders: [Endianness?]) {
        guard !list.isEmpty else {
            throw MetadataError(at: location, "a structured dtype has at least one field")
        }
        var fields: [StructField] = []
        var orders: [Endianness?] = []
        for (position, element) in list.enumerated() {
            let place = "\(location)/\(position)"
            guard let name = element[0]?.stringValue, let dtype = element[1] else {
                throw MetadataError(at: place, "a field is a list of name, dtype and shape")
            }
            let inner = try DataTypeV2(dtype, at: place + "/1")
            let shape = try DataType.fieldShape(element[2], at: place + "/2")
            fields.append(StructField(name: name, type: inner.type, shape: shape))
            orders += inner.orders(repeated: shape)
        }
        return (fields, orders)
    }

    /// The order of each innermost run.
    var orders: [Endianness] {
        fieldEndianness ?? type.leaves.map { _ in endianness }
    }

    /// The order of each innermost run; `nil` where its numbers have one byte.
    private func orders(repeated shape: [Int]) -> [Endianness?] {
        guard case .structure = type else {
            return type.leaves.map { $0.unit == 1 ? nil : endianness }
        }
        let once = zip(type.leaves.indices, type.leaves).map { position, leaf in
            leaf.unit == 1 ? nil : fieldEndianness?[position] ?? endianness
        }
        let repeats = min(shape.checkedProduct() ?? 0, 65_536)
        return repeats * once.count > 65_536
            ? [] : Array(repeatElement(once, count: repeats).joined())
    }
}

extension DataType {
    /// How v2 metadata names a number of this type: as NumPy does, or, where NumPy has none like it, by
    /// its v3 name alone, as TensorStore does. `nil` where neither has it.
    var nameV2: String? {
        if let numpyDescr { return numpyDescr }
        return switch self {
        case .integer(.int2), .integer(.int4), .float(.bfloat16), .float(.float8_e3m4),
            .float(.float8_e4m3fn), .float(.float8_e4m3fnuz), .float(.float8_e4m3b11fnuz),
            .float(.float8_e5m2), .float(.float8_e5m2fnuz), .float(.float4_e2m1fn):
            name
        default: nil
        }
    }

    /// The number that v2 metadata calls `name`, without an order of bytes.
    fileprivate static func bare(_ name: String) -> DataType? {
        simple(name).flatMap { $0.nameV2 == name ? $0 : nil }
    }

    fileprivate static func integer(bytes: String, prefix: String) -> DataType? {
        guard let count = Int(bytes), (1...8).contains(count) else { return nil }
        return IntegerType(rawValue: prefix + String(count * 8)).map { .integer($0) }
    }
}
