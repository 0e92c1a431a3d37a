import Testing

/// What is written about the commands.
@Suite struct ReferenceTests {
    @Test func `the reference in docs is what the program's own table says`() throws {
        let root = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined()
        let file = try ChildProcess.run("/bin/cat", [root + "/docs/cli.md"])
        let table = try Program.run("generate", "markdown").text
        #expect(
            file.text.hasSuffix(table),
            "renew what follows the heading 'Commands' with: make docs"
        )
        let prose = file.text.dropLast(table.count)
        #expect(prose.hasPrefix("# ") && prose.hasSuffix("## Commands\n\n"))
    }

    @Test func `the completions are scripts that bash can read`() throws {
        let folder = try TemporaryFolder()
        let script = try Program.run("generate", "bash").output
        try folder.write("zscope.bash", script)
        let check = """
            source \(folder.path)/zscope.bash
            COMP_WORDS=(zscope chunks x --st) COMP_CWORD=3; _zscope; echo "${COMPREPLY[@]}"
            COMP_WORDS=(zscope chunks x --state mis) COMP_CWORD=4; _zscope; echo "${COMPREPLY[@]}"
            COMP_WORDS=(zscope ver) COMP_CWORD=1; _zscope; echo "${COMPREPLY[@]}"
            """
        let outcome = try ChildProcess.run("/bin/bash", ["-c", check])
        #expect(outcome.text == "--state\nmissing\nverify\n", "\(outcome.messages)")
    }
}
