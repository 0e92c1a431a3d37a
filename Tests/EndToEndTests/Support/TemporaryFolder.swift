import Glibc

/// A folder of a test's own, removed with everything in it when the test lets go of it.
final class TemporaryFolder {
    /// Where it is.
    let path: String

    init() throws {
        var template = Array("/tmp/zscope-test-XXXXXX".utf8CString)
        guard unsafe mkdtemp(&template) != nil else {
            throw ChildProcess.Failure(message: "no temporary folder")
        }
        path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    deinit {
        _ = try? ChildProcess.run("/bin/rm", ["-rf", path])
    }

    /// Writes a file; folders in its path are made.
    func write(_ name: String, _ bytes: [UInt8]) throws {
        var folder = path
        for part in name.split(separator: "/").dropLast() {
            folder += "/" + part
            _ = unsafe mkdir(folder, 0o777)
        }
        let file = unsafe open(path + "/" + name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
        defer { close(file) }
        guard file >= 0, unsafe Glibc.write(file, bytes, bytes.count) == bytes.count else {
            throw ChildProcess.Failure(message: "cannot write \(path)/\(name)")
        }
    }

    /// The bytes of a file, `nil` when there is none.
    func read(_ name: String) -> [UInt8]? {
        let file = unsafe open(path + "/" + name, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var bytes: [UInt8] = []
        while case let piece = Pipe.read(file), !piece.isEmpty { bytes += piece }
        return bytes
    }
}
