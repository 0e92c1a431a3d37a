import Synchronization

/// Readers of one array that wait for its next read, so that a small read makes no buffers and no
/// codec contexts.
///
/// Each is lent to one worker at a time. All idle readers of the process together hold no more memory
/// than `memoryLimit`; others are let go. Their addresses are kept as numbers, since a reader belongs to
/// whoever took it and to nobody else.
@safe
final class ReaderPool: Sendable {
    private struct Idle {
        var address: UInt
        var byteCount: Int
    }

    /// Bytes that idle readers hold in the whole process.
    private static let held = Atomic<Int>(0)
    private static let memoryLimit = 64 << 20

    private let idle = Mutex<[Idle]>([])

    deinit {
        while take() != nil {}
    }

    /// A reader that waits, for the caller alone.
    func take() -> ChunkReader? {
        guard let found = idle.withLock({ $0.popLast() }),
            let pointer = unsafe UnsafeRawPointer(bitPattern: found.address)
        else { return nil }
        Self.held.subtract(found.byteCount, ordering: .relaxed)
        return unsafe Unmanaged<ChunkReader>.fromOpaque(pointer).takeRetainedValue()
    }

    /// Keeps a reader that its user has done with, and touches no more, if there is room.
    func give(_ reader: ChunkReader) {
        let bytes = reader.heldBytes
        let (_, held) = Self.held.add(bytes, ordering: .relaxed)
        guard held <= Self.memoryLimit else {
            Self.held.subtract(bytes, ordering: .relaxed)
            return
        }
        let address = unsafe UInt(bitPattern: Unmanaged.passRetained(reader).toOpaque())
        idle.withLock { $0.append(Idle(address: address, byteCount: bytes)) }
    }
}
