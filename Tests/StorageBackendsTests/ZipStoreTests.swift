import Arena
import Glibc
import Storage
import StorageBackends
import StorageTesting
import Testing

@Suite struct ZipStoreTests {
    private let scratch = Scratch()

    private func open(
        _ builder: ZipBuilder,
        folder: String? = nil,
        limit: Int = 4 << 30
    ) throws -> ZipStore {
        let path = scratch.path + "/a.zip"
        Scratch.write(path, builder.bytes())
        return try ZipStore(path: path, folder: folder, objectLimit: limit)
    }

    private func plain(_ names: [String]) -> ZipBuilder {
        ZipBuilder(members: names.map { ZipBuilder.Member($0, Array($0.utf8)) })
    }

    /// "hello hello hello hello" as raw deflate.
    private static let deflated: [UInt8] = [
        0xcb, 0x48, 0xcd, 0xc9, 0xc9, 0x57, 0xc8, 0x40, 0x27, 0x01,
    ]
    private static let inflated = Array("hello hello hello hello".utf8)

    private func deflatedMember(_ name: String) -> ZipBuilder.Member {
        var member = ZipBuilder.Member(name, Self.inflated)
        member.packed = Self.deflated
        member.method = 8
        return member
    }

    @Test(arguments: StoreLaw.all)
    func `an archive keeps every law`(law: StoreLaw) async throws {
        var builder = plain(["zarr.json", "c/0/0", "c/0/1", "g/a/zarr.json", "é"])
        builder.members.append(deflatedMember("c/1/0"))
        let store = try open(builder)
        guard store.capabilities.isSuperset(of: law.requires) else { return }
        try await law.run(StoreLawContext(store, place: StorePrefix("laws")))
    }

    @Test(arguments: [false, true], [0, 100])
    func `zip64, a comment and bytes before the archive are understood`(
        isZip64: Bool,
        junk: Int
    ) async throws {
        var builder = plain(["b", "a", "c/0"])
        builder.isZip64 = isZip64
        builder.junkBefore = junk
        builder.comment = Array("PK\u{5}\u{6} is no end".utf8)
        builder.members[1].isWide = true
        let store = try open(builder)
        #expect(try await store.listedKeys() == ["a", "b", "c/0"])
        for name in ["a", "b", "c/0"] {
            #expect(try await store.read(StoreKey(name), .all) == Array(name.utf8))
        }
    }

    @Test func `the one folder that holds everything is the root, unless told otherwise`()
        async throws
    {
        let builder = plain(["data.zarr/zarr.json", "data.zarr/a/c/0"])
        #expect(try await open(builder).listedKeys() == ["a/c/0", "zarr.json"])
        #expect(try await open(builder, folder: "").listedKeys().first == "data.zarr/a/c/0")
        #expect(try await open(builder, folder: "data.zarr/a").listedKeys() == ["c/0"])
        let two = plain(["a/zarr.json", "b/zarr.json"])
        #expect(try await open(two).listedKeys() == ["a/zarr.json", "b/zarr.json"])
        let top = plain(["a/zarr.json", "zarr.json"])
        #expect(try await open(top).listedKeys().contains("zarr.json"))
    }

    @Test func `a level is found by searching, names that look alike included`() async throws {
        let store = try open(plain(["a/x/1", "a/x/2", "a/x.1", "a/x0", "a/y", "a.b", "b"]))
        let level = try #require(try await store.children(StorePrefix("a")).next())
        #expect(level.objects == ["x.1", "x0", "y"])
        #expect(level.prefixes == ["x"])
    }

    @Test func `names that are no keys can neither be reached nor listed`() async throws {
        let store = try open(
            plain(["../evil", "/etc/passwd", "a//b", "c/\u{1b}[2J", "ok", "dir/", "a/../b"])
        )
        #expect(try await store.listedKeys() == ["ok"])
        #expect(store.rejectedNames == 5)
    }

    @Test func `of members with one name the last counts`() async throws {
        var builder = plain(["x", "a"])
        builder.members.append(ZipBuilder.Member("a", [1, 2]))
        let store = try open(builder)
        #expect(try await store.listedKeys() == ["a", "x"])
        #expect(try await store.read(StoreKey("a"), .all) == [1, 2])
    }

    @Test func `a deflated member is read whole and by ranges, also on this thread`() async throws {
        let store = try open(ZipBuilder(members: [deflatedMember("d")]))
        let key = try StoreKey("d")
        #expect(try await store.read(key, .all) == Self.inflated)
        #expect(try await store.read(key, .suffix(5)) == Array("hello".utf8))
        let arena = Arena(capacity: 4)
        #expect(try store.readBlocking(key, .bounded(offset: 6, count: 5), into: arena))
        #expect(arena.bytes == Array("hello".utf8))
    }

    private func readError(_ member: ZipBuilder.Member, limit: Int = 1 << 30) async throws
        -> StorageError?
    {
        let store = try open(ZipBuilder(members: [member]), limit: limit)
        let key = try StoreKey(String(decoding: member.name, as: UTF8.self))
        return await storageError { () async throws(StorageError) in
            _ = try await store.read(key, .all)
        }
    }

    @Test func `a member that is not what the directory says is corrupt`() async throws {
        var wrong = ZipBuilder.Member("a", [1, 2, 3])
        wrong.crc ^= 1
        #expect(try await readError(wrong)?.code == .corrupt)
        var torn = deflatedMember("a")
        torn.packed.removeLast(3)
        #expect(try await readError(torn)?.code == .corrupt)
        var longer = deflatedMember("a")
        longer.size += 1
        #expect(try await readError(longer)?.code == .corrupt)
        var shorter = deflatedMember("a")
        shorter.size -= 1
        #expect(try await readError(shorter)?.code == .corrupt)
    }

    @Test func `a claim that deflate cannot reach takes no memory`() async throws {
        var bomb = deflatedMember("a")
        bomb.size = 1 << 30
        #expect(try await readError(bomb, limit: 1 << 40)?.code == .corrupt)
        #expect(try await readError(bomb, limit: 1 << 20)?.code == .tooLarge)
    }

    @Test func `what cannot be read is refused by name`() async throws {
        var locked = ZipBuilder.Member("a", [1])
        locked.flags = 0x801
        #expect(try await readError(locked)?.code == .unsupported)
        var lzma = ZipBuilder.Member("a", [1])
        lzma.method = 14
        let error = try await readError(lzma)
        #expect(error?.code == .unsupported && error?.message.contains("14") == true)
    }

    @Test func `an archive cut or changed anywhere never traps and never lies`() async throws {
        var builder = plain(["zarr.json", "c/0/0"])
        builder.members.append(deflatedMember("c/0/1"))
        builder.isZip64 = true
        let whole = builder.bytes()
        let path = scratch.path + "/broken.zip"
        let draw = KeyedDraw(seed: 11)
        for number in 0..<600 {
            let bits = draw.bits(.read, key: "break", count: number)
            var bytes = whole
            if number < whole.count {
                bytes.removeLast(number)
            } else {
                bytes[Int(bits % UInt64(bytes.count))] = UInt8(truncatingIfNeeded: bits >> 32)
            }
            Scratch.write(path, bytes)
            guard let store = try? ZipStore(path: path) else { continue }
            for name in try await store.listedKeys() {
                let bytes = try? await store.read(StoreKey(name), .all)
                guard let bytes, let due = ["zarr.json", "c/0/0"].first(where: { $0 == name })
                else { continue }
                #expect(bytes == Array(due.utf8))
            }
        }
    }

    @Test func `many threads read one archive at once`() async throws {
        let names = (0..<50).map { "c/\($0)" }
        let store = try open(plain(names + ["zarr.json"]))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for name in names + names {
                group.addTask {
                    let bytes = try await store.read(StoreKey(name), .all)
                    #expect(bytes == Array(name.utf8))
                }
            }
            try await group.waitForAll()
        }
    }

    @Test func `a path into an archive names a node in it`() async throws {
        Scratch.write(scratch.path + "/s.ZIP", plain(["zarr.json", "g/zarr.json"]).bytes())
        Scratch.write(scratch.path + "/bare", plain(["zarr.json"]).bytes())
        scratch.shell("mkdir directory.zip")
        let opener = LocatorOpener(backends: .builtin, layers: LayerRegistry())
        let inside = try await opener.open(scratch.path + "/s.ZIP/g/a")
        #expect(inside.backend.id == "zip" && inside.node == "/g/a")
        #expect(try await opener.open(scratch.path + "/bare").backend.id == "zip")
        #expect(try await opener.open(scratch.path + "/directory.zip").backend.id == "file")
        #expect(try await opener.open("zip:" + scratch.path + "/s.ZIP?root=g#/a").node == "/a")
    }
}
