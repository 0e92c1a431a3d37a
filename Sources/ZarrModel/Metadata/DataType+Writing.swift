import JSONValue

extension DataType {
    /// The `data_type` of a v3 document. Throws for what v3 has no type for.
    func jsonV3(at location: String) throws(MetadataError) -> JSONValue {
        switch self {
        case .object:
            throw MetadataError(at: location, "v3 has no type for objects")
        case .unknown(let name):
            throw MetadataError(at: location, "the data type \(name) is not known")
        case .structure(let fields):
            for field in fields {
                guard field.shape.isEmpty else {
                    throw MetadataError(
                        at: location,
                        "a field of v3 is no array, and \(field.name) has a shape"
                    )
                }
                _ = try field.type.jsonV3(at: location)
            }
            return json
        case .optional(let type):
            _ = try type.jsonV3(at: location)
            return json
        default:
            return json
        }
    }

    /// The `dtype` of a v2 document: NumPy's type text, TensorStore's name, or a list of fields.
    ///
    /// `orders` are the byte orders of the innermost fields, one each; it is used up from the front.
    /// Throws for what neither has.
    func dtype(
        _ orders: inout ArraySlice<Endianness>,
        at location: String
    ) throws(MetadataError) -> JSONValue {
        if case .structure(let fields) = self {
            var list: [JSONValue] = []
            for field in fields {
                let before = orders.count
                var entry = [
                    JSONValue.string(field.name), try field.type.dtype(&orders, at: location),
                ]
                if !field.shape.isEmpty {
                    entry.append(.array(field.shape.map { .integer($0) }))
                    guard case .structure = field.type else {
                        list.append(.array(entry))
                        continue
                    }
                    let repeats = (field.shape.checkedProduct() ?? 1) - 1
                    orders = orders.dropFirst((before - orders.count) * repeats)
                }
                list.append(.array(entry))
            }
            return .array(list)
        }
        if isVariableLength, kind != .optional { return "|O" }
        guard let text = nameV2, let first = text.utf8.first else {
            throw MetadataError(at: location, "v2 has no dtype for \(name)")
        }
        let order = orders.popFirst() ?? .little
        guard first == UInt8(ascii: "<"), order == .big else { return .string(text) }
        return .string(">" + text.dropFirst())
    }
}
