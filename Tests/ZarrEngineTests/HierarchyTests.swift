import JSONValue
import Storage
import StorageBackends
import Testing
import ZarrEngine
import ZarrModel

struct HierarchyTests {
    private static let group = #"{"zarr_format":3,"node_type":"group","attributes":{"a":1}}"#

    @Test func `a broken child is a node with an error, and its siblings stay`() async throws {
        let store = try await Fixture.store([
            "zarr.json": Self.group,
            "good/zarr.json": Fixture.v3(shape: [2], chunks: [2]),
            "torn/zarr.json": String(Fixture.v3(shape: [2], chunks: [2]).prefix(60)),
            "deep/zarr.json": String(repeating: "[", count: 1_000_000),
            "huge/zarr.json": Fixture.v3(shape: [1], chunks: [1])
                .replacing("\"shape\":[1]", with: "\"shape\":[9223372036854775808]"),
            "sub/zarr.json": Self.group,
        ])
        let children = try await ZarrHierarchy(.store(store)).children(of: .root)
        #expect(children.map(\.name) == ["deep", "good", "huge", "sub", "torn"])
        #expect(children.map(\.kind) == ["error", "array", "error", "group", "error"])
        let torn = try #require(children.last?.error)
        #expect(torn.code == .metadata && torn.location.hasPrefix("torn/zarr.json"))
    }

    @Test(arguments: [group, Fixture.v3(shape: [2], chunks: [2])])
    func `the document of a root is read once, whatever is asked of it`(
        document: String
    ) async throws {
        let store = WatchedStore(try await Fixture.store(["zarr.json": document]))
        let hierarchy = ZarrHierarchy(.store(store))
        let node = await hierarchy.node(at: .root)
        _ = try await hierarchy.children(of: node)
        _ = try await hierarchy.tree(of: node)
        #expect(node.error == nil && store.documentReads == 1)
    }

    @Test func `a folder with nodes below is an implicit group, any other is foreign`() async throws
    {
        let store = try await Fixture.store([
            "zarr.json": Self.group,
            "implicit/deeper/array/zarr.json": Fixture.v3(shape: [2], chunks: [2]),
            "folder/notes.txt": "hello", "README": "hello",
            ".zscope-trash/x/y": "hidden",
        ])
        let hierarchy = ZarrHierarchy(.store(store))
        let children = try await hierarchy.children(of: .root)
        #expect(children.map(\.name) == ["README", "folder", "implicit"])
        #expect(children.map(\.kind) == ["foreign", "foreign", "group"])
        #expect(children[2].group?.isImplicit == true)
        let tree = try await hierarchy.tree()
        let array = tree.children?.last?.children?.first?.children?.first
        #expect(array?.node.path.description == "/implicit/deeper/array")
        #expect(await hierarchy.node(at: NodePath(segments: ["folder"])).error?.code == .notFound)
    }

    @Test func `where both versions are in one place, v3 counts and a diagnostic says so`()
        async throws
    {
        let store = try await Fixture.store([
            "zarr.json": Fixture.v3(shape: [2], chunks: [2]),
            ".zarray": Fixture.v2(shape: [9], chunks: [9]),
        ])
        let node = await ZarrHierarchy(.store(store)).node(at: .root)
        #expect(node.array?.metadata.shape == [2])
        #expect(node.issues.contains { $0.location == ".zarray" && $0.severity == .warning })
    }

    @Test func `a v2 hierarchy has its attributes`() async throws {
        let store = try await Fixture.store([
            ".zgroup": #"{"zarr_format":2}"#, ".zattrs": #"{"title":"old"}"#,
            "x/.zarray": Fixture.v2(shape: [4], chunks: [2]),
            "x/.zattrs": #"{"_ARRAY_DIMENSIONS":["t"]}"#, "x/0": "1234",
        ])
        let tree = try await ZarrHierarchy(.store(store)).tree()
        #expect(tree.node.group?.attributes["title"] == "old")
        #expect(tree.children?.map(\.node.name) == ["x"])
        #expect(tree.children?.first?.node.array?.metadata.dimensionNames == ["t"])
    }

    @Test
    func `siblings with the same document are arrays of their own, with problems of their own`()
        async throws
    {
        let array = Fixture.v3(shape: [1], chunks: [1])
        let torn = String(array.prefix(60))
        let store = try await Fixture.store([
            "zarr.json": Self.group, "a/zarr.json": array, "b/zarr.json": array,
            "c/zarr.json": torn, "d/zarr.json": torn, "e/zarr.json": array,
            "e/.zattrs": #"{"of":"v2"}"#,
        ])
        try await store.write(StoreKey("a/c/0"), [1, 0])
        try await store.write(StoreKey("b/c/0"), [2, 0])
        let children = try await ZarrHierarchy(.store(store)).children(of: .root)
        #expect(children.map(\.kind) == ["array", "array", "error", "error", "array"])
        for (child, value) in zip(children, ["1", "2"]) {
            #expect(try await child.array?.read().json(0).text() == value)
        }
        #expect(children[2].error?.location.hasPrefix("c/") == true)
        #expect(children[3].error?.location.hasPrefix("d/") == true)
    }

    @Test func `a storage failure is an error, never a missing node`() async throws {
        let hierarchy = ZarrHierarchy(.store(FailingStore()))
        let node = await hierarchy.node(at: .root)
        #expect(node.error?.code == .storage)
        await #expect(throws: EngineError.self) { try await hierarchy.children(of: .root) }
    }

    @Test func `the tree ends where the depth says, and an array has nothing below`() async throws {
        let store = try await Fixture.store([
            "zarr.json": Self.group, "g/zarr.json": Self.group,
            "g/a/zarr.json": Fixture.v3(shape: [2], chunks: [2]), "g/a/c/0": "1234",
        ])
        let hierarchy = ZarrHierarchy(.store(store))
        let cut = try await hierarchy.tree(depth: 1)
        #expect(cut.children?.count == 1 && cut.children?.first?.children == nil)
        let array = NodePath(segments: ["g", "a"])
        #expect(try await hierarchy.children(of: array).isEmpty)
    }

    @Test func `a consolidated copy that differs from the truth is reported where it differs`()
        async throws
    {
        let truth = Fixture.v2(shape: [4], chunks: [2])
        let stale = Fixture.v2(shape: [3], chunks: [2])
        let store = try await Fixture.store([
            ".zgroup": #"{"zarr_format":2}"#,
            ".zmetadata": """
            {"zarr_consolidated_format":1,"metadata":{".zgroup":{"zarr_format":2},
            "same/.zarray":\(truth),"stale/.zarray":\(stale)}}
            """,
            "same/.zarray": truth, "stale/.zarray": truth, "new/.zarray": truth,
        ])
        let children = try await ZarrHierarchy(.store(store)).children(of: .root)
        let reported = children.filter { !$0.issues.isEmpty }.map(\.name)
        #expect(reported == ["new", "stale"])
    }
}

/// A store whose every operation fails.
struct FailingStore: Store {
    let capabilities: Capabilities = [.read, .list]
    let location = "nowhere"

    private func failure(_ operation: StorageOperation) -> StorageError {
        StorageError(.unreachable, operation, "no route", persistence: .temporary)
    }

    func read(_ key: StoreKey, _ range: ByteRange) async throws(StorageError) -> [UInt8]? {
        throw failure(.read)
    }

    func write(_ key: StoreKey, _ bytes: [UInt8]) async throws(StorageError) {
        throw failure(.write)
    }

    func delete(_ key: StoreKey) async throws(StorageError) {
        throw failure(.delete)
    }

    func info(_ key: StoreKey) async throws(StorageError) -> ObjectInfo? {
        throw failure(.info)
    }

    func list(
        _ prefix: StorePrefix,
        _ options: ListingOptions
    ) async throws(StorageError) -> any Listing<ListingPage> {
        throw failure(.list)
    }

    func children(_ prefix: StorePrefix) async throws(StorageError) -> any Listing<ChildPage> {
        throw failure(.list)
    }
}
