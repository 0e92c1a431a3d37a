import Synchronization

/// Memory that a caller keeps and lets one read after the other fill, so that large results cost no new
/// pages each time.
public final class ValueBuffer: Sendable {
    let block: ByteBlock
    private let isTaken = Atomic<Bool>(false)

    /// Takes `byteCount` bytes, zero until something is read into them; `nil` when the system does not
    /// give them.
    public init?(byteCount: Int) {
        guard let block = ByteBlock(zeroes: byteCount) else { return nil }
        self.block = block
    }

    /// The caller's own memory at `bytes`, which must stay and be touched by nobody else while a read
    /// fills it.
    @unsafe
    public init(lent bytes: UnsafeMutableRawBufferPointer) {
        block = unsafe ByteBlock(lent: bytes)
    }

    /// How many bytes there are.
    public var byteCount: Int { block.count }

    /// Lends what was read. Not while a read fills it.
    public func withBytes<Answer, Failure: Error>(
        _ body: (RawSpan) throws(Failure) -> Answer
    ) throws(Failure) -> Answer {
        try block.withBytes(body)
    }

    /// Takes it for one read; `false` while another has it.
    func take() -> Bool {
        !isTaken.exchange(true, ordering: .acquiring)
    }

    /// Gives it back after a read.
    func give() {
        isTaken.store(false, ordering: .releasing)
    }
}
