import Glibc

/// Small files of the program's own, read and replaced as a whole.
enum SmallFile {
    /// The most that is read.
    static let limit = 16 << 20

    /// The bytes of the file at `path`; `nil` when it cannot be read or is larger than `limit`.
    static func read(_ path: String, limit: Int = limit) -> [UInt8]? {
        let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while bytes.count <= limit {
            let count = unsafe Glibc.read(file, &piece, piece.count)
            if count == 0 { return bytes }
            guard count > 0 else { return nil }
            bytes += piece[..<count]
        }
        return nil
    }

    /// Puts `bytes` at `path`, whole or not at all.
    @discardableResult
    static func replace(_ path: String, _ bytes: [UInt8], mode: mode_t) -> Bool {
        let temporary = "\(path).\(getpid())"
        let file = unsafe open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
        guard file >= 0 else { return false }
        let written = unsafe Glibc.write(file, bytes, bytes.count)
        guard close(file) == 0, written == bytes.count, unsafe rename(temporary, path) == 0 else {
            _ = unsafe unlink(temporary)
            return false
        }
        return true
    }

    /// Removes what programs left that were killed while they replaced the file at `path`:
    /// `NAME.PROCESS`, where there is no such process any more.
    static func sweep(_ path: String) {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return }
        let folder = path[...slash]
        let name = path[slash...].dropFirst() + "."
        guard let directory = unsafe opendir(String(folder)) else { return }
        defer { unsafe closedir(directory) }
        while let entry = unsafe readdir(directory) {
            let found = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            guard found.hasPrefix(name), let process = pid_t(found.dropFirst(name.count)),
                process > 0, kill(process, 0) < 0, errno == ESRCH
            else { continue }
            _ = unsafe unlink(folder + found)
        }
    }
}
