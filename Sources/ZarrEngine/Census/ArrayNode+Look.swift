public import Storage
public import ZarrModel

/// What one key of an array is, looked up and not listed.
public struct ChunkLook: Hashable, Sendable {
    /// The chunk, in C order of the grid.
    public var chunk: Int
    /// Present, short or corrupt, as far as its size tells; missing where it is definitely absent.
    public var state: ChunkState
    /// Size and time, where it is there and the storage says.
    public var info: ObjectInfo
}

extension ArrayNode {
    /// Begins to watch the keys of this array; `nil` where its storage cannot. Layers around it stay
    /// out of it: a watch tells keys alone, and looking at them goes through the layers.
    public func watch() async throws(StorageError) -> (any StoreWatch)? {
        guard case .store(let store, let prefix) = source.place,
            let watchable = store.first((any WatchableStore).self)
        else { return nil }
        return try await watchable.watch(prefix)
    }

    /// What the object at `key`, relative to the array, is now; `nil` for a key that is no chunk of the
    /// grid. One request.
    public func look(at key: String) async throws(StorageError) -> ChunkLook? {
        guard case .store(let store, let prefix) = source.place,
            case .inside(let chunk) = keyEncoding.linearIndex(of: Array(key.utf8)[...], in: grid)
        else { return nil }
        guard let info = try await store.info(try prefix.key(key)) else {
            return ChunkLook(chunk: chunk, state: .missing, info: ObjectInfo(size: nil))
        }
        var rule = sizeRule
        let size = info.size.map(Int64.init) ?? -1
        let state = rule.state(ofSize: size, grid.index(at: chunk))
        return ChunkLook(chunk: chunk, state: state, info: info)
    }
}
