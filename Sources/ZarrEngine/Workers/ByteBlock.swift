import Glibc

/// A block of bytes that workers fill in disjoint places, and that is read afterwards.
///
/// Pages of a large one are taken from the system when they are first written: a place that is left
/// alone costs no memory and reads as zero. The address is kept as a number so that the block can be
/// shared.
///
/// Whoever writes must keep to bytes that no other worker writes, and must have finished before the
/// block is read. The plan of a read gives each chunk a place of its own in the result.
@safe
final class ByteBlock: Sendable {
    /// Whose memory it is.
    private enum Owner {
        /// Pages of the system.
        case pages
        /// The process's heap, which hands out again what was freed: small blocks that come and go cost
        /// no new pages.
        case heap
        /// Somebody who keeps it for as long as this lives.
        case lender
    }

    private let address: UInt
    private let owner: Owner
    /// Bytes in the block.
    let count: Int
    /// Whether every byte was 0 when it was made.
    let beganAsZeroes: Bool

    /// Blocks from this size on are pages of the system's, large ones where it has them.
    private static let pagesFrom = 1 << 21

    /// Takes `count` bytes whose values are undefined, zero where that costs nothing; `nil` when the
    /// system does not give them.
    convenience init?(undefined count: Int) {
        guard count > 0, count < Self.pagesFrom else {
            self.init(zeroes: count)
            return
        }
        let base = UnsafeMutableRawPointer.allocate(byteCount: count, alignment: 64)
        self.init(UInt(bitPattern: base), .heap, count)
    }

    /// The memory at `bytes`, which its lender keeps and lets nobody else touch as long as this lives.
    @unsafe
    convenience init(lent bytes: UnsafeMutableRawBufferPointer) {
        let address = unsafe bytes.baseAddress.map { UInt(bitPattern: $0) } ?? 0
        self.init(address, .lender, bytes.count)
    }

    private init(_ address: UInt, _ owner: Owner, _ count: Int) {
        self.address = address
        self.owner = owner
        self.count = count
        beganAsZeroes = false
    }

    /// Takes `count` zero bytes; `nil` when the system does not give them.
    init?(zeroes count: Int) {
        owner = .pages
        beganAsZeroes = true
        guard count >= 0 else { return nil }
        self.count = count
        guard count > 0 else {
            address = 0
            return
        }
        let flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE
        let mapped = unsafe mmap(nil, count, PROT_READ | PROT_WRITE, flags, -1, 0)
        guard let base = unsafe mapped, unsafe base != MAP_FAILED else { return nil }
        if count >= Self.pagesFrom {
            _ = unsafe madvise(base, count, MADV_HUGEPAGE)
        }
        address = UInt(bitPattern: base)
    }

    deinit {
        guard let base = unsafe UnsafeMutableRawPointer(bitPattern: address) else { return }
        switch owner {
        case .pages: _ = unsafe munmap(base, count)
        case .heap: unsafe base.deallocate()
        case .lender: break
        }
    }

    /// Lends the bytes for reading.
    func withBytes<Answer, Failure: Error>(
        _ body: (RawSpan) throws(Failure) -> Answer
    ) throws(Failure) -> Answer {
        let base = unsafe UnsafeRawPointer(bitPattern: address)
        let bytes = unsafe UnsafeRawBufferPointer(start: base, count: count)
        return try unsafe body(bytes.bytes)
    }

    /// Lends the bytes for writing. Workers may hold this at the same time for disjoint places.
    func withMutableBytes<Answer, Failure: Error>(
        _ body: (inout MutableRawSpan) throws(Failure) -> Answer
    ) throws(Failure) -> Answer {
        let base = unsafe UnsafeMutableRawPointer(bitPattern: address)
        let bytes = unsafe UnsafeMutableRawBufferPointer(start: base, count: count)
        var span = unsafe bytes.mutableBytes
        return try body(&span)
    }
}

/// The machine's memory and cores, for limits and worker counts.
enum Machine {
    /// Bytes of physical memory; 4 GiB where the system does not say.
    static let physicalMemory: Int = {
        let pages = sysconf(Int32(_SC_PHYS_PAGES))
        let size = sysconf(Int32(_SC_PAGESIZE))
        let (bytes, overflow) = pages.multipliedReportingOverflow(by: size)
        return pages > 0 && size > 0 && !overflow ? bytes : 4 << 30
    }()

    /// Cores that this process may use, at least one.
    static let coreCount = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
}
