import Glibc

/// Input that comes a line at a time, from a terminal that edits lines itself, a pipe or a file.
public final class LineTerminal {
    /// What happened.
    public enum Arrival: Hashable, Sendable {
        /// A line, without its end.
        case line(String)
        /// Somebody rang the doorbell.
        case posted
        /// Time ran out.
        case nothing
        /// There will be no more lines.
        case ended
    }

    private let input: Int32
    private let doorbell: Doorbell
    private var bytes: [UInt8] = []
    private var isAtEnd = false

    /// A longer line is cut.
    private static let longestLine = 1 << 16

    /// Reads from a descriptor. `doorbell` is what wakes it besides input.
    public init(input: Int32 = 0, doorbell: Doorbell) {
        self.input = input
        self.doorbell = doorbell
    }

    /// Waits for the next thing to happen. Lines are left alone while `takesLines` is false.
    public func next(timeout: Duration?, takesLines: Bool) -> Arrival {
        if takesLines {
            if let line = takeLine() { return .line(line) }
            if isAtEnd { return .ended }
        }
        let descriptors = [takesLines ? input : -1, doorbell.descriptor]
        guard let ready = Poll.wait(on: descriptors, timeout: timeout) else { return .nothing }
        if ready[1].isReadable {
            doorbell.answer()
            return .posted
        }
        read()
        return next(timeout: .zero, takesLines: takesLines)
    }

    private func read() {
        var piece = [UInt8](repeating: 0, count: 4096)
        let count = unsafe Glibc.read(input, &piece, piece.count)
        if count > 0 {
            bytes += piece[..<count]
        } else if count == 0 || errno != EINTR {
            isAtEnd = true
        }
    }

    private func takeLine() -> String? {
        let end = bytes.firstIndex(of: UInt8(ascii: "\n"))
        guard let end = end ?? (isAtEnd || bytes.count > Self.longestLine ? bytes.count : nil),
            !bytes.isEmpty
        else { return nil }
        var line = bytes[..<end]
        bytes.removeFirst(min(bytes.count, end + 1))
        if line.last == UInt8(ascii: "\r") { line = line.dropLast() }
        return String(decoding: line.prefix(Self.longestLine), as: UTF8.self)
    }
}
