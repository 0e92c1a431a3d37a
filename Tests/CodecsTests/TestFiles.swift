import Glibc

/// Files that lie beside the repository.
enum TestFiles {
    /// The folder of suites: `ZSCOPE_SUITES`, or `../shared/suites` beside the repository.
    static let suites: String = {
        if let folder = unsafe getenv("ZSCOPE_SUITES") { return unsafe String(cString: folder) }
        let root = #filePath.split(separator: "/").dropLast(4)
        return "/" + root.joined(separator: "/") + "/shared/suites"
    }()

    static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// The bytes of the file, `nil` where there is none.
    static func read(_ path: String) -> [UInt8]? {
        guard let file = unsafe fopen(path, "rb") else { return nil }
        defer { unsafe fclose(file) }
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 65536)
        while true {
            let count = unsafe fread(&part, 1, part.count, file)
            if count == 0 { return bytes }
            bytes += part[..<count]
        }
    }

    /// The names in a folder, hidden ones left out.
    static func names(in path: String) -> [String] {
        guard let folder = unsafe opendir(path) else { return [] }
        defer { unsafe closedir(folder) }
        var names: [String] = []
        while let entry = unsafe readdir(folder) {
            let name = unsafe withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names.sorted()
    }

    /// `prefix` with two digits and `suffix`, counted from 0 until one is not there.
    static func numbered(_ prefix: String, _ suffix: String) -> [(number: String, bytes: [UInt8])] {
        var found: [(String, [UInt8])] = []
        for number in 0..<1000 {
            let digits = number < 10 ? "0\(number)" : "\(number)"
            guard let bytes = read(prefix + digits + suffix) else { return found }
            found.append((digits, bytes))
        }
        return found
    }
}

/// A NumPy file: what its header says, and the bytes behind it.
struct NumPyFile {
    let type: String
    let shape: [Int]
    let payload: [UInt8]

    init?(_ bytes: [UInt8]) {
        guard bytes.count > 12, bytes.starts(with: [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]) else {
            return nil
        }
        let isLong = bytes[6] >= 2
        let start = isLong ? 12 : 10
        var length = Int(bytes[8]) + Int(bytes[9]) << 8
        if isLong { length += Int(bytes[10]) << 16 + Int(bytes[11]) << 24 }
        guard start + length <= bytes.count else { return nil }
        let header = String(decoding: bytes[start..<(start + length)], as: UTF8.self)
        let quoted = header.split(separator: "'")
        guard let place = quoted.firstIndex(of: "descr"), place + 2 < quoted.count else {
            return nil
        }
        type = String(quoted[place + 2])
        let lengths = header.split(separator: "(").dropFirst().first?.split(separator: ")").first
        shape = (lengths ?? "").split(whereSeparator: { " ,".contains($0) }).compactMap { Int($0) }
        payload = Array(bytes[(start + length)...])
    }
}
