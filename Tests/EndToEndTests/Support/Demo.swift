import Glibc
import Testing

/// The demo store, made by the program itself.
enum Demo {
    /// A copy of the demo store that a test may change.
    final class Copy {
        private let folder: TemporaryFolder
        /// Where the store is.
        let path: String

        init() throws {
            folder = try TemporaryFolder()
            path = folder.path + "/demo.zarr"
            let outcome = try ChildProcess.run("/bin/cp", ["-r", try Demo.path.get(), path])
            #expect(outcome.status == 0)
        }

        /// A file of the store, `nil` when it is absent.
        func file(_ key: String) -> [UInt8]? {
            folder.read("demo.zarr/" + key)
        }

        /// Puts a file into the store.
        func write(_ key: String, _ bytes: [UInt8]) throws {
            try folder.write("demo.zarr/" + key, bytes)
        }
    }

    /// One store for all tests of this process that only read.
    static let path = Result<String, any Error> {
        let path = folder + "/demo.zarr"
        let outcome = try Program.run("demo", path)
        guard outcome.status <= 1 else {
            throw ChildProcess.Failure(message: "no demo store: \(outcome.messages)")
        }
        return path
    }

    /// What this process of tests keeps, the demo store in it. What processes kept that have ended is
    /// swept away: nothing is told when a test process ends.
    static let folder: String = {
        let stem = "/tmp/zscope-test-demo-\(Program.user)-"
        let sweep = """
            for folder in \(stem)*; do kill -0 "${folder##*-}" 2>/dev/null || rm -rf "$folder"; done
            """
        _ = try? ChildProcess.run("/bin/sh", ["-c", sweep])
        return "\(stem)\(getpid())"
    }()
}
