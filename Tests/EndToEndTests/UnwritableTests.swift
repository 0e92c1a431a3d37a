import Testing

/// Storage that takes nothing more: what is said, and what is left.
struct UnwritableTests {
    /// Whether this machine lets a test mount something of its own.
    static let mounts = (try? ChildProcess.run("/usr/bin/unshare", ["-rm", "true"]))?.status == 0

    /// Runs `script` where `$D` is a folder that was mounted with `options`; `$Z` is the program.
    private static func run(_ options: String, _ script: String) throws -> ChildProcess.Outcome {
        let folder = try TemporaryFolder()
        let head =
            "D='\(folder.path)'; Z='\(Program.path)'; mount -t tmpfs -o \(options) x $D || exit 77; "
        return try ChildProcess.run("/usr/bin/unshare", ["-rm", "/bin/sh", "-c", head + script])
    }

    @Test(
        .enabled(if: mounts),
        arguments: [
            "write $D/a ... --value 2", "create $D/b --shape 4 --dtype uint8", "copy $D/a $D/c",
            "bench $D/a --count 1", "conform $D/a --yes", "delete $D/a --chunks 0 --yes",
        ]
    )
    func `a file system for reading only is called that`(line: String) throws {
        let outcome = try Self.run(
            "size=1m",
            """
            $Z create $D/a --shape 4 --dtype uint8 --codecs none >/dev/null
            $Z write $D/a ... --value 1 >/dev/null
            mount -o remount,ro $D; $Z \(line)
            """
        )
        #expect(outcome.status == 2 && outcome.output.isEmpty, "\(outcome.text)")
        #expect(outcome.messages.contains("Read-only file system"), "\(outcome.messages)")
        #expect(outcome.messages.contains("a place that can be written"), "\(outcome.messages)")
        #expect(!outcome.messages.contains("layer"), "\(outcome.messages)")
    }

    @Test(.enabled(if: mounts))
    func `a full disk keeps what it holds, and says so`() throws {
        let outcome = try Self.run(
            "size=32k",
            """
            $Z create $D/a --shape 40000 --chunks 20000 --dtype uint8 --codecs none >/dev/null
            $Z write $D/a '[:20000]' --value 55 >/dev/null
            $Z write $D/a '[20000:]' --value 1
            echo "status $?"; $Z stats $D/a '[:20000]' --json
            """
        )
        #expect(outcome.messages.contains("the disk is full"), "\(outcome.messages)")
        #expect(outcome.messages.contains("what was stored before is untouched"))
        #expect(outcome.messages.contains("make room"))
        #expect(outcome.text.contains("status 2") && outcome.text.contains(#""min": 55"#))
    }

    @Test(.enabled(if: mounts))
    func `a delete that has no room for its trash says how to do without`() throws {
        let outcome = try Self.run(
            "size=32k",
            """
            $Z create $D/a --shape 20000 --chunks 20000 --dtype uint8 --codecs none >/dev/null
            $Z write $D/a ... --value 1 >/dev/null
            dd if=/dev/zero of=$D/rest bs=1k 2>/dev/null
            $Z delete $D/a --chunks 0 --yes; echo "status $?"
            $Z delete $D/a --chunks 0 --yes --no-trash; echo "status $?"
            """
        )
        #expect(outcome.messages.contains("--no-trash"), "\(outcome.messages)\(outcome.text)")
        #expect(outcome.text.contains("status 0"), "\(outcome.messages)\(outcome.text)")
    }
}
