import JSONValue
import Testing
import ZarrModel

private func v2(
    _ changes: JSONObject = [:],
    without removed: [String] = [],
    zattrs: String? = nil
) throws -> ArrayMetadata {
    var object: JSONObject = [
        "zarr_format": 2, "shape": [10, 20], "chunks": [4, 5], "dtype": "<u2", "fill_value": 0,
        "order": "C", "filters": nil, "compressor": ["id": "zlib", "level": 1],
    ]
    for member in changes.members { object[member.key] = member.value }
    for key in removed { object[key] = nil }
    let text = JSONValue.object(object).text()
    return try ArrayMetadata(v2: Array(text.utf8), zattrs: zattrs.map { Array($0.utf8) })
}

struct ArrayMetadataV2Tests {
    @Test func `a plain document becomes a chain as v3 has it`() throws {
        let metadata = try v2(["dtype": ">u2"])
        #expect(metadata.version == .v2)
        #expect(metadata.codecs.map(\.name) == ["bytes", "zlib"])
        #expect(metadata.codecs.map(\.dialect) == [.v3, .v2])
        #expect(metadata.codecs[0].configuration == ["endian": "big"])
        #expect(metadata.codecs[1].configuration == ["level": 1])
        #expect(metadata.codecs[1].location == ".zarray#/compressor")
        #expect(metadata.key(for: ChunkIndex([1, 2])) == "1.2")
        #expect(!metadata.isKeyEncodingDeclared)
        #expect(metadata.diagnostics.isEmpty)
    }

    @Test func `F order comes first, then the bytes, then filters and compressor`() throws {
        let metadata = try v2([
            "order": "F",
            "filters": [["id": "delta", "dtype": "<u2"], ["id": "shuffle", "elementsize": 2]],
        ])
        #expect(metadata.codecs.map(\.name) == ["transpose", "bytes", "delta", "shuffle", "zlib"])
        #expect(metadata.codecs[0].configuration["order"] == [1, 0])
        #expect(metadata.codecs[3].location == ".zarray#/filters/1")
        #expect(try v2(["order": "F", "shape": [10], "chunks": [4]]).codecs[0].name == "bytes")
    }

    @Test(arguments: [
        ("vlen-utf8", DataType.string), ("vlen-bytes", .bytes), ("json2", .object),
        ("pickle", .object), ("categorize", .string), ("msgpack2", .object),
        ("vlen-array", .object),
    ])
    func `the object codec takes the place of bytes`(id: String, type: DataType) throws {
        let metadata = try v2(["dtype": "|O", "fill_value": nil, "filters": [["id": .string(id)]]])
        #expect(metadata.dataType == type)
        #expect(metadata.codecs.map(\.name) == [id, "zlib"])
    }

    @Test func `objects without an object codec are an error`() {
        let error = #expect(throws: MetadataError.self) { try v2(["dtype": "|O"]) }
        #expect(error?.location == ".zarray#/filters")
    }

    @Test func `the separator is kept, and told apart from its absence`() throws {
        let metadata = try v2(["dimension_separator": "/"])
        #expect(metadata.key(for: ChunkIndex([1, 2])) == "1/2")
        #expect(metadata.isKeyEncodingDeclared)
        #expect(throws: MetadataError.self) { try v2(["dimension_separator": "_"]) }
    }

    @Test func `unknown members are passed over, odd ones reported`() throws {
        #expect(try v2(["foo": 1]).diagnostics.isEmpty)
        #expect(try v2(["filters": []]).diagnostics.map(\.location) == [".zarray#/filters"])
        #expect(
            try v2(without: ["fill_value"]).diagnostics.map(\.location) == [".zarray#/fill_value"]
        )
        #expect(try v2(without: ["order"]).diagnostics.map(\.location) == [".zarray#/order"])
    }

    @Test func `a fill value of null is undefined and reads as zeros`() throws {
        let metadata = try v2(["fill_value": nil])
        #expect(metadata.fillValue.isUndefined)
        #expect(metadata.fillValue.bytes == [0, 0])
    }

    @Test func `attributes come from beside the document, and their names from xarray`() throws {
        let metadata = try v2(zattrs: #"{"_ARRAY_DIMENSIONS":["y","x"],"u":NaN}"#)
        #expect(metadata.dimensionNames == ["y", "x"])
        #expect(metadata.attributes["u"]?.numberValue?.text == "NaN")
        #expect(metadata.diagnostics.map(\.location) == [".zattrs#/u"])
        #expect(try v2(zattrs: #"{"_ARRAY_DIMENSIONS":["y"]}"#).dimensionNames == nil)
        #expect(try v2(zattrs: #"{"_ARRAY_DIMENSIONS":["y",1]}"#).dimensionNames == nil)
    }

    @Test(arguments: ["{", "[]", "1"])
    func `broken attributes do not close the array`(zattrs: String) throws {
        let metadata = try v2(zattrs: zattrs)
        #expect(metadata.diagnostics.map(\.severity) == [.error])
        #expect(metadata.attributes.isEmpty)
    }

    @Test func `a chunk length of 0 is right only where the dimension is empty`() throws {
        let metadata = try v2(["shape": [0, 20], "chunks": [0, 5]])
        #expect(metadata.chunkShape == [1, 5])
        #expect(metadata.diagnostics.count == 1)
        #expect(throws: MetadataError.self) { try v2(["chunks": [0, 5]]) }
    }

    @Test(arguments: [
        ("zarr_format", "3"), ("shape", "[-1, 2]"), ("chunks", "[4]"), ("chunks", "null"),
        ("dtype", "1"), ("order", "\"Z\""), ("filters", "1"), ("filters", "[1]"),
        ("filters", "[{}]"), ("compressor", "\"zlib\""), ("compressor", "{\"level\":1}"),
        ("fill_value", "65536"),
    ])
    func `a wrong member is an error`(key: String, text: String) throws {
        let value = try JSONParser.parse(Array(text.utf8)).value
        #expect(throws: MetadataError.self) { try v2([key: value]) }
    }

    @Test func `fields of both byte orders are told apart`() throws {
        let metadata = try v2(["dtype": [["a", ">i2"], ["b", "<f4"]], "fill_value": nil])
        #expect(metadata.codecs[0].configuration["field_endian"] == ["big", "little"])
        let alike = try v2(["dtype": [["a", ">i2"], ["b", ">f4"]], "fill_value": nil])
        #expect(alike.codecs[0].configuration == ["endian": "big"])
        #expect(try v2(["dtype": "|V3", "fill_value": nil]).codecs[0].configuration.isEmpty)
    }
}
