import Glibc
import Testing

/// Following writers that are other processes, as they write.
@Suite(.serialized)
struct WatchTests {
    private let folder: TemporaryFolder
    private var array: String { folder.path + "/a.zarr" }

    init() throws {
        folder = try TemporaryFolder()
    }

    /// An array of 4 × 6 chunks of which none is stored.
    private func create(_ options: String...) throws {
        let words = ["create", array, "--shape", "40,60", "--chunks", "10,10", "--dtype", "int16"]
        let made = try Program.run(words + ["--codecs", "none"] + options)
        #expect(made.status == 0, "\(made.messages)")
    }

    private func write(_ selection: String, _ value: String = "7") throws {
        let done = try Program.run("write", array, selection, "--value", value)
        #expect(done.status == 0, "\(done.messages)")
    }

    private func shell(_ script: String) throws {
        let done = try ChildProcess.run("/bin/sh", ["-ec", "cd '\(array)'\n" + script])
        #expect(done.status == 0, "\(done.messages)")
    }

    // MARK: The explorer

    @Test(.enabled(if: Tmux.path != nil))
    func `the explorer is told by the system what another process writes and removes`() throws {
        try create()
        let terminal = try Tmux([array])
        try terminal.press("Enter")
        try terminal.expect("24 missing of 24")
        try terminal.press("W")
        try terminal.expect("Watching (the system tells)")
        try write("[0:10,:]")
        try terminal.expect("watch +6")
        // In place, as scripts write, and in a folder that was not there.
        try shell("mkdir -p c/3 && head -c 200 /dev/zero > c/3/5")
        try terminal.expect("watch +7")
        try shell("rm c/0/2 c/0/3")
        try terminal.expect("watch +7 -2")
        // Short to begin with, whole in the end.
        try shell("head -c 20 /dev/zero > c/3/4")
        try terminal.expect("watch +8 -2")
        try terminal.expect("short")
        try shell("head -c 200 /dev/zero > c/3/4")
        try terminal.screen { !$0.contains("short") }
        // What is told too late for the watch is found by its last listing.
        try shell("rm -r c/0")
        try terminal.press("W")
        try terminal.expect("Watch ended: 8 came, 6 went")
        try terminal.expect("22 missing")
    }

    @Test(.enabled(if: Tmux.path != nil), arguments: ["", "|latency:p50=1ms", "|readonly|retry"])
    func `a watch begins in the browser too, and through layers`(layers: String) throws {
        try create()
        let terminal = try Tmux([folder.path + layers], columns: 160, rows: 45)
        try terminal.expect("24 missing")
        try terminal.press("Down")
        try terminal.expect("24 chunks")
        try terminal.press("W")
        try terminal.expect("Watching (the system tells)")
        try write("[0:10,:]")
        try terminal.expect("watch +6")
        try terminal.expect("18 missing")
        try terminal.press("C")
        try terminal.expect("› compare")
    }

    // MARK: The command

    @Test func `a line is printed as each chunk comes, goes or is written again`() throws {
        try create()
        let watcher = try Watcher([array])
        // Again and again until it looks.
        try watcher.read(until: { $0.contains("c/0/0") }, between: { try write("[0,0]") })
        try write("[0:10,10:20]")
        try watcher.read { $0.contains(" + c/0/1  200 B\n") }
        try write("[5,15]", "9")
        try watcher.read { $0.contains(" ~ c/0/1  200 B\n") }
        try shell("rm c/0/1")
        try watcher.read { $0.contains(" - c/0/1\n") }
        try write("...")
        #expect(try watcher.end() == 0)
        #expect(watcher.text.contains(" + c/3/5  200 B\n"))
    }

    @Test(
        .enabled(if: Fixtures.hasPython, "no other programs: make fixtures"),
        arguments: ["zarr", "tensorstore"],
        ["3", "2"]
    )
    func `other libraries write by names of their own, and each chunk is told once`(
        library: String,
        format: String
    ) throws {
        try create("--zarr", format)
        let watcher = try Watcher([array])
        try watcher.read(until: { !$0.isEmpty }, between: { try write("[0,0]") })
        let open =
            library == "zarr"
            ? "import zarr; a = zarr.open_array('\(array)', mode='r+')"
            : "import tensorstore as t; a = t.open({'driver': 'zarr\(format == "3" ? "3" : "")', "
                + "'kvstore': {'driver': 'file', 'path': '\(array)'}}).result()"
        let rows =
            "import numpy\nfor y in range(0, 40, 10): a[y:y+10, :] = numpy.ones((10, 60), 'i2')"
        let writer = try ChildProcess.run(Fixtures.python, ["-c", open + "\n" + rows])
        #expect(writer.status == 0, "\(writer.messages)")
        #expect(try watcher.end() == 0)
        // The first one may have been there before it looked.
        let first = format == "3" ? "c/0/0" : "0.0"
        let lines = watcher.text.split(separator: "\n").filter { !$0.contains(" \(first) ") }
        let keys = lines.compactMap { $0.split(separator: " ").dropFirst(2).first }
        #expect(keys.count == 23 && Set(keys).count == 23, "\(watcher.text)")
        #expect(lines.allSatisfy { $0.contains("  + ") && $0.hasSuffix(" B") })
    }

    @Test(.enabled(if: Fixtures.hasPython, "no other programs: make fixtures"))
    func `an array that a writer appends to is followed in its new length`() throws {
        try create()
        let watcher = try Watcher([array])
        try watcher.read(until: { !$0.isEmpty }, between: { try write("[0,0]") })
        let script = """
            import zarr, numpy
            a = zarr.open_array('\(array)', mode='r+')
            a.append(numpy.ones((10, 60), 'i2'))
            a[:40] = 3
            """
        let writer = try ChildProcess.run(Fixtures.python, ["-c", script])
        #expect(writer.status == 0, "\(writer.messages)")
        #expect(try watcher.end() == 0)
        #expect(watcher.messages.contains("the array is 50 × 60 by now"))
        #expect(watcher.messages.contains("all 30 chunks are there"))
    }
}

/// `zscope chunks --watch`, and what it has printed so far.
private final class Watcher {
    private(set) var text = ""
    private(set) var messages = ""
    private let output: Pipe
    private let errors: Pipe
    private let child: pid_t
    private var isOver = false

    init(_ words: [String]) throws {
        output = try Pipe()
        errors = try Pipe()
        child = try ChildProcess.start(
            Program.path,
            ["chunks"] + words + ["--watch"],
            environment: ["LC_ALL": "C.UTF-8", "TERM": "xterm-256color"],
            output: output.writing,
            errors: errors.writing
        )
        output.closeWriting()
        errors.closeWriting()
    }

    deinit {
        guard !isOver else { return }
        kill(child, SIGKILL)
        _ = ChildProcess.wait(for: child)
        close(output.reading)
        close(errors.reading)
    }

    /// Waits until what it printed is as `condition` says; does `deed` again and again meanwhile.
    func read(
        until condition: (String) -> Bool,
        between deed: () throws -> Void = {}
    ) throws {
        let end = ContinuousClock.now + .seconds(30)
        while !condition(text) {
            guard ContinuousClock.now < end else {
                throw ChildProcess.Failure(message: "it said only: \(text)")
            }
            try deed()
            var waiting = pollfd(fd: output.reading, events: Int16(POLLIN), revents: 0)
            guard unsafe poll(&waiting, 1, 100) > 0 else { continue }
            let piece = Pipe.read(output.reading)
            guard !piece.isEmpty else {
                throw ChildProcess.Failure(message: "it ended after: \(text)")
            }
            text += String(decoding: piece, as: UTF8.self)
        }
    }

    /// The exit status, once it has ended by itself.
    func end() throws -> Int32 {
        isOver = true
        guard let rest = Pipe.drain([output, errors], seconds: 30) else {
            kill(child, SIGKILL)
            _ = ChildProcess.wait(for: child)
            throw ChildProcess.Failure(message: "it goes on after: \(text)")
        }
        text += String(decoding: rest[0], as: UTF8.self)
        messages += String(decoding: rest[1], as: UTF8.self)
        return ChildProcess.wait(for: child)
    }
}
