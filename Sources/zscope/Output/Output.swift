import Glibc
import Synchronization

/// Where a command's document goes: standard output or a file, in large pieces.
///
/// A file appears under its name only with `finish`; before, it is a neighbour that `discard` removes.
final class Output: Sendable {
    private struct State {
        var descriptor: Int32
        var buffer: [UInt8] = []
        var temporary: String?
    }

    private static let pieceSize = 1 << 16
    private let state: Mutex<State>
    private let path: String?

    /// Standard output.
    init() {
        path = nil
        state = Mutex(State(descriptor: STDOUT_FILENO))
    }

    /// The file at `path`; `-` is standard output. What is no regular file is written to as it is.
    init(path: String) throws(ToolError) {
        guard path != "-" else {
            self.path = nil
            state = Mutex(State(descriptor: STDOUT_FILENO))
            return
        }
        self.path = path
        let isSpecial = FileKind(path: path).map { $0 != .regular } ?? false
        let name = isSpecial ? path : "\(path).\(getpid()).part"
        let flags = isSpecial ? O_WRONLY | O_CLOEXEC : O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC
        let descriptor = unsafe open(name, flags, 0o666)
        guard descriptor >= 0 else {
            throw ToolError("cannot write \(path): \(SystemError.text(errno))")
        }
        state = Mutex(State(descriptor: descriptor, temporary: isSpecial ? nil : name))
    }

    /// Whether it goes to a terminal.
    var isTerminal: Bool {
        state.withLock { isatty($0.descriptor) == 1 }
    }

    /// Adds text.
    func write(_ text: String) throws(ToolError) {
        var text = text
        try collect { buffer in
            text.withUTF8 { unsafe buffer.append(contentsOf: $0) }
        }
    }

    /// Adds a line.
    func line(_ text: String = "") throws(ToolError) {
        try write(text + "\n")
    }

    /// Adds bytes.
    func write(_ bytes: some Sequence<UInt8>) throws(ToolError) {
        try collect { $0.append(contentsOf: bytes) }
    }

    /// Adds bytes, however many, without a copy of them all.
    func write(_ bytes: RawSpan) throws(ToolError) {
        var start = 0
        while start < bytes.byteCount {
            let end = min(bytes.byteCount, start + Self.pieceSize)
            let piece = bytes.extracting(start..<end)
            try collect { buffer in
                unsafe piece.withUnsafeBytes { unsafe buffer.append(contentsOf: $0) }
            }
            start = end
        }
    }

    /// Hands over what was added so far, for a reader that waits for it.
    func flush() throws(ToolError) {
        try state.withLock { (state: inout State) throws(ToolError) in try Self.drain(&state) }
    }

    /// Writes what is left and lets a file appear under its name.
    func finish() throws(ToolError) {
        try state.withLock { (state: inout State) throws(ToolError) in
            try Self.drain(&state)
            guard let path, let temporary = state.temporary else { return }
            guard close(state.descriptor) == 0, unsafe rename(temporary, path) == 0 else {
                throw ToolError("cannot write \(path): \(SystemError.text(errno))")
            }
            state.temporary = nil
        }
    }

    /// Gives up: nothing appears under the file's name.
    func discard() {
        state.withLock { state in
            guard let temporary = state.temporary else { return }
            close(state.descriptor)
            _ = unsafe unlink(temporary)
            state.temporary = nil
        }
    }

    private func collect(_ add: (inout [UInt8]) -> Void) throws(ToolError) {
        try state.withLock { (state: inout State) throws(ToolError) in
            add(&state.buffer)
            guard state.buffer.count >= Self.pieceSize else { return }
            // What prints without end stops here when it is told to.
            if Task.isCancelled { throw ToolError("interrupted", status: .interrupted) }
            try Self.drain(&state)
        }
    }

    private static func drain(_ state: inout State) throws(ToolError) {
        defer { state.buffer.removeAll(keepingCapacity: true) }
        let count = state.buffer.count
        var done = 0
        while done < count {
            let written = unsafe state.buffer.withUnsafeBytes { bytes in
                let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[done...])
                return unsafe Glibc.write(state.descriptor, rest.baseAddress, rest.count)
            }
            if written >= 0 {
                done += written
            } else if errno == EPIPE {
                throw ToolError("", status: .closedPipe)
            } else if errno == EBADF, state.descriptor == STDOUT_FILENO {
                throw ToolError("cannot write the answer: standard output is closed")
            } else if errno != EINTR {
                throw ToolError("cannot write the answer: \(SystemError.text(errno))")
            }
        }
    }
}
