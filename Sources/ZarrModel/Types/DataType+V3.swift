public import JSONValue

extension DataType {
    /// Reads the `data_type` of v3 metadata: a name, or an object of name and configuration.
    ///
    /// A name that is not known gives ``unknown(name:)``. Throws where a known one is malformed.
    public init(v3 value: JSONValue, at location: String) throws(MetadataError) {
        let named = try NamedConfiguration(value, at: location, what: "a data type")
        if let simple = Self.simple(named.name) {
            self = simple
        } else {
            self = try Self.configured(named, at: location)
        }
        switch self {
        case .structure: try checkSize(at: location)
        case .optional(let type): try type.checkOptional(at: location)
        default: break
        }
        guard isVariableLength || byteCount ?? 1 <= Self.elementLimit else {
            throw MetadataError(at: location, "an element has more than \(Self.elementLimit) bytes")
        }
    }

    /// The types that a name alone says.
    static func simple(_ name: String) -> DataType? {
        if let type = IntegerType(rawValue: name) { return .integer(type) }
        if let type = FloatType(rawValue: name) { return .float(type) }
        switch name {
        case "bool": return .bool
        case "complex64", "complex_float32": return .complex(.float32)
        case "complex128", "complex_float64": return .complex(.float64)
        case "string": return .string
        case "bytes", "variable_length_bytes", "binary": return .bytes
        default: break
        }
        if name.hasPrefix("complex_"), let part = FloatType(rawValue: String(name.dropFirst(8))) {
            return .complex(part)
        }
        return nil
    }

    private static func configured(
        _ named: NamedConfiguration,
        at location: String
    ) throws(MetadataError) -> DataType {
        switch named.name {
        case "fixed_length_utf32":
            let bytes = try named.positive("length_bytes")
            guard bytes % 4 == 0 else {
                throw MetadataError(at: location, "length_bytes is not a multiple of 4")
            }
            return .fixedText(length: bytes / 4)
        case "null_terminated_bytes":
            return .fixedBytes(byteCount: try named.positive("length_bytes"))
        case "raw_bytes":
            return .opaque(byteCount: try named.positive("length_bytes"))
        case "numpy.datetime64":
            return .datetime(try unit(named), scale: try scale(named))
        case "numpy.timedelta64":
            return .timedelta(
                try unit(named),
                scale: try named.positive("scale_factor", default: 1)
            )
        case "struct", "structured":
            return .structure(try fields(named))
        case "optional", "zarrs.optional":
            // What is inside is named as any type is, in place of a configuration.
            let inside = location + "/configuration"
            return .optional(try DataType(v3: .object(named.configuration), at: inside))
        default:
            let rawBits = try rawBits(named.name, at: location)
            return rawBits ?? .unknown(name: named.name)
        }
    }

    /// `r8`, `r16`, `r24`…
    private static func rawBits(
        _ name: String,
        at location: String
    ) throws(MetadataError) -> DataType? {
        guard name.utf8.count > 1, name.utf8.first == UInt8(ascii: "r"),
            name.utf8.dropFirst().allSatisfy({ $0 >= 0x30 && $0 <= 0x39 })
        else { return nil }
        guard let bits = Int(name.dropFirst()), bits > 0, bits % 8 == 0 else {
            throw MetadataError(at: location, "\(name): raw bits come in multiples of 8")
        }
        return .rawBits(byteCount: bits / 8)
    }

    private static func unit(_ named: NamedConfiguration) throws(MetadataError) -> TimeUnit {
        guard let text = named.configuration["unit"]?.stringValue else {
            throw MetadataError(at: named.location, "\(named.name) needs a unit")
        }
        guard let unit = TimeUnit(name: text) else {
            throw MetadataError(at: named.location, "no unit is called \(text)")
        }
        return unit
    }

    /// NumPy keeps it in 31 bits.
    private static func scale(_ named: NamedConfiguration) throws(MetadataError) -> Int {
        let scale = try named.positive("scale_factor", default: 1)
        guard scale <= Int(Int32.max) else {
            throw MetadataError(at: named.location, "scale_factor is at most 2^31 - 1")
        }
        return scale
    }

    /// Objects of name and data type; the older `structured` writes pairs instead.
    private static func fields(_ named: NamedConfiguration) throws(MetadataError) -> [StructField] {
        let location = named.location + "/configuration/fields"
        guard let list = named.configuration["fields"]?.arrayValue, !list.isEmpty else {
            throw MetadataError(at: location, "a structured type needs a list of fields")
        }
        var fields: [StructField] = []
        for (position, element) in list.enumerated() {
            let place = "\(location)/\(position)"
            let name = element["name"]?.stringValue ?? element[0]?.stringValue
            let type = element["data_type"] ?? element[1]
            guard let name, let type else {
                throw MetadataError(at: place, "a field has a name and a data type")
            }
            let shape = try fieldShape(element["shape"] ?? element[2], at: place)
            let field = StructField(
                name: name,
                type: try DataType(v3: type, at: place),
                shape: shape
            )
            guard field.type.kind != .optional else {
                throw MetadataError(at: place, "a field always has a value")
            }
            fields.append(field)
        }
        return fields
    }

    /// The shape of a sub-array: a number or a list of numbers; nothing is a single value.
    static func fieldShape(
        _ value: JSONValue?,
        at location: String
    ) throws(MetadataError) -> [Int] {
        guard let value else { return [] }
        if let length = value.intValue, length > 0 { return [length] }
        guard let list = value.arrayValue else {
            throw MetadataError(at: location, "the shape of a field is a list of lengths")
        }
        let shape = list.compactMap(\.intValue)
        guard shape.count == list.count, shape.allSatisfy({ $0 > 0 }) else {
            throw MetadataError(at: location, "the shape of a field is a list of lengths above 0")
        }
        return shape
    }

    /// A value that may be absent has a type that is known.
    private func checkOptional(at location: String) throws(MetadataError) {
        guard byteCount != nil || isVariableLength else {
            throw MetadataError(at: location, "the type \(name), which may be absent, is not known")
        }
    }

    /// Bounds what a structured type can make a program do: bytes, runs of numbers, kinds of fields.
    func checkSize(at location: String) throws(MetadataError) {
        guard let leaves = leafCount, leaves <= 65_536 else {
            throw MetadataError(at: location, "a structured type has too many fields")
        }
        guard let bytes = byteCount else {
            throw MetadataError(at: location, "a field has no fixed length")
        }
        guard bytes <= Self.elementLimit else {
            throw MetadataError(at: location, "an element has more than \(Self.elementLimit) bytes")
        }
    }

    /// How many runs ``leaves`` would have.
    private var leafCount: Int? {
        guard case .structure(let fields) = self else { return 1 }
        var total = 0
        for field in fields {
            guard let inner = field.type.leafCount else { return nil }
            var repeats = 1
            if case .structure = field.type {
                guard let count = field.elementCount else { return nil }
                repeats = count
            }
            let (product, over) = inner.multipliedReportingOverflow(by: repeats)
            let (sum, overSum) = total.addingReportingOverflow(product)
            guard !over, !overSum else { return nil }
            total = sum
        }
        return total
    }
}
