import JSONValue
import Storage
import StorageBackends
import Testing
import ZarrEngine
import ZarrModel

/// What other programs get wrong with stores, item by item; the numbers are those of
/// `docs/conformance.md`.
struct ChecklistTests {
    private static let group = #"{"zarr_format":3,"node_type":"group","attributes":{}}"#

    private func node(_ objects: [String: String], _ path: String = "/") async throws -> Node {
        let store = try await Fixture.store(objects)
        return await ZarrHierarchy(.store(store)).node(at: try #require(NodePath(path)))
    }

    /// An array of one chunk whose bytes are these.
    private func values(
        _ document: String,
        name: String = "zarr.json",
        key: String,
        _ chunk: [UInt8]
    ) async throws -> ArrayValues {
        let store = MemoryStore()
        try await store.write(StoreKey(name), Array(document.utf8))
        try await store.write(StoreKey(key), chunk)
        return try await Fixture.array(store).read()
    }

    private func json(_ values: ArrayValues) -> [String] {
        (0..<values.count).map { values.json($0).text() }
    }

    @Test func `checklist 1: an array of names alone opens and reads`() async throws {
        let document = """
            {"zarr_format":3,"node_type":"array","shape":[2],"data_type":"uint8",
            "chunk_grid":{"name":"regular","configuration":{"chunk_shape":[2]}},
            "chunk_key_encoding":"default","fill_value":0,"codecs":["bytes","crc32c"]}
            """
        let store = try await Fixture.store(["zarr.json": document])
        let writer = ArrayWriter(try await Fixture.array(store))
        try await writer.write(ChunkIndex([0]), [7, 9])
        #expect(json(try await Fixture.array(store).read()) == ["7", "9"])
    }

    @Test func `checklist 2: a codec that need not be understood is passed over, and that is said`()
        async throws
    {
        let bytes = #"{"name":"bytes","configuration":{"endian":"little"}}"#
        func array(_ more: String) -> String {
            Fixture.v3(shape: [1], chunks: [1], codecs: "[\(bytes),\(more)]")
        }
        let known = try await node(["zarr.json": array(#"{"name":"x","must_understand":false}"#)])
        #expect(known.array?.codecError == nil)
        #expect(known.issues.map(\.location) == ["zarr.json#/codecs/1"])
        let unknown = try await node(["zarr.json": array(#"{"name":"x"}"#)])
        #expect(unknown.array?.codecError?.code == .unsupported)
    }

    @Test func `checklist 11: an absent chunk of 2 to the 40 elements costs no memory`()
        async throws
    {
        let store = try await Fixture.store([
            "zarr.json": Fixture.v3(shape: [10], chunks: [1 << 40], fill: "5")
        ])
        let values = try await Fixture.array(store).read()
        #expect(json(values) == [String](repeating: "5", count: 10))
        let huge = try await node(["zarr.json": Fixture.v3(shape: [.max], chunks: [1 << 40])])
        let array = try #require(huge.array)
        await #expect(throws: EngineError.self) { try await array.read() }
    }

    @Test
    func
        `checklist 12: a blosc without a typesize decodes, an order that is no permutation does not`()
        async throws
    {
        let bytes = #"{"name":"bytes","configuration":{"endian":"little"}}"#
        let blosc =
            #"{"name":"blosc","configuration":{"cname":"lz4","clevel":5,"shuffle":"shuffle"}}"#
        let store = try await Fixture.store([
            "zarr.json": Fixture.v3(shape: [4], chunks: [4], codecs: "[\(bytes),\(blosc)]")
        ])
        try await ArrayWriter(try await Fixture.array(store))
            .write(ChunkIndex([0]), [1, 0, 2, 0, 3, 0, 4, 0])
        #expect(json(try await Fixture.array(store).read()) == ["1", "2", "3", "4"])
        let order = #"{"name":"transpose","configuration":{"order":[0,0]}}"#
        let wrong = try await node([
            "zarr.json": Fixture.v3(shape: [2, 2], chunks: [2, 2], codecs: "[\(order),\(bytes)]")
        ])
        #expect(wrong.array?.codecError?.location == "zarr.json#/codecs/0")
    }

    @Test
    func `checklist 15: names are taken byte for byte, and those that are forbidden are told`()
        async throws
    {
        let array = Fixture.v3(shape: [2], chunks: [2])
        let names = [".hid", "%20", "A", "a", "a b", "__x", "\u{e9}", "e\u{301}"]
        let store = try await Fixture.store(["zarr.json": Self.group])
        for name in names {
            try await store.write(StoreKey(name + "/zarr.json"), Array(array.utf8))
        }
        let children = try await ZarrHierarchy(.store(store)).children(of: .root)
        #expect(
            children.map { Array($0.name.utf8) }.sorted { $0.lexicographicallyPrecedes($1) }
                == names.map { Array($0.utf8) }.sorted { $0.lexicographicallyPrecedes($1) }
        )
        #expect(children.filter { !$0.issues.isEmpty }.map(\.name) == ["__x"])
        #expect(children.allSatisfy { $0.array != nil })
    }

    @Test func `checklist 16: a folder with nodes below is an implicit group, in both versions`()
        async throws
    {
        let v3 = try await node(["a/b/zarr.json": Fixture.v3(shape: [2], chunks: [2])], "/a")
        #expect(v3.group?.isImplicit == true && v3.issues.map(\.severity) == [.note])
        let v2 = try await node(["a/b/.zarray": Fixture.v2(shape: [2], chunks: [2])], "/a")
        #expect(v2.group?.isImplicit == true)
    }

    @Test func `checklist 17: of both versions in one place v3 counts, for groups as well`()
        async throws
    {
        let found = try await node(["zarr.json": Self.group, ".zgroup": #"{"zarr_format":2}"#])
        #expect(found.group?.metadata?.version == .v3)
        #expect(found.issues.map(\.location) == [".zgroup"])
    }

    @Test func `checklist 18: a bad child is an error with its place, and its siblings stay`()
        async throws
    {
        let store = try await Fixture.store([
            "zarr.json": Self.group, "bad/zarr.json": #"{"zarr_format":3,"#,
            "good/zarr.json": Fixture.v3(shape: [2], chunks: [2]),
            "worse/.zarray": "[]",
        ])
        let children = try await ZarrHierarchy(.store(store)).children(of: .root)
        #expect(children.map(\.kind) == ["error", "array", "error"])
        #expect(children[0].error?.location == "bad/zarr.json")
    }

    @Test
    func `checklist 19: an edge chunk is stored whole, and what lies past the array is not read`()
        async throws
    {
        let document = Fixture.v3(shape: [3], chunks: [2])
        let store = try await Fixture.store(["zarr.json": document])
        try await store.write(StoreKey("c/1"), [5, 0, 99, 99])
        let values = try await Fixture.array(store).read()
        #expect(json(values) == ["0", "0", "5"])
        // A chunk that was clipped when it was written is short, not fill.
        try await store.write(StoreKey("c/1"), [5, 0])
        let array = try await Fixture.array(store)
        await #expect(throws: EngineError.self) { try await array.read() }
    }

    @Test(
        arguments: [
            ("zarr.json", "c", Fixture.v3(shape: [], chunks: [])),
            (
                "zarr.json", "0",
                Fixture.v3(shape: [], chunks: []).replacing(
                    #"{"name":"default","#,
                    with: #"{"name":"v2","#
                )
            ),
            (".zarray", "0", Fixture.v2(shape: [], chunks: [])),
        ]
    )
    func `checklist 20: an array without dimensions has one value`(
        name: String,
        key: String,
        document: String
    ) async throws {
        let values = try await values(document, name: name, key: key, [42, 0])
        #expect(values.shape.isEmpty && json(values) == ["42"])
    }

    @Test func `checklist 20: an array with an empty dimension has no chunks and no values`()
        async throws
    {
        let store = try await Fixture.store([
            "zarr.json": Fixture.v3(shape: [0, 4], chunks: [2, 2])
        ])
        let array = try await Fixture.array(store)
        #expect(try await array.read().count == 0 && array.grid.total == 0)
        #expect(try await array.census().finished().missing == 0)
    }

    @Test func `checklist 21: keys with slashes are found where v2 names no separator`()
        async throws
    {
        let store = try await Fixture.store([".zarray": Fixture.v2(shape: [2, 2], chunks: [1, 2])])
        try await store.write(StoreKey("1/0"), [7, 0, 8, 0])
        let array = try await Fixture.array(store)
        #expect(json(try await array.read()) == ["0", "0", "7", "8"])
        let node = await ZarrHierarchy(.store(store)).node(at: .root)
        #expect(node.issues.map(\.location) == [".zarray#/dimension_separator"])
        #expect(try await array.census().finished().present == 1)
    }

    @Test func `checklist 22: an order of bytes is needed where there is one`() async throws {
        func error(_ type: String) async throws -> EngineError? {
            try await node([
                "zarr.json": Fixture.v3(shape: [1], chunks: [1], type: type, codecs: #"["bytes"]"#)
            ]).array?.codecError
        }
        #expect(try await error("uint8") == nil)
        #expect(try await error("int32")?.location == "zarr.json#/codecs/0")
        let structured = Fixture.v3(shape: [1], chunks: [1], codecs: #"["bytes"]"#)
            .replacing(
                #""int16""#,
                with: #"{"name":"structured","configuration":{"fields":[["a","int16"]]}}"#
            )
        let values = try await values(structured, key: "c/0", [1, 2])
        #expect(json(values) == ["[513]"])
    }

    @Test(
        arguments: [
            (#""complex64""#, "[0,0]", [0x3f, 0x80, 0, 0, 0x40, 0, 0, 0], "[1.0,2.0]"),
            (
                #"{"name":"fixed_length_utf32","configuration":{"length_bytes":8}}"#, #""""#,
                [0, 0, 0, 0x41, 0, 0, 0, 0x42], #""AB""#
            ),
            (
                #"{"name":"struct","configuration":{"fields":[{"name":"a","data_type":"int16"},"#
                    + #"{"name":"b","data_type":"float32"}]}}"#,
                #"{"a":0,"b":0}"#, [1, 2, 0x3f, 0x80, 0, 0], "[258,1.0]"
            ),
        ] as [(String, String, [UInt8], String)]
    )
    func `checklist 22: big-endian is said of each part of an element`(
        type: String,
        fill: String,
        chunk: [UInt8],
        expected: String
    ) async throws {
        let document = Fixture.v3(
            shape: [1],
            chunks: [1],
            fill: fill,
            codecs: #"[{"name":"bytes","configuration":{"endian":"big"}}]"#
        ).replacing(#""int16""#, with: type)
        let values = try await values(document, key: "c/0", chunk)
        #expect(json(values) == [expected])
    }

    @Test func `checklist 26: absent chunks read as fill, and a value that is undefined as zeros`()
        async throws
    {
        let fill = try await Fixture.store([
            "zarr.json": Fixture.v3(shape: [2], chunks: [1], fill: "9")
        ])
        let absent = try await Fixture.array(fill).read()
        #expect(json(absent) == ["9", "9"] && absent.absentChunks == [0, 1])
        let undefined = Fixture.v2(shape: [1], chunks: [1])
            .replacing(#""fill_value":0"#, with: #""fill_value":null"#)
        let store = try await Fixture.store([".zarray": undefined])
        let array = try await Fixture.array(store)
        #expect(array.metadata.fillValue.isUndefined)
        #expect(json(try await array.read()) == ["0"])
    }
}
