import JSONValue
import Testing
import ZarrModel

/// A v3 document with `changes` applied; `null` removes nothing, absence does.
private func document(_ changes: JSONObject = [:], without removed: [String] = []) -> JSONValue {
    var object: JSONObject = [
        "zarr_format": 3, "node_type": "array", "shape": [10, 20], "data_type": "uint16",
        "chunk_grid": ["name": "regular", "configuration": ["chunk_shape": [4, 5]]],
        "chunk_key_encoding": ["name": "default"], "fill_value": 7,
        "codecs": [["name": "bytes", "configuration": ["endian": "little"]]],
    ]
    for member in changes.members { object[member.key] = member.value }
    for key in removed { object[key] = nil }
    return .object(object)
}

private func v3(_ changes: JSONObject = [:], without removed: [String] = []) throws -> ArrayMetadata
{
    try ArrayMetadata(v3: Array(document(changes, without: removed).text().utf8))
}

private func problem(_ changes: JSONObject, without removed: [String] = []) -> MetadataError? {
    do throws(MetadataError) {
        _ = try ArrayMetadata(v3: document(changes, without: removed))
        return nil
    } catch {
        return error
    }
}

struct ArrayMetadataV3Tests {
    @Test func `a plain document is read whole`() throws {
        let metadata = try v3(["attributes": ["units": "K"], "dimension_names": ["y", nil]])
        #expect(metadata.version == .v3)
        #expect(metadata.shape == [10, 20])
        #expect(metadata.chunkShape == [4, 5])
        #expect(metadata.gridShape.counts == [3, 4])
        #expect(metadata.dataType == .integer(.uint16))
        #expect(metadata.fillValue.bytes == [7, 0])
        #expect(metadata.codecs.map(\.name) == ["bytes"])
        #expect(metadata.codecs[0].location == "zarr.json#/codecs/0")
        #expect(metadata.dimensionNames == ["y", nil])
        #expect(metadata.attributes["units"] == "K")
        #expect(metadata.chunkByteCount == 40)
        #expect(metadata.elementCount == 200)
        #expect(metadata.key(for: ChunkIndex([1, 2])) == "c/1/2")
        #expect(metadata.chunkRegion(ChunkIndex([2, 3])) == Region([8..<10, 15..<20]))
        #expect(metadata.innerChunkShape == nil)
        #expect(metadata.diagnostics.isEmpty)
    }

    @Test func `short names stand for objects`() throws {
        let metadata = try v3([
            "codecs": ["bytes", "crc32c"], "chunk_key_encoding": "v2", "data_type": "uint8",
        ])
        #expect(metadata.codecs.map(\.name) == ["bytes", "crc32c"])
        #expect(metadata.codecs.allSatisfy { $0.mustUnderstand })
        #expect(metadata.keyEncoding == ChunkKeyEncoding(.v2, separator: .dot))
    }

    @Test func `an unknown member closes the document unless it may be passed over`() throws {
        #expect(problem(["foo": 1])?.location == "zarr.json#/foo")
        #expect(problem(["foo": ["must_understand": true]]) != nil)
        #expect(problem(["foo": ["name": "x"]]) != nil)
        let metadata = try v3(["foo": ["must_understand": false]])
        #expect(metadata.diagnostics.map(\.severity) == [.note])
    }

    @Test func `a codec that may be passed over says so in its spec`() throws {
        let metadata = try v3(["codecs": ["bytes", ["name": "x", "must_understand": false]]])
        #expect(metadata.codecs.map(\.mustUnderstand) == [true, false])
    }

    @Test(arguments: [
        ("zarr_format", "2", "/zarr_format"), ("zarr_format", "\"3\"", "/zarr_format"),
        ("node_type", "\"group\"", "/node_type"),
        ("shape", "[-1, 20]", "/shape/0"), ("shape", "[1.5, 20]", "/shape/0"),
        ("shape", "10", "/shape"), ("shape", "[\"10\", 20]", "/shape/0"),
        ("shape", "[10]", "/chunk_grid"), ("shape", "null", "/shape"),
        ("fill_value", "null", "/fill_value"), ("fill_value", "70000", "/fill_value"),
        ("codecs", "[]", "/codecs"), ("codecs", "1", "/codecs"), ("codecs", "[{}]", "/codecs/0"),
        ("codecs", "[\"bytes\", 1]", "/codecs/1"),
        ("codecs", #"[{"name": "bytes", "configuration": []}]"#, "/codecs/0/configuration"),
        ("chunk_grid", "\"regular\"", "/chunk_grid/configuration/chunk_shape"),
        ("chunk_grid", #"{"name": "spiral"}"#, "/chunk_grid"),
        ("chunk_key_encoding", "\"spiral\"", "/chunk_key_encoding"),
        ("storage_transformers", "[\"x\"]", "/storage_transformers/0"),
        ("storage_transformers", "1", "/storage_transformers"),
        ("dimension_names", "[\"x\"]", "/dimension_names"),
        ("dimension_names", "[\"x\", 1]", "/dimension_names/1"),
        ("dimension_names", "\"xy\"", "/dimension_names"),
        ("attributes", "[]", "/attributes"),
        ("data_type", #"{"name": "fixed_length_utf32"}"#, "/data_type"),
    ])
    func `a wrong member is an error with its place`(
        key: String,
        text: String,
        pointer: String
    ) throws {
        let value = try JSONParser.parse(Array(text.utf8)).value
        #expect(problem([key: value])?.location == "zarr.json#" + pointer)
    }

    @Test(arguments: [
        "zarr_format", "node_type", "shape", "data_type", "chunk_grid", "chunk_key_encoding",
        "fill_value", "codecs",
    ])
    func `a missing member is an error`(key: String) {
        #expect(problem([:], without: [key])?.message.contains(key) == true)
    }

    @Test(arguments: [
        "[9223372036854775808, 1]", "[1e99, 1]", "[\(String(repeating: "9", count: 100)), 1]",
    ])
    func `a length beyond 2^63 - 1 is an error`(shape: String) throws {
        let text = document().text().replacing("[10,20]", with: shape)
        let error = #expect(throws: MetadataError.self) { try ArrayMetadata(v3: Array(text.utf8)) }
        #expect(error?.location == "zarr.json#/shape/0")
    }

    @Test func `the longest dimension opens, and counts that do not fit are errors`() throws {
        let largest = try v3(["shape": [.integer(Int.max), 1]])
        #expect(largest.gridShape.total == Int.max / 4 + 1)
        #expect(largest.elementCount == .max)
        let wide: JSONObject = [
            "shape": [.integer(Int.max), .integer(Int.max)],
            "chunk_grid": ["name": "regular", "configuration": ["chunk_shape": [1, 1]]],
        ]
        #expect(problem(wide)?.message.contains("chunks") == true)
        let thick: JSONObject = [
            "chunk_grid": [
                "name": "regular", "configuration": ["chunk_shape": [.integer(Int.max), 1]],
            ]
        ]
        #expect(problem(thick)?.message.contains("bytes") == true)
        let big = try v3([
            "chunk_grid": [
                "name": "regular", "configuration": ["chunk_shape": [1_099_511_627_776, 1]],
            ]
        ])
        #expect(big.chunkByteCount == 1 << 41)
        #expect(big.chunkRegion(ChunkIndex([0, 3])) == Region([0..<10, 3..<4]))
    }

    @Test(arguments: [0, -1])
    func `a chunk without elements is an error`(length: Int) {
        let grid: JSONValue = [
            "name": "regular", "configuration": ["chunk_shape": [.integer(length), 5]],
        ]
        #expect(
            problem(["chunk_grid": grid])?.location
                == "zarr.json#/chunk_grid/configuration/chunk_shape/0"
        )
    }

    @Test func `too many dimensions are an error`() {
        let shape = JSONValue.array([JSONValue](repeating: 1, count: 65))
        #expect(problem(["shape": shape])?.message.contains("dimensions") == true)
    }

    @Test func `no dimension and an empty dimension are arrays as well`() throws {
        let scalar = try v3([
            "shape": [], "chunk_grid": ["name": "regular", "configuration": ["chunk_shape": []]],
        ])
        #expect(scalar.gridShape.total == 1)
        #expect(scalar.key(for: ChunkIndex([])) == "c")
        #expect(try v3(["shape": [0, 20]]).gridShape.total == 0)
    }

    @Test func `an unknown type opens the array, with an error beside it`() throws {
        let metadata = try v3(["data_type": ["name": "quaternion"], "fill_value": ["any": 1]])
        #expect(metadata.dataType == .unknown(name: "quaternion"))
        #expect(metadata.diagnostics.map(\.severity) == [.error])
        #expect(metadata.diagnostics[0].message.contains("quaternion"))
        #expect(metadata.gridShape.total == 12)
        #expect(metadata.chunkByteCount == nil)
        #expect(try v3(["data_type": "quaternion", "fill_value": nil]).fillValue.json == nil)
    }

    @Test func `what is read leniently is reported with its place`() throws {
        let text =
            "\u{feff}"
            + document(["attributes": ["a": 0]], without: ["fill_value"]).text()
            .replacing("\"a\":0", with: "\"a\":NaN,\"a\":Infinity")
            .replacing("\"node_type\"", with: "\"fill_value\":1.0,\"node_type\"")
        let metadata = try ArrayMetadata(v3: Array(text.utf8))
        #expect(
            metadata.diagnostics.map(\.location) == [
                "zarr.json#", "zarr.json#/attributes/a", "zarr.json#/attributes/a",
                "zarr.json#/attributes/a", "zarr.json#/fill_value",
            ]
        )
        #expect(metadata.diagnostics.allSatisfy { $0.severity == .warning })
        #expect(metadata.fillValue.bytes == [1, 0])
    }

    @Test(
        arguments: [
            (#"{"name":"gzip","configuration":{"level":10}}"#, "/configuration/level"),
            (#"{"name":"gzip","configuration":{"level":5,"x":1}}"#, "/configuration/x"),
            (#"{"name":"gzip"}"#, ""),
            (#"{"name":"crc32c","configuration":null}"#, "/configuration"),
            (#"{"name":"crc32c","more":1}"#, "/more"),
            (
                #"{"name":"zstd","configuration":{"level":1,"checksum":0}}"#,
                "/configuration/checksum"
            ),
        ]
    )
    func `what other programs refuse in a codec is read, with a warning at its place`(
        codec: String,
        place: String
    ) throws {
        let codec = try JSONParser.parse(Array(codec.utf8), mode: .strict).value
        let metadata = try v3(["codecs": ["bytes", codec], "data_type": "uint8"])
        #expect(metadata.diagnostics.map(\.location) == ["zarr.json#/codecs/1" + place])
        #expect(metadata.diagnostics.map(\.severity) == [.warning])
    }

    @Test func `what means nothing is reported`() throws {
        let metadata = try v3([
            "chunk_grid": [
                "name": "regular", "configuration": ["chunk_shape": [4, 5]],
                "must_understand": false,
            ],
            "attributes": nil, "dimension_names": ["x", "x"], "storage_transformers": [],
        ])
        #expect(metadata.diagnostics.count == 3)
        #expect(try v3(["dimension_names": nil]).dimensionNames == nil)
    }

    @Test func `attributes keep numbers beyond 2^53 and their order`() throws {
        let attributes = #"{"z":9007199254740993,"a":123456789012345678901234567890,"m":1.10}"#
        let text = document().text().dropLast() + ",\"attributes\":\(attributes)}"
        let metadata = try ArrayMetadata(v3: Array(text.utf8))
        #expect(JSONValue.object(metadata.attributes).text() == attributes)
        #expect(metadata.document["attributes"]?.text() == attributes)
    }

    @Test(arguments: ["", "[]", "3", "{", "null", "\"x\""])
    func `what is no object is an error`(text: String) {
        #expect(throws: MetadataError.self) { try ArrayMetadata(v3: Array(text.utf8)) }
        #expect(throws: MetadataError.self) { try GroupMetadata(v3: Array(text.utf8)) }
        #expect(throws: MetadataError.self) { try ArrayMetadata(v2: Array(text.utf8)) }
        #expect(throws: MetadataError.self) { try ConsolidatedMetadata(v2: Array(text.utf8)) }
    }
}

private func sharding(_ shape: JSONValue, _ codecs: JSONValue) -> JSONValue {
    [
        "name": "sharding_indexed",
        "configuration": [
            "chunk_shape": shape, "codecs": codecs, "index_codecs": ["bytes", "crc32c"],
        ],
    ]
}

struct ShardingMetadataTests {
    @Test func `nested shards give their levels from the outside in`() throws {
        let inner = sharding([2, 1], ["bytes"])
        let metadata = try v3(["codecs": [sharding([2, 5], [inner]), "gzip"]])
        #expect(metadata.chunkShape == [4, 5])
        #expect(metadata.innerChunkShape == [2, 5])
        #expect(metadata.shardLevels == [[2, 5], [2, 1]])
        #expect(metadata.innerGridShape?.counts == [5, 4])
    }

    @Test func `a transpose before a shard turns its shape`() throws {
        let transpose: JSONValue = ["name": "transpose", "configuration": ["order": [1, 0]]]
        let metadata = try v3(["codecs": [transpose, sharding([5, 2], ["bytes"])]])
        #expect(metadata.shardLevels == [[5, 2]])
    }

    @Test(arguments: [[3, 5] as JSONValue, [2], [0, 5], nil, [8, 5], [2, 5, 1]])
    func `inner chunks that do not divide a shard are an error`(shape: JSONValue) {
        let error = problem(["codecs": [sharding(shape, ["bytes"])]])
        #expect(error?.location.hasPrefix("zarr.json#/codecs/0/configuration/chunk_shape") == true)
    }

    @Test func `shards nested too deep are an error`() {
        var codec: JSONValue = "bytes"
        for _ in 0..<10 { codec = sharding([4, 5], [codec]) }
        #expect(problem(["codecs": [codec]])?.message.contains("deeper") == true)
    }

    @Test func `a shard without codecs is an error`() {
        #expect(problem(["codecs": [sharding([2, 5], nil)]]) != nil)
    }
}
