internal import CFileSystem
internal import Glibc

/// The entries of one open directory, read by `getdents64` into one buffer that is used again.
///
/// No entry costs an allocation: a name is a range of the buffer, valid until the next entry is read.
struct DirectoryReader: Sendable {
    /// What an entry is, as far as the directory itself says.
    enum Kind: Equatable, Sendable {
        case file, directory, link, other, unknown
    }

    /// One entry.
    struct Entry: Sendable {
        /// Where its name lies in the buffer; a NUL follows it.
        var name: Range<Int>
        /// What it is.
        var kind: Kind
    }

    /// Bytes of a buffer: about a thousand entries.
    static let bufferSize = 32_768

    let directory: FileDescriptor
    /// The raw entries; may be given to the next reader when this one is done.
    private(set) var buffer: [UInt8]
    private var filled = 0
    private var offset = 0

    /// Reads `directory` from its present place. `buffer` is one of an earlier reader, or empty.
    init(_ directory: FileDescriptor, buffer: [UInt8] = []) {
        self.directory = directory
        self.buffer =
            buffer.count == Self.bufferSize
            ? buffer : [UInt8](repeating: 0, count: Self.bufferSize)
    }

    /// The next entry but `.` and `..`; `nil` at the end. Throws the errno that ended it early.
    mutating func next() throws(ErrnoError) -> Entry? {
        while true {
            if offset >= filled {
                guard try refill() else { return nil }
            }
            // struct linux_dirent64: inode 8, offset 8, length 2, type 1, then the name and a NUL.
            guard filled - offset > 19 else {
                offset = filled
                continue
            }
            let length = Int(buffer[offset + 16]) | Int(buffer[offset + 17]) << 8
            let kind = Self.kind(buffer[offset + 18])
            let start = offset + 19
            let limit = min(offset + max(length, 20), filled)
            offset = limit
            var end = start
            while end < limit && buffer[end] != 0 { end += 1 }
            if end == limit || isDots(start..<end) { continue }
            return Entry(name: start..<end, kind: kind)
        }
    }

    /// Size, time and kind of `entry`, links not followed; `nil` when it is gone by now.
    func info(_ entry: Entry) throws(ErrnoError) -> zscope_entry? {
        var info = zscope_entry()
        let answer = unsafe buffer.withUnsafeBytes { bytes -> Int32 in
            guard let base = bytes.baseAddress else { return -ENOENT }
            let name = unsafe (base + entry.name.lowerBound).assumingMemoryBound(to: CChar.self)
            return unsafe zscope_entry_info(directory.number, name, &info)
        }
        if answer == -ENOENT { return nil }
        guard answer == 0 else { throw ErrnoError(number: -answer) }
        return info
    }

    /// Lends the bytes of an entry's name.
    func withName<Answer>(_ entry: Entry, _ body: (Span<UInt8>) -> Answer) -> Answer {
        body(buffer.span.extracting(entry.name))
    }

    /// An entry's name as text, invalid UTF-8 replaced.
    func text(_ entry: Entry) -> String {
        String(decoding: buffer[entry.name], as: UTF8.self)
    }

    /// What a mode says an entry is.
    static func kind(mode: UInt32) -> Kind {
        switch mode & S_IFMT {
        case S_IFREG: .file
        case S_IFDIR: .directory
        case S_IFLNK: .link
        default: .other
        }
    }

    private mutating func refill() throws(ErrnoError) -> Bool {
        let number = directory.number
        let got = unsafe buffer.withUnsafeMutableBytes { bytes in
            unsafe zscope_read_directory(number, bytes.baseAddress, bytes.count)
        }
        guard got >= 0 else { throw ErrnoError(number: Int32(-got)) }
        filled = got
        offset = 0
        return got > 0
    }

    private static func kind(_ type: UInt8) -> Kind {
        switch Int(type) {
        case DT_REG: .file
        case DT_DIR: .directory
        case DT_LNK: .link
        case DT_UNKNOWN: .unknown
        default: .other
        }
    }

    private func isDots(_ name: Range<Int>) -> Bool {
        guard name.count <= 2, buffer[name.lowerBound] == UInt8(ascii: ".") else { return false }
        return name.count == 1 || buffer[name.lowerBound + 1] == UInt8(ascii: ".")
    }
}

/// The number that a failed system call left.
struct ErrnoError: Error {
    var number: Int32
    /// The entry that it is about; `nil` for the directory.
    var name: String?
}
