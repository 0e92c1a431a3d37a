import JSONValue
import Testing

/// The delete plan on real stores, played from scripts.
struct PlanScreenTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    /// Plays a script with writing allowed, and gives what was shown.
    @discardableResult
    private func play(_ script: String, _ locator: String) throws -> String {
        try folder.write("script", Array(script.utf8))
        let outcome = try Program.run(
            [locator, "--write", "--script", folder.path + "/script", "--size", "100x30"],
            environment: [
                "XDG_STATE_HOME": folder.path + "/state", "XDG_DATA_HOME": folder.path + "/data",
            ]
        )
        #expect(outcome.status == 0, "\(outcome.messages)")
        return outcome.text
    }

    /// Goes from the map to the plan of the chunk at the start of the grid.
    private let firstChunk = "wait idle\nkey space\nkey D\nwait idle\n"

    private func confirming(_ count: Int) -> String {
        "key enter\ntype \(count)\nkey enter\nwait idle\nscreen done\n"
    }

    private let undoing = "key z\nwait idle\nscreen undone\n"

    private func values(_ path: String) throws -> [UInt8] {
        try Program.run("read", path, "--format", "raw").output
    }

    @Test func `a reset stores nothing any more, and undo brings the same bytes back`() throws {
        let demo = try Demo.Copy()
        let key = "legacy/rainfall/0.0"
        let before = try #require(demo.file(key))
        let change = firstChunk + "key e\nkey 2\nwait idle\nscreen plan\n" + confirming(1)
        let screen = try play(change, demo.path + "/legacy/rainfall")
        #expect(screen.contains("reset to fill") && screen.contains("changed   1"))
        #expect(demo.file(key) == nil)
        let undone = try play(
            "wait idle\nkey z\nwait idle\nkey enter\nwait idle\nscreen\n",
            demo.path + "/legacy/rainfall"
        )
        #expect(undone.contains("restored  1"))
        #expect(demo.file(key) == before)
    }

    @Test func `a chunk is encoded again with the same values, and undo brings its bytes back`()
        throws
    {
        let demo = try Demo.Copy()
        let array = demo.path + "/legacy/rainfall"
        let key = "legacy/rainfall/0.0"
        let (before, held) = (try #require(demo.file(key)), try values(array))
        let screen = try play(firstChunk + "key e\nkey 3\nwait idle\n" + confirming(1), array)
        #expect(screen.contains("Done"))
        #expect(demo.file(key) != nil)
        #expect(try values(array) == held)
        guard screen.contains("changed   1") else { return }
        try play("wait idle\nkey z\nwait idle\nkey enter\nwait idle\n", array)
        #expect(demo.file(key) == before)
    }

    @Test func `a repair takes values of another store, and undo takes them away again`() throws {
        let (demo, backup) = (try Demo.Copy(), try Demo.Copy())
        let key = "legacy/rainfall/0.0"
        let array = demo.path + "/legacy/rainfall"
        try demo.write(key, [1, 2, 3])
        let change =
            firstChunk + "key e\nkey 4\ntype \(backup.path)/legacy/rainfall\nkey enter\n"
            + "wait idle\nscreen plan\n" + confirming(1)
        let screen = try play(change + undoing, array)
        #expect(screen.contains("repair from") && screen.contains("changed   1"))
        #expect(screen.contains("restored  1"))
        #expect(demo.file(key) == [1, 2, 3])
        try play(change, array)
        #expect(demo.file(key) == backup.file(key))
    }

    @Test func `a vacuum removes what lies outside the grid and nothing else`() throws {
        let demo = try Demo.Copy()
        let orphan = try #require(demo.file("terrain/c/0/0"))
        try demo.write("terrain/c/99/99", orphan)
        let before = try values(demo.path + "/legacy/rainfall")
        let screen = try play(
            "wait idle\nkey P\nwait idle\nkey v\nwait idle\nscreen plan\n" + confirming(1),
            demo.path + "/terrain"
        )
        #expect(screen.contains("1 orphan") && screen.contains("changed   1"))
        #expect(demo.file("terrain/c/99/99") == nil)
        #expect(demo.file("terrain/c/0/0") == orphan)
        #expect(try values(demo.path + "/legacy/rainfall") == before)
    }

    @Test func `an orphan in the findings is staged as a vacuum`() throws {
        let demo = try Demo.Copy()
        try demo.write("terrain/c/99/99", [1])
        let screen = try play(
            "wait idle\nkey L\nwait idle\nkey /\ntype orphan\nkey enter\nkey D\nwait idle\nscreen\n",
            demo.path + "/terrain"
        )
        #expect(screen.contains("vacuum") && screen.contains("1 orphan"))
        #expect(demo.file("terrain/c/99/99") != nil)
    }

    @Test func `a failure asks, and each answer does what it says`() throws {
        let demo = try Demo.Copy()
        let failing = "mock:\(demo.path)/legacy/rainfall?fail_on=delete"
        let begin =
            "wait idle\nkey g\nkey v\nkeys 2 right\nkey v\nkey D\nwait idle\n"
            + "key enter\ntype 3\nkey enter\nwait idle\nscreen asked\n"
        let skipping = try play(
            begin + "key s\nwait idle\nscreen next\nkey a\nwait idle\nscreen all\n",
            failing
        )
        let screens = skipping.split(separator: "--- ").map(String.init)
        #expect(screens.count == 3)
        #expect(screens[0].contains("injected by the mock backend"))
        #expect(screens[1].contains("injected by the mock backend"))
        #expect(screens[2].contains("failed    3") && screens[2].contains("changed   0"))
        let stopping = try play(begin + "key enter\nwait idle\nscreen stopped\n", failing)
        #expect(stopping.contains("changed   0") && !stopping.contains("failed    0"))
        #expect(demo.file("legacy/rainfall/0.0") != nil)
    }

    @Test func `a delete that failed leaves nothing deleted, and stays staged`() throws {
        let demo = try Demo.Copy()
        let screen = try play(
            firstChunk + "key enter\ntype 1\nkey enter\nwait idle\nkey enter\nwait idle\n"
                + "key esc\nkey P\nwait idle\nscreen\n",
            "mock:\(demo.path)/legacy/rainfall?fail_on=delete"
        )
        #expect(screen.contains("would change 1 object"))
    }

    @Test func `what was exported from the findings and from the plan is what delete takes`() throws
    {
        let demo = try Demo.Copy()
        let array = demo.path + "/terrain"
        let keys = folder.path + "/keys.txt"
        let plan = folder.path + "/plan.ndjson"
        let screen = try play(
            "wait idle\nkey L\nkey V\nwait idle\nkey w\nkey ctrl-u\ntype \(keys)\nscreen named\n"
                + "key enter\nwait idle\nkey g\nkey D\nwait idle\nscreen plan\n"
                + "key s\nkey ctrl-u\ntype \(plan)\nkey enter\nwait idle\n",
            array
        )
        #expect(screen.contains("list of keys"))
        #expect(screen.contains("would change 1 object"))
        for (file, planned) in [(keys, 2), (plan, 1)] {
            let outcome = try Program.run("delete", array, "--from", file, "--dry-run", "--json")
            #expect(try outcome.json()["planned"]?.intValue == planned, "\(outcome.messages)")
        }
        let deleted = try Program.run("delete", array, "--from", plan, "--yes", "--json")
        #expect(try deleted.json()["deleted"] == 1)
    }

    @Test func `findings that a filter hides are not staged`() throws {
        let demo = try Demo.Copy()
        let screen = try play(
            "wait idle\nkey L\nkey V\nwait idle\nkey *\nkey /\ntype short\nkey enter\nkey D\n"
                + "wait idle\nscreen refused\nkey esc\nkey D\nwait idle\nscreen plan\n",
            demo.path + "/terrain"
        )
        #expect(screen.contains("A filter hides 6 of them"))
        #expect(screen.contains("would change 2 objects"))
    }

    @Test func `the tree stages the chunks that were chosen, and says why where none are`() throws {
        let demo = try Demo.Copy()
        let screen = try play(
            "wait idle\nkey /\ntype terrain\nkey enter\nwait idle\nkey D\nscreen none\n"
                + "key enter\nwait idle\nkey space\nkey q\nkey D\nwait idle\nscreen plan\n",
            demo.path
        )
        #expect(screen.contains("No chunk of /terrain is chosen"))
        #expect(screen.contains("would change 1 object"))
    }

    @Test func `after a delete the home screen has the new count`() throws {
        let demo = try Demo.Copy()
        let screen = try play(
            firstChunk + confirming(1) + "keys esc q q\nwait idle\nscreen home\n",
            demo.path + "/legacy/rainfall"
        )
        let home = screen.split(separator: "--- ").last ?? ""
        #expect(home.contains("o 2 missing"), "\(home)")
        try folder.write("home", Array("wait idle\nscreen\n".utf8))
        let again = try Program.run(
            ["--script", folder.path + "/home", "--size", "100x30"],
            environment: [
                "XDG_STATE_HOME": folder.path + "/state", "XDG_DATA_HOME": folder.path + "/data",
            ]
        )
        #expect(again.text.contains("o 2 missing"))
    }
}

/// The delete plan beside somebody else who changes the store.
@Suite(.enabled(if: Tmux.path != nil), .serialized)
struct PlanRaceTests {
    @Test func `a chunk that changed since it was counted is left alone and listed`() throws {
        let demo = try Demo.Copy()
        let key = "legacy/rainfall/0.0"
        let terminal = try Tmux([demo.path + "/legacy/rainfall", "--write"])
        try terminal.expect("1 missing")
        try demo.write(key, [1, 2, 3, 4])
        try terminal.press("Space", "Right", "Space", "D")
        try terminal.expect("1 changed")
        try terminal.expect("would change 1 object")
        try terminal.press("Enter")
        try terminal.expect("Type the number of objects")
        try terminal.type("1")
        try terminal.press("Enter")
        try terminal.expect("changed   1")
        try terminal.expect("it changed since the census")
        #expect(demo.file(key) == [1, 2, 3, 4])
        #expect(demo.file("legacy/rainfall/0.1") == nil)
        // What was left alone is left alone the next time too, until it is counted again.
        try terminal.press("Escape", "Left", "Space", "D")
        try terminal.expect("changed: skip")
        try terminal.press("Q")
        try terminal.expect("would be forgotten")
        try terminal.press("Q")
        try terminal.expect("ended 0")
    }

    @Test func `a chunk that changed behind the plan is left alone and listed`() throws {
        let demo = try Demo.Copy()
        let key = "legacy/rainfall/0.0"
        let terminal = try Tmux([demo.path + "/legacy/rainfall", "--write"])
        try terminal.expect("1 missing")
        try terminal.press("Space", "Right", "Space", "D")
        try terminal.expect("would change 2 objects")
        try demo.write(key, [1, 2, 3, 4])
        try terminal.press("Enter")
        try terminal.expect("Type the number of objects")
        try terminal.type("2")
        try terminal.press("Enter")
        try terminal.expect("changed   1")
        try terminal.expect("it changed since it was looked at")
        #expect(demo.file(key) == [1, 2, 3, 4])
        try terminal.press("Q", "Q")
        try terminal.expect("ended 0")
    }

    @Test func `Esc in the middle stops after what is in flight, and the rest stays staged`() throws
    {
        let demo = try Demo.Copy()
        let slow = "mock:\(demo.path)/terrain?delay=60ms"
        let terminal = try Tmux([slow, "--write"])
        try terminal.expect("5 missing")
        try terminal.press("P", "a")
        try terminal.expect("every chunk that is there")
        try terminal.press("3")
        try terminal.expect("would change 138 objects")
        try terminal.press("Enter")
        try terminal.expect("Type the number of objects")
        try terminal.type("138")
        try terminal.press("Enter")
        try terminal.screen { $0.contains(" of 138 ") && !$0.contains(" 0 of 138 ") }
        try terminal.press("Escape")
        let screen = try terminal.expect("Stopped")
        #expect(!screen.contains("changed   138"))
        try terminal.press("Escape")
        try terminal.expect("› map")
        try terminal.press("P")
        let plan = try terminal.expect("would change")
        #expect(!plan.contains("would change 138 objects"))
        #expect(plan.contains("10 staged"))
        try terminal.press("Q", "Q")
        try terminal.expect("ended 0")
    }
}
