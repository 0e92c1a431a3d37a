import Arena
import Glibc
import Storage
import StorageBackends
import Synchronization
import Testing

@Suite struct FileStoreTests {
    private let scratch = Scratch()

    private var root: String { scratch.path + "/root" }

    private func store(
        _ durability: FileStore.Durability = .none
    ) throws -> FileStore {
        scratch.shell("mkdir -p root")
        return try FileStore(path: root, durability: durability)
    }

    private func link(_ target: String, _ name: String) {
        unsafe symlink(target, root + "/" + name)
    }

    @Test func `a link on the way is refused by name, wherever it points`() async throws {
        let store = try store()
        Scratch.write(scratch.path + "/canary", [7])
        try await store.write(StoreKey("d/inside"), [1])
        link("../canary", "out")
        link("..", "up")
        link("d/inside", "in")
        link("d", "also")
        link("nowhere", "broken")
        link("loop", "loop")
        for name in ["out", "up/canary", "in", "also/inside", "broken", "loop", "loop/x"] {
            let key = try StoreKey(name)
            let read = await storageError { () async throws(StorageError) in
                _ = try await store.read(key, .all)
            }
            #expect(read?.code == .forbidden && read?.key == name, "reading \(name)")
            #expect(read?.message.contains("link") == true)
            let info = await storageError { () async throws(StorageError) in
                _ = try await store.info(key)
            }
            #expect(info?.code == .forbidden, "asking of \(name)")
        }
        for name in ["up/canary", "also/new", "up/new"] {
            let key = try StoreKey(name)
            let write = await storageError { () async throws(StorageError) in
                try await store.write(key, [9])
            }
            #expect(write?.code == .forbidden, "writing \(name)")
            let delete = await storageError { () async throws(StorageError) in
                try await store.delete(key)
            }
            #expect(delete?.code == .forbidden, "deleting \(name)")
        }
        #expect(Scratch.bytes(scratch.path + "/canary") == [7])
        #expect(Scratch.bytes(root + "/d/new") == nil)
    }

    @Test func `writing over a link replaces the link and not what it points to`() async throws {
        let store = try store()
        Scratch.write(scratch.path + "/canary", [7])
        link("../canary", "c")
        try await store.write(StoreKey("c"), [1])
        #expect(Scratch.bytes(scratch.path + "/canary") == [7])
        #expect(try await store.read(StoreKey("c"), .all) == [1])
        link("../canary", "d")
        try await store.delete(StoreKey("d"))
        #expect(Scratch.bytes(scratch.path + "/canary") == [7])
    }

    @Test func `a link is listed where it lies, and not followed`() async throws {
        let store = try store()
        link("..", "up")
        link("../x", "c")
        #expect(try await store.listedKeys() == ["c", "up"])
        let level = try #require(try await store.children(.root).next())
        #expect(level.prefixes == ["up"] && level.objects == ["c"])
        let under = await storageError { () async throws(StorageError) in
            _ = try await store.list(StorePrefix("up")).next()
        }
        #expect(under?.code == .forbidden)
    }

    @Test func `the root itself may be a link`() async throws {
        try await store().write(StoreKey("a"), [1])
        unsafe symlink(root, scratch.path + "/named")
        let store = try FileStore(path: scratch.path + "/named")
        #expect(try await store.read(StoreKey("a"), .all) == [1])
    }

    @Test func `a directory that is swapped for a link lets nothing out`() async throws {
        let store = try store()
        scratch.shell("mkdir -p outside")
        let canary = scratch.path + "/outside/0"
        Scratch.write(canary, [7])
        try await store.write(StoreKey("c/0"), [1])
        let isDone = Atomic(false)
        let root = root
        let racer = Task.detached {
            while !isDone.load(ordering: .relaxed) {
                unsafe rename(root + "/c", root + "/aside")
                unsafe symlink("../outside", root + "/c")
                unsafe unlink(root + "/c")
                unsafe rename(root + "/aside", root + "/c")
            }
        }
        let key = try StoreKey("c/0")
        for number in 0..<2000 {
            let bytes = try? await store.read(key, .all)
            #expect(bytes != [7])
            if number % 4 == 0 { try? await store.delete(key) }
            if number % 4 == 2 { try? await store.write(key, [1]) }
        }
        isDone.store(true, ordering: .relaxed)
        await racer.value
        #expect(Scratch.bytes(canary) == [7])
        let outside = try FileStore(path: scratch.path + "/outside")
        #expect(try await outside.listedKeys() == ["0"])
    }

    @Test func `what is no regular file is corrupt, and does not hang`() async throws {
        let store = try store()
        unsafe mkfifo(root + "/fifo", 0o600)
        scratch.shell("mkdir root/directory")
        for name in ["fifo", "directory"] {
            let key = try StoreKey(name)
            let error = await storageError { () async throws(StorageError) in
                _ = try await store.read(key, .all)
            }
            #expect(error?.code == .corrupt && error?.key == name)
        }
        #expect(try await store.listedKeys() == ["fifo"])
    }

    @Test func `a file on the way means absent to a read and conflict to a write`() async throws {
        let store = try store()
        try await store.write(StoreKey("a"), [1])
        let key = try StoreKey("a/b/c")
        #expect(try await store.read(key, .all) == nil)
        #expect(try await store.info(key) == nil)
        try await store.delete(key)
        let error = await storageError { () async throws(StorageError) in
            try await store.write(key, [1])
        }
        #expect(error?.code == .conflict && error?.outcome == .failed)
        #expect(Scratch.bytes(root + "/a") == [1])
    }

    @Test func `a file that is being written is not listed, read or written by name`() async throws
    {
        let store = try store()
        Scratch.write(root + "/.zscope-1f.partial", [1])
        Scratch.write(root + "/x.partial", [1])
        #expect(try await store.listedKeys() == ["x.partial"])
        #expect(try await store.children(.root).next()?.objects == ["x.partial"])
        let key = try StoreKey(".zscope-1f.partial")
        #expect(try await store.read(key, .all) == nil)
        let error = await storageError { () async throws(StorageError) in
            try await store.write(key, [1])
        }
        #expect(error?.code == .invalidKey)
    }

    @Test(arguments: FileStore.Durability.allCases)
    func `a write leaves nothing beside what it wrote`(durability: FileStore.Durability)
        async throws
    {
        let store = try store(durability)
        try await store.write(StoreKey("a/b/c"), [1, 2])
        try await store.write(StoreKey("a/b/c"), [3])
        #expect(Scratch.bytes(root + "/a/b/c") == [3])
        let status = scratch.shell("test \"$(ls -A root/a/b)\" = c")
        #expect(status == 0)
    }

    @Test func `a write that cannot take its place leaves the old value and no temporary file`()
        async throws
    {
        let store = try store()
        try await store.write(StoreKey("d/inner"), [1])
        // A directory cannot be replaced by a file, so the rename fails after the bytes are written.
        let error = await storageError { () async throws(StorageError) in
            try await store.write(StoreKey("d"), [2])
        }
        #expect(error?.outcome == .failed)
        #expect(Scratch.bytes(root + "/d/inner") == [1])
        #expect(scratch.shell("test \"$(ls -A root)\" = d") == 0)
    }

    @Test func `a directory that cannot be read makes the listing fail, never short`() async throws
    {
        let store = try store()
        try await store.write(StoreKey("a"), [1])
        // Names of 255 bytes, nested: the path grows beyond what one directory after another allows.
        var deep = root
        let name = String(repeating: "d", count: 8)
        for _ in 0..<210 {
            deep += "/" + name
            unsafe mkdir(deep, 0o700)
        }
        let listing = try await store.list(.root)
        var failure: StorageError?
        for _ in 0..<3 {
            failure = await storageError { () async throws(StorageError) in
                while try await listing.next() != nil {}
            }
            #expect(failure != nil, "a listing that failed ended as if it were complete")
        }
    }

    @Test func `an object beyond the limit is refused before memory is taken`() async throws {
        let store = try FileStore(path: scratch.path, objectLimit: 1000)
        scratch.shell("truncate -s 1T huge")
        let key = try StoreKey("huge")
        let error = await storageError { () async throws(StorageError) in
            _ = try await store.read(key, .all)
        }
        #expect(error?.code == .tooLarge)
        #expect(try await store.read(key, .suffix(4)) == [0, 0, 0, 0])
        #expect(try await store.info(key)?.size == 1 << 40)
    }

    @Test func `names that are no text are listed as bytes`() async throws {
        let store = try store()
        scratch.shell("cd root && : > \"$(printf 'a\\377b')\"")
        let page = try #require(try await store.list(.root).next())
        #expect(page.keyBytes == [0x61, 0xff, 0x62])
        #expect(page.sizes == [0])
    }

    @Test func `a listing that nobody reads to its end stops and closes`() async throws {
        let store = try store()
        scratch.shell(
            "cd root && for d in 1 2 3 4; do mkdir $d; (cd $d && seq 12000 | xargs touch); done"
        )
        for _ in 0..<20 {
            _ = try await store.list(.root).next()
        }
        #expect(try await store.listedKeys().count == 48_000)
    }

    @Test func `sizes are left out of every listing where the locator says so`() async throws {
        scratch.shell("mkdir -p root/c && printf abc > root/c/0")
        for (option, size) in [("", 3), ("?sizes=true", 3), ("?sizes=false", -1)]
            as [(String, Int64)]
        {
            let locator = try StoreLocator("file:\(scratch.path)/root\(option)")
            let opener = LocatorOpener(backends: .builtin, layers: LayerRegistry())
            guard case .store(let store) = try await opener.open(locator).storage else {
                Issue.record("a folder opens as a store")
                return
            }
            #expect(try await store.list(.root).next()?.sizes == [size])
            #expect(store.capabilities.contains(.sizes) == (size == 3))
            #expect(try await store.info(StoreKey("c/0"))?.size == 3)
        }
    }

    @Test(arguments: [ListingOptions.full, .keysOnly])
    func `a tree of any shape is listed completely, in pages that are not too small`(
        options: ListingOptions
    ) async throws {
        let store = try store()
        scratch.shell(
            """
            cd root && for a in $(seq 60); do mkdir -p c/$a/x/y; (cd c/$a && seq 150 | xargs touch); \
            : > c/$a/x/y/0; done; mkdir flat; cd flat; seq 9000 | xargs touch
            """
        )
        let listing = try await store.list(.root, options)
        var keys: Set<String> = []
        var counts: [Int] = []
        while let page = try await listing.next() {
            counts.append(page.count)
            keys.formUnion((0..<page.count).map(page.key))
            let size: Int64 = options.includesInfo ? 0 : -1
            #expect(page.sizes.allSatisfy { $0 == size })
        }
        #expect(keys.count == 60 * 151 + 9000)
        #expect(counts.reduce(0, +) == keys.count)
        #expect(counts.count <= 4)
    }

    @Test func `opening says what is wrong with the place`() async throws {
        Scratch.write(scratch.path + "/file", [1])
        for path in ["/nowhere", "/file/x", "/file"] {
            let error = await storageError { () async throws(StorageError) in
                _ = try FileStore(path: scratch.path + path)
            }
            #expect(error?.code == .notFound && error?.message.contains(path) == true)
        }
    }

    @Test(arguments: [
        "%", "%/", "file:%", "file://%", "file://localhost%", "%/zarr.json", "file:%/zarr.json",
    ])
    func `a directory is named in several ways`(form: String) async throws {
        try await store().write(StoreKey("zarr.json"), [1])
        let opener = LocatorOpener(backends: .builtin, layers: LayerRegistry())
        let locator = form.replacing("%", with: root)
        let storage = try await opener.open(locator).storage
        guard case .store(let opened) = storage else {
            Issue.record("it is no store")
            return
        }
        #expect(try await opened.read(StoreKey("zarr.json"), .all) == [1])
    }

    @Test func `a file locator that names another machine is refused`() async {
        let opener = LocatorOpener(backends: .builtin, layers: LayerRegistry())
        let error = await storageError { () async throws(StorageError) in
            _ = try await opener.open("file://elsewhere/a")
        }
        #expect(error?.code == .invalidLocator)
    }

    @Test func `what is no regular file is listed as such, never with a size`() async throws {
        let store = try store()
        try await store.write(StoreKey("c/0"), [1, 2])
        link("0", "c/1")
        scratch.shell("mkfifo root/c/2 && mkdir root/c/3")
        let listing = try await store.list(.root)
        var sizes: [String: Int64] = [:]
        var places: [String] = []
        while let page = try await listing.next() {
            for position in 0..<page.count { sizes[page.key(position)] = page.sizes[position] }
            places += page.emptyPlaces
        }
        #expect(sizes == ["c/0": 2, "c/1": ListingPage.irregular, "c/2": ListingPage.irregular])
        #expect(places == ["c/3"])
    }

    @Test func `the folders of a trash go with what was in them, and no others`() async throws {
        let store = try store()
        for key in ["c/0/0", ".zscope-trash/one/c/0/0", ".zscope-trash/two/c/0/0"] {
            try await store.write(StoreKey(key), [1])
        }
        try await store.delete(StoreKey("c/0/0"))
        try await store.delete(StoreKey(".zscope-trash/one/c/0/0"))
        #expect(scratch.shell("test -d root/c/0") == 0)
        #expect(scratch.shell("test -e root/.zscope-trash/one") == 1)
        #expect(scratch.shell("test -e root/.zscope-trash/two/c/0/0") == 0)
    }
}
