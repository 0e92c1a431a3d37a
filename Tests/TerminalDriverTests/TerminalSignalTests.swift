import Canvas
import Glibc
import TerminalDriver
import Testing

extension TerminalTests {
    /// However the program ends, the person gets the terminal back.
    @Suite struct Endings {
        @Test(arguments: [
            SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGABRT, SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP,
        ])
        func `a signal that ends the program gives the terminal back first`(number: Int32)
            async throws
        {
            let device = try PseudoTerminal()
            let before = device.modes
            let path = device.path
            await #expect(processExitsWith: .signal(number)) {
                [path = path as String, number = number as Int32] in
                let terminal = try PseudoTerminal.openTerminal(at: path)
                // To the process, since a thread of the test may have the signal blocked.
                kill(getpid(), number)
                while terminal.size.rows > 0 { pause() }
            }
            try expectRestored(device, before)
        }

        @Test func `a trap gives the terminal back first`() async throws {
            let device = try PseudoTerminal()
            let before = device.modes
            let path = device.path
            await #expect(processExitsWith: .failure) { [path = path as String] in
                let terminal = try PseudoTerminal.openTerminal(at: path)
                let numbers = [terminal.size.rows]
                print(numbers[terminal.size.rows])
            }
            try expectRestored(device, before)
        }

        @Test func `exit gives the terminal back`() async throws {
            let device = try PseudoTerminal()
            let before = device.modes
            let path = device.path
            await #expect(processExitsWith: .exitCode(3)) { [path = path as String] in
                let terminal = try PseudoTerminal.openTerminal(at: path)
                exit(terminal.size.rows > 0 ? 3 : 4)
            }
            try expectRestored(device, before)
        }

        @Test func `a signal that the parent has ignored stays ignored`() async throws {
            let device = try PseudoTerminal()
            let path = device.path
            await #expect(processExitsWith: .exitCode(0)) { [path = path as String] in
                signal(SIGHUP, SIG_IGN)
                let terminal = try PseudoTerminal.openTerminal(at: path)
                kill(getpid(), SIGHUP)
                terminal.close()
                exit(0)
            }
        }

        @Test func `a program that was stopped comes back with its whole screen`() async throws {
            let device = try PseudoTerminal()
            let before = device.modes
            let path = device.path
            await #expect(processExitsWith: .exitCode(0)) { [path = path as String] in
                // Without a parent in its session nobody could wake the process, so the system does not
                // stop it: all else happens as it would.
                setsid()
                let terminal = try PseudoTerminal.openTerminal(at: path)
                kill(getpid(), SIGTSTP)
                let inputs = terminal.waitForInput(timeout: .seconds(20), isIdle: true)
                var canvas = Canvas(terminal.size)
                canvas.box(canvas.bounds, title: "back")
                terminal.paint(canvas)
                terminal.close()
                exit(inputs.first == .resumed ? 0 : 1)
            }
            let text = device.written()
            let pieces = text.split(separator: "\u{1b}[?1049l", omittingEmptySubsequences: false)
            #expect(pieces.count == 3)
            #expect(pieces[0].contains(" open ") && pieces[0].contains("\u{1b}[?1049h"))
            #expect(pieces[0].contains("\u{1b}[?1002l"))
            #expect(pieces[1].contains(" back ") && pieces[1].contains("\u{1b}[?1049h"))
            #expect(pieces[1].contains("\u{1b}[?1002h") && pieces[1].contains("└"))
            #expect(device.modes == before)
        }

        @Test func `what changed while the program was stopped is told`() async throws {
            let device = try PseudoTerminal()
            let path = device.path
            await #expect(processExitsWith: .exitCode(0)) { [path = path as String] in
                setsid()
                let terminal = try PseudoTerminal.openTerminal(at: path)
                terminal.suspend()
                let inputs = terminal.waitForInput(timeout: .zero, isIdle: true)
                let rest = terminal.waitForInput(timeout: .zero, isIdle: true)
                exit(inputs == [.resumed, .resized(terminal.size)] && rest.isEmpty ? 0 : 1)
            }
        }

        @Test func `another size of the window arrives as input`() async throws {
            let device = try PseudoTerminal()
            device.resize(Size(rows: 10, columns: 40))
            let path = device.path
            await #expect(processExitsWith: .exitCode(0)) { [path = path as String] in
                let terminal = try PseudoTerminal.openTerminal(at: path)
                let isRight = terminal.size == Size(rows: 10, columns: 40)
                for (rows, columns) in [(50, 100), (1, 1), (12, 34)] {
                    var window = winsize()
                    window.ws_row = UInt16(rows)
                    window.ws_col = UInt16(columns)
                    let descriptor = unsafe open(path, O_RDWR | O_NOCTTY)
                    _ = unsafe ioctl(descriptor, UInt(TIOCSWINSZ), &window)
                    kill(getpid(), SIGWINCH)
                    let size = Size(rows: rows, columns: columns)
                    let inputs = terminal.waitForInput(timeout: .seconds(20), isIdle: true)
                    guard inputs == [.resized(size)], terminal.size == size else { exit(1) }
                    terminal.paint(Canvas(size))
                }
                exit(isRight ? 0 : 2)
            }
        }

        private func expectRestored(_ device: PseudoTerminal, _ before: [UInt32]) throws {
            #expect(device.modes == before)
            let text = device.written()
            #expect(text.contains(" open "))
            for ending in ["?1049l", "?1000l", "?1002l", "?1006l", "?2004l"] {
                #expect(text.contains("\u{1b}[\(ending)"))
            }
            let after = try #require(text.split(separator: "\u{1b}[?1000l").last)
            #expect(!after.contains("┘"))
            #expect(text.contains("\u{1b}[?25h"))
        }
    }
}
