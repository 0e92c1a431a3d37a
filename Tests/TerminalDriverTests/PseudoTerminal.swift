import Canvas
import Glibc
import TerminalDriver
import Testing

/// A real terminal device with nobody at it: what another process opens by path, and the other end.
final class PseudoTerminal {
    let path: String
    private let master: Int32
    private let slave: Int32

    // TIOCSPTLCK and TIOCGPTN, which Swift does not import.
    private static let setLock: UInt = 0x4004_5431
    private static let getNumber: UInt = 0x8004_5430

    init() throws {
        master = unsafe open("/dev/ptmx", O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)
        try #require(master >= 0)
        var isLocked: Int32 = 0
        var number: Int32 = 0
        let isUnlocked = unsafe ioctl(master, PseudoTerminal.setLock, &isLocked) == 0
        let isNumbered = unsafe ioctl(master, PseudoTerminal.getNumber, &number) == 0
        try #require(isUnlocked && isNumbered)
        path = "/dev/pts/\(number)"
        // Held open, so that what was written and the modes stay when the other process ends.
        slave = unsafe open(path, O_RDWR | O_NOCTTY | O_CLOEXEC)
        try #require(slave >= 0)
    }

    deinit {
        close(slave)
        close(master)
    }

    /// The modes of the line: input, output, control, local, and the special characters.
    var modes: [UInt32] {
        var modes = termios()
        _ = unsafe tcgetattr(slave, &modes)
        let characters = [modes.c_cc.0, modes.c_cc.4, modes.c_cc.5, modes.c_cc.6].map { UInt32($0) }
        return [modes.c_iflag, modes.c_oflag, modes.c_cflag, modes.c_lflag] + characters
    }

    /// What was written since this was last asked.
    func written() -> String {
        var result: [UInt8] = []
        var buffer = Array(repeating: UInt8(0), count: 4096)
        while case let count = unsafe read(master, &buffer, buffer.count), count > 0 {
            result += buffer.prefix(count)
        }
        return String(decoding: result, as: UTF8.self)
    }

    func resize(_ size: Size) {
        var window = winsize()
        window.ws_row = UInt16(size.rows)
        window.ws_col = UInt16(size.columns)
        _ = unsafe ioctl(master, UInt(TIOCSWINSZ), &window)
    }

    /// Opens the terminal at a path as the program does, with something on its screen.
    static func openTerminal(at path: String) throws -> Terminal {
        let descriptor = unsafe open(path, O_RDWR | O_NOCTTY)
        var options = TerminalOptions()
        options.term = "xterm-256color"
        options.input = descriptor
        options.output = descriptor
        options.locale = "C.UTF-8"
        let terminal = try Terminal.open(options)
        var canvas = Canvas(terminal.size)
        canvas.box(canvas.bounds, title: "open")
        terminal.paint(canvas)
        return terminal
    }
}
