internal import Storage
internal import ZarrModel

extension ChunkSource {
    /// Whether chunks can be stored on the thread that encodes them, without a copy.
    var writesBlocking: Bool {
        blocking is any BlockingWritableStore
    }

    /// Replaces a chunk as a whole, on this thread.
    func put(_ index: ChunkIndex, _ bytes: RawSpan) -> Result<Void, StorageError> {
        guard case .store(_, let prefix) = place,
            let store = blocking as? any BlockingWritableStore
        else { return .failure(StorageError(.unsupported, .write, "it does not write here")) }
        do throws(StorageError) {
            return .success(
                try store.writeBlocking(prefix.key(encoding.key(for: index)), bytes)
            )
        } catch {
            return .failure(error)
        }
    }

    /// Removes a chunk, on this thread where the store allows it.
    func remove(_ index: ChunkIndex) async throws(StorageError) {
        guard case .store(_, let prefix) = place,
            let store = blocking as? any BlockingWritableStore
        else { return try await delete(index) }
        try store.deleteBlocking(prefix.key(encoding.key(for: index)))
    }
}
