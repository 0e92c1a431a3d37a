import Arena
import Glibc
import Storage

@testable import StorageBackends

extension FuzzTarget {
    /// Archives: every member that the directory names is read.
    static let archives = FuzzTarget(
        name: "archives",
        seeds: { Self.sampleArchives() },
        words: ["PK\u{1}\u{2}", "PK\u{3}\u{4}", "PK\u{5}\u{6}", "PK\u{6}\u{6}", "PK\u{6}\u{7}"],
        make: {
            var template = Array("/tmp/zscope-fuzz-XXXXXX".utf8CString)
            let file = unsafe mkstemp(&template)
            unsafe unlink(template)
            require(file >= 0, "there is a file without a name")
            return { input in
                require(ftruncate(file, 0) == 0, "the file can be emptied")
                require(
                    unsafe pwrite(file, input, input.count, 0) == input.count,
                    "the file can be written"
                )
                Self.readArchive("/proc/self/fd/\(file)")
            }
        }
    )

    private static func readArchive(_ path: String) {
        guard let store = try? ZipStore(path: path, folder: "", objectLimit: 1 << 20) else {
            return
        }
        let arena = Arena(capacity: 16)
        for member in store.index.members.prefix(64) {
            let name = String(decoding: store.index.names[member.name], as: UTF8.self)
            guard let key = try? StoreKey(name) else { fatalError("members are store keys") }
            for range in [ByteRange.all, .suffix(3), .bounded(offset: 2, count: 7)] {
                arena.resize(to: 0)
                _ = try? store.readBlocking(key, range, into: arena)
                require(arena.count <= 1 << 20, "no object is larger than the limit")
            }
        }
    }

    private static func sampleArchives() -> [[UInt8]] {
        var plain = ZipBuilder()
        plain.members = [
            .init("a/zarr.json", Array("{}".utf8)), .init("a/c/0", [1, 2, 3, 4, 5]),
            .init("../x", [9]),
        ]
        var deflated = ZipBuilder.Member("a/c/1", [7, 7, 7, 7])
        // One stored block of deflate.
        deflated.packed = [1, 4, 0, 0xfb, 0xff, 7, 7, 7, 7]
        deflated.method = 8
        plain.members.append(deflated)
        var wide = plain
        wide.isZip64 = true
        for number in wide.members.indices { wide.members[number].isWide = true }
        var commented = plain
        commented.comment = Array("comment".utf8)
        commented.junkBefore = 40
        return [plain, wide, commented].map { $0.bytes() }
    }
}
