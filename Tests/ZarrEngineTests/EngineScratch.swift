import Glibc

/// A directory of its own for one test, removed with everything in it when the test lets go.
final class EngineScratch: Sendable {
    let path: String

    init() {
        var template = Array("/tmp/zscope-test-XXXXXX".utf8CString)
        let made = unsafe mkdtemp(&template)
        precondition(unsafe made != nil, "no directory could be made in /tmp")
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit {
        _ = unsafe system("rm -rf -- '\(path)'")
    }

    /// Writes a file in place, in a directory that is there.
    func write(_ name: String, _ bytes: [UInt8]) {
        guard let file = unsafe fopen(path + "/" + name, "w") else { return }
        _ = unsafe fwrite(bytes, 1, bytes.count, file)
        unsafe fclose(file)
    }

    /// The names in a directory, hidden ones too.
    func names(_ folder: String) -> [String] {
        guard let directory = unsafe opendir(path + "/" + folder) else { return [] }
        defer { unsafe closedir(directory) }
        var names: [String] = []
        while let entry = unsafe readdir(directory) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { name in
                unsafe name.withMemoryRebound(to: CChar.self, capacity: 256) {
                    unsafe String(cString: $0)
                }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// Seconds since 1970.
    static var now: Int64 { Int64(time(nil)) }
}
