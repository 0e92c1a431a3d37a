import Glibc

/// A process that a test started, with its standard streams.
enum ChildProcess {
    /// How a process ended, and what it wrote.
    struct Outcome: Sendable {
        /// The exit status, or 128 and the signal's number.
        var status: Int32
        /// What it wrote on standard output.
        var output: [UInt8]
        /// What it wrote on standard error.
        var errors: [UInt8]

        /// Standard output as text.
        var text: String { String(decoding: output, as: UTF8.self) }
        /// Standard error as text.
        var messages: String { String(decoding: errors, as: UTF8.self) }
    }

    /// Why no process could be started.
    struct Failure: Error {
        let message: String
    }

    /// Runs `path` to its end, or to the end of `seconds`, when it is killed.
    static func run(
        _ path: String,
        _ arguments: [String],
        environment: [String: String] = [:],
        seconds: Int = 120
    ) throws -> Outcome {
        let output = try Pipe()
        let errors = try Pipe()
        let child = try start(
            path,
            arguments,
            environment: environment,
            output: output.writing,
            errors: errors.writing
        )
        output.closeWriting()
        errors.closeWriting()
        let texts = Pipe.drain([output, errors], seconds: seconds)
        if texts == nil { kill(child, SIGKILL) }
        let status = wait(for: child)
        return Outcome(status: status, output: texts?[0] ?? [], errors: texts?[1] ?? [])
    }

    /// Starts `path`; its standard streams are `output` and `errors`, its input is empty.
    static func start(
        _ path: String,
        _ arguments: [String],
        environment: [String: String],
        output: Int32,
        errors: Int32
    ) throws -> pid_t {
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        unsafe posix_spawn_file_actions_adddup2(&actions, output, 1)
        unsafe posix_spawn_file_actions_adddup2(&actions, errors, 2)
        // Threads that run tests block signals, and a child would inherit that.
        var attributes = posix_spawnattr_t()
        unsafe posix_spawnattr_init(&attributes)
        defer { unsafe posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        unsafe sigemptyset(&none)
        var all = sigset_t()
        unsafe sigfillset(&all)
        unsafe posix_spawnattr_setsigmask(&attributes, &none)
        unsafe posix_spawnattr_setsigdefault(&attributes, &all)
        let flags = Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETSIGDEF)
        unsafe posix_spawnattr_setflags(&attributes, flags)
        var child: pid_t = 0
        let texts = surroundings(environment)
        let code = unsafe withCStrings([path] + arguments) { words in
            unsafe withCStrings(texts) { variables in
                unsafe posix_spawn(&child, path, &actions, &attributes, words, variables)
            }
        }
        guard code == 0 else {
            throw Failure(
                message: "cannot start \(path): error \(code)"
            )
        }
        return child
    }

    /// The status of `child` after its end.
    static func wait(for child: pid_t) -> Int32 {
        var status: Int32 = 0
        while unsafe waitpid(child, &status, 0) < 0, errno == EINTR {}
        return status & 0x7f == 0 ? (status >> 8) & 0xff : 128 + (status & 0x7f)
    }

    /// This process's variables, with `changes`; an empty value takes one away.
    private static func surroundings(_ changes: [String: String]) -> [String] {
        var values: [String: String] = [:]
        let file = unsafe open("/proc/self/environ", O_RDONLY | O_CLOEXEC)
        defer { close(file) }
        var bytes: [UInt8] = []
        while case let piece = Pipe.read(file), !piece.isEmpty { bytes += piece }
        for entry in bytes.split(separator: 0) {
            let parts = String(decoding: entry, as: UTF8.self).split(separator: "=", maxSplits: 1)
            if let name = parts.first {
                values[String(name)] = parts.count > 1 ? String(parts[1]) : ""
            }
        }
        for (name, value) in changes { values[name] = value.isEmpty ? nil : value }
        return values.map { "\($0)=\($1)" }
    }
}

/// Calls `body` with `texts` as C has them: pointers to zero-ended strings, and a null at the end.
private func withCStrings<Result>(
    _ texts: [String],
    _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Result
) -> Result {
    let copies = unsafe texts.map { unsafe strdup($0) } + [nil]
    defer { unsafe copies.forEach { unsafe free($0) } }
    var pointers = unsafe copies
    return unsafe pointers.withUnsafeMutableBufferPointer { buffer in
        guard let base = buffer.baseAddress else {
            preconditionFailure("there is the null at least")
        }
        return unsafe body(base)
    }
}
