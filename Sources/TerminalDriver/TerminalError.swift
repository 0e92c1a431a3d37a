/// Why there is no terminal, or no script, to work with.
public struct TerminalError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What a caller can decide on.
    public enum Code: String, Hashable, Sendable {
        /// Input or output is a file or a pipe.
        case notATerminal
        /// No description of this kind of terminal is installed.
        case unknownTerminal
        /// This kind of terminal cannot place a cursor.
        case notCapable
        /// This process has a terminal open already.
        case alreadyOpen
        /// The system had no descriptor or memory left.
        case unavailable
        /// A line of a script does not say anything.
        case badScript
    }

    /// What a caller can decide on.
    public var code: Code
    /// What went wrong and what helps, for a person.
    public var message: String

    /// Makes an error.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The message.
    public var description: String { message }
}
