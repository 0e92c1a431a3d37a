import Testing

/// What holds for every command line.
@Suite struct CommandLineTests {
    @Test func `help of what is no command is an error`() throws {
        for words in [["nonsense", "--help"], ["help", "nonsense"]] {
            let outcome = try Program.run(words)
            #expect(outcome.status == 2 && outcome.output.isEmpty)
            #expect(outcome.messages.contains("no command 'nonsense'"))
        }
        #expect(try Program.run("help", "read").text == Program.run("read", "--help").text)
        #expect(try Program.run("help").text == Program.run("--help").text)
    }

    @Test func `a merge without reports, or with the options of a run, says so`() throws {
        let none = try Program.run("verify", "--merge")
        #expect(none.status == 2 && none.messages.contains("--merge needs the files"))
        let both = try Program.run("verify", "a.json", "--part", "1/3", "--merge")
        #expect(both.status == 2 && both.messages.contains("does not go with --part"))
        #expect(try Program.run("verify").messages.contains("needs LOCATOR"))
    }

    @Test func `an image is not written into a file of another kind`() throws {
        let path = try Demo.path.get() + "/terrain"
        let outcome = try Program.run("show", path, "-o", "/nonexistent/x.jpg")
        #expect(outcome.status == 2)
        let folder = try TemporaryFolder()
        let refused = try Program.run("show", path, "-o", folder.path + "/x.jpg")
        #expect(refused.status == 2 && refused.messages.contains("FILE.png"))
        #expect(folder.read("x.jpg") == nil)
    }

    @Test func `a closed standard output is called that`() throws {
        let line = "'\(Program.path)' --version >&-"
        let version = try ChildProcess.run("/bin/sh", ["-c", line])
        #expect(version.status == 2)
        let tree = "'\(Program.path)' tree '\(try Demo.path.get())' >&-"
        let outcome = try ChildProcess.run("/bin/sh", ["-c", tree])
        #expect(outcome.status == 2)
        #expect(outcome.messages.contains("standard output is closed"))
    }

    @Test func `help names every command and exits 0`() throws {
        let help = try Program.run("--help")
        #expect(help.status == 0)
        #expect(help.errors.isEmpty)
        for name in ["backends", "tree", "info", "chunks", "map", "read", "show", "stats"] {
            #expect(help.text.contains("\n  \(name) "), "\(name) is missing")
        }
        for name in ["delete", "restore", "drill", "conform", "demo", "conformance"] {
            #expect(help.text.contains("\n  \(name)"), "\(name) is missing")
        }
    }

    @Test(arguments: [
        (["tre", "x.zarr"], "did you mean 'tree'?"),
        (["tree", "x", "--jsn"], "did you mean '--json'?"),
        (["tree"], "'tree' needs LOCATOR"),
        (["tree", "a", "b"], "does not know what to do with 'b'"),
        (["tree", "a", "--depth", "x"], "--depth takes a whole number"),
        (["tree", "a", "--depth"], "--depth needs"),
        (["tree", "a", "--state", "short"], "'tree' has no option --state"),
        (["chunks", "a", "--state", "odd"], "--state takes"),
        (["read", "a", "--format", "xml"], "--format takes"),
        (["read", "a", "--json", "--csv"], "one format"),
    ])
    func `a mistake is named on standard error alone, with status 2`(
        words: [String],
        message: String
    ) throws {
        let outcome = try Program.run(words)
        #expect(outcome.status == 2)
        #expect(outcome.output.isEmpty)
        #expect(outcome.messages.contains(message), "\(outcome.messages)")
    }

    @Test func `options stand anywhere, before the command as well`() throws {
        let last = try Program.run("backends", "--json")
        let first = try Program.run("--json", "backends")
        #expect(last.status == 0)
        #expect(last.output == first.output)
    }

    @Test(arguments: ["man", "bash", "zsh", "fish", "markdown"])
    func `what is installed beside the program names every option`(what: String) throws {
        let text = try Program.run("generate", what).text
        for name in ["ndjson", "dry", "fault", "state", "measure", "script"] {
            #expect(text.contains(name), "\(name) is missing")
        }
    }
}

extension CommandLineTests {
    @Test func `an interrupted command ends with 130 and no half document`() throws {
        let path = try Demo.path.get()
        let shell = """
            '\(Program.path)' tree 'mock:?delay=2s&over=\(path)' --json & child=$!
            while [ "$(ls /proc/$child/task | wc -l)" -lt 2 ]; do :; done
            kill -INT $child; wait $child; echo "ended $?"
            """
        let outcome = try ChildProcess.run("/bin/bash", ["-m", "-c", shell])
        #expect(outcome.text == "ended 130\n")
        #expect(outcome.messages.contains("interrupted"))
    }
}
