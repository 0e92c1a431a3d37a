import JSONValue
import Testing
import ZarrModel

/// A v2 array with these members changed.
private func v2(_ changes: JSONObject, zattrs: JSONValue? = nil) throws -> ArrayDescription {
    var object: JSONObject = [
        "zarr_format": 2, "shape": [7, 5], "chunks": [3, 2], "dtype": "<i4", "fill_value": 3,
        "order": "C", "filters": nil, "compressor": nil,
    ]
    for member in changes.members { object[member.key] = member.value }
    return ArrayDescription(try ArrayMetadata(v2: .object(object), zattrs: zattrs))
}

private func v3(_ codecs: JSONValue, _ changes: JSONObject = [:]) throws -> ArrayDescription {
    var object: JSONObject = [
        "zarr_format": 3, "node_type": "array", "shape": [8, 4], "data_type": "int32",
        "chunk_grid": ["name": "regular", "configuration": ["chunk_shape": [4, 4]]],
        "chunk_key_encoding": "default", "fill_value": 3, "codecs": codecs,
    ]
    for member in changes.members { object[member.key] = member.value }
    return ArrayDescription(try ArrayMetadata(v3: .object(object)))
}

private func problems(_ body: () throws -> ConvertedDescription) -> [String] {
    do {
        _ = try body()
        return []
    } catch {
        return (error as? ConversionError)?.problems.map(\.message) ?? ["\(error)"]
    }
}

struct ConversionTests {
    @Test func `zfpy takes bytes in v2 and the array in v3, with one configuration`() throws {
        let zfpy: JSONValue = ["id": "zfpy", "mode": 4, "tolerance": 0.5]
        let source = try v2(["dtype": "<f4", "fill_value": 0.0, "compressor": zfpy])
        let converted = try source.converted(to: .v3).description
        #expect(converted.codecs.map(\.name) == ["numcodecs.zfpy"])
        #expect(converted.codecs[0].configuration == ["mode": 4, "tolerance": 0.5])
        let back = try converted.converted(to: .v2).description
        #expect(back.codecs.map(\.json) == source.codecs.map(\.json))
        let big = try v2(["dtype": ">f4", "fill_value": 0.0, "compressor": zfpy])
        #expect(problems { try big.converted(to: .v3) }.first?.contains("other codecs") == true)
    }

    @Test func `filters and compressors of v2 become codecs of v3 in their places`() throws {
        let converted = try v2([
            "order": "F", "dtype": ">i4",
            "filters": [["id": "delta", "dtype": ">i4"], ["id": "shuffle", "elementsize": 4]],
            "compressor": ["id": "blosc", "cname": "lz4", "clevel": 5, "shuffle": -1],
        ]).converted(to: .v3)
        let codecs = converted.description.codecs
        #expect(
            codecs.map(\.name)
                == ["transpose", "numcodecs.delta", "bytes", "numcodecs.shuffle", "blosc"]
        )
        #expect(codecs[1].configuration["dtype"] == "<i4")
        #expect(codecs[2].configuration["endian"] == "big")
        #expect(codecs[4].configuration["shuffle"] == "shuffle")
        #expect(codecs[4].configuration["typesize"] == 4)
        let metadata = try ArrayMetadata(v3: try converted.description.documents()[0].value)
        #expect(metadata.diagnostics.isEmpty)
        #expect(metadata.fillValue.bytes == [3, 0, 0, 0])
    }

    @Test(arguments: [
        "zstd", "gzip", "zlib", "lz4", "bz2", "lzma", "crc32", "crc32c", "adler32", "fletcher32",
        "jenkins_lookup3", "quantize", "bitround", "astype", "fixedscaleoffset", "packbits",
    ])
    func `a codec of numcodecs goes to v3 and comes back`(_ id: String) throws {
        let member = id == "lz4" ? "acceleration" : "level"
        let given = try v2(["filters": [["id": .string(id), member: 3]]])
        let there = try given.converted(to: .v3).description
        let back = try there.converted(to: .v2).description
        #expect(back.codecs.map(\.name) == given.codecs.map(\.name))
        #expect(there.codecs.contains { $0.name.hasSuffix(id) })
        #expect(try back.documents().count == 1)
    }

    @Test func `names of dimensions and attributes change their place`() throws {
        let given = try v2([:], zattrs: ["units": "K", "_ARRAY_DIMENSIONS": ["y", "x"]])
        let there = try given.converted(to: .v3).description
        #expect(there.dimensionNames == ["y", "x"])
        #expect(there.attributes == ["units": "K"])
        let back = try there.converted(to: .v2).description.documents()
        #expect(back[1].value == ["units": "K", "_ARRAY_DIMENSIONS": ["y", "x"]])
    }

    @Test func `an undefined fill value becomes zero, and that is said`() throws {
        let converted = try v2(["fill_value": nil]).converted(to: .v3)
        #expect(converted.description.fillValue.bytes == [0, 0, 0, 0])
        #expect(converted.notes.map(\.location) == ["fill_value"])
    }

    @Test func `the chunks inside shards become the chunks of v2`() throws {
        let shard: JSONValue = [
            "name": "sharding_indexed",
            "configuration": [
                "chunk_shape": [2, 4], "index_codecs": ["bytes"],
                "codecs": [["name": "bytes", "configuration": ["endian": "little"]], "zstd"],
            ],
        ]
        let converted = try v3([shard]).converted(to: .v2)
        #expect(converted.description.grid == .regular(chunkShape: [2, 4]))
        let documents = try converted.description.documents()
        #expect(documents[0].value["compressor"]?["id"] == "zstd")
        #expect(documents[0].value["dimension_separator"] == "/")
        #expect(!converted.notes.isEmpty)
    }

    @Test func `everything without a counterpart is named at once`() throws {
        let endian: JSONValue = ["name": "bytes", "configuration": ["endian": "little"]]
        let grid: JSONValue = [
            "name": "rectilinear",
            "configuration": ["kind": "inline", "chunk_shapes": [[4, 4], [1, 3]]],
        ]
        let given = try v3(
            [["name": "transpose", "configuration": ["order": [0, 1]]], endian, "cast_value"],
            ["chunk_grid": grid, "data_type": "float8_e8m0fnu"]
        )
        #expect(
            problems { try given.converted(to: .v2) } == [
                "v2 has chunks of one shape only", "v2 has no dtype for float8_e8m0fnu",
                "v2 stores dimensions in their order (C) or all reversed (F), no other way",
                "v2 has no codec cast_value: name other codecs for the copy",
            ]
        )
        let objects = try v2(["dtype": "|O", "filters": [["id": "json2"]], "fill_value": nil])
        #expect(problems { try objects.converted(to: .v3) } == ["v3 has no type for objects"])
        let strange = try v2(["compressor": ["id": "mystery"]])
        #expect(
            problems { try strange.converted(to: .v3) } == [
                "v3 has no codec mystery: name other codecs for the copy"
            ]
        )
    }

    @Test func `texts of v2 keep their object codec in v3`() throws {
        let given = try v2(["dtype": "|O", "filters": [["id": "vlen-utf8"]], "fill_value": ""])
        let there = try given.converted(to: .v3).description
        #expect(there.codecs.map(\.name) == ["vlen-utf8"])
        #expect(try there.converted(to: .v2).description.documents()[0].value["dtype"] == "|O")
        let categories = try v2([
            "dtype": "|O", "fill_value": "", "filters": [["id": "categorize", "labels": ["a"]]],
        ]).converted(to: .v3)
        #expect(categories.description.codecs.map(\.name) == ["vlen-utf8"])
        #expect(categories.notes.map(\.location) == ["filters"])
    }
}
