/// A byte buffer that one worker fills again and again, so that no chunk costs an allocation.
///
/// Growing keeps the larger block; `count` says how many bytes are valid. Bytes between the old and
/// the new `count` are undefined until they are written. Not `Sendable`: each worker owns its own.
@safe
public final class Arena {
    private var base: UnsafeMutableRawPointer
    /// Bytes that fit without another allocation.
    public private(set) var capacity: Int
    /// Valid bytes, at most `capacity`.
    public private(set) var count: Int

    /// Makes an empty arena with room for `capacity` bytes (at least one).
    public init(capacity: Int = 4096) {
        let size = max(1, capacity)
        unsafe base = .allocate(byteCount: size, alignment: 64)
        self.capacity = size
        count = 0
    }

    deinit {
        unsafe base.deallocate()
    }

    /// Sets `count`, keeping the bytes that were there. Doubling growth: amortised O(1) per byte.
    public func resize(to newCount: Int) {
        precondition(newCount >= 0, "an arena cannot hold fewer than no bytes")
        if newCount > capacity {
            let size = max(newCount, capacity > Int.max / 2 ? newCount : capacity * 2)
            let larger = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 64)
            unsafe larger.copyMemory(from: base, byteCount: count)
            unsafe base.deallocate()
            unsafe base = larger
            capacity = size
        }
        count = newCount
    }

    /// Appends `bytes`.
    public func append(_ bytes: RawSpan) {
        let start = count
        resize(to: start + bytes.byteCount)
        unsafe bytes.withUnsafeBytes { source in
            guard let from = source.baseAddress else { return }
            unsafe (base + start).copyMemory(from: from, byteCount: source.count)
        }
    }

    /// Lends the valid bytes for reading.
    public func withBytes<Answer, Failure: Error>(
        _ body: (RawSpan) throws(Failure) -> Answer
    ) throws(Failure) -> Answer {
        let bytes = unsafe UnsafeRawBufferPointer(start: base, count: count)
        return try unsafe body(bytes.bytes)
    }

    /// Lends the valid bytes for writing.
    public func withMutableBytes<Answer, Failure: Error>(
        _ body: (inout MutableRawSpan) throws(Failure) -> Answer
    ) throws(Failure) -> Answer {
        let bytes = unsafe UnsafeMutableRawBufferPointer(start: base, count: count)
        var span = unsafe bytes.mutableBytes
        return try body(&span)
    }

    /// A copy of the valid bytes.
    public var bytes: [UInt8] {
        withBytes { span in
            unsafe span.withUnsafeBytes { unsafe [UInt8]($0) }
        }
    }
}
