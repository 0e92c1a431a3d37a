internal import Glibc
internal import Storage

extension FileStore {
    /// A regular file, open for reading.
    struct OpenObject {
        var descriptor: FileDescriptor
        var size: Int
        var modified: Int64
        /// What the system knew of it when it was opened.
        var status: stat

        /// Tells this state of the file from all others; `nil` for a file that changed in the last
        /// seconds, which could change again without a trace in its times.
        var tag: String? {
            let changed = max(status.st_mtim.tv_sec, status.st_ctim.tv_sec)
            guard changed < Int(WallClock.now().seconds) - Self.settlingTime else { return nil }
            let parts = [
                Int(truncatingIfNeeded: status.st_dev), Int(truncatingIfNeeded: status.st_ino),
                size, status.st_mtim.tv_sec, status.st_mtim.tv_nsec, status.st_ctim.tv_sec,
                status.st_ctim.tv_nsec,
            ]
            return parts.map { String($0, radix: 36) }.joined(separator: "-")
        }

        /// What is known of this state of the file.
        var info: ObjectInfo {
            ObjectInfo(size: size, modified: modified, tag: tag)
        }

        /// Seconds after which the times of another change differ for certain.
        private static let settlingTime = 3
    }

    /// Opens the file of `key`, or `nil` when it is definitely absent.
    func object(
        _ key: StoreKey,
        _ operation: StorageOperation
    ) throws(StorageError) -> OpenObject? {
        guard !TemporaryName.ends(key.text) else { return nil }
        let descriptor: FileDescriptor
        switch root.beneath(key.text, O_RDONLY) {
        case .open(let opened): descriptor = opened
        case .failed(ENOENT), .failed(ENOTDIR): return nil
        case .failed(let number): throw StorageError(errno: number, operation, key: key.text)
        }
        guard let info = descriptor.info() else {
            throw StorageError(errno: errno, operation, key: key.text)
        }
        switch info.st_mode & S_IFMT {
        case S_IFREG: break
        case S_IFDIR: throw StorageError(errno: EISDIR, operation, key: key.text)
        default: throw StorageError(errno: ENXIO, operation, key: key.text)
        }
        return OpenObject(
            descriptor: descriptor,
            size: Int(info.st_size),
            modified: Int64(info.st_mtim.tv_sec),
            status: info
        )
    }

    /// The bytes of `key` in `range`, and the file they are of, on this thread.
    func bytes(
        of key: StoreKey,
        _ range: ByteRange
    ) throws(StorageError) -> (bytes: [UInt8], file: OpenObject)? {
        guard let file = try object(key, .read) else { return nil }
        let wanted = try wantedRange(range, of: file, key)
        let (bytes, got) = file.descriptor.bytes(wanted)
        try check(got, wanted.count, key)
        return (bytes, file)
    }

    /// The bytes to read, or `.tooLarge` before anything is allocated.
    func wantedRange(
        _ range: ByteRange,
        of file: OpenObject,
        _ key: StoreKey
    ) throws(StorageError) -> Range<Int> {
        let wanted = range.resolved(in: file.size)
        guard wanted.count <= objectLimit else {
            let message = "\(wanted.count) bytes are more than the limit of \(objectLimit)"
            throw StorageError(.tooLarge, .read, key: key.text, message)
        }
        return wanted
    }

    /// Throws when reading failed, or when the file shrank meanwhile.
    func check(_ got: Int, _ wanted: Int, _ key: StoreKey) throws(StorageError) {
        if got < 0 { throw StorageError(errno: Int32(-got), .read, key: key.text) }
        guard got == wanted else {
            throw StorageError(
                .incomplete,
                .read,
                key: key.text,
                "the file shrank while it was read",
                persistence: .temporary
            )
        }
    }
}
