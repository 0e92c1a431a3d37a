import Testing

/// What the explorer believes of chunks of a real store, from one screen to the next.
struct KnowledgeTests {
    private let folder: TemporaryFolder
    private var store: String { folder.path + "/a.zarr" }

    /// Two arrays of 4 × 4 chunks with checksums, written long ago; one chunk of the first was damaged.
    init() throws {
        folder = try TemporaryFolder()
        for name in ["one", "two"] {
            let words = ["--shape", "40,40", "--chunks", "10,10", "--dtype", "int16"]
            try run(["create", store + "/" + name] + words + ["--codecs", "crc32c"])
            try run(["write", store + "/" + name, "...", "--value", "7"])
        }
        try shell("printf X | dd of=one/c/1/2 bs=1 conv=notrunc 2>/dev/null")
        try shell("find . -exec touch -d 2020-01-01 {} +")
    }

    private func run(_ words: [String]) throws {
        let done = try Program.run(words)
        #expect(done.status == 0, "\(done.messages)")
    }

    private func shell(_ script: String) throws {
        let done = try ChildProcess.run("/bin/sh", ["-ec", "cd '\(store)'\n" + script])
        #expect(done.status == 0, "\(done.messages)")
    }

    private func play(_ script: String, _ node: String = "") throws -> String {
        try folder.write("script", Array(script.utf8))
        let outcome = try Program.run(
            [store + node, "--write", "--script", folder.path + "/script", "--size", "100x30"],
            environment: [
                "XDG_STATE_HOME": folder.path + "/state", "XDG_DATA_HOME": folder.path + "/data",
            ]
        )
        #expect(outcome.status == 0, "\(outcome.messages)")
        return outcome.text
    }

    private func bytes() throws -> [UInt8]? {
        folder.read("a.zarr/one/c/1/2")
    }

    @Test(arguments: ["", "key e\nkey 2\nwait idle\n"])
    func `a corrupt chunk is corrupt again after its delete or reset is undone`(
        change: String
    ) throws {
        let before = try bytes()
        let screen = try play(
            "wait idle\nkey L\nkey V\nwait idle\nkey down\nkey space\nkey D\nwait idle\n" + change
                + "key enter\ntype 1\nkey enter\nwait idle\nscreen gone\nkey z\nwait idle\n"
                + "key enter\nwait idle\nscreen back\n",
            "/one"
        )
        #expect(try bytes() == before)
        let parts = screen.split(separator: "--- back\n")
        #expect(parts.last?.contains("1 corrupt") == true, "\(screen)")
        #expect(parts.last?.contains("verified 16 of 16") == true, "\(screen)")
        #expect(parts.last?.contains("crc32c") == true, "\(screen)")
    }

    @Test func `what a verify found is there again when the array is opened again`() throws {
        let screen = try play(
            "wait idle\nkey down\nkey enter\nwait idle\nkey V\nwait idle\nkey q\nwait idle\n"
                + "key down\nkey enter\nwait idle\nkey q\nkey up\nkey enter\nwait idle\nkey L\n"
                + "wait idle\nscreen\n"
        )
        #expect(screen.contains("1 corrupt"), "\(screen)")
        #expect(screen.contains("verified 16 of 16"), "\(screen)")
    }

    @Test func `what a verify found is told at home, and is there when the store is opened again`()
        throws
    {
        let screen = try play(
            "wait idle\nkey down\nkey enter\nwait idle\nkey V\nwait idle\nkey q\nkey q\nwait idle\n"
                + "screen home\nkey esc\nkey o\nkey ctrl-u\ntype \(store)\nkey enter\nwait idle\n"
                + "key down\nkey enter\nwait idle\nkey L\nwait idle\nscreen again\n"
        )
        let parts = screen.split(separator: "--- again\n")
        #expect(parts.first?.contains("1 broken") == true, "\(screen)")
        #expect(parts.last?.contains("verified 16 of 16") == true, "\(screen)")
    }

    @Test func `what a slice could not read is among the findings`() throws {
        let screen = try play(
            "wait idle\nkey s\nwait idle\nkey q\nwait idle\nkey L\nscreen\n",
            "/one"
        )
        #expect(screen.contains("1 corrupt"), "\(screen)")
        #expect(screen.contains("crc32c"), "\(screen)")
    }

    @Test(.enabled(if: Tmux.path != nil))
    func `a watch knows what came and went between the listing and its beginning`() throws {
        try shell("rm -r two/c/3")
        let terminal = try Tmux([store + "/two"])
        try terminal.expect("4 missing of 16")
        try shell("cp -r one/c/3 two/c/3; rm two/c/0/0 two/c/0/1")
        try terminal.press("W")
        let screen = try terminal.expect("Watching (the system tells)")
        #expect(!screen.contains("complete"))
        try terminal.press("W")
        try terminal.expect("Watch ended: 0 came, 0 went")
        try terminal.expect("2 missing of 16")
    }

    @Test(.enabled(if: Tmux.path != nil))
    func `an array that grows is read anew on the map, and in the tree`() throws {
        let terminal = try Tmux([store], columns: 120, rows: 36)
        try terminal.expect("40×40")
        try terminal.press("Down", "Enter")
        try terminal.expect("by listing")
        try run(["resize", store + "/one", "50,40"])
        try run(["write", store + "/one", "[40:50,0:20]", "--value", "7"])
        try terminal.press("r")
        try terminal.expect("2 missing of 20")
        try terminal.press("q")
        try terminal.expect("50 × 40")
        let screen = try terminal.expect("o 2")
        #expect(!screen.contains("orphan"))
    }

    @Test func `the inspector tells what the listing said and what the look said`() throws {
        let script = "wait idle\nkey V\nwait idle\nkey n\nkey enter\nwait idle\nscreen\n"
        let screen = try play(script, "/one")
        #expect(screen.contains("said present, 204 B; the look says"), "\(screen)")
        #expect(!screen.contains("agrees"))
    }
}
