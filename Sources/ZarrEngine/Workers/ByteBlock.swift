import Glibc

/// A large block of zero bytes that workers fill in disjoint places, and that is read afterwards.
///
/// Pages are taken from the system when they are first written: a place that is left alone costs no
/// memory and reads as zero. The address is kept as a number so that the block can be shared.
///
/// Whoever writes must keep to bytes that no other worker writes, and must have finished before the
/// block is read. The plan of a read gives each chunk a place of its own in the result.
@safe
final class ByteBlock: Sendable {
    private let address: UInt
    /// Bytes in the block.
    let count: Int

    /// Takes `count` zero bytes; `nil` when the system does not give them.
    init?(zeroes count: Int) {
        guard count >= 0 else { return nil }
        self.count = count
        guard count > 0 else {
            address = 0
            return
        }
        let flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE
        let mapped = unsafe mmap(nil, count, PROT_READ | PROT_WRITE, flags, -1, 0)
        guard let base = unsafe mapped, unsafe base != MAP_FAILED else { return nil }
        if count >= 1 << 21 {
            _ = unsafe madvise(base, count, MADV_HUGEPAGE)
        }
        address = UInt(bitPattern: base)
    }

    deinit {
        guard let base = unsafe UnsafeMutableRawPointer(bitPattern: address) else { return }
        _ = unsafe munmap(base, count)
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
    static var physicalMemory: Int {
        let pages = sysconf(Int32(_SC_PHYS_PAGES))
        let size = sysconf(Int32(_SC_PAGESIZE))
        let (bytes, overflow) = pages.multipliedReportingOverflow(by: size)
        return pages > 0 && size > 0 && !overflow ? bytes : 4 << 30
    }

    /// Cores that this process may use, at least one.
    static var coreCount: Int {
        max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    }
}
