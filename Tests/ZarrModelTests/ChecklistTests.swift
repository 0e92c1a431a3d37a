import JSONValue
import Testing
import ZarrModel

/// What other programs get wrong in metadata, item by item; the numbers are those of
/// `docs/conformance.md`.
struct ChecklistTests {
    /// A v3 document of an array with members in place of, or besides, the usual ones, as JSON text.
    private func v3(_ changes: [String: String], without: String? = nil) throws -> ArrayMetadata {
        var members = [
            "zarr_format": "3", "node_type": #""array""#, "shape": "[10,20]",
            "data_type": #""uint16""#, "fill_value": "7",
            "chunk_grid": #"{"name":"regular","configuration":{"chunk_shape":[4,5]}}"#,
            "chunk_key_encoding": #"{"name":"default"}"#,
            "codecs": #"[{"name":"bytes","configuration":{"endian":"little"}}]"#,
        ]
        for (key, text) in changes { members[key] = text }
        if let without { members[without] = nil }
        let text = members.map { "\"\($0)\":\($1)" }.joined(separator: ",")
        return try ArrayMetadata(v3: Array("{\(text)}".utf8))
    }

    /// Where reading fails; `nil` where it does not.
    private func place(_ changes: [String: String], without: String? = nil) -> String? {
        do {
            _ = try v3(changes, without: without)
            return nil
        } catch {
            return (error as? MetadataError)?.location ?? "\(error)"
        }
    }

    private func fill(_ type: String, _ text: String) throws -> [UInt8] {
        try v3(["data_type": type, "fill_value": text, "codecs": #"["bytes"]"#]).fillValue.bytes
    }

    @Test func `checklist 1: a name alone stands for a codec, a key encoding and a data type`()
        throws
    {
        let metadata = try v3([
            "codecs": #"["bytes","crc32c"]"#, "chunk_key_encoding": #""v2""#,
            "data_type": #""uint8""#,
        ])
        #expect(metadata.codecs.map(\.name) == ["bytes", "crc32c"])
        #expect(metadata.key(for: ChunkIndex([1, 2])) == "1.2")
        #expect(metadata.diagnostics.isEmpty)
        let type = try v3(["data_type": #"{"name":"int8"}"#]).dataType
        #expect(type == .integer(.int8))
        // A regular grid cannot go without its chunk_shape.
        let grid = place(["chunk_grid": #""regular""#])
        #expect(grid == "zarr.json#/chunk_grid/configuration/chunk_shape")
    }

    @Test func `checklist 2: an unknown member closes a v3 document unless it may be passed over`()
        throws
    {
        #expect(place(["extra": "1"]) == "zarr.json#/extra")
        #expect(place(["extra": #"{"must_understand":true}"#]) == "zarr.json#/extra")
        let metadata = try v3(["extra": #"{"must_understand":false}"#])
        #expect(metadata.diagnostics.map(\.location) == ["zarr.json#/extra"])
        let v2 = try ArrayMetadata(
            v2: Array(
                #"""
                {"zarr_format":2,"shape":[4],"chunks":[2],"dtype":"<i2","fill_value":0,"order":"C",
                "filters":null,"compressor":null,"extra":1}
                """#.utf8
            )
        )
        #expect(v2.shape == [4])
    }

    @Test(arguments: ["null", #"{"metadata":{}}"#, #"{"kind":"inline","metadata":{}}"#])
    func `checklist 3: consolidated metadata may be null or without a name`(_ text: String) throws {
        let document =
            #"{"zarr_format":3,"node_type":"group","attributes":{},"consolidated_metadata":"#
        let group = try GroupMetadata(v3: Array("\(document)\(text)}".utf8))
        #expect((group.consolidated == nil) == (text == "null"))
        #expect(group.diagnostics.isEmpty)
    }

    @Test func `checklist 4: an integer written 1.0 is read, with a warning`() throws {
        let metadata = try v3(["fill_value": "1.0"])
        #expect(metadata.fillValue.bytes == [1, 0])
        #expect(metadata.diagnostics.map(\.location) == ["zarr.json#/fill_value"])
        #expect(place(["fill_value": "1.5"]) == "zarr.json#/fill_value")
        // Written strictly again.
        let document = try ArrayDescription(metadata).documents()[0].value
        #expect(document["fill_value"]?.text() == "1")
    }

    @Test func `checklist 5: integers are exact, and out of range is an error`() throws {
        #expect(place(["data_type": #""int8""#, "fill_value": "300"]) == "zarr.json#/fill_value")
        let most = try v3(["data_type": #""uint64""#, "fill_value": "18446744073709551615"])
        #expect(most.fillValue.bytes == [UInt8](repeating: 255, count: 8))
        let exact = try v3(["data_type": #""int64""#, "fill_value": "9007199254740993"])
        #expect(exact.fillValue.bytes == [1, 0, 0, 0, 0, 0, 32, 0])
        let numbers = #"{"b":9007199254740993,"a":123456789012345678901234567890}"#
        let attributes = try v3(["attributes": numbers]).attributes
        #expect(JSONValue.object(attributes).text() == numbers)
    }

    @Test func `checklist 6: a float32 fill value is rounded once, from its decimal text`() throws {
        // Just below half-way between two floats; rounded to a double first, it is half-way.
        let below = "1.00000017881393421514957253748434595763683319091796875001"
        #expect(try fill(#""float32""#, below).float == 1.0000001192092896)
        #expect(try fill(#""float32""#, "1.000000178813934326171875").float == 1.0000002384185791)
        #expect(try fill(#""float32""#, "0.1").float == 0.1)
    }

    @Test func `checklist 7: 1e400 reads as infinite and bare NaN is kept, both with a warning`()
        throws
    {
        let infinite = try v3(["data_type": #""float64""#, "fill_value": "1e400"])
        #expect(infinite.fillValue.bytes == [0, 0, 0, 0, 0, 0, 0xf0, 0x7f])
        #expect(infinite.diagnostics.map(\.location) == ["zarr.json#/fill_value"])
        let bare = try v3(["attributes": #"{"a":NaN,"b":[-Infinity]}"#])
        #expect(JSONValue.object(bare.attributes).text() == #"{"a":NaN,"b":[-Infinity]}"#)
        let places = bare.diagnostics.map(\.location).sorted()
        #expect(places == ["zarr.json#/attributes/a", "zarr.json#/attributes/b/0"])
    }

    @Test(
        arguments: [
            (#""float32""#, #""0x7fc00001""#, [1, 0, 0xc0, 0x7f]),
            (#""float32""#, #""NaN""#, [0, 0, 0xc0, 0x7f]),
            (#""float32""#, #""-Infinity""#, [0, 0, 0x80, 0xff]),
            (#""complex64""#, #"[1,"NaN"]"#, [0, 0, 0x80, 0x3f, 0, 0, 0xc0, 0x7f]),
            (#""bool""#, "true", [1]),
            (#""r24""#, "[1,2,3]", [1, 2, 3]),
            (#""bytes""#, "[1,2]", [1, 2]),
            (#""bytes""#, #""AQI=""#, [1, 2]),
            (
                #"{"name":"numpy.datetime64","configuration":{"unit":"s","scale_factor":1}}"#,
                #""NaT""#, [0, 0, 0, 0, 0, 0, 0, 0x80]
            ),
            (
                #"{"name":"numpy.datetime64","configuration":{"unit":"s","scale_factor":1}}"#,
                "-9223372036854775808", [0, 0, 0, 0, 0, 0, 0, 0x80]
            ),
            (
                #"{"name":"struct","configuration":{"fields":[{"name":"a","data_type":"uint8"},"#
                    + #"{"name":"b","data_type":"int16"}]}}"#,
                #"{"b":2,"a":1}"#, [1, 2, 0]
            ),
            (
                #"{"name":"structured","configuration":{"fields":[["a","uint8"],["b","int16"]]}}"#,
                #""AQIA""#, [1, 2, 0]
            ),
        ] as [(String, String, [UInt8])]
    )
    func `checklist 8: every form of a fill value is read bit for bit`(
        type: String,
        text: String,
        bytes: [UInt8]
    ) throws {
        #expect(try fill(type, text) == bytes)
    }

    @Test func `checklist 9: a fill value is required, and null is none`() {
        #expect(place([:], without: "fill_value") == "zarr.json#")
        #expect(place(["fill_value": "null"]) == "zarr.json#/fill_value")
    }

    @Test func `checklist 10: duplicate keys and a byte order mark are read and reported`() throws {
        let text = #"{"zarr_format":3,"node_type":"group","attributes":{"a":1,"a":2}}"#
        let group = try GroupMetadata(v3: Array("\u{feff}\(text)".utf8))
        #expect(group.attributes == ["a": 2])
        #expect(group.diagnostics.count == 2)
        #expect(group.diagnostics.contains { $0.location == "zarr.json#/attributes/a" })
        let both = try v3([
            "dimension_names": #"["y","x"]"#, "attributes": #"{"_ARRAY_DIMENSIONS":["a","b"]}"#,
        ])
        #expect(both.dimensionNames == ["y", "x"])
        #expect(
            both.diagnostics.map(\.location) == ["zarr.json#/attributes/_ARRAY_DIMENSIONS"]
        )
    }

    @Test func `checklist 11: lengths that cannot be are errors with their place`() throws {
        func grid(_ lengths: String) -> [String: String] {
            ["chunk_grid": #"{"name":"regular","configuration":{"chunk_shape":\#(lengths)}}"#]
        }
        let chunks = "zarr.json#/chunk_grid/configuration/chunk_shape"
        #expect(place(grid("[0,5]")) == chunks + "/0")
        #expect(place(grid("[4,-5]")) == chunks + "/1")
        #expect(place(["shape": "[-1,20]"]) == "zarr.json#/shape/0")
        #expect(place(["shape": "[9223372036854775808,20]"]) == "zarr.json#/shape/0")
        #expect(try v3(grid("[1099511627776,1]")).chunkShape == [1 << 40, 1])
        #expect(place(grid("[9223372036854775807,5]")) == "zarr.json#/chunk_grid")
    }

    @Test func `checklist 12: a blosc that shuffles without a typesize is read, with a warning`()
        throws
    {
        func codecs(_ more: String) -> [String: String] {
            ["codecs": #"[{"name":"bytes","configuration":{"endian":"little"}},\#(more)]"#]
        }
        let odd = try v3(
            codecs(
                #"{"name":"blosc","configuration":{"cname":"lz4","clevel":5,"blocksize":0,"shuffle":"shuffle"}}"#
            )
        )
        #expect(odd.diagnostics.map(\.location) == ["zarr.json#/codecs/1/configuration/typesize"])
        let plain = try v3(
            codecs(
                #"{"name":"blosc","configuration":{"cname":"lz4","clevel":5,"blocksize":0,"shuffle":"noshuffle"}}"#
            )
        )
        #expect(plain.diagnostics.isEmpty)
        let letter = try v3([
            "codecs": #"[{"name":"transpose","configuration":{"order":"F"}},"bytes"]"#
        ])
        #expect(letter.diagnostics.map(\.location) == ["zarr.json#/codecs/0/configuration/order"])
    }

    @Test func `checklist 13: zstd without a checksum is read, and written with one`() throws {
        let metadata = try v3([
            "codecs": #"["bytes",{"name":"zstd","configuration":{"level":3}}]"#
        ])
        #expect(metadata.diagnostics.isEmpty)
        let document = try ArrayDescription(metadata).documents()[0].value
        #expect(document["codecs"]?[1]?["configuration"]?["checksum"] == false)
    }

    @Test func `checklist 14: storage transformers must be none or be passed over`() throws {
        #expect(try v3(["storage_transformers": "[]"]).diagnostics.isEmpty)
        #expect(
            place(["storage_transformers": #"[{"name":"x"}]"#])
                == "zarr.json#/storage_transformers/0"
        )
        let passed = try v3(["storage_transformers": #"[{"name":"x","must_understand":false}]"#])
        #expect(passed.diagnostics.map(\.severity) == [.warning])
        let odd = try v3(["chunk_key_encoding": #"{"name":"default","must_understand":false}"#])
        #expect(odd.diagnostics.map(\.location) == ["zarr.json#/chunk_key_encoding"])
    }

    @Test
    func `checklist 15: names that the specification forbids are told from those that it allows`() {
        for name in ["", ".", "..", "a/b", "__a", "zarr.json"] {
            #expect(NodePath.problem(inName: name) != nil)
        }
        for name in [".hid", "a b", "%20", "Ä", "_a", "...a", "ZARR.JSON"] {
            #expect(NodePath.problem(inName: name) == nil)
        }
    }

    @Test func `checklist 17: attributes of v2 may be absent`() throws {
        let group = try GroupMetadata(v2: Array(#"{"zarr_format":2}"#.utf8), zattrs: nil)
        #expect(group.attributes.isEmpty && group.diagnostics.isEmpty)
    }

    @Test(
        arguments: [
            (#""default""#, "c"), (#""v2""#, "0"),
            (#"{"name":"default","configuration":{"separator":"."}}"#, "c"),
            (#"{"name":"v2","configuration":{"separator":"/"}}"#, "0"),
        ]
    )
    func `checklist 20: the chunk of an array without dimensions has a key of its own`(
        encoding: String,
        key: String
    ) throws {
        let metadata = try v3([
            "shape": "[]", "chunk_key_encoding": encoding,
            "chunk_grid": #"{"name":"regular","configuration":{"chunk_shape":[]}}"#,
        ])
        #expect(metadata.gridShape.total == 1)
        #expect(metadata.key(for: ChunkIndex([])) == key)
        let empty = try v3(["shape": "[0,20]"])
        #expect(empty.gridShape.total == 0)
    }

    @Test func `checklist 21: keys are as the document says, and v2's default is a dot`() throws {
        func key(_ encoding: String) throws -> String {
            try v3(["chunk_key_encoding": encoding]).key(for: ChunkIndex([1, 0]))
        }
        #expect(try key(#""default""#) == "c/1/0")
        #expect(try key(#"{"name":"default","configuration":{"separator":"."}}"#) == "c.1.0")
        #expect(try key(#""v2""#) == "1.0")
        #expect(try key(#"{"name":"v2","configuration":{"separator":"/"}}"#) == "1/0")
        let v2 = try ArrayMetadata(
            v2: [
                "zarr_format": 2, "shape": [4, 4], "chunks": [2, 2], "dtype": "<i2",
                "fill_value": 0, "order": "C", "filters": nil, "compressor": nil,
            ],
            zattrs: nil
        )
        #expect(v2.key(for: ChunkIndex([1, 0])) == "1.0" && !v2.isKeyEncodingDeclared)
    }

    @Test func `checklist 26: an undefined fill value of v2 is told from zero`() throws {
        func v2(_ fill: JSONValue) throws -> ArrayMetadata {
            try ArrayMetadata(
                v2: [
                    "zarr_format": 2, "shape": [4], "chunks": [2], "dtype": "<f4",
                    "fill_value": fill, "order": "C", "filters": nil, "compressor": nil,
                ],
                zattrs: nil
            )
        }
        #expect(try v2(nil).fillValue.isUndefined)
        #expect(try v2(nil).fillValue.bytes == [0, 0, 0, 0])
        #expect(try !v2(0).fillValue.isUndefined)
        #expect(try v2(-0.0).fillValue.bytes != v2(0).fillValue.bytes)
    }
}

extension [UInt8] {
    /// The float32 that the bytes are.
    fileprivate var float: Float {
        Float(bitPattern: reversed().reduce(0) { $0 << 8 | UInt32($1) })
    }
}
