import Storage
import StorageTesting
import Testing

@testable import StorageBackends

@Suite struct RecordedStoreTests {
    private let scratch = Scratch()
    private static let origin = CensusOrigin(
        created: "2026-11-22 14:00:31",
        locator: "/data/a\nb.zarr",
        program: "zscope 0.1"
    )

    /// A file of the pages and documents given.
    private func file(
        _ pages: [ListingPage],
        documents: [(String, [UInt8])] = []
    ) throws -> [UInt8] {
        var encoder = CensusFileEncoder(Self.origin)
        var bytes = encoder.head
        for page in pages { bytes += try encoder.add(page) }
        for (key, text) in documents { encoder.add(document: key, text) }
        return bytes + (try encoder.finish())
    }

    private func open(_ bytes: [UInt8]) async throws -> RecordedStore {
        let path = scratch.path + "/a.census"
        Scratch.write(path, bytes)
        let opener = LocatorOpener(backends: .builtin, layers: LayerRegistry())
        guard case .store(let store) = try await opener.open("census:" + path).storage else {
            throw StorageError(.internal, .open, "it opened an array")
        }
        return try #require(store as? RecordedStore)
    }

    private func page(_ keys: [String]) -> ListingPage {
        var page = ListingPage()
        for (place, key) in keys.enumerated() {
            page.append(key: key.utf8, size: Int64(place), modified: 1_700_000_000 - Int64(place))
        }
        return page
    }

    private func listed(_ store: some Store, _ prefix: String = "") async throws -> [String] {
        let listing = try await store.list(StorePrefix(prefix), .full)
        var found: [String] = []
        while let page = try await listing.next() {
            for place in 0..<page.count {
                found.append(
                    "\(page.key(place)) \(page.sizes[place]) \(page.modifiedTimes[place])"
                )
            }
            found += page.emptyPlaces.map { "\($0)/" }
        }
        return found
    }

    private static let documents = [("zarr.json", Array("{}".utf8)), ("a/zarr.json", [UInt8(1)])]

    /// Laws that read what was listed, whose values are not in a record: that is an error with a reason.
    private static let lawsOfValues: Set<String> = [
        "a range of what was there before is that slice of the whole",
        "a listing gives the size that a read gives",
    ]

    @Test(arguments: StoreLaw.all.filter { !lawsOfValues.contains($0.id) })
    func `a census file keeps every law of a store but those of values`(law: StoreLaw) async throws
    {
        let store = try await open(
            try file([page(["zarr.json", "a/zarr.json", "a/c/0"])], documents: Self.documents)
        )
        guard store.capabilities.isSuperset(of: law.requires) else { return }
        try await law.run(StoreLawContext(store, place: StorePrefix("laws")))
    }

    @Test func `a listing comes back as it was: keys, sizes, times, what is odd`() async throws {
        var odd = page(["zarr.json", "c/0/0", "c/0/1", "é/\u{1f600}"])
        odd.append(key: "c/1/0".utf8, size: -1, modified: .min)
        odd.append(key: "c/1/1".utf8, size: ListingPage.irregular, modified: -5)
        odd.append(key: "c/1/2".utf8, size: 1 << 50, modified: 4_000_000_000)
        odd.emptyPlaces = ["c/2/0"]
        let store = try await open(try file([odd]))
        #expect(
            try await listed(store) == [
                "zarr.json 0 1700000000", "c/0/0 1 1699999999", "c/0/1 2 1699999998",
                "é/\u{1f600} 3 1699999997", "c/1/0 -1 \(Int64.min)", "c/1/1 -2 -5",
                "c/1/2 \(1 << 50) 4000000000", "c/2/0/",
            ]
        )
        #expect(try await listed(store, "c/0").map { $0.prefix(2) } == ["0 ", "1 "])
        #expect(store.origin == Self.origin)
    }

    @Test func `many blocks are listed by prefix, level by level, and looked up`() async throws {
        let keys = (0..<40).flatMap { row in (0..<1000).map { "a/c/\(row)/\($0)" } }
        let store = try await open(try file([page(keys), page(["b/zarr.json", "x"])]))
        #expect(try await listed(store).count == 40_002)
        #expect(try await listed(store, "a/c/7").count == 1000)
        let root = try #require(try await store.children(.root).next())
        #expect(root.objects == ["x"] && root.prefixes == ["a", "b"])
        let rows = try #require(try await store.children(StorePrefix("a/c")).next())
        #expect(rows.prefixes.count == 40)
        #expect(try await store.info(StoreKey("a/c/39/999"))?.size == 39_999)
        #expect(try await store.info(StoreKey("a/c/40/0")) == nil)
    }

    @Test func `values are never in it, and reading one that was listed is an error`() async throws
    {
        let store = try await open(
            try file([page(["zarr.json", "c/0"])], documents: Self.documents)
        )
        #expect(try await store.read(StoreKey("zarr.json"), .all) == Array("{}".utf8))
        #expect(try await store.read(StoreKey("zarr.json"), .suffix(1)) == Array("}".utf8))
        #expect(try await store.read(StoreKey("b/.zarray"), .all) == nil)
        #expect(try await store.read(StoreKey("c/1"), .all) == nil)
        let unread = await storageError { () async throws(StorageError) in
            _ = try await store.read(StoreKey("c/0"), .all)
        }
        #expect(unread?.code == .unsupported)
        #expect(unread?.message.contains("2026-11-22 14:00:31: open the store") == true)
        let refused = await storageError { () async throws(StorageError) in
            try await store.delete(StoreKey("c/0"))
        }
        #expect(refused?.code == .unsupported)
    }

    @Test func `the first lines say what it is, whatever the names are`() throws {
        let head = String(decoding: try file([]).prefix(80), as: UTF8.self)
        let lines = head.split(separator: "\n", omittingEmptySubsequences: false).prefix(4)
        #expect(
            lines == [
                "zscope census 1", "created 2026-11-22 14:00:31", "locator /data/a b.zarr", "",
            ]
        )
    }

    @Test func `what is cut off, of another version or no census file is refused`() async throws {
        let whole = try file([page(["zarr.json", "c/0"])], documents: Self.documents)
        for (bytes, code) in [
            (Array(whole.dropLast()), StorageError.Code.corrupt), ([], .corrupt),
            (Array("zscope census 2\n".utf8) + whole.dropFirst(16), .unsupported),
            (Array("Bucket,Key\n".utf8), .corrupt),
        ] {
            let path = scratch.path + "/b.census"
            Scratch.write(path, bytes)
            let error = await storageError { () async throws(StorageError) in
                _ = try CensusFileReader.open(path)
            }
            #expect(error?.code == code)
        }
    }

    @Test(arguments: 0..<40 as Range<UInt64>)
    func `a damaged file is an error or a listing, and never a trap`(seed: UInt64) async throws {
        let whole = try file(
            [page((0..<300).map { "c/\($0 / 7)/\($0)" })],
            documents: Self.documents
        )
        var random = SystemlessGenerator(state: seed)
        for _ in 0..<20 {
            var bytes = whole
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
                case 1: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
                case 2: bytes.removeSubrange(place..<min(bytes.count, place + 3))
                default: bytes.insert(0xff, at: place)
                }
            }
            guard let store = try? await open(bytes) else { continue }
            _ = try? await listed(store)
            _ = try? await store.children(.root).next()
            _ = try? await store.info(StoreKey("c/1/9"))
        }
    }

    @Test(arguments: 0..<60 as Range<UInt64>)
    func `any bytes as a block are a page within the limits or nothing`(seed: UInt64) {
        var random = SystemlessGenerator(state: seed)
        let whole = ListingBlock.encoded(page((0..<50).map { "c/\($0)" }))
        for _ in 0..<200 {
            var bytes = whole
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] =
                    UInt8.random(in: 0...255, using: &random)
            }
            let found = ListingBlock.page(bytes, under: [])
            #expect(found?.keyBytes.count ?? 0 <= ListingBlock.nameLimit)
        }
    }
}

/// Numbers that are the same in every run.
struct SystemlessGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
