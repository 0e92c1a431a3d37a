import CCurses
import Canvas
import Glibc
import TerminalDriver
import Testing

extension TerminalTests {
    @Suite struct Opening {
        @Test(arguments: [
            ("xterm-256color", TerminalTraits.Colors.indexed), ("screen-256color", .indexed),
            ("tmux-256color", .indexed), ("xterm", .eight), ("linux", .eight), ("vt100", .mono),
            ("no-such-terminal", .indexed), ("", .indexed), ("../../etc/passwd", .indexed),
            ("xterm-direct", .indexed),
        ])
        func `every kind of terminal opens with the colours that it has`(
            term: String,
            colors: TerminalTraits.Colors
        ) throws {
            let headless = try Headless(term: term)
            #expect(headless.terminal.traits == TerminalTraits(isUnicode: true, colors: colors))
            var canvas = Canvas(Size(rows: 24, columns: 80))
            for role in Role.allCases {
                canvas.write(
                    "x",
                    row: Int(role.rawValue),
                    Style(role, background: Tint(255, 215, 95))
                )
            }
            headless.terminal.paint(canvas)
            #expect(TerminalBytes(headless.written()).strange.isEmpty)
        }

        static let hasDirectColors = ["/lib", "/usr/share", "/usr/lib", "/etc"].contains {
            unsafe access("\($0)/terminfo/x/xterm-direct", R_OK) == 0
        }

        @Test(.enabled(if: hasDirectColors))
        func `direct colours are used where they are asked for`() throws {
            let headless = try Headless(term: "xterm-direct") { $0.colors = .direct }
            #expect(headless.terminal.traits.colors == .direct)
            var canvas = Canvas(Size(rows: 24, columns: 80))
            canvas.write("x", row: 0, Style(.text, foreground: Tint(1, 2, 3)))
            headless.terminal.paint(canvas)
            #expect(headless.writtenText().contains("38:2::1:2:3m"))
        }

        @Test(.enabled(if: hasDirectColors))
        func `fixed colours stay what they are on a terminal with direct ones`() throws {
            let headless = try Headless(term: "xterm-direct")
            var canvas = Canvas(Size(rows: 24, columns: 80))
            canvas.write("x", row: 0, Style(.text, foreground: Tint(95, 135, 175)))
            headless.terminal.paint(canvas)
            #expect(headless.writtenText().contains("38:2::95:135:175m"))
        }

        @Test(arguments: [
            ("xterm-256color", false, TerminalTraits.Colors.direct),
            ("tmux-256color", true, .direct),
            ("screen-256color", true, .direct), ("screen-256color", false, .indexed),
            ("linux", false, .eight), ("vt100", false, .mono), ("xterm", false, .eight),
        ])
        func `a terminal that says so has direct colours where its entry has 256`(
            term: String,
            isInsideTmux: Bool,
            colors: TerminalTraits.Colors
        ) throws {
            let said = TerminalOptions(environment: ["COLORTERM": "truecolor", "TERM": term])
            #expect(said.colors == .direct)
            let headless = try Headless(term: term) {
                $0.colors = said.colors
                $0.isInsideTmux = isInsideTmux
            }
            #expect(headless.terminal.traits.colors == colors)
            var canvas = Canvas(Size(rows: 24, columns: 80))
            canvas.write("x", row: 0, Style(.text, foreground: Tint(1, 2, 3)))
            headless.terminal.paint(canvas)
            #expect(headless.writtenText().contains("38;2;1;2;3m") == (colors == .direct))
        }

        @Test func `no colour is stronger than direct colours`() {
            let variables = ["COLORTERM": "truecolor", "NO_COLOR": "1", "TERM": "xterm-256color"]
            #expect(TerminalOptions(environment: variables).colors == .mono)
        }

        @Test func `direct colours leave the place of descriptions as it was`() throws {
            let before = unsafe getenv("TERMINFO").map { unsafe String(cString: $0) }
            _ = try Headless(term: "xterm-256color") { $0.colors = .direct }
            #expect(unsafe getenv("TERMINFO").map { unsafe String(cString: $0) } == before)
        }

        @Test func `a terminal that cannot place its cursor is refused with a reason`() {
            let error = #expect(throws: TerminalError.self) { try Headless(term: "dumb") }
            #expect(error?.code == .notCapable)
            #expect(error?.message.contains("TERM=dumb") == true)
        }

        @Test func `files and pipes are no terminal unless asked for`() {
            let error = #expect(throws: TerminalError.self) {
                try Headless { $0.requiresTerminal = true }
            }
            #expect(error?.code == .notATerminal)
        }

        @Test func `there is one terminal at a time, and another after it`() throws {
            for _ in 0..<3 {
                let headless = try Headless()
                let error = #expect(throws: TerminalError.self) { try Headless() }
                #expect(error?.code == .alreadyOpen)
                headless.terminal.close()
            }
        }

        @Test func `what was turned on is turned off in the end`() throws {
            let headless = try Headless()
            headless.terminal.paint(Canvas(Size(rows: 24, columns: 80)))
            headless.terminal.close()
            let text = headless.writtenText()
            for mode in ["1049", "1000", "1002", "1006", "2004"] {
                let on = try #require(text.range(ofLast: "\u{1b}[?\(mode)h"))
                let off = try #require(text.range(ofLast: "\u{1b}[?\(mode)l"))
                #expect(on < off)
            }
            #expect(text.contains("\u{1b}[?25h"))
        }

        @Test func `the mouse is left alone when asked`() throws {
            let headless = try Headless { $0.usesMouse = false }
            #expect(!headless.writtenText().contains("?1000h"))
            headless.terminal.reportMouse(true)
            #expect(headless.writtenText().contains("?1000h"))
            headless.terminal.reportMouse(false)
            #expect(headless.writtenText().contains("?1000l"))
        }

        @Test func `text for the clipboard goes out as such`() throws {
            let headless = try Headless()
            _ = headless.written()
            let isSent = headless.terminal.copy("c/0/0")
            #expect(isSent)
            #expect(headless.writtenText() == "\u{1b}]52;c;Yy8wLzA=\u{7}")
        }

        @Test func `the environment says what is wanted`() {
            let plain = TerminalOptions(environment: ["TERM": "xterm"])
            #expect(plain.term == "xterm")
            #expect(plain.colors == .indexed)
            #expect(plain.escapeDelay == .milliseconds(25))
            let other = TerminalOptions(environment: [
                "NO_COLOR": "1", "SSH_CONNECTION": "a b", "TMUX": "/tmp/x",
            ])
            #expect(other.colors == .mono)
            #expect(other.escapeDelay == .milliseconds(50))
            #expect(other.isInsideTmux)
            #expect(TerminalOptions(environment: ["NO_COLOR": ""]).colors == .indexed)
        }
    }
}

extension String {
    /// How many characters in the last occurrence begins.
    fileprivate func range(ofLast text: String) -> Int? {
        let own = Array(utf8)
        let other = Array(text.utf8)
        guard own.count >= other.count else { return nil }
        return (0...own.count - other.count).last {
            own[$0..<$0 + other.count].elementsEqual(other)
        }
    }
}
