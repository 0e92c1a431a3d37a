import Glibc

/// A file that a person named as input.
enum InputFile {
    /// The most that is read.
    private static let limit = 4 << 30

    /// All bytes of the file at `path`. Throws with the system's reason.
    static func read(_ path: String) throws -> [UInt8] {
        let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw ToolError("\(path): \(SystemError.text(errno))") }
        defer { close(file) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while bytes.count <= limit {
            let count = unsafe Glibc.read(file, &piece, piece.count)
            if count == 0 { return bytes }
            guard count > 0 else { throw ToolError("\(path): \(SystemError.text(errno))") }
            bytes += piece[..<count]
        }
        throw ToolError("\(path): the file is larger than \(limit) bytes")
    }
}
