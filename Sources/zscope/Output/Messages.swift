import Glibc
import Synchronization
import ZarrModel

/// Standard error: messages, warnings and progress, never a part of the document.
///
/// All text is made visible first, so that nothing from a store reaches the terminal raw.
final class Messages: Sendable {
    private struct State {
        var hasProgress = false
        var lastProgress: ContinuousClock.Instant?
    }

    private let ink: Ink
    private let showsProgress: Bool
    private let state = Mutex(State())

    init(ink: Ink, showsProgress: Bool) {
        self.ink = ink
        self.showsProgress = showsProgress
    }

    /// Says why the command could not be carried out.
    func failure(_ message: String, remedy: String? = nil) {
        say(ink(.error, "zscope:") + " " + visible(message))
        if let remedy { say("        " + ink(.dim, visible(remedy))) }
    }

    /// Says something that does not stop the command.
    func warning(_ message: String) {
        say(ink(.warning, "warning:") + " " + visible(message))
    }

    /// Says what was done.
    func note(_ message: String) {
        say(visible(message))
    }

    /// Shows how far it is, at most ten times a second, and only on a terminal.
    func progress(_ message: @autoclosure () -> String) {
        guard showsProgress else { return }
        state.withLock { state in
            let now = ContinuousClock.now
            if let last = state.lastProgress, now - last < .milliseconds(100) { return }
            state.lastProgress = now
            state.hasProgress = true
            Self.write("\r\u{1b}[K" + ink(.dim, visible(message())))
        }
    }

    /// Takes the progress line away.
    func clearProgress() {
        state.withLock { Self.clear(&$0) }
    }

    private func say(_ line: String) {
        state.withLock { state in
            Self.clear(&state)
            Self.write(line + "\n")
        }
    }

    private static func clear(_ state: inout State) {
        guard state.hasProgress else { return }
        state.hasProgress = false
        write("\r\u{1b}[K")
    }

    private static func write(_ text: String) {
        var text = text
        text.withUTF8 { bytes in
            _ = unsafe Glibc.write(STDERR_FILENO, bytes.baseAddress, bytes.count)
        }
    }
}
