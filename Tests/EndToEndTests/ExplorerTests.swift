import Glibc
import Testing

/// The explorer in a real terminal.
@Suite(.enabled(if: Tmux.path != nil), .serialized)
struct ExplorerTests {
    @Test func `a chunk is found, deleted, seen missing and brought back`() throws {
        let demo = try Demo.Copy()
        let before = try #require(demo.file("legacy/rainfall/0.2"))
        let terminal = try Tmux([demo.path + "/legacy/rainfall", "--write"])
        try terminal.expect("1 missing")
        try terminal.press("n")
        try terminal.expect("missing 1/1: lat 1  lon 2")
        try terminal.press("g", "Space")
        try terminal.expect("1 chunk marked")
        try terminal.press("D")
        try terminal.expect("would change 1 object")
        try terminal.press("Enter")
        try terminal.expect("Type the number of objects")
        #expect(demo.file("legacy/rainfall/0.2") == before)
        try terminal.type("1")
        try terminal.press("Enter")
        try terminal.expect("changed   1")
        #expect(demo.file("legacy/rainfall/0.2") == nil)
        try terminal.press("Escape")
        try terminal.expect("2 missing of 9")
        try terminal.press("z")
        try terminal.expect("When (UTC)")
        try terminal.press("Enter")
        try terminal.expect("restored  1")
        #expect(demo.file("legacy/rainfall/0.2") == before)
        try terminal.press("Q")
        try terminal.expect("ended 0")
    }

    @Test func `without the write option nothing is deleted`() throws {
        let demo = try Demo.Copy()
        let terminal = try Tmux([demo.path + "/legacy/rainfall"])
        try terminal.expect("1 missing")
        try terminal.press("g", "Space", "D")
        try terminal.expect("--write")
        #expect(demo.file("legacy/rainfall/0.2") != nil)
        try terminal.press("Q")
        try terminal.expect("ended 0")
    }

    @Test func `every screen of an array opens and closes`() throws {
        let terminal = try Tmux([Demo.path.get() + "/terrain"], columns: 120, rows: 36)
        try terminal.expect("144")
        try terminal.press("Enter")
        try terminal.expect("› chunk [0,0]")
        try terminal.press("Escape")
        try terminal.expect("› map")
        try terminal.press("s")
        try terminal.expect("› slice")
        try terminal.expect("In view")
        try terminal.press("Tab")
        try terminal.press("Escape")
        try terminal.expect("› map")
        try terminal.press("?")
        try terminal.expect("Keys that work here")
        try terminal.press("Q")
        try terminal.press("Q")
        try terminal.expect("ended 0")
    }

    @Test func `the terminal is as it was after the program has ended`() throws {
        let terminal = try Tmux([Demo.path.get()])
        try terminal.expect("terrain")
        try terminal.press("Q")
        let screen = try terminal.expect("over")
        #expect(screen.contains("ended 0"))
        #expect(!screen.contains("-icanon"))
        #expect(!screen.contains("-echo"))
    }

    @Test(arguments: [
        (SIGTERM, 143), (SIGHUP, 129), (SIGINT, 130), (SIGSEGV, 139), (SIGABRT, 134), (SIGILL, 132),
    ])
    func `a signal gives the terminal back`(signal: Int32, status: Int) throws {
        let terminal = try Tmux([Demo.path.get()])
        try terminal.expect("terrain")
        kill(try terminal.process(), signal)
        let screen = try terminal.expect("over")
        #expect(screen.contains("ended \(status)"))
        #expect(!screen.contains("-icanon"))
        #expect(!screen.contains("-echo"))
    }

    @Test func `an idle explorer writes no byte`() throws {
        let terminal = try Tmux([Demo.path.get()])
        try terminal.expect("terrain")
        _ = terminal.bytesWritten(in: 300)
        #expect(terminal.bytesWritten(in: 1500) == 0)
        try terminal.press("Q")
        try terminal.expect("over")
    }

    @Test(arguments: [(1, 1), (3, 2), (20, 5)])
    func `any size of the terminal is survived`(columns: Int, rows: Int) throws {
        let terminal = try Tmux([Demo.path.get()])
        try terminal.expect("terrain")
        try terminal.resize(columns: columns, rows: rows)
        try terminal.press("Down", "Enter")
        try terminal.resize(columns: 80, rows: 24)
        try terminal.expect("demo.zarr")
        try terminal.press("Q")
        try terminal.expect("ended 0")
    }

    @Test func `without UTF-8 only ASCII is written`() throws {
        let terminal = try Tmux([Demo.path.get()], environment: ["LC_ALL": "C"])
        try terminal.expect("terrain")
        #expect(terminal.written.allSatisfy { $0 < 0x80 })
        try terminal.press("Q")
        try terminal.expect("ended 0")
    }

    @Test func `NO_COLOR is honoured`() throws {
        let terminal = try Tmux([Demo.path.get()], environment: ["NO_COLOR": "1"])
        try terminal.expect("terrain")
        #expect(terminal.colorsWritten.isEmpty)
        try terminal.press("Q")
        try terminal.expect("ended 0")
    }

    @Test func `an unknown kind of terminal is taken for a common one`() throws {
        let terminal = try Tmux([Demo.path.get()], environment: ["TERM": "no-such-terminal"])
        try terminal.expect("terrain")
        try terminal.press("Q")
        try terminal.expect("ended 0")
    }

    @Test func `a name that would steer the terminal never reaches it raw`() throws {
        let demo = try Demo.Copy()
        let name = "evil\u{1b}]0;title\u{7}\u{1b}[2J\u{202e}x"
        try demo.write(
            "\(name)/zarr.json",
            Array("{\"zarr_format\":3,\"node_type\":\"group\"}".utf8)
        )
        let terminal = try Tmux([demo.path])
        try terminal.expect("evil")
        try terminal.press("Down", "Down", "Down", "Down")
        try terminal.expect("evil")
        let text = String(decoding: terminal.written, as: UTF8.self)
        #expect(!text.contains("evil\u{1b}"))
        #expect(!text.contains("]0;title" + "\u{7}"))
        #expect(!text.contains("\u{202e}"))
        try terminal.press("Q")
        try terminal.expect("ended 0")
        let tree = try Program.run("tree", demo.path)
        #expect(!(tree.text + tree.messages).contains("\u{1b}"))
        #expect(!(tree.text + tree.messages).contains("\u{202e}"))
    }

    @Test func `the first screen does not wait for the storage`() throws {
        let terminal = try Tmux(["mock:?delay=20s&over=" + Demo.path.get()])
        try terminal.expect("zscope")
        try terminal.press("Q")
        try terminal.expect("ended 0")
    }
}
