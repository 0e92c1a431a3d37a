public import Arena
internal import Glibc
public import Storage

/// A zip archive as a store, read only: one member per key.
///
/// Members are read where they lie, by any number of threads at once; a part of a stored member is
/// read without the rest. Whole reads are checked against the member's CRC-32. Names that are no
/// store keys (`../x`, `/x`, control characters) cannot be reached and are not listed.
public final class ZipStore: BlockingStore {
    /// The archive, as it was named.
    public let path: String
    /// The folder of the archive that is the root, with its closing slash; empty for the top.
    public let folder: String
    /// Bytes of the largest object that is read.
    public let objectLimit: Int
    private let file: FileDescriptor
    private let fileSize: Int
    let index: ZipIndex

    /// Opens the archive at `path`. Throws `.notFound` when there is none, `.corrupt` when it is not
    /// one.
    ///
    /// `folder` is the root inside; `nil` takes the one folder that holds everything, else the top.
    public init(
        path: String,
        folder: String? = nil,
        objectLimit: Int = 4 << 30
    ) throws(StorageError) {
        switch FileDescriptor.anywhere(path, O_RDONLY) {
        case .open(let descriptor): file = descriptor
        case .failed(ENOENT), .failed(ENOTDIR):
            throw StorageError(.notFound, .open, key: path, "there is nothing at \(path)")
        case .failed(let number): throw StorageError(errno: number, .open, key: path)
        }
        guard let info = file.info(), info.st_mode & S_IFMT == S_IFREG else {
            throw StorageError(.corrupt, .open, key: path, "\(path) is no regular file")
        }
        fileSize = Int(info.st_size)
        let end = try ZipEnd.find(in: file, size: fileSize)
        guard end.byteCount <= ZipIndex.largestDirectory else {
            throw StorageError(.tooLarge, .open, key: path, "the archive's directory is too large")
        }
        let (directory, got) = file.bytes(end.start..<(end.start + end.byteCount))
        guard got == end.byteCount else { throw ZipEnd.corrupt("the directory is cut off") }
        index = try ZipIndex(directory, end)
        self.path = path
        self.objectLimit = objectLimit
        if let folder, !folder.isEmpty {
            self.folder = try StorePrefix(folder).description
        } else {
            self.folder =
                folder == nil ? String(decoding: index.commonFolder, as: UTF8.self) : ""
        }
    }

    /// Reading and listing, ranges of stored members included.
    public var capabilities: Capabilities {
        [.read, .list, .ranges, .hierarchy, .sizes, .reopen]
    }

    /// The path.
    public var location: String { path }

    /// How many members have names that are no store keys.
    public var rejectedNames: Int { index.rejected }

    /// Reads a member.
    public func read(_ key: StoreKey, _ range: ByteRange) async throws(StorageError) -> [UInt8]? {
        try await BlockingExecutor.shared.run { () throws(StorageError) in
            try self.bytes(of: key, range)
        }
    }

    /// Reads a member on this thread.
    public func readBlocking(
        _ key: StoreKey,
        _ range: ByteRange,
        into arena: Arena
    ) throws(StorageError) -> Bool {
        guard let member = index.member(folder + key.text) else { return false }
        guard member.method == ZipMember.stored else {
            guard let bytes = try bytes(of: key, range) else { return false }
            arena.replace(with: bytes)
            return true
        }
        let place = try place(of: member, range, key)
        arena.resize(to: place.count)
        let got = arena.withMutableBytes { span in
            file.read(into: &span, at: place.lowerBound)
        }
        try check(got, place.count, key)
        if place.count == member.size {
            try check(crc: Inflater.crc32(arena), of: member, key)
        }
        return true
    }

    /// Refused: the archive is read only.
    public func write(_ key: StoreKey, _ bytes: [UInt8]) async throws(StorageError) {
        throw StorageError(.unsupported, .write, key: key.text, "zip archives are read only")
    }

    /// Refused: the archive is read only.
    public func delete(_ key: StoreKey) async throws(StorageError) {
        throw StorageError(.unsupported, .delete, key: key.text, "zip archives are read only")
    }

    /// The size of a member.
    public func info(_ key: StoreKey) async throws(StorageError) -> ObjectInfo? {
        index.member(folder + key.text).map { ObjectInfo(size: $0.size) }
    }

    private func bytes(of key: StoreKey, _ range: ByteRange) throws(StorageError) -> [UInt8]? {
        guard let member = index.member(folder + key.text) else { return nil }
        let place = try place(of: member, range, key)
        let (packed, got) = file.bytes(place)
        try check(got, place.count, key)
        guard member.method == ZipMember.deflated else {
            if place.count == member.size {
                try check(crc: Inflater.crc32(packed), of: member, key)
            }
            return packed
        }
        guard let bytes = Inflater.inflate(packed, size: member.size) else {
            throw corrupt("the deflated bytes are not what the archive's directory says", key)
        }
        try check(crc: Inflater.crc32(bytes), of: member, key)
        return range == .all ? bytes : Array(bytes[range.resolved(in: bytes.count)])
    }

    /// The bytes of the file to read: the wanted ones of a stored member, all of a deflated one.
    private func place(
        of member: ZipMember,
        _ range: ByteRange,
        _ key: StoreKey
    ) throws(StorageError) -> Range<Int> {
        guard !member.isEncrypted else {
            throw StorageError(.unsupported, .read, key: key.text, "the member is encrypted")
        }
        guard [ZipMember.stored, ZipMember.deflated].contains(member.method) else {
            let message = "compression method \(member.method) of the archive is not read"
            throw StorageError(.unsupported, .read, key: key.text, message)
        }
        let isStored = member.method == ZipMember.stored
        let wanted =
            isStored ? range.resolved(in: member.size) : 0..<member.packedSize
        guard max(isStored ? wanted.count : member.size, wanted.count) <= objectLimit else {
            let message = "\(member.size) bytes are more than the limit of \(objectLimit)"
            throw StorageError(.tooLarge, .read, key: key.text, message)
        }
        // The local header repeats the name and has an extra field of its own length (4.3.7).
        let (header, got) = file.bytes(member.header..<(member.header + 30))
        guard got == 30, header.number32(0) == 0x0403_4b50 else {
            throw corrupt("the member's local header is not where the directory says", key)
        }
        let start = member.header + 30 + header.number16(26) + header.number16(28)
        guard !isStored || member.size == member.packedSize,
            member.packedSize <= fileSize - start
        else { throw corrupt("the member does not fit the archive", key) }
        return (start + wanted.lowerBound)..<(start + wanted.upperBound)
    }

    private func check(_ got: Int, _ wanted: Int, _ key: StoreKey) throws(StorageError) {
        if got < 0 { throw StorageError(errno: Int32(-got), .read, key: key.text) }
        guard got == wanted else { throw corrupt("the archive is cut off", key) }
    }

    private func check(crc: UInt32, of member: ZipMember, _ key: StoreKey) throws(StorageError) {
        guard crc == member.crc else { throw corrupt("the CRC-32 does not match", key) }
    }

    private func corrupt(_ message: String, _ key: StoreKey) -> StorageError {
        StorageError(.corrupt, .read, key: key.text, message)
    }
}
