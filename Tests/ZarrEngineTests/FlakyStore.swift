import Storage
import Synchronization
import ZarrModel

/// A store that fails to read one key, and is otherwise what lies under it.
struct FlakyStore: ForwardingStore {
    let base: any Store
    let failing: String

    init(under base: any Store, failing: String) {
        self.base = base
        self.failing = failing
    }

    func read(_ key: StoreKey, _ range: ByteRange) async throws(StorageError) -> [UInt8]? {
        if key.text == failing {
            throw StorageError(.forbidden, .read, key: key.text, "access denied")
        }
        return try await base.read(key, range)
    }
}

/// A store whose reading of one key begins, says so, and ends only when it is cancelled.
struct StallingStore: ForwardingStore {
    let base: any Store
    let stalling: String
    let signal: AsyncStream<Void>.Continuation

    init(under base: any Store, stalling: String, signal: AsyncStream<Void>.Continuation) {
        self.base = base
        self.stalling = stalling
        self.signal = signal
    }

    func read(_ key: StoreKey, _ range: ByteRange) async throws(StorageError) -> [UInt8]? {
        guard key.text == stalling else { return try await base.read(key, range) }
        signal.yield()
        // Nothing ever comes: the wait ends when the task is cancelled.
        let (nothing, source) = AsyncStream<Void>.makeStream()
        for await _ in nothing {}
        source.finish()
        throw StorageError(.cancelled, .read, key: key.text, "cancelled")
    }
}

/// What closures on several threads add up.
final class Sums: Sendable {
    private let state = Mutex<(bytes: [Int], rows: Int)>(([], 0))

    func add(_ bytes: Int, _ rows: Int) {
        state.withLock { state in
            state.bytes.append(bytes)
            state.rows += rows
        }
    }

    var bytes: [Int] { state.withLock { $0.bytes } }
    var rows: Int { state.withLock { $0.rows } }
}
