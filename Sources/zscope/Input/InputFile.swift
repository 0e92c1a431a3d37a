import Glibc
import JSONValue

/// What a person hands to a command: a file, or standard input as `-`.
struct InputFile: ~Copyable {
    private let descriptor: Int32
    private let path: String

    /// Opens the file at `path`.
    init(_ path: String) throws(ToolError) {
        self.path = Self.name(path)
        guard path != "-" else {
            descriptor = STDIN_FILENO
            return
        }
        descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw ToolError("cannot read \(path): \(SystemError.text(errno))")
        }
    }

    /// What messages call it.
    static func name(_ path: String) -> String {
        path == "-" ? "standard input" : path
    }

    deinit {
        if descriptor != STDIN_FILENO { close(descriptor) }
    }

    /// Bytes of the file; `nil` where it is no regular one.
    var size: Int? {
        var info = stat()
        guard unsafe fstat(descriptor, &info) == 0, info.st_mode & S_IFMT == S_IFREG else {
            return nil
        }
        return Int(info.st_size)
    }

    /// Fills `bytes` from where the last read ended; how many there were, fewer only at the end.
    func read(into bytes: inout MutableRawSpan) throws(ToolError) -> Int {
        var done = 0
        let count = bytes.byteCount
        while done < count {
            let got = unsafe bytes.withUnsafeMutableBytes { buffer in
                unsafe Glibc.read(
                    descriptor,
                    buffer.baseAddress.map { unsafe $0 + done },
                    count - done
                )
            }
            if got == 0 { break }
            if got < 0 {
                if errno == EINTR { continue }
                throw ToolError("cannot read \(path): \(SystemError.text(errno))")
            }
            done += got
        }
        return done
    }

    /// The next `count` bytes, fewer only at the end. For small counts.
    func read(_ count: Int) throws(ToolError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var got = 0
        var span = bytes.mutableSpan
        var raw = unsafe span.mutableBytes
        got = try read(into: &raw)
        return got == count ? bytes : Array(bytes[..<got])
    }

    /// A file whole. Throws above `limit` bytes, 64 MiB unless more is asked for.
    static func bytes(_ path: String, limit: Int = 64 << 20) throws(ToolError) -> [UInt8] {
        let file = try InputFile(path)
        var all: [UInt8] = []
        while true {
            let piece = try file.read(1 << 16)
            all += piece
            guard all.count <= limit else {
                throw ToolError("\(name(path)) is larger than \(Wording.bytes(limit))")
            }
            if piece.count < 1 << 16 { return all }
        }
    }

    /// A small file as strict JSON.
    static func json(_ path: String) throws(ToolError) -> JSONValue {
        let bytes = try bytes(path)
        do throws(JSONError) {
            return try JSONParser.parse(bytes, mode: .strict).value
        } catch {
            throw ToolError("\(name(path)): not readable as JSON: \(error)")
        }
    }
}
