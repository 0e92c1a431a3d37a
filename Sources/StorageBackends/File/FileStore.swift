public import Arena
internal import Glibc
public import Storage

/// A directory of the local file system as a store: one file per key.
///
/// Every access goes through the root's descriptor and crosses no symbolic link: a link on the way,
/// wherever it points, is an error that names the key. The root itself may be a link.
/// `ENOENT` and `ENOTDIR` are absence; everything else throws.
public final class FileStore: BlockingWritableStore {
    /// What a write waits for before it is acknowledged.
    public enum Durability: String, Hashable, Sendable, CaseIterable {
        /// Nothing: a crash of the machine may lose it or leave it empty.
        case none
        /// The file's bytes, so that no crash leaves half of them.
        case file
        /// The file's bytes and its directory's entry: an acknowledged write survives.
        case full
    }

    /// The root, as it was named.
    public let path: String
    /// What a write waits for.
    public let durability: Durability
    /// Bytes of the largest object that is read whole.
    public let objectLimit: Int
    /// Whether listings look at each file, one system call each, for its size and time.
    public let listsSizes: Bool
    let root: FileDescriptor

    /// Opens the directory `path`. Throws `.notFound` when there is none.
    public init(
        path: String,
        durability: Durability = .file,
        objectLimit: Int = 4 << 30,
        listsSizes: Bool = true
    ) throws(StorageError) {
        switch FileDescriptor.anywhere(path, O_RDONLY | O_DIRECTORY) {
        case .open(let descriptor):
            root = descriptor
        case .failed(ENOENT):
            throw StorageError(.notFound, .open, key: path, "there is nothing at \(path)")
        case .failed(ENOTDIR):
            throw StorageError(.notFound, .open, key: path, "\(path) is no directory")
        case .failed(let number):
            throw StorageError(errno: number, .open, key: path)
        }
        self.path = path
        self.durability = durability
        self.objectLimit = objectLimit
        self.listsSizes = listsSizes
    }

    /// Everything; durable where writes wait for the directory, sizes and times where they are listed.
    public var capabilities: Capabilities {
        var all: Capabilities = [.read, .write, .list, .delete, .ranges, .hierarchy, .reopen]
        if durability == .full { all.insert(.durable) }
        if listsSizes { all.formUnion([.sizes, .modified]) }
        return all
    }

    /// The path.
    public var location: String { path }

    /// Reads the file of `key`.
    public func read(_ key: StoreKey, _ range: ByteRange) async throws(StorageError) -> [UInt8]? {
        try await BlockingExecutor.shared.run { () throws(StorageError) in
            try self.bytes(of: key, range)?.bytes
        }
    }

    /// The same with size, time and tag of the file that was open.
    public func readWithInfo(
        _ key: StoreKey,
        _ range: ByteRange
    ) async throws(StorageError) -> (bytes: [UInt8], info: ObjectInfo)? {
        try await BlockingExecutor.shared.run { () throws(StorageError) in
            try self.bytes(of: key, range).map { ($0.bytes, $0.file.info) }
        }
    }

    /// Reads the file of `key` on this thread.
    public func readBlocking(
        _ key: StoreKey,
        _ range: ByteRange,
        into arena: Arena
    ) throws(StorageError) -> Bool {
        try fill(arena, key, range) != nil
    }

    /// The same with size, time and tag of the file that was open.
    public func readBlockingWithInfo(
        _ key: StoreKey,
        _ range: ByteRange,
        into arena: Arena
    ) throws(StorageError) -> ObjectInfo? {
        try fill(arena, key, range)?.info
    }

    private func fill(
        _ arena: Arena,
        _ key: StoreKey,
        _ range: ByteRange
    ) throws(StorageError) -> OpenObject? {
        guard let file = try object(key, .read) else { return nil }
        let wanted = try wantedRange(range, of: file, key)
        arena.resize(to: wanted.count)
        let got = arena.withMutableBytes { span in
            file.descriptor.read(into: &span, at: wanted.lowerBound)
        }
        try check(got, wanted.count, key)
        return file
    }

    /// Size and time of the file of `key`.
    public func info(_ key: StoreKey) async throws(StorageError) -> ObjectInfo? {
        try await BlockingExecutor.shared.run { () throws(StorageError) in
            guard let file = try self.object(key, .info) else { return nil }
            return ObjectInfo(size: file.size, modified: file.modified)
        }
    }

    /// Replaces the file of `key` by renaming a finished one over it.
    public func write(_ key: StoreKey, _ bytes: [UInt8]) async throws(StorageError) {
        try await BlockingExecutor.shared.run { () throws(StorageError) in
            try bytes.withRawBytes { (bytes: RawSpan) throws(StorageError) in
                try self.replace(key, bytes)
            }
        }
    }

    /// Replaces the file of `key` on this thread.
    public func writeBlocking(_ key: StoreKey, _ bytes: RawSpan) throws(StorageError) {
        try replace(key, bytes)
    }

    /// Removes the file of `key` on this thread.
    public func deleteBlocking(_ key: StoreKey) throws(StorageError) {
        try remove(key)
    }

    /// Removes the file of `key`; directories that become empty stay, but for those in a trash.
    public func delete(_ key: StoreKey) async throws(StorageError) {
        try await BlockingExecutor.shared.run { () throws(StorageError) in
            try self.remove(key)
        }
    }

    /// Every file under `prefix`, by several threads where there are directories to share.
    public func list(
        _ prefix: StorePrefix,
        _ options: ListingOptions
    ) async throws(StorageError) -> any Listing<ListingPage> {
        FileListing(root, prefix, listsSizes ? options : .keysOnly)
    }

    /// The directory of `prefix`.
    public func children(
        _ prefix: StorePrefix
    ) async throws(StorageError) -> any Listing<ChildPage> {
        FileChildren(root, prefix)
    }
}
