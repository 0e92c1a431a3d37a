internal import Arena
internal import CFileSystem
internal import Glibc
internal import Storage

/// An open file or directory, closed when the last owner lets go.
final class FileDescriptor: Sendable {
    /// The number, valid as long as this lives.
    let number: Int32

    init(_ number: Int32) {
        self.number = number
    }

    deinit {
        close(number)
    }

    /// Opens `path` anywhere, following links: for roots that a person named. Negative errno else.
    static func anywhere(_ path: String, _ flags: Int32) -> Opened {
        while true {
            let number = unsafe Glibc.open(path, flags | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
            if number >= 0 { return .open(FileDescriptor(number)) }
            if errno != EINTR { return .failed(errno) }
        }
    }

    /// Opens `path` under this directory, crossing no link.
    func beneath(_ path: String, _ flags: Int32, mode: UInt32 = 0) -> Opened {
        let number = unsafe zscope_open_beneath(self.number, path, flags, mode)
        return number >= 0 ? .open(FileDescriptor(number)) : .failed(-number)
    }

    /// What an attempt to open gave.
    enum Opened {
        case open(FileDescriptor)
        case failed(Int32)
    }

    /// Makes the directory `path`. The errno of a failure, or 0.
    static func makeDirectory(_ path: String) -> Int32 {
        unsafe mkdir(path, 0o777) == 0 ? 0 : errno
    }

    /// Makes the directory `name` in this one. The errno of a failure, or 0.
    func makeDirectory(_ name: String) -> Int32 {
        unsafe mkdirat(number, name, 0o777) == 0 ? 0 : errno
    }

    /// Gives `old` the name `new`, which what bore it loses. The errno of a failure, or 0.
    func rename(_ old: String, to new: String) -> Int32 {
        unsafe renameat(number, old, number, new) == 0 ? 0 : errno
    }

    /// Takes the name `name` away. The errno of a failure, or 0.
    func unlink(_ name: String) -> Int32 {
        unsafe unlinkat(number, name, 0) == 0 ? 0 : errno
    }

    /// Removes the empty directory `name` from this one. The errno of a failure, or 0.
    func removeDirectory(_ name: String) -> Int32 {
        unsafe unlinkat(number, name, Int32(AT_REMOVEDIR)) == 0 ? 0 : errno
    }

    /// The mode of what `name` points to, links followed; `nil` when that cannot be known.
    func followedMode(_ name: String) -> UInt32? {
        var info = stat()
        return unsafe fstatat(number, name, &info, 0) == 0 ? info.st_mode : nil
    }

    /// Size, time and kind. `nil` leaves the reason in `errno`.
    func info() -> stat? {
        var info = stat()
        return unsafe fstat(number, &info) == 0 ? info : nil
    }

    /// Fills `span` from `offset`; fewer bytes only at the end of the file. Negative errno on failure.
    func read(into span: inout MutableRawSpan, at offset: Int) -> Int {
        unsafe span.withUnsafeMutableBytes { buffer in
            var done = 0
            while done < buffer.count {
                guard let base = buffer.baseAddress else { return 0 }
                let got = unsafe pread(number, base + done, buffer.count - done, offset + done)
                if got == 0 { break }
                if got < 0 {
                    if errno == EINTR { continue }
                    return -Int(errno)
                }
                done += got
            }
            return done
        }
    }

    /// A copy of `wanted`, or a negative errno. Fewer bytes only at the end of the file.
    func bytes(_ wanted: Range<Int>) -> (bytes: [UInt8], got: Int) {
        var got = 0
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: wanted.count) { buffer, count in
            var span = unsafe UnsafeMutableRawBufferPointer(buffer).mutableBytes
            got = read(into: &span, at: wanted.lowerBound)
            count = max(0, got)
        }
        return (bytes, got)
    }

    /// Writes all of `bytes` at the current place. The errno of a failure, or 0.
    func write(_ bytes: RawSpan) -> Int32 {
        unsafe bytes.withUnsafeBytes { buffer in
            var done = 0
            while done < buffer.count {
                guard let base = buffer.baseAddress else { return 0 }
                let put = unsafe Glibc.write(number, base + done, buffer.count - done)
                if put < 0 {
                    if errno == EINTR { continue }
                    return errno
                }
                done += put
            }
            return 0
        }
    }

    /// Makes what was written survive a crash of the machine. The errno of a failure, or 0.
    func sync() -> Int32 {
        while fsync(number) != 0 {
            if errno != EINTR { return errno }
        }
        return 0
    }
}
