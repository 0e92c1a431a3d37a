import Glibc

/// A directory of its own for one test, removed with everything in it when the test lets go.
final class Scratch: Sendable {
    let path: String

    init() {
        var template = Array("/tmp/zscope-test-XXXXXX".utf8CString)
        let made = unsafe mkdtemp(&template)
        precondition(unsafe made != nil, "no directory could be made in /tmp")
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit {
        shell("rm -rf -- '\(path)'")
    }

    /// Runs a line in the shell, in this directory. Its exit status, or -1.
    @discardableResult
    func shell(_ line: String) -> Int32 {
        let status = unsafe system("cd '\(path)' && \(line)")
        return status & 0x7f == 0 ? status >> 8 & 0xff : -1
    }

    /// The bytes of a file, read by nothing that is tested.
    static func bytes(_ path: String) -> [UInt8]? {
        guard let file = unsafe fopen(path, "r") else { return nil }
        defer { unsafe fclose(file) }
        var bytes: [UInt8] = []
        while case let byte = unsafe getc(file), byte != EOF { bytes.append(UInt8(byte)) }
        return bytes
    }

    /// Writes a file in place.
    static func write(_ path: String, _ bytes: [UInt8]) {
        guard let file = unsafe fopen(path, "w") else { return }
        _ = unsafe fwrite(bytes, 1, bytes.count, file)
        unsafe fclose(file)
    }
}
