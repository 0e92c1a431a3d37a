import Canvas
import Glibc
import TerminalDriver

/// What the surroundings of the process say.
enum Environment {
    /// The variable's value, or `nil` when it is not set.
    static func value(_ name: String) -> String? {
        unsafe getenv(name).map { unsafe String(cString: $0) }
    }

    /// The variable's value, or `nil` when it is not set or empty.
    static func text(_ name: String) -> String? {
        value(name).flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Whether the locale's characters are UTF-8, by the variables in the order that the C library uses.
    static var isUTF8: Bool {
        let locale = text("LC_ALL") ?? text("LC_CTYPE") ?? text("LANG") ?? "C"
        let codeset = locale.lowercased().drop { $0 != "." }.filter { $0 != "." && $0 != "-" }
        return codeset.hasPrefix("utf8")
    }

    /// Whether standard output is a terminal.
    static var isOutputTerminal: Bool { isatty(STDOUT_FILENO) == 1 }
    /// Whether standard error is a terminal.
    static var isErrorTerminal: Bool { isatty(STDERR_FILENO) == 1 }
    /// Whether standard input is a terminal.
    static var isInputTerminal: Bool { isatty(STDIN_FILENO) == 1 }
}

extension Environment {
    /// Whether the terminal says that it has colours by red, green and blue.
    static let hasDirectColors: Bool =
        TerminalOptions(environment: terminalVariables).colors == .direct

    /// The variables that say what the terminal is.
    static var terminalVariables: [String: String] {
        let names = ["TERM", "COLORTERM", "NO_COLOR", "SSH_CONNECTION", "SSH_TTY", "TMUX"]
        return Dictionary(
            uniqueKeysWithValues: names.compactMap { name in value(name).map { (name, $0) } }
        )
    }
}
