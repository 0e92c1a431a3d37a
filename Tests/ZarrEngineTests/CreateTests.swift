import JSONValue
import Storage
import StorageBackends
import Synchronization
import Testing
import ZarrEngine
import ZarrModel

/// Making nodes, and changing what is written about them.
struct CreateTests {
    private static func description(
        _ version: FormatVersion = .v3,
        shape: [Int] = [4, 4],
        attributes: JSONObject = [:]
    ) -> ArrayDescription {
        ArrayDescription(
            version,
            shape: shape,
            grid: .regular(chunkShape: shape.map { max(1, $0 / 2) }),
            dataType: .integer(.int16),
            attributes: attributes
        )
    }

    private static func path(_ text: String) throws -> NodePath {
        try #require(NodePath(text))
    }

    @Test(arguments: [FormatVersion.v3, .v2])
    func `an array is made with the groups above it that are missing`(version: FormatVersion)
        async throws
    {
        let store = MemoryStore()
        let hierarchy = ZarrHierarchy(.store(store))
        _ = try await hierarchy.createArray(
            Self.description(version, attributes: ["units": "K"]),
            at: Self.path("/a/b/c")
        )
        let expected =
            version == .v3
            ? ["a/b/c/zarr.json", "a/b/zarr.json", "a/zarr.json", "zarr.json"]
            : [".zgroup", "a/.zgroup", "a/b/.zgroup", "a/b/c/.zarray", "a/b/c/.zattrs"]
        #expect(try await Fixture.contents(store).keys.sorted() == expected)
        let node = await ZarrHierarchy(.store(store)).node(at: try Self.path("/a/b/c"))
        #expect(node.array?.metadata.attributes == ["units": "K"] && node.issues.isEmpty)
        try await hierarchy.createGroup(GroupDescription(version), at: Self.path("/a/d"))
        #expect(try await Fixture.contents(store).count == expected.count + 1)
    }

    @Test(arguments: ["/a", "/a/below", "/v2/below", "/__x", "/zarr.json", "/x/.zattrs"])
    func `what is there, below an array, of another version or misnamed is refused`(
        text: String
    ) async throws {
        let store = MemoryStore()
        let hierarchy = ZarrHierarchy(.store(store))
        _ = try await hierarchy.createArray(Self.description(), at: Self.path("/a"))
        try await store.write(StoreKey("v2/.zgroup"), Array(#"{"zarr_format":2}"#.utf8))
        let before = try await Fixture.contents(store)
        let error = await #expect(throws: EngineError.self) {
            _ = try await hierarchy.createArray(Self.description(), at: Self.path(text))
        }
        #expect(error?.code == .refused)
        #expect(try await Fixture.contents(store) == before)
    }

    @Test func `a replaced array leaves no chunk and no document behind`() async throws {
        let store = MemoryStore()
        let hierarchy = ZarrHierarchy(.store(store))
        let old = try await hierarchy.createArray(
            Self.description(.v2, attributes: ["old": true]),
            at: .root
        )
        try await old.write(.repeated([1, 0]))
        let plan = try await hierarchy.replacePlan(at: .root)
        #expect(plan.chunks.items.count == 4)
        _ = try await hierarchy.createArray(Self.description(), at: .root, replacing: plan)
        #expect(try await Fixture.contents(store).keys.sorted() == ["zarr.json"])
    }

    @Test func `folders of a replaced array are not in the way of the new one's chunks`()
        async throws
    {
        let scratch = EngineScratch()
        let store = try FileStore(path: scratch.path, durability: .none)
        let hierarchy = ZarrHierarchy(.store(store))
        let old = try await hierarchy.createArray(Self.description(), at: .root)
        try await old.write(.repeated([1, 0]))
        for shape in [[4], []] {
            let plan = try await hierarchy.replacePlan(at: .root)
            let new = try await hierarchy.createArray(
                Self.description(shape: shape),
                at: .root,
                replacing: plan
            )
            #expect(try await new.read().integers.allSatisfy { $0 == 0 })
            try await new.write(.repeated([2, 0]))
            #expect(try await new.read().integers.allSatisfy { $0 == 2 })
        }
    }

    @Test func `a group with nodes in it is never replaced`() async throws {
        let hierarchy = ZarrHierarchy(.store(MemoryStore()))
        _ = try await hierarchy.createArray(Self.description(), at: Self.path("/g/a"))
        let error = await #expect(throws: EngineError.self) {
            _ = try await hierarchy.replacePlan(at: Self.path("/g"))
        }
        #expect(error?.code == .refused && error?.message.contains("/g/a") == true)
    }

    @Test func `an attribute changes, and everything else that is JSON stays`() async throws {
        let document = """
            {"zarr_format":3,"node_type":"group","attributes":
            {"z":1,"long":123456789012345678901234567890,"nan":NaN,"a":[1.0,1e3]},
            "extra":{"must_understand":false,"n":9007199254740993}}
            """
        let store = try await Fixture.store(["zarr.json": document])
        let hierarchy = ZarrHierarchy(.store(store))
        try await hierarchy.changeAttributes(at: .root) { attributes throws(EngineError) in
            attributes["z"] = nil
            attributes["b"] = "new"
        }
        let bytes = try #require(try await store.read(StoreKey("zarr.json"), .all))
        let read = try JSONParser.parse(bytes, mode: .strict).value
        let text = read.text()
        #expect(
            text.contains(
                #""attributes":{"long":123456789012345678901234567890,"nan":"NaN","a":[1.0,1e3],"b":"new"}"#
            )
        )
        #expect(text.contains(#""n":9007199254740993"#))
        #expect(read.objectValue?.keys == ["zarr_format", "node_type", "attributes", "extra"])
    }

    @Test func `what was read leniently is written strictly, its values and order as they were`()
        async throws
    {
        let array = """
            \u{feff}{"zarr_format":2,"shape":[4],"order":"C","chunks":[2],"dtype":"<f4","fill_value":NaN,
            "filters":[],"compressor":null,"note":{"big":123456789012345678901,"x":-Infinity}}
            """
        let store = try await Fixture.store([
            ".zgroup": #"{"zarr_format":2}"#, "a/.zarray": array, "a/.zattrs": #"{"b":NaN,"a":1}"#,
        ])
        func hierarchy() -> ZarrHierarchy { ZarrHierarchy(.store(store)) }
        func document(_ key: String) async throws -> String {
            let bytes = try #require(try await store.read(StoreKey(key), .all))
            return try JSONParser.parse(bytes, mode: .strict).value.text()
        }
        let path = try Self.path("/a")
        try await hierarchy().changeAttributes(at: path) {
            (attributes: inout JSONObject) throws(EngineError) in attributes["c"] = 2
        }
        #expect(try await document("a/.zattrs") == #"{"b":"NaN","a":1,"c":2}"#)
        let plan = try await hierarchy().resizePlan(at: path, to: [6])
        _ = try await hierarchy().resize(plan)
        #expect(
            try await document("a/.zarray") == """
                {"zarr_format":2,"shape":[6],"order":"C","chunks":[2],"dtype":"<f4",\
                "fill_value":"NaN","filters":null,"compressor":null,\
                "note":{"big":123456789012345678901,"x":"-Infinity"}}
                """
        )
        // A copy of documents that nobody mended is strict too, and is no other than they are.
        try await store.write(StoreKey("a/.zattrs"), Array(#"{"b":NaN}"#.utf8))
        try await hierarchy().consolidate(hierarchy().consolidationPlan(at: .root))
        #expect(try await document(".zmetadata").contains(#"{"b":"NaN"}"#))
        #expect(try await hierarchy().consolidationPlan(at: .root).isCurrent)
        let issues = await hierarchy().node(at: path).issues
        #expect(!issues.contains { $0.message.contains("consolidated") }, "\(issues)")
    }

    @Test func `v2 keeps attributes in a document of their own`() async throws {
        let store = try await Fixture.store([".zarray": Fixture.v2(shape: [4], chunks: [2])])
        let hierarchy = ZarrHierarchy(.store(store))
        try await hierarchy.changeAttributes(at: .root) { attributes throws(EngineError) in
            attributes["units"] = "K"
        }
        let written = try await store.read(StoreKey(".zattrs"), .all)
        #expect(written == Array("{\n  \"units\": \"K\"\n}\n".utf8))
    }

    @Test func `what another program wrote meanwhile stays beside a change`() async throws {
        let store = try await Fixture.store([".zgroup": #"{"zarr_format":2}"#])
        let racing = RacingStore(store, key: ".zattrs", value: #"{"theirs":1}"#)
        let hierarchy = ZarrHierarchy(.store(racing))
        let changed = try await hierarchy.changeAttributes(at: .root) {
            attributes throws(EngineError) in
            racing.race()
            attributes["ours"] = 1
        }
        #expect(changed == ["theirs": 1, "ours": 1])
        let written = try await store.read(StoreKey(".zattrs"), .all)
        #expect(written == Array("{\n  \"theirs\": 1,\n  \"ours\": 1\n}\n".utf8))
    }

    @Test(arguments: [FormatVersion.v3, .v2])
    func `consolidated metadata is written, found stale and refreshed`(version: FormatVersion)
        async throws
    {
        let store = MemoryStore()
        func hierarchy() -> ZarrHierarchy { ZarrHierarchy(.store(store)) }
        _ = try await hierarchy().createArray(Self.description(version), at: Self.path("/g/a"))
        let first = try await hierarchy().consolidationPlan(at: .root)
        #expect(!first.hasCopy && !first.isCurrent)
        try await hierarchy().consolidate(first)
        #expect(try await hierarchy().consolidationPlan(at: .root).isCurrent)
        for node in [try Self.path("/g"), try Self.path("/g/a")] {
            #expect(await hierarchy().node(at: node).issues.isEmpty)
        }

        try await hierarchy().changeAttributes(at: Self.path("/g/a")) {
            (attributes: inout JSONObject) throws(EngineError) in attributes["new"] = 1
        }
        #expect(try await hierarchy().consolidatedCopies(of: Self.path("/g/a")) == [.root])
        _ = try await hierarchy().createArray(Self.description(version), at: Self.path("/b"))
        try await store.delete(StoreKey(version == .v3 ? "g/zarr.json" : "g/.zgroup"))
        let stale = try await hierarchy().consolidationPlan(at: .root)
        let found = stale.differences.map { "\($0.path) \($0.kind.rawValue)" }
        #expect(found == ["/b missing", "/g extra", "/g/a differs"])
        #expect(stale.leftOut == [try Self.path("/g")])
        try await hierarchy().consolidate(stale)
        #expect(try await hierarchy().consolidationPlan(at: .root).isCurrent)
    }

    @Test func `a node that cannot be read is no part of a copy: nothing is written`() async throws
    {
        let store = try await Fixture.store([
            "zarr.json": #"{"zarr_format":3,"node_type":"group"}"#, "bad/zarr.json": "{",
        ])
        let error = await #expect(throws: EngineError.self) {
            _ = try await ZarrHierarchy(.store(store)).consolidationPlan(at: .root)
        }
        #expect(error?.code == .metadata && error?.location.contains("bad") == true)
    }
}

/// A store in which another program writes one key when it is told to, before the next read of it.
private final class RacingStore: ForwardingStore {
    let base: any Store
    let key: String
    let value: String
    private let isDue = Mutex(false)

    init(_ base: any Store, key: String, value: String) {
        self.base = base
        self.key = key
        self.value = value
    }

    func read(_ key: StoreKey, _ range: ByteRange) async throws(StorageError) -> [UInt8]? {
        if key.text == self.key, isDue.withLock({ $0 }) {
            try await base.write(key, Array(value.utf8))
        }
        return try await base.read(key, range)
    }

    func race() {
        isDue.withLock { $0 = true }
    }
}
