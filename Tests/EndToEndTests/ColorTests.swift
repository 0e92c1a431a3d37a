import Testing

/// How exact the colours are that leave for the terminal.
@Suite(.enabled(if: Tmux.path != nil)) struct ColorTests {
    @Test(arguments: ["", "truecolor", "24bit", "yes"])
    func `colours are by red, green and blue where the terminal says that it has them`(
        said: String
    ) throws {
        let isDirect = said == "truecolor" || said == "24bit"
        let array = try Demo.path.get() + "/legacy/rainfall"
        for arguments in [["show", array], [array]] {
            let terminal = try Tmux(arguments, environment: ["COLORTERM": said])
            if arguments.count == 1 {
                try terminal.expect("missing")
                try terminal.press("s")
            }
            try terminal.expect("mm")
            let text = terminal.output { holds(isDirect ? "8;2;" : "8;5;", $0) }
            #expect(holds("8;2;", text) == isDirect, "\(arguments[0])")
            #expect(holds("8;5;", text) == !isDirect, "\(arguments[0])")
        }
    }

    private func holds(_ part: String, _ text: String) -> Bool {
        text.contains("[3\(part)") || text.contains("[4\(part)") || text.contains(";3\(part)")
    }
}
