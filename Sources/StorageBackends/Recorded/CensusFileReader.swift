internal import Glibc
internal import Storage

/// Reads the beginning and the end of a census file; blocks are read when they are wanted.
enum CensusFileReader {
    /// The listing and what else the file at `path` holds. Throws `.notFound` where there is nothing,
    /// `.corrupt` for what is no census file or was cut off, `.unsupported` for another version.
    static func open(_ path: String) throws(StorageError) -> (RecordedListing, CensusTable) {
        let file: FileDescriptor
        switch FileDescriptor.anywhere(path, O_RDONLY) {
        case .open(let descriptor): file = descriptor
        case .failed(ENOENT), .failed(ENOTDIR):
            throw StorageError(.notFound, .open, key: path, "there is nothing at \(path)")
        case .failed(let number): throw StorageError(errno: number, .open, key: path)
        }
        guard let info = file.info(), info.st_mode & S_IFMT == S_IFREG else {
            throw StorageError(.corrupt, .open, key: path, "\(path) is no regular file")
        }
        try checkHead(file, path)
        let table = try table(file, size: Int(info.st_size), path)
        return (RecordedListing(table.blocks, .file(file)), table)
    }

    /// Whether the file at `path` begins as a census file.
    static func isCensusFile(_ path: String) -> Bool {
        guard case .open(let file) = FileDescriptor.anywhere(path, O_RDONLY),
            let info = file.info(), info.st_mode & S_IFMT == S_IFREG
        else { return false }
        let magic = Array(CensusFile.magic.utf8)
        return file.bytes(0..<magic.count).bytes == magic
    }

    private static func checkHead(_ file: FileDescriptor, _ path: String) throws(StorageError) {
        let magic = Array(CensusFile.magic.utf8)
        let (head, got) = file.bytes(0..<(magic.count + 20))
        guard got >= magic.count, head.starts(with: magic) else {
            let message = "\(path) is no census file; an inventory needs --metadata LOCATOR"
            throw StorageError(.corrupt, .open, key: path, message)
        }
        let digits = head[magic.count...].prefix { (0x30...0x39).contains($0) }
        let version = String(decoding: digits, as: UTF8.self)
        guard version == "\(CensusFile.version)" else {
            let message =
                "\(path) is a census file of version \(version); "
                + "this program reads version \(CensusFile.version)"
            throw StorageError(.unsupported, .open, key: path, message)
        }
    }

    private static func table(
        _ file: FileDescriptor,
        size: Int,
        _ path: String
    ) throws(StorageError) -> CensusTable {
        let tailStart = max(0, size - CensusFile.tailCount)
        let (tail, got) = file.bytes(tailStart..<size)
        let cut = StorageError(
            .corrupt,
            .open,
            key: path,
            "the census file \(path) was cut off or damaged: its table cannot be read"
        )
        guard got == CensusFile.tailCount, tail.suffix(8).elementsEqual(CensusFile.endMark),
            let offset = tail.number64(0), let packedCount = tail.number64(8),
            let rawCount = tail.number64(16), offset <= tailStart,
            packedCount <= tailStart - offset, rawCount <= CensusFile.tableLimit
        else { throw cut }
        let (frame, read) = file.bytes(offset..<offset + packedCount)
        guard read == packedCount, let raw = Zstandard.decoded(frame, size: rawCount),
            let table = CensusTable(raw, end: offset)
        else { throw cut }
        return table
    }
}
