import Storage
import Synchronization

/// A store that takes some writes and then no more, as one that runs full or is cut off.
final class CutOffStore: ForwardingStore {
    let base: any Store
    private let left: Mutex<Int>

    init(_ under: any Store, writes: Int) {
        self.base = under
        left = Mutex(writes)
    }

    func write(_ key: StoreKey, _ bytes: [UInt8]) async throws(StorageError) {
        let isTaken = left.withLock { left in
            left -= 1
            return left >= 0
        }
        guard isTaken else { throw StorageError(.noSpace, .write, key: key.text, "no space left") }
        try await base.write(key, bytes)
    }
}
