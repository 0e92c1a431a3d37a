import CFileSystem
import Glibc
import Testing

@Suite struct OpenBeneathTests {
    private let scratch = Scratch()

    @Test func `old kernels and new ones open and refuse the same paths`() throws {
        scratch.shell("mkdir -p r/d/e && echo 1 > r/d/e/f && echo 2 > outside && mkfifo r/p")
        scratch.shell("ln -s d r/l && ln -s ../outside r/out && ln -s .. r/up && ln -s f r/d/e/g")
        let root = unsafe open(scratch.path + "/r", O_RDONLY | O_DIRECTORY)
        try #require(root >= 0)
        defer { close(root) }
        let paths: [(String, Int32)] = [
            ("d/e/f", 0), ("d/e", 0), ("p", 0), ("none", ENOENT), ("d/none/x", ENOENT),
            ("d/e/f/x", ENOTDIR), ("l", ELOOP), ("l/e/f", ELOOP), ("out", ELOOP),
            ("up/outside", ELOOP), ("d/e/g", ELOOP), ("l/none", ELOOP),
            (String(repeating: "n", count: 256), ENAMETOOLONG),
        ]
        for flags in [O_RDONLY, O_RDONLY | O_DIRECTORY] {
            for (path, due) in paths {
                let isFile = flags != O_RDONLY && ["d/e/f", "p"].contains(path)
                for isOld in [false, true] {
                    let answer =
                        isOld
                        ? unsafe zscope_open_by_segments(root, path, flags, 0)
                        : unsafe zscope_open_beneath(root, path, flags, 0)
                    #expect(answer >= 0 ? due == 0 : -answer == (isFile ? ENOTDIR : due), "\(path)")
                    if answer >= 0 { close(answer) }
                }
            }
        }
    }
}
