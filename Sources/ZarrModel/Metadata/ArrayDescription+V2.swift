import JSONValue

extension ArrayDescription {
    /// `.zarray`, and `.zattrs` where there is something to say.
    func documentsV2() throws(MetadataError) -> [WrittenDocument] {
        let place = ".zarray#"
        guard case .regular(let chunks) = grid else {
            throw MetadataError(at: place + "/chunks", "v2 has no \(grid.name) grid")
        }
        guard sharding == nil else {
            throw MetadataError(at: place + "/compressor", "v2 has no shards")
        }
        guard keyEncoding.style == .v2, keyEncoding.suffix.isEmpty else {
            throw MetadataError(
                at: place + "/dimension_separator",
                "v2 names chunks 0.1 or 0/1, and nothing else"
            )
        }
        let chain = try ChainV2(self)
        var orders = chain.orders[...]
        let dtype = try dataType.dtype(&orders, at: place + "/dtype")
        // What has no order of its own in v2 is little-endian, whatever the codec says.
        let stored = try DataTypeV2(dtype, at: place + "/dtype")
        let document: JSONObject = [
            "zarr_format": 2,
            "shape": .array(shape.map { .integer($0) }),
            "chunks": .array(chunks.map { .integer($0) }),
            "dtype": dtype,
            "compressor": chain.compressor?.json ?? .null,
            "fill_value": fillValue.isUndefined
                ? .null
                : FillWriter.json(fillValue.bytes[...], dataType, .v2, orders: stored.orders),
            "order": .string(chain.isReversed ? "F" : "C"),
            "filters": chain.filters.isEmpty ? .null : .array(chain.filters.map(\.json)),
            "dimension_separator": .string(keyEncoding.separator.rawValue),
        ]
        let documents = [WrittenDocument(name: ".zarray", value: .object(document))]
        let attributes = try attributesV2()
        guard !attributes.isEmpty else { return documents }
        return documents + [WrittenDocument(name: ".zattrs", value: .object(attributes))]
    }

    /// Attributes with the names of dimensions among them.
    private func attributesV2() throws(MetadataError) -> JSONObject {
        guard let dimensionNames else { return attributes }
        var attributes = attributes
        var names: [JSONValue] = []
        for name in dimensionNames {
            guard let name else {
                throw MetadataError(
                    at: ".zattrs#/_ARRAY_DIMENSIONS",
                    "v2 has names for all dimensions or for none"
                )
            }
            names.append(.string(name))
        }
        guard names.count == shape.count else {
            throw MetadataError(
                at: ".zattrs#/_ARRAY_DIMENSIONS",
                "\(names.count) dimension names for \(dimensions(shape.count))"
            )
        }
        attributes["_ARRAY_DIMENSIONS"] = .array(names)
        return attributes
    }
}

/// A v2 chain in the parts that a `.zarray` has for it.
private struct ChainV2 {
    var isReversed = false
    /// The byte order of each innermost field of the type.
    var orders: [Endianness] = []
    var filters: [CodecSpec] = []
    var compressor: CodecSpec?

    init(_ description: ArrayDescription) throws(MetadataError) {
        let rank = description.shape.count
        var rest = description.codecs[...]
        if let first = rest.first, first.name == "transpose", first.dialect == .v3 {
            let order = first.configuration["order"]?.arrayValue?.compactMap(\.intValue)
            guard order == Array((0..<rank).reversed()) else {
                throw MetadataError(
                    at: ".zarray#/order",
                    "v2 stores dimensions in their order or all reversed"
                )
            }
            isReversed = rank > 1
            rest.removeFirst()
        }
        guard let serializer = rest.popFirst() else {
            throw MetadataError(at: ".zarray#/dtype", "no codec makes bytes of the array")
        }
        if serializer.dialect == .v3, serializer.name == "bytes" {
            orders = try Self.orders(serializer, description.dataType)
        } else if description.dataType.isVariableLength, serializer.dialect == .v2 {
            filters.append(serializer)
        } else {
            throw MetadataError(
                at: ".zarray#/filters",
                "\(serializer.name) does not make bytes of \(description.dataType.name) in v2"
            )
        }
        for spec in rest {
            guard spec.dialect == .v2 else {
                throw MetadataError(at: ".zarray#/filters", "\(spec.name) is a codec of v3")
            }
            filters.append(spec.completed(for: description.dataType))
        }
        if let last = filters.last, CodecTranslation.isCompressor(last.name) {
            compressor = last
            filters.removeLast()
        }
    }

    private static func orders(
        _ spec: CodecSpec,
        _ type: DataType
    ) throws(MetadataError) -> [Endianness] {
        func order(_ value: JSONValue?) throws(MetadataError) -> Endianness {
            guard let value else { return .little }
            guard let order = value.stringValue.flatMap(Endianness.init) else {
                throw MetadataError(at: ".zarray#/dtype", "a byte order is little or big")
            }
            return order
        }
        let all = try order(spec.configuration["endian"])
        guard let fields = spec.configuration["field_endian"]?.arrayValue else {
            return type.leaves.map { _ in all }
        }
        var orders: [Endianness] = []
        for field in fields { orders.append(try order(field)) }
        return orders
    }
}
