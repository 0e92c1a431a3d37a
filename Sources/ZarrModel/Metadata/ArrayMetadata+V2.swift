public import JSONValue

extension ArrayMetadata {
    /// Reads a v2 `.zarray` and, where there is one, the `.zattrs` beside it.
    ///
    /// A broken `.zattrs` does not close the array: it is reported and read as empty.
    public init(v2 zarray: [UInt8], zattrs: [UInt8]? = nil) throws(MetadataError) {
        let reader = try DocumentReader(zarray, name: ".zarray")
        var attributes = AttributesV2(zattrs)
        attributes.diagnostics = reader.diagnostics + attributes.diagnostics
        try self.init(v2: reader, attributes: attributes)
    }

    /// Reads v2 documents that were parsed already.
    public init(
        v2 zarray: JSONValue,
        zattrs: JSONValue?,
        name: String = ".zarray"
    ) throws(MetadataError) {
        try self.init(
            v2: try DocumentReader(zarray, name: name),
            attributes: AttributesV2(parsed: zattrs)
        )
    }

    private init(
        v2 reader: consuming DocumentReader,
        attributes: AttributesV2
    ) throws(MetadataError) {
        var reader = reader
        reader.diagnostics = attributes.diagnostics
        try reader.checkFormat(.v2, nodeType: nil)
        version = .v2
        document = .object(reader.object)
        self.attributes = attributes.object
        shape = try DocumentReader.lengths(
            reader.object["shape"],
            at: reader.location("shape"),
            what: "shape",
            least: 0
        )
        grid = .regular(chunkShape: try reader.chunksV2(shape: shape))
        let dtype = try DataTypeV2(try reader.required("dtype"), at: reader.location("dtype"))
        let chain = try reader.chainV2(dtype, rank: shape.count)
        dataType = chain.type
        codecs = chain.codecs
        (axes, gridShape) = try Self.layout(
            of: grid,
            shape: shape,
            dataType: dataType,
            at: reader.location("chunks")
        )
        fillValue = try reader.fillValueV2(dataType, dtype)
        (keyEncoding, isKeyEncodingDeclared) = try reader.keyEncodingV2()
        reader.reportOdd(codecs.filter { $0.dialect == .v2 })
        reader.reportDtype(dtype)
        dimensionNames = attributes.dimensionNames(rank: shape.count)
        shardLevels = []
        diagnostics = reader.diagnostics
        reportUnknownType(at: reader.location("dtype"))
    }
}

/// The `.zattrs` of a v2 node.
struct AttributesV2 {
    var object: JSONObject = [:]
    var diagnostics: [Diagnostic] = []

    /// Reads `bytes`; whatever is wrong with them becomes a diagnostic.
    init(_ bytes: [UInt8]?) {
        guard let bytes else { return }
        do throws(MetadataError) {
            let reader = try DocumentReader(bytes, name: ".zattrs")
            object = reader.object
            diagnostics = reader.diagnostics
        } catch {
            diagnostics.append(Diagnostic(.error, at: error.location, error.message))
        }
    }

    init(parsed value: JSONValue?) {
        guard let value else { return }
        if let object = value.objectValue {
            self.object = object
        } else {
            diagnostics.append(
                Diagnostic(
                    .error,
                    at: ".zattrs",
                    "attributes are an object, not \(value.kindPhrase)"
                )
            )
        }
    }

    /// The names that xarray keeps in `_ARRAY_DIMENSIONS`.
    func dimensionNames(rank: Int) -> [String?]? {
        guard let list = object["_ARRAY_DIMENSIONS"]?.arrayValue, list.count == rank else {
            return nil
        }
        let names = list.map(\.stringValue)
        return names.contains(nil) ? nil : names
    }
}

extension DocumentReader {
    /// A length of 0 is right only where the dimension is empty; it then counts as 1.
    mutating func chunksV2(shape: [Int]) throws(MetadataError) -> [Int] {
        let place = location("chunks")
        var chunks = try Self.lengths(object["chunks"], at: place, what: "chunks", least: 0)
        guard chunks.count == shape.count else {
            throw MetadataError(
                at: place,
                "chunks have \(dimensions(chunks.count)) and the array has \(shape.count)"
            )
        }
        for dimension in chunks.indices where chunks[dimension] == 0 {
            guard shape[dimension] == 0 else {
                throw MetadataError(at: "\(place)/\(dimension)", "a length of 0 is below 1")
            }
            warn("chunks", "a chunk length of 0 counts as 1")
            chunks[dimension] = 1
        }
        return chunks
    }

    mutating func keyEncodingV2() throws(MetadataError) -> (ChunkKeyEncoding, Bool) {
        guard let value = object["dimension_separator"], !value.isNull else {
            if object["dimension_separator"] != nil {
                warn("dimension_separator", "a separator is \".\" or \"/\", or is left out")
            }
            return (ChunkKeyEncoding(.v2, separator: .dot), false)
        }
        guard let separator = value.stringValue.flatMap(ChunkKeyEncoding.Separator.init) else {
            throw MetadataError(
                at: location("dimension_separator"),
                "a separator is \".\" or \"/\", not \(value.text())"
            )
        }
        return (ChunkKeyEncoding(.v2, separator: separator), true)
    }

    mutating func fillValueV2(
        _ type: DataType,
        _ dtype: DataTypeV2
    ) throws(MetadataError) -> FillValue {
        guard let value = object["fill_value"] else {
            warn("fill_value", "there is no fill_value; it counts as null")
            return .undefined(for: type)
        }
        guard !value.isNull else { return .undefined(for: type) }
        return try FillValue(
            v2: value,
            type: type,
            dtype: dtype,
            at: location("fill_value"),
            diagnostics: &diagnostics
        )
    }

    /// The chain that v2's `order`, `dtype`, `filters` and `compressor` come to.
    mutating func chainV2(
        _ dtype: DataTypeV2,
        rank: Int
    ) throws(MetadataError) -> (type: DataType, codecs: [CodecSpec]) {
        var codecs = try transposeV2(rank: rank)
        var filters = try filtersV2()
        var type = dtype.type
        if type == .object {
            guard let position = filters.firstIndex(where: { ObjectCodec.type(of: $0.name) != nil })
            else {
                throw MetadataError(
                    at: location("filters"),
                    "a dtype of objects needs a filter that encodes them"
                )
            }
            let codec = filters.remove(at: position)
            type = ObjectCodec.type(of: codec.name) ?? .object
            codecs.append(codec)
        } else {
            codecs.append(bytesV2(dtype))
        }
        codecs += filters
        for key in ["filters", "compressor"] where object[key] == nil {
            warn(key, "there is no \(key); it counts as null")
        }
        if let compressor = object["compressor"], !compressor.isNull {
            codecs.append(try CodecSpec(v2: compressor, at: location("compressor")))
        }
        return (type, codecs)
    }

    private mutating func transposeV2(rank: Int) throws(MetadataError) -> [CodecSpec] {
        switch object["order"]?.stringValue {
        case "C": return []
        case "F":
            guard rank > 1 else { return [] }
            let order = (0..<rank).reversed().map { JSONValue.integer($0) }
            return [
                CodecSpec(
                    name: "transpose",
                    configuration: ["order": .array(order)],
                    location: location("order")
                )
            ]
        case nil where object["order"] == nil || object["order"] == .null:
            warn("order", "there is no order; it counts as \"C\"")
            return []
        default:
            throw MetadataError(at: location("order"), "order is \"C\" or \"F\"")
        }
    }

    private func bytesV2(_ dtype: DataTypeV2) -> CodecSpec {
        var configuration: JSONObject = [:]
        if dtype.type.swapUnit != 1 {
            configuration["endian"] = .string(dtype.endianness.rawValue)
        }
        if let fields = dtype.fieldEndianness {
            configuration["field_endian"] = .array(fields.map { .string($0.rawValue) })
        }
        return CodecSpec(name: "bytes", configuration: configuration, location: location("dtype"))
    }

    private mutating func filtersV2() throws(MetadataError) -> [CodecSpec] {
        let place = location("filters")
        guard let value = object["filters"], !value.isNull else { return [] }
        guard let list = value.arrayValue else {
            throw MetadataError(at: place, "filters is a list or null")
        }
        if list.isEmpty { warn("filters", "an empty list of filters should be null") }
        var filters: [CodecSpec] = []
        for (position, element) in list.enumerated() {
            filters.append(try CodecSpec(v2: element, at: "\(place)/\(position)"))
        }
        return filters
    }
}

/// The numcodecs filters that make bytes of objects.
private enum ObjectCodec {
    static func type(of id: String) -> DataType? {
        switch id {
        case "vlen-utf8", "categorize": .string
        case "vlen-bytes": .bytes
        case "json", "json2", "msgpack", "msgpack2", "vlen-array", "pickle": .object
        default: nil
        }
    }
}
