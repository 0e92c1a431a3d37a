import Glibc
import Synchronization
import Testing

/// The program in a real terminal: a tmux server of its own, and every byte that it writes there.
///
/// Nothing waits by the clock: a look at the screen follows each piece of output.
final class Tmux {
    private static let count = Atomic(0)

    /// Where `tmux` is, or `nil` where it is not installed.
    static let path: String? = ["/usr/bin/tmux", "/usr/local/bin/tmux", "/bin/tmux"]
        .first { unsafe access($0, X_OK) == 0 }

    /// Everything that the program wrote to the terminal so far.
    private(set) var written: [UInt8] = []
    private let socket: String
    private let folder: TemporaryFolder
    private let reading: Int32

    /// Starts the program in a terminal of `columns` × `rows`.
    ///
    /// It runs in a shell that says how it ended, and how the terminal is set then.
    init(
        _ arguments: [String],
        columns: Int = 80,
        rows: Int = 24,
        environment: [String: String] = [:]
    ) throws {
        socket = "zscope-\(getpid())-\(Self.count.wrappingAdd(1, ordering: .relaxed).newValue)"
        folder = try TemporaryFolder()
        let pipe = folder.path + "/output"
        guard unsafe mkfifo(pipe, 0o600) == 0 else {
            throw ChildProcess.Failure(message: "no FIFO at \(pipe)")
        }
        reading = unsafe open(pipe, O_RDWR | O_NONBLOCK | O_CLOEXEC)
        let values = [
            "LC_ALL": "C.UTF-8", "NO_COLOR": "", "COLORTERM": "",
            "SWIFT_BACKTRACE": "enable=no",
            "XDG_STATE_HOME": folder.path, "XDG_CACHE_HOME": folder.path,
            "XDG_CONFIG_HOME": folder.path, "XDG_DATA_HOME": folder.path,
        ].merging(environment) { $1 }
        let variables = values.filter { !$1.isEmpty }.map { Self.quoted("\($0)=\($1)") }
        let unset = values.filter { $1.isEmpty }.map { "-u " + $0.key }
        let script = """
            read -r _; env \((unset + variables).joined(separator: " ")) "$@"
            printf '\\nended %s\\n' "$?"; stty -a | tr ';' '\\n' | grep -wE -o -- '-?(icanon|echo)'
            printf 'over\\n'; read -r _
            """
        try tmux(
            [
                "-f", "/dev/null", "new-session", "-d", "-x", "\(columns)", "-y", "\(rows)",
                "sh", "-c", script, "sh", Program.path,
            ] + arguments
        )
        try tmux(["set-option", "-g", "remain-on-exit", "on"])
        try tmux(["pipe-pane", "-O", "exec cat > '\(pipe)'"])
        try tmux(["send-keys", "Enter"])
    }

    deinit {
        _ = try? tmux(["kill-server"])
        close(reading)
    }

    /// Presses keys, by tmux's names: `Down`, `Enter`, `C-c`, or a text.
    func press(_ keys: String...) throws {
        try tmux(["send-keys"] + keys)
    }

    /// Types a text, letter by letter.
    func type(_ text: String) throws {
        try tmux(["send-keys", "-l", text])
    }

    /// The screen once `condition` holds of it, or as it is after `seconds`.
    @discardableResult
    func screen(
        seconds: Int = 20,
        until condition: (String) -> Bool
    ) throws -> String {
        let end = ContinuousClock.now + .seconds(seconds)
        while true {
            let screen = try tmux(["capture-pane", "-p"])
            let left = (end - ContinuousClock.now).components.seconds
            if condition(screen) || left <= 0 { return screen }
            _ = take(milliseconds: min(1000, Int(left) * 1000))
        }
    }

    /// The screen once `text` stands on it; records an issue when it does not come.
    @discardableResult
    func expect(
        _ text: String,
        seconds: Int = 20,
        at place: SourceLocation = #_sourceLocation
    ) throws -> String {
        let screen = try screen(seconds: seconds) { $0.contains(text) }
        #expect(screen.contains(text), "\n\(screen)", sourceLocation: place)
        return screen
    }

    /// What the program wrote once `condition` holds of it, or as it is after `seconds`: a text may stand
    /// on the screen before its bytes have come here.
    func output(seconds: Int = 20, until condition: (String) -> Bool) -> String {
        let end = ContinuousClock.now + .seconds(seconds)
        while true {
            let text = String(decoding: written, as: UTF8.self)
            guard !condition(text), ContinuousClock.now < end else { return text }
            _ = take(milliseconds: 1000)
        }
    }

    /// How many bytes the program writes in `milliseconds`, all of them waited for.
    func bytesWritten(in milliseconds: Int) -> Int {
        let end = ContinuousClock.now + .milliseconds(milliseconds)
        var count = 0
        while case let left = (end - ContinuousClock.now) / .milliseconds(1), left >= 1 {
            count += take(milliseconds: Int(left))
        }
        return count
    }

    /// The program's process, a child of the shell.
    func process() throws -> pid_t {
        let shell = try tmux(["display-message", "-p", "#{pane_pid}"]).filter { $0.isNumber }
        let path = "/proc/\(shell)/task/\(shell)/children"
        let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
        defer { close(file) }
        let text = String(decoding: Pipe.read(file), as: UTF8.self)
        guard let child = text.split(separator: " ").first.flatMap({ pid_t($0) }) else {
            throw ChildProcess.Failure(message: "the program is not running")
        }
        return child
    }

    /// Changes the size of the terminal.
    func resize(columns: Int, rows: Int) throws {
        try tmux(["resize-window", "-x", "\(columns)", "-y", "\(rows)"])
    }

    /// The colours that were asked for so far: parameters of "select graphic rendition" that are no
    /// attribute and not the terminal's own colours.
    var colorsWritten: [Int] {
        let pieces = written.split(separator: 0x1b).filter { $0.first == UInt8(ascii: "[") }
        return pieces.flatMap { piece -> [Int] in
            let parameters = piece.dropFirst().prefix { (0x30...0x3b).contains($0) }
            guard piece.dropFirst(1 + parameters.count).first == UInt8(ascii: "m") else {
                return []
            }
            return parameters.split(separator: UInt8(ascii: ";"))
                .compactMap { Int(String(decoding: $0, as: UTF8.self)) }
                .filter { (30...38).contains($0) || (40...48).contains($0) || $0 >= 90 }
        }
    }

    /// Takes what comes within `milliseconds`, and says how many bytes that was.
    private func take(milliseconds: Int) -> Int {
        var waiting = pollfd(fd: reading, events: Int16(POLLIN), revents: 0)
        guard unsafe poll(&waiting, 1, Int32(milliseconds)) > 0 else { return 0 }
        let piece = Pipe.read(reading)
        written += piece
        return piece.count
    }

    @discardableResult
    private func tmux(_ words: [String]) throws -> String {
        guard let path = Self.path else { throw ChildProcess.Failure(message: "no tmux") }
        let outcome = try ChildProcess.run(
            path,
            ["-L", socket, "-u"] + words,
            environment: ["TMUX": "", "TERM": "xterm-256color", "LC_ALL": "C.UTF-8"],
            seconds: 20
        )
        guard outcome.status == 0 else {
            throw ChildProcess.Failure(message: "tmux \(words.first ?? ""): \(outcome.messages)")
        }
        return outcome.text
    }

    private static func quoted(_ word: String) -> String {
        "'" + word.map { $0 == "'" ? "'\\''" : String($0) }.joined() + "'"
    }
}
