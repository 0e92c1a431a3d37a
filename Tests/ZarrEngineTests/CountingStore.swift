import Storage
import Synchronization
import ZarrModel

/// What lies under it, with every read noted.
final class CountingStore: ForwardingStore {
    let base: any Store
    private let noted = Mutex<[(key: String, range: ByteRange)]>([])

    init(under base: any Store) {
        self.base = base
    }

    /// How often each key was read.
    var reads: [String: Int] {
        noted.withLock { noted in
            Dictionary(noted.map { ($0.key, 1) }, uniquingKeysWith: +)
        }
    }

    /// The ranges that were read, in order.
    var ranges: [ByteRange] {
        noted.withLock { $0.map(\.range) }
    }

    /// Forgets what was noted.
    func reset() {
        noted.withLock { $0 = [] }
    }

    func read(_ key: StoreKey, _ range: ByteRange) async throws(StorageError) -> [UInt8]? {
        noted.withLock { $0.append((key.text, range)) }
        return try await base.read(key, range)
    }

    func readWithInfo(
        _ key: StoreKey,
        _ range: ByteRange
    ) async throws(StorageError) -> (bytes: [UInt8], info: ObjectInfo)? {
        noted.withLock { $0.append((key.text, range)) }
        return try await base.readWithInfo(key, range)
    }
}
