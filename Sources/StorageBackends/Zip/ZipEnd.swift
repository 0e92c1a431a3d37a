internal import Storage

/// Where an archive's central directory lies, from the record at its end.
struct ZipEnd {
    /// Where the directory begins in the file.
    var start: Int
    /// Bytes of the directory.
    var byteCount: Int
    /// How many members it says it has.
    var count: Int
    /// What every offset in the directory is to be moved by: bytes put before the archive.
    var shift: Int

    /// Longest tail that can hold the record: 22 bytes and a comment, and zip64's locator before.
    private static let longestTail = 22 + 65_535 + 20

    /// Finds the record (APPNOTE 4.3.16; zip64: 4.3.14 and 4.3.15). Throws `.corrupt`.
    static func find(in file: FileDescriptor, size: Int) throws(StorageError) -> ZipEnd {
        let tailStart = max(0, size - longestTail)
        let (tail, got) = file.bytes(tailStart..<size)
        guard got == tail.count, got >= 22 else { throw corrupt("it is no zip archive") }
        for position in stride(from: tail.count - 22, through: 0, by: -1) {
            guard tail[position] == 0x50, tail.number32(position) == 0x0605_4b50,
                position + 22 + tail.number16(position + 20) <= tail.count
            else { continue }
            return try read(tail, position, tailStart: tailStart, file)
        }
        throw corrupt("it is no zip archive, or its end is missing")
    }

    private static func read(
        _ tail: [UInt8],
        _ position: Int,
        tailStart: Int,
        _ file: FileDescriptor
    ) throws(StorageError) -> ZipEnd {
        if position >= 20, tail.number32(position - 20) == 0x0706_4b50 {
            return try zip64(tail, position - 20, tailStart: tailStart, file)
        }
        guard tail.number16(position + 4) == 0, tail.number16(position + 6) == 0 else {
            throw corrupt("archives in several parts are not read")
        }
        return try placed(
            end: tailStart + position,
            byteCount: tail.number32(position + 12),
            start: tail.number32(position + 16),
            count: tail.number16(position + 10)
        )
    }

    private static func zip64(
        _ tail: [UInt8],
        _ locator: Int,
        tailStart: Int,
        _ file: FileDescriptor
    ) throws(StorageError) -> ZipEnd {
        // The record ends where the locator begins, unless it has an extensible part: then the
        // locator's own offset says where it is.
        let beside = tailStart + locator - 56
        for candidate in [beside, tail.number64(locator + 8) ?? -1]
        where (0...max(0, beside)).contains(candidate) {
            let (record, got) = file.bytes(candidate..<(candidate + 56))
            guard got == 56, record.number32(0) == 0x0606_4b50 else { continue }
            guard let count = record.number64(32), let byteCount = record.number64(40),
                let start = record.number64(48), record.number32(16) == 0,
                record.number32(20) == 0
            else { break }
            return try placed(end: candidate, byteCount: byteCount, start: start, count: count)
        }
        throw corrupt("the zip64 record at the end is not readable")
    }

    private static func placed(
        end: Int,
        byteCount: Int,
        start: Int,
        count: Int
    ) throws(StorageError) -> ZipEnd {
        // The directory lies right before its end record, wherever its offset claims it is.
        guard byteCount >= 0, start >= 0, byteCount <= end, start <= end - byteCount,
            count >= 0, count <= byteCount / 46
        else { throw corrupt("the central directory does not fit the archive") }
        let shift = end - byteCount - start
        return ZipEnd(start: start + shift, byteCount: byteCount, count: count, shift: shift)
    }

    static func corrupt(_ message: String) -> StorageError {
        StorageError(.corrupt, .open, message)
    }
}
