import Testing

/// What holds for every command line.
@Suite struct CommandLineTests {
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
