public import JSONValue

extension ArrayDescription {
    /// The documents that make the array: v3 `zarr.json`; v2 `.zarray`, and `.zattrs` where there are
    /// attributes or dimension names.
    ///
    /// Throws, with the place in the document, where the description breaks a rule of the
    /// specification or says what the version has no words for. Whether codecs are known and fit
    /// together is for the codecs to say. O(bytes of the documents).
    public func documents() throws(MetadataError) -> [WrittenDocument] {
        try checkAttributes()
        let documents: [WrittenDocument]
        switch version {
        case .v3: documents = [WrittenDocument(name: "zarr.json", value: try documentV3())]
        case .v2: documents = try documentsV2()
        }
        try check(documents)
        return documents
    }

    /// Reads the documents back: what reading would remark upon is not written, and what was
    /// described is what they say.
    private func check(_ documents: [WrittenDocument]) throws(MetadataError) {
        let read: ArrayMetadata
        switch version {
        case .v3: read = try ArrayMetadata(v3: documents[0].value)
        case .v2:
            let attributes = documents.dropFirst().first?.value
            read = try ArrayMetadata(v2: documents[0].value, zattrs: attributes)
        }
        if let odd = read.diagnostics.first(where: { $0.severity > .note }) {
            throw MetadataError(at: odd.location, odd.message)
        }
        let place = documents[0].name
        guard read.shape == shape, read.axes == grid.axes(for: shape) else {
            throw MetadataError(at: place, "the grid does not read back as it was described")
        }
        guard read.dataType == dataType else {
            throw MetadataError(
                at: "\(place)#/\(version == .v3 ? "data_type" : "dtype")",
                "\(dataType.summary) reads back as \(read.dataType.summary)"
            )
        }
        // The object null and no fill value are the same word in v2.
        let isSaid = dataType == .object || read.fillValue.isUndefined == fillValue.isUndefined
        guard read.fillValue.bytes == fillValue.bytes, isSaid else {
            throw MetadataError(
                at: place + "#/fill_value",
                "the fill value does not read back as it was described"
            )
        }
    }

    private func checkAttributes() throws(MetadataError) {
        let place = version == .v3 ? "zarr.json#/attributes" : ".zattrs#"
        if let odd = attributes.firstBareNumber(at: place) {
            throw MetadataError(at: odd, "JSON has no NaN and no Infinity")
        }
    }

    // MARK: - v3

    private func documentV3() throws(MetadataError) -> JSONValue {
        guard !fillValue.isUndefined else {
            throw MetadataError(at: "zarr.json#/fill_value", "null is no fill value in v3")
        }
        var document: JSONObject = [
            "zarr_format": 3,
            "node_type": "array",
            "shape": .array(shape.map { .integer($0) }),
            "data_type": try dataType.jsonV3(at: "zarr.json#/data_type"),
            "chunk_grid": grid.json,
            "chunk_key_encoding": keyEncoding.json,
            "fill_value": FillWriter.json(fillValue.bytes[...], dataType, .v3),
            "codecs": .array(try codecsV3()),
        ]
        if let dimensionNames {
            document["dimension_names"] = .array(
                dimensionNames.map { $0.map(JSONValue.string) ?? .null }
            )
        }
        document["attributes"] = .object(attributes)
        return .object(document)
    }

    private func codecsV3() throws(MetadataError) -> [JSONValue] {
        let place = "zarr.json#/codecs"
        if let foreign = codecs.first(where: { $0.dialect != .v3 }) {
            throw MetadataError(at: place, "\(foreign.name) is a codec of v2")
        }
        let specs = codecs.map { $0.completed(for: dataType) }
        guard let sharding else { return specs.map(\.json) }
        let index = sharding.indexCodecs.map { $0.completed(for: .integer(.uint64)) }
        let shard = CodecSpec(
            name: "sharding_indexed",
            configuration: [
                "chunk_shape": .array(sharding.innerShape.map { .integer($0) }),
                "codecs": .array(specs.map(\.json)),
                "index_codecs": .array(index.map(\.json)),
                "index_location": sharding.isIndexAtStart ? "start" : "end",
            ]
        )
        return [shard.json]
    }
}

extension CodecSpec {
    /// The codec as its version's documents name it.
    public var json: JSONValue {
        switch dialect {
        case .v2:
            var object: JSONObject = ["id": .string(name)]
            for member in configuration.members { object[member.key] = member.value }
            return .object(object)
        case .v3:
            var object: JSONObject = ["name": .string(name)]
            // zarr-python reads no codec of numcodecs without one.
            if !configuration.isEmpty || name.hasPrefix("numcodecs.") {
                object["configuration"] = .object(configuration)
            }
            if !mustUnderstand { object["must_understand"] = false }
            return .object(object)
        }
    }
}

extension JSONObject {
    /// Where a bare `NaN` or `Infinity` stands; `place` is where this object stands.
    func firstBareNumber(at place: String) -> String? {
        for member in members {
            let place = "\(place)/\(JSONPointer.escape(member.key))"
            if let found = member.value.firstBareNumber(at: place) { return found }
        }
        return nil
    }
}

extension JSONValue {
    fileprivate func firstBareNumber(at place: String) -> String? {
        switch self {
        case .number(let number): return number.isBareSpecial ? place : nil
        case .object(let object): return object.firstBareNumber(at: place)
        case .array(let elements):
            for (position, element) in elements.enumerated() {
                if let found = element.firstBareNumber(at: "\(place)/\(position)") { return found }
            }
            return nil
        default: return nil
        }
    }
}
