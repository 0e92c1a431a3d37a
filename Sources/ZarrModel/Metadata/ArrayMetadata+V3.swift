public import JSONValue

extension ArrayMetadata {
    /// Reads a v3 `zarr.json` of an array. Throws where it cannot be used, with the place.
    public init(v3 bytes: [UInt8]) throws(MetadataError) {
        try self.init(v3: try DocumentReader(bytes, name: "zarr.json"))
    }

    /// Reads a v3 document that was parsed already; `name` is what messages call it.
    public init(v3 document: JSONValue, name: String = "zarr.json") throws(MetadataError) {
        try self.init(v3: try DocumentReader(document, name: name))
    }

    init(v3 reader: consuming DocumentReader) throws(MetadataError) {
        var reader = reader
        try reader.checkFormat(.v3, nodeType: "array")
        try reader.checkUnknownMembers(known: DocumentReader.arrayMembers)
        version = .v3
        document = .object(reader.object)
        shape = try DocumentReader.lengths(
            reader.object["shape"],
            at: reader.location("shape"),
            what: "shape",
            least: 0
        )
        grid = try reader.chunkGrid()
        dataType = try DataType(
            v3: try reader.required("data_type"),
            at: reader.location("data_type")
        )
        (axes, gridShape) = try Self.layout(
            of: grid,
            shape: shape,
            dataType: dataType,
            at: reader.location("chunk_grid")
        )
        fillValue = try reader.fillValue(dataType)
        codecs = try reader.codecs()
        keyEncoding = try ChunkKeyEncoding(
            v3: try reader.required("chunk_key_encoding"),
            at: reader.location("chunk_key_encoding")
        )
        isKeyEncodingDeclared = true
        try reader.checkStorageTransformers()
        dimensionNames = try reader.dimensionNames(rank: shape.count)
        attributes = try reader.attributes()
        reader.compareNames(dimensionNames, attributes)
        reader.reportExtensions()
        reader.reportOdd(codecs)
        shardLevels = try Self.shardLevels(of: codecs, axes: axes)
        diagnostics = reader.diagnostics
        reportUnknownType(at: reader.location("data_type"))
    }

    /// An unknown type does not close the array: its chunks can be counted all the same.
    mutating func reportUnknownType(at location: String) {
        guard case .unknown(let name) = dataType else { return }
        diagnostics.append(
            Diagnostic(
                .error,
                at: location,
                "the data type \(name) is not known; values cannot be read"
            )
        )
    }
}

extension DocumentReader {
    static let arrayMembers: Set<String> = [
        "zarr_format", "node_type", "shape", "data_type", "chunk_grid", "chunk_key_encoding",
        "fill_value", "codecs", "attributes", "storage_transformers", "dimension_names",
    ]

    /// Zarr v3, "Metadata": `zarr_format` and `node_type`.
    mutating func checkFormat(_ version: FormatVersion, nodeType: String?) throws(MetadataError) {
        let format = try required("zarr_format")
        guard format.doubleValue == Double(version.rawValue) else {
            throw MetadataError(
                at: location("zarr_format"),
                "zarr_format is \(version.rawValue) here, not \(format.text())"
            )
        }
        if format.numberValue?.isPlainInteger == false {
            warn("zarr_format", "zarr_format is written \(version.rawValue), not \(format.text())")
        }
        guard let nodeType else { return }
        let type = try required("node_type")
        guard type.stringValue == nodeType else {
            throw MetadataError(
                at: location("node_type"),
                "node_type is \(nodeType) here, not \(type.text())"
            )
        }
    }

    /// Zarr v3, "Metadata extensions": an unknown member must be understood unless it says otherwise.
    mutating func checkUnknownMembers(known: Set<String>) throws(MetadataError) {
        for member in object.members where !known.contains(member.key) {
            guard member.value["must_understand"] == .bool(false) else {
                throw MetadataError(
                    at: location(member.key),
                    "the member \(member.key) is not known and does not say must_understand: false"
                )
            }
            diagnostics.append(
                Diagnostic(
                    .note,
                    at: location(member.key),
                    "the member \(member.key) was passed over"
                )
            )
        }
    }

    mutating func fillValue(_ type: DataType) throws(MetadataError) -> FillValue {
        let place = location("fill_value")
        let value = try required("fill_value")
        guard !value.isNull || type.kind == .unknown || type.kind == .optional else {
            throw MetadataError(at: place, "null is no fill value in v3")
        }
        return try FillValue(v3: value, type: type, at: place, diagnostics: &diagnostics)
    }

    mutating func codecs() throws(MetadataError) -> [CodecSpec] {
        let place = location("codecs")
        guard let list = try required("codecs").arrayValue else {
            throw MetadataError(at: place, "codecs is a list")
        }
        guard !list.isEmpty else {
            throw MetadataError(at: place, "a chain needs at least the codec that makes bytes")
        }
        return try CodecSpec.list(list, at: place)
    }

    mutating func checkStorageTransformers() throws(MetadataError) {
        let place = location("storage_transformers")
        guard let value = object["storage_transformers"] else { return }
        guard !value.isNull else {
            warn("storage_transformers", "storage_transformers is a list, or is left out")
            return
        }
        guard let list = value.arrayValue else {
            throw MetadataError(at: place, "storage_transformers is a list")
        }
        for (position, element) in list.enumerated() {
            let named = try NamedConfiguration(
                element,
                at: "\(place)/\(position)",
                what: "a storage transformer"
            )
            guard !named.mustUnderstand else {
                throw MetadataError(
                    at: "\(place)/\(position)",
                    "the storage transformer \(named.name) is not known"
                )
            }
            warn("storage_transformers", "the storage transformer \(named.name) was passed over")
        }
    }

    mutating func dimensionNames(rank: Int) throws(MetadataError) -> [String?]? {
        guard let value = object["dimension_names"] else { return nil }
        guard !value.isNull else {
            warn("dimension_names", "dimension_names is a list, or is left out")
            return nil
        }
        let place = location("dimension_names")
        guard let list = value.arrayValue else {
            throw MetadataError(at: place, "dimension_names is a list")
        }
        guard list.count == rank else {
            throw MetadataError(
                at: place,
                "\(list.count) dimension names for \(rank) dimensions"
            )
        }
        var names: [String?] = []
        for (position, element) in list.enumerated() {
            guard element.isNull || element.stringValue != nil else {
                throw MetadataError(
                    at: "\(place)/\(position)",
                    "a dimension name is a string or null"
                )
            }
            names.append(element.stringValue)
        }
        let given = names.compactMap(\.self).filter { !$0.isEmpty }
        if Set(given).count < given.count {
            diagnostics.append(
                Diagnostic(
                    .note,
                    at: place,
                    "two dimensions have the same name and cannot be told apart by it"
                )
            )
        }
        return names
    }

    mutating func attributes() throws(MetadataError) -> JSONObject {
        switch object["attributes"] {
        case nil: return [:]
        case .object(let attributes): return attributes
        case .null:
            warn("attributes", "attributes is null; it is left out where there are none")
            return [:]
        case let other?:
            throw MetadataError(
                at: location("attributes"),
                "attributes is an object, not \(other.kindPhrase)"
            )
        }
    }
}
