internal import Glibc
public import Storage

extension FileStore: LeftoverStore {
    /// The hidden files under `prefix` that writers write before they rename them.
    public func leftovers(
        _ prefix: StorePrefix
    ) async throws(StorageError) -> any Listing<ListingPage> {
        FileListing(root, prefix, .full, .leftovers)
    }

    /// Unlinks the hidden file at `key`.
    public func removeLeftover(
        _ key: StoreKey,
        unchangedSince moment: Int64
    ) async throws(StorageError) -> Bool {
        guard TemporaryName.ends(key.text) else {
            throw StorageError(
                .invalidKey,
                .delete,
                key: key.text,
                "this is no name of a file that is being written"
            )
        }
        return try await BlockingExecutor.shared.run { () throws(StorageError) in
            try self.unlinkLeftover(key, unchangedSince: moment)
        }
    }

    private func unlinkLeftover(
        _ key: StoreKey,
        unchangedSince moment: Int64
    ) throws(StorageError) -> Bool {
        let (directory, name) = try directory(of: key, makes: false)
        guard let directory else { return true }
        switch directory.beneath(name, O_RDONLY) {
        case .failed(ENOENT): return true
        case .failed(let number): throw StorageError(errno: number, .delete, key: key.text)
        case .open(let file):
            guard let info = file.info(), info.st_mode & S_IFMT == S_IFREG,
                Int64(info.st_mtim.tv_sec) <= moment
            else { return false }
        }
        let failure = directory.unlink(name)
        guard failure == 0 || failure == ENOENT else {
            throw StorageError(errno: failure, .delete, key: key.text)
        }
        pruneReserved(around: key)
        return true
    }
}
