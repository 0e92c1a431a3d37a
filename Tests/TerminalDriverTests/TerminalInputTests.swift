import CCurses
import Canvas
import Glibc
import TerminalDriver
import Testing

extension TerminalTests {
    @Suite struct Typing {
        @Test func `all that was typed arrives at once`() throws {
            let headless = try Headless()
            let inputs = headless.keys("jjk\u{1b}[A\u{1b}OB\u{1b}[<0;300;7Mé\u{1b}x\r\t\u{7f}")
            let keys: [Key] = [
                .character("j"), .character("j"), .character("k"), .up, .down,
                .mouse(.press, Point(row: 6, column: 299)), .character("é"), .alt("x"), .enter,
                .tab,
                .backspace,
            ]
            #expect(inputs == keys.map { .key($0) })
        }

        @Test(arguments: ["xterm-256color", "screen-256color", "tmux-256color", "linux", "vt100"])
        func `keys have their meaning in every kind of terminal`(term: String) throws {
            let headless = try Headless(term: term)
            let keys: [Key] = [.up, .left, .home, .end, .pageUp, .pageDown, .delete, .backTab]
            let inputs = headless.keys(
                "\u{1b}[A\u{1b}[D\u{1b}[1~\u{1b}[4~\u{1b}[5~\u{1b}[6~\u{1b}[3~\u{1b}[Z"
            )
            #expect(inputs == keys.map { .key($0) })
            let mouse = headless.keys("\u{1b}[<64;250;3M")
            #expect(mouse == [.key(.mouse(.wheelUp, Point(row: 2, column: 249)))])
        }

        @Test func `a paste is one input, and focus is none`() throws {
            let headless = try Headless()
            let inputs = headless.keys("\u{1b}[I\u{1b}[200~y\r\u{1b}[A\u{1b}[201~q\u{1b}[O")
            #expect(inputs == [.key(.paste("y\n")), .key(.character("q"))])
        }

        @Test func `an ESC alone is a key`() throws {
            let headless = try Headless()
            #expect(headless.keys("\u{1b}") == [.key(.escape)])
        }

        @Test func `what was typed before a question does not answer it`() throws {
            let headless = try Headless()
            headless.type("yyy\r")
            headless.terminal.discardInput()
            #expect(headless.keys("n") == [.key(.character("n"))])
        }

        @Test func `the doorbell wakes, and nothing does when nothing happens`() throws {
            let headless = try Headless()
            #expect(headless.terminal.waitForInput(timeout: .zero, isIdle: true) == [])
            #expect(headless.terminal.waitForInput(timeout: .milliseconds(2), isIdle: true) == [])
            headless.doorbell.ring()
            headless.doorbell.ring()
            #expect(headless.terminal.waitForInput(timeout: nil, isIdle: true) == [.posted])
            #expect(headless.terminal.waitForInput(timeout: .zero, isIdle: true) == [])
            headless.doorbell.ring()
            #expect(headless.keys("j") == [.posted, .key(.character("j"))])
        }

        @Test func `input that is at its end says so`() throws {
            let headless = try Headless { $0.input = unsafe Glibc.open("/dev/null", O_RDONLY) }
            #expect(headless.terminal.waitForInput(timeout: .seconds(5), isIdle: true) == [.ended])
        }

        @Test func `a closed terminal has no input and shows nothing`() throws {
            let headless = try Headless()
            headless.terminal.close()
            _ = headless.written()
            headless.terminal.paint(Canvas(Size(rows: 24, columns: 80)))
            headless.terminal.suspend()
            #expect(headless.terminal.waitForInput(timeout: nil, isIdle: true) == [.ended])
            #expect(!headless.terminal.copy("x"))
            #expect(headless.written().isEmpty)
        }

        @Test func `no input from a terminal traps`() throws {
            let headless = try Headless()
            var random = SplitMix(state: 5)
            for _ in 0..<50 {
                let noise = (0..<200).map { _ in
                    random.next() % 3 == 0 ? 27 : UInt8(truncatingIfNeeded: random.next())
                }
                headless.type(bytes: noise)
                _ = headless.terminal.waitForInput(timeout: .seconds(1), isIdle: true)
            }
            headless.type("\u{1b}[201~\u{1b}[O")
            headless.terminal.discardInput()
            #expect(headless.keys("j") == [.key(.character("j"))])
        }
    }
}
