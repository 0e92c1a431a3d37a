internal import Glibc
public import Storage

/// The lock on a directory, which stands for all that lies in it.
private final class FileLock: StoreLock {
    private let directory: FileDescriptor

    init(_ directory: FileDescriptor) {
        self.directory = directory
    }

    func release() {
        _ = flock(directory.number, LOCK_UN)
    }
}

extension FileStore: LockableStore {
    /// Locks the directory that holds `key`: nothing is left behind, whoever is killed (flock(2)).
    public func lock(
        _ key: StoreKey,
        limit: Duration
    ) async throws(StorageError) -> (any StoreLock)? {
        let end = ContinuousClock.now + limit
        guard let directory = try opened(key) else { return nil }
        while flock(directory.number, LOCK_EX | LOCK_NB) != 0 {
            guard errno == EWOULDBLOCK || errno == EINTR else { return nil }
            guard ContinuousClock.now < end else {
                throw StorageError(
                    .timeout,
                    .write,
                    key: key.text,
                    "another program keeps its lock"
                )
            }
            do {
                try await Task.sleep(for: .milliseconds(2))
            } catch {
                throw StorageError(.cancelled, .write, key: key.text, "it was cancelled")
            }
        }
        return FileLock(directory)
    }

    /// The directory that holds `key`, opened for this alone: a lock belongs to an opened file.
    private func opened(_ key: StoreKey) throws(StorageError) -> FileDescriptor? {
        let slash = key.text.utf8.lastIndex(of: UInt8(ascii: "/"))
        let parent = slash.map { String(key.text[..<$0]) } ?? "."
        guard case .open(let directory) = root.beneath(parent, O_RDONLY | O_DIRECTORY) else {
            return nil
        }
        return directory
    }
}
