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
        _ = run(["/bin/rm", "-rf", "--", path])
    }

    /// Runs a program and waits for it. Its exit status, or -1.
    @discardableResult
    func run(_ arguments: [String]) -> Int32 {
        var pointers = unsafe arguments.map { unsafe strdup($0) } + [nil]
        defer { for unsafepointer in unsafe pointers { unsafe free(pointer) } }
        var child: pid_t = 0
        guard unsafe posix_spawn(&child, arguments[0], nil, nil, &pointers, environ) == 0 else {
            return -1
        }
        var status: Int32 = 0
        unsafe waitpid(child, &status, 0)
        return status >> 8 & 0xff
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
