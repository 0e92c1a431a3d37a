import JSONValue
import Testing

/// Work that is killed (SIGKILL) in the middle, and goes on: nothing is lost, torn or left behind.
///
/// What is killed waits before each operation, so that there is a middle; when it is killed is decided by
/// what is there of its work.
@Suite(.serialized) struct KilledTests {
    /// How far the work has come when it is killed.
    enum Moment: Hashable, CustomTestStringConvertible {
        /// So many files are there.
        case files(Int)
        /// A file is being written under another name.
        case unfinishedFile

        func isReached(_ names: [String]) -> Bool {
            switch self {
            case .files(let count): names.count >= count
            case .unfinishedFile: names.contains(where: KilledTests.isUnfinished)
            }
        }

        var testDescription: String {
            switch self {
            case .files(let count): "\(count) files"
            case .unfinishedFile: "an unfinished file"
            }
        }
    }

    private static let slow = "|latency:p50=10ms"
    /// Large enough that writing one takes its time: 64 chunks of 1 MiB.
    private static let large = [
        "--shape", "8192,8192", "--chunks", "1024,1024", "--dtype", "uint8",
    ]

    private static func isUnfinished(_ name: String) -> Bool {
        name.split(separator: "/").last?.hasPrefix(".zscope-") == true && name.hasSuffix(".partial")
    }

    private static func isWorkOfOurs(_ name: String) -> Bool {
        name.split(separator: "/").contains { $0.hasPrefix(".zscope") }
    }

    @discardableResult
    private static func run(_ arguments: [String]) throws -> ChildProcess.Outcome {
        let outcome = try Program.run(arguments)
        #expect(outcome.status == 0, "\(arguments): \(outcome.text)\(outcome.messages)")
        return outcome
    }

    /// Removes what was left behind, and says what is left then.
    private static func vacuumed(_ store: String) throws -> [String] {
        try run(["vacuum", store, "--older-than", "0", "--yes", "--no-trash"])
        return Killed.files(store).sorted()
    }

    private static func contents(_ folder: TemporaryFolder, _ store: String) -> [String: [UInt8]] {
        var contents: [String: [UInt8]] = [:]
        for name in Killed.files(folder.path + "/" + store) {
            contents[name] = folder.read(store + "/" + name)
        }
        return contents
    }

    // MARK: - Copying

    /// A group of two arrays, each of 64 chunks.
    private static func source(_ folder: TemporaryFolder) throws -> String {
        let path = folder.path + "/source.zarr"
        for (name, value) in [("a", "3"), ("b", "0.5")] {
            let place = path + "/" + name
            let type = name == "a" ? "int32" : "float64"
            try run(["create", place, "--shape", "64,64", "--chunks", "8,8", "--dtype", type])
            try run(["write", place, "...", "--value", value])
        }
        return path
    }

    @Test(arguments: [1, 2, 3, 9, 40, 66, 67, 90, 130].map(Moment.files))
    func `a copy that was killed goes on to the very bytes of one that was not`(
        moment: Moment
    ) throws {
        let folder = try TemporaryFolder()
        let source = try Self.source(folder)
        let (whole, copy) = (folder.path + "/whole.zarr", folder.path + "/copy.zarr")
        try Self.run(["copy", source, whole])
        let wasKilled = try Killed.run(["copy", source, copy + Self.slow]) {
            moment.isReached(Killed.files(copy))
        }
        #expect(wasKilled)
        let before = Killed.files(copy).filter { !Self.isWorkOfOurs($0) }
        let chunks = before.filter { $0.contains("/c/") }.count
        let isBegun = folder.read("copy.zarr/.zscope-copy.json") != nil
        let document = try Self.run(["copy", source, copy, "--json", "--verify"]).json()
        #expect(document["complete"] == true && document["verified"] == 128)
        // What was there already is not copied again.
        #expect(document["kept"]?.intValue == chunks && document["resumed"] == .bool(isBegun))
        #expect(try Self.vacuumed(copy) == Killed.files(whole).sorted())
        #expect(Self.contents(folder, "copy.zarr") == Self.contents(folder, "whole.zarr"))
    }

    @Test func `a copy that is killed again and again ends with the very bytes`() throws {
        let folder = try TemporaryFolder()
        let source = try Self.source(folder)
        let copy = folder.path + "/copy.zarr"
        var kills = 0
        while try Killed.run(
            ["copy", source, copy + Self.slow, "--chunks", "16,4"],
            when: { [seen = Killed.files(copy).count] in Killed.files(copy).count > seen + 20 }
        ) {
            kills += 1
            // Nothing that is unfinished can be taken for an array.
            for name in ["a", "b"] where folder.read("copy.zarr/\(name)/zarr.json") == nil {
                #expect(try Program.run("read", copy + "/" + name).status == 2)
            }
        }
        #expect(kills >= 3)
        try Self.run(["copy", source, folder.path + "/whole.zarr", "--chunks", "16,4"])
        _ = try Self.vacuumed(copy)
        #expect(Self.contents(folder, "copy.zarr") == Self.contents(folder, "whole.zarr"))
    }

    @Test func `a copy that is killed while a file is being written leaves no torn chunk`() throws {
        let folder = try TemporaryFolder()
        let (source, copy) = (folder.path + "/source.zarr", folder.path + "/copy.zarr")
        try Self.run(["create", source, "--codecs", "none"] + Self.large)
        try Self.run(["write", source, "...", "--value", "7"])
        let wasKilled = try Killed.run(["copy", source, copy, "--chunks", "2048,2048"]) {
            Moment.unfinishedFile.isReached(Killed.files(copy))
        }
        #expect(wasKilled)
        let whole = try Self.run(["copy", source, copy, "--chunks", "2048,2048", "--json"]).json()
        #expect(whole["complete"] == true)
        #expect(try Self.vacuumed(copy).count == 17)
        #expect(try Self.run(["verify", copy, "--json"]).json()["checked"] == 16)
        #expect(try Self.run(["compare", source, copy, "--values"]).status == 0)
    }

    // MARK: - Writing

    @Test(arguments: [.unfinishedFile, .files(3), .files(30)] as [Moment])
    func `of a write that was killed each chunk is whole, and writing again finishes it`(
        moment: Moment
    ) throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/a.zarr"
        try Self.run(["create", path, "--codecs", "none"] + Self.large)
        let isSlow = moment != .unfinishedFile
        let place = path + (isSlow ? Self.slow : "")
        #expect(
            try Killed.run(["write", place, "...", "--value", "7"]) {
                moment.isReached(Killed.files(path))
            }
        )
        // A chunk is there with all of its values, or it is absent: verify decodes each of them.
        let found = try Program.run("verify", path, "--json").json()
        #expect(found["corrupt"] == 0)
        let states = Set(found["findings"]?.arrayValue?.compactMap { $0["state"] } ?? [])
        #expect(states.isSubset(of: ["missing"]))
        try Self.run(["write", path, "...", "--value", "7"])
        #expect(try Self.vacuumed(path).count == 65)
        let values = try Self.run(["read", path, "--format", "raw"]).output
        #expect(values.count == 1 << 26 && values.allSatisfy { $0 == 7 })
    }

    @Test func `of chunks that were being replaced each has its old values or its new ones`() throws
    {
        let folder = try TemporaryFolder()
        let path = folder.path + "/a.zarr"
        try Self.run([
            "create", path, "--shape", "64,64", "--shards", "8,8", "--chunks", "4,4", "--dtype",
            "uint8",
        ])
        try Self.run(["write", path, "...", "--value", "1"])
        let old = Self.contents(folder, "a.zarr")
        // Every other row: each shard keeps the rest of its values.
        #expect(
            try Killed.run(["write", path + Self.slow, "[::2]", "--value", "2"]) {
                folder.read("a.zarr/c/4/0") != old["c/4/0"]
            }
        )
        let values = try Self.run(["read", path, "--format", "raw"]).output
        #expect(values.count == 4096)
        for shard in 0..<64 {
            let start = shard / 8 * 512 + shard % 8 * 8
            let rows = (0..<8).map { row in Set(values[start + row * 64..<start + row * 64 + 8]) }
            let isNew = rows[0] == [2]
            #expect(rows == (0..<8).map { isNew && $0.isMultiple(of: 2) ? [2] : [1] })
        }
        try Self.run(["write", path, "[::2]", "--value", "2"])
        #expect(try Self.vacuumed(path) == old.keys.sorted())
        #expect(try Self.run(["stats", path, "--json"]).json()["mean"]?.doubleValue == 1.5)
    }

    // MARK: - Deleting

    /// An array whose 64 chunks all differ.
    private static func numbered(_ folder: TemporaryFolder) throws -> String {
        let path = folder.path + "/a.zarr"
        try run(["create", path, "--shape", "512", "--chunks", "8", "--dtype", "uint16"])
        try folder.write("numbers", (0..<512).flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] })
        try run(["write", path, "...", "--from", folder.path + "/numbers", "--raw"])
        return path
    }

    /// The chunks that are where they belong.
    private static func chunks(_ path: String) -> [String] {
        Killed.files(path).filter { $0.hasPrefix("c/") && !isUnfinished($0) }.sorted()
    }

    @Test(arguments: [64, 63, 40, 16])
    func `a delete that was killed comes back whole, or goes on`(left: Int) throws {
        let folder = try TemporaryFolder()
        let path = try Self.numbered(folder)
        let before = Self.contents(folder, "a.zarr")
        let words = ["--box", "0:64", "--yes"]
        #expect(
            try Killed.run(["delete", path + Self.slow] + words) {
                let trash = Killed.files(path + "/.zscope-trash")
                return trash.contains { $0.hasSuffix("manifest.json") }
                    && Self.chunks(path).count <= left
            }
        )
        // Each chunk is in its place or in the trash, with every byte.
        let now = Self.contents(folder, "a.zarr")
        for (key, bytes) in before where key.hasPrefix("c/") {
            let kept = now.first {
                $0.key.hasPrefix(".zscope-trash/") && $0.key.hasSuffix("/" + key)
            }
            #expect(now[key] == bytes || kept?.value == bytes, "\(key)")
        }
        try Self.run(["delete", path] + words)
        #expect(Self.chunks(path).isEmpty)
        while Self.chunks(path).count < 64 { try Self.run(["restore", path]) }
        #expect(Self.chunks(path).count == 64)
        _ = try Self.vacuumed(path)
        #expect(Self.contents(folder, "a.zarr") == before)
    }

    @Test(arguments: [1, 20, 40])
    func `a restore that was killed goes on`(restored: Int) throws {
        let folder = try TemporaryFolder()
        let path = try Self.numbered(folder)
        let before = Self.contents(folder, "a.zarr")
        try Self.run(["delete", path, "--box", "0:64", "--yes"])
        #expect(
            try Killed.run(["restore", path + Self.slow]) { Self.chunks(path).count >= restored }
        )
        _ = try Program.run("restore", path)
        _ = try Self.vacuumed(path)
        #expect(Self.contents(folder, "a.zarr") == before)
    }
}
