/// How the program ends. The numbers are a promise to scripts.
enum ExitStatus: Int32, Sendable {
    /// Done, and nothing found.
    case done = 0
    /// Done, and something found: missing, corrupt, failed.
    case findings = 1
    /// Could not be done.
    case failed = 2
    /// Stopped by Ctrl-C.
    case interrupted = 130
    /// The reader of standard output went away: quietly.
    case closedPipe = 141
}

/// Why a command could not be carried out, for standard error.
struct ToolError: Error {
    /// What happened, and where. Made visible before it is shown.
    let message: String
    /// What a person can do about it.
    let remedy: String?
    /// How the program ends.
    let status: ExitStatus

    init(_ message: String, remedy: String? = nil, status: ExitStatus = .failed) {
        self.message = message
        self.remedy = remedy
        self.status = status
    }
}
