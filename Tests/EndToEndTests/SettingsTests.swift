import Testing

/// What a person sets, and what is kept for them.
@Suite struct SettingsTests {
    private func play(
        _ script: String,
        _ options: [String],
        in folder: TemporaryFolder
    ) throws -> String {
        try folder.write("script", Array(script.utf8))
        let homes = ["CONFIG", "STATE", "DATA", "CACHE"].map { ("XDG_\($0)_HOME", folder.path) }
        return try Program.run(
            [try Demo.path.get()] + options + ["--script", folder.path + "/script"],
            environment: Dictionary(uniqueKeysWithValues: homes)
        ).text
    }

    @Test func `the keys of the configuration are those that work and are shown`() throws {
        let folder = try TemporaryFolder()
        try folder.write("zscope/config", Array("[keys]\nhelp = F9\n".utf8))
        let text = try play("key f9\nscreen\n", [], in: folder)
        #expect(text.contains("Keys that work here") && text.contains("F9"))
    }

    @Test func `a mistake in the configuration is told, and the program goes on`() throws {
        let folder = try TemporaryFolder()
        try folder.write("zscope/config", Array("[look]\ntheme = drak\n".utf8))
        let text = try play("screen\n", [], in: folder)
        #expect(text.contains("line 2, column 9: theme can be auto, dark"))
        #expect(text.contains("terrain"))
    }

    @Test func `the settings are written to the file, which keeps what stood in it`() throws {
        let folder = try TemporaryFolder()
        try folder.write("zscope/config", Array("# mine\n[keys]\nhelp = F9\n".utf8))
        let text = try play("key ,\nkeys right right\nkey w\nscreen\n", [], in: folder)
        #expect(text.contains("Written to"))
        let file = try ChildProcess.run("/bin/cat", [folder.path + "/zscope/config"]).text
        #expect(file == "# mine\n[keys]\nhelp = F9\n\n[look]\ntheme = light\n")
    }

    @Test func `a screen is exported as text and as a drawing, and nothing is overwritten`() throws
    {
        let folder = try TemporaryFolder()
        for name in ["a.txt", "a.svg"] {
            let script = "key w\nkey ctrl-u\ntype \(folder.path)/\(name)\nkey enter\nscreen\n"
            #expect(try play(script, [], in: folder).contains("Written to"))
            #expect(try play(script, [], in: folder).contains("is there already"))
        }
        let text = try ChildProcess.run("/bin/cat", [folder.path + "/a.txt"]).text
        #expect(text.contains("terrain"))
        let drawing = try ChildProcess.run("/bin/cat", [folder.path + "/a.svg"]).text
        #expect(drawing.contains("<svg ") && drawing.contains("terrain"))
    }

    @Test func `a bookmark is kept where only its owner reads it`() throws {
        let folder = try TemporaryFolder()
        #expect(try play("key B\nscreen\n", [], in: folder).contains("Bookmarked"))
        let file = folder.path + "/zscope/bookmarks.json"
        let found = try ChildProcess.run("/usr/bin/stat", ["-c", "%a", file]).text
        #expect(found == "600\n")
        #expect(try ChildProcess.run("/bin/cat", [file]).text.contains(try Demo.path.get()))
    }

    @Test func `lines of text do what keys do, without a terminal`() throws {
        let folder = try TemporaryFolder()
        let command = """
            printf '%s\\n' down next-part Q | XDG_STATE_HOME='\(folder.path)' '\(Program.path)' \
            '\(try Demo.path.get())' --plain
            """
        let outcome = try ChildProcess.run("/bin/sh", ["-c", command])
        #expect(outcome.status == 0)
        #expect(outcome.text.contains("selected 2 of"))
        #expect(!outcome.text.contains("\u{1b}"))
        #expect(!outcome.text.unicodeScalars.contains { (0x2500...0x259F).contains($0.value) })
    }

    @Test func `lines of text tell what is there of arrays, and Enter after the keys is no Enter`()
        throws
    {
        let folder = try TemporaryFolder()
        let command = """
            printf '%s\\n' bottom help '' Q | XDG_STATE_HOME='\(folder.path)' '\(Program.path)' \
            '\(try Demo.path.get())' --plain
            """
        let text = try ChildProcess.run("/bin/sh", ["-c", command]).text
        #expect(text.contains("of 144 chunks present, 5 missing"), "\(text)")
        #expect(text.contains("next-part: details") && !text.contains("terrain › map"))
    }

    @Test func `the standard configuration and the keys in the manual are the program's own`()
        throws
    {
        let folder = try TemporaryFolder()
        let standard = try Program.run("generate", "config").text
        try folder.write("zscope/config", Array(standard.utf8))
        #expect(!(try play("screen\n", [], in: folder).contains("Configuration, line")))
        let root = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined()
        let manual = try ChildProcess.run("/bin/cat", [root + "/docs/explorer.md"]).text
        let keys = try Program.run("generate", "keys").text
        #expect(manual.contains(keys), "renew the keys in docs/explorer.md with: make docs")
    }
}
