import Canvas
import Glibc
import TerminalDriver
import Testing

/// A terminal on a pipe for keys and a file for the screen: no tty anywhere.
final class Headless {
    let terminal: Terminal
    let doorbell = Doorbell()
    private let keys: Int32
    private let descriptors: [Int32]
    private let screen: Int32
    private var position = 0

    init(
        _ size: Size = Size(rows: 24, columns: 80),
        term: String = "xterm-256color",
        _ change: (inout TerminalOptions) -> Void = { _ in }
    ) throws {
        var ends: [Int32] = [-1, -1]
        try #require(unsafe pipe(&ends) == 0)
        var path = Array("/tmp/terminal-test-XXXXXX".utf8CString)
        screen = unsafe mkstemp(&path)
        unsafe unlink(&path)
        try #require(screen >= 0)
        var options = TerminalOptions()
        options.term = term
        options.input = ends[0]
        options.output = screen
        options.size = size
        options.requiresTerminal = false
        options.locale = "C.UTF-8"
        change(&options)
        keys = ends[1]
        descriptors = ends + [screen]
        terminal = try Terminal.open(options, doorbell: doorbell)
    }

    deinit {
        terminal.close()
        for descriptor in descriptors { Glibc.close(descriptor) }
    }

    /// Types bytes.
    func type(_ text: String) {
        type(bytes: Array(text.utf8))
    }

    func type(bytes: [UInt8]) {
        _ = unsafe write(keys, bytes, bytes.count)
    }

    /// The keys that follow from what was typed.
    func keys(_ text: String) -> [Input] {
        type(text)
        return terminal.waitForInput(timeout: .seconds(5), isIdle: true)
    }

    /// What was written since this was last asked.
    func written() -> [UInt8] {
        var result: [UInt8] = []
        var buffer = Array(repeating: UInt8(0), count: 1 << 16)
        while true {
            let count = unsafe pread(screen, &buffer, buffer.count, position)
            guard count > 0 else { return result }
            result += buffer.prefix(count)
            position += count
        }
    }

    func writtenText() -> String {
        String(decoding: written(), as: UTF8.self)
    }
}
