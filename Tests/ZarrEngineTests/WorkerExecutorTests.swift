import Synchronization
import Testing

@testable import ZarrEngine  // The threads and the block are not part of the public face.

struct WorkerExecutorTests {
    @Test func `every number is handed out once`() async {
        let counter = WorkCounter(count: 10_000)
        let seen = Mutex([Int](repeating: 0, count: 10_000))
        await onWorkers(4) { _ in
            while let number = counter.next() {
                seen.withLock { $0[number] += 1 }
            }
        }
        #expect(seen.withLock { $0.allSatisfy { $0 == 1 } })
    }

    @Test func `more work than threads is all done, and what waits does not hold up the rest`()
        async
    {
        let sum = Mutex(0)
        await onWorkers(200) { number in
            await Task.yield()
            sum.withLock { $0 += number }
        }
        #expect(sum.withLock { $0 } == 199 * 200 / 2)
    }

    @Test func `work inside work gets a thread of its own`() async {
        let reached = Mutex(0)
        await onWorkers(3) { _ in
            await onWorkers(3) { _ in
                reached.withLock { $0 += 1 }
            }
        }
        #expect(reached.withLock { $0 } == 9)
    }

    @Test func `a stopped counter gives out nothing more`() {
        let counter = WorkCounter(count: 3)
        #expect(counter.next() == 0)
        counter.stop()
        #expect(counter.next() == nil)
    }

    @Test func `a block reads as zero where nobody wrote`() throws {
        let block = try #require(ByteBlock(zeroes: 5 << 20))
        block.withMutableBytes { bytes in
            bytes.storeBytes(of: 7, toByteOffset: 3 << 20, as: UInt8.self)
        }
        let values = block.withBytes { bytes in
            (
                unsafe bytes.unsafeLoadUnaligned(fromByteOffset: 3 << 20, as: UInt8.self),
                unsafe bytes.unsafeLoadUnaligned(fromByteOffset: (3 << 20) + 1, as: UInt8.self)
            )
        }
        #expect(values == (7, 0))
    }

    @Test func `a block that the system cannot give is refused`() {
        #expect(ByteBlock(zeroes: Int.max) == nil)
        #expect(ByteBlock(zeroes: -1) == nil)
        #expect(ByteBlock(zeroes: 0)?.count == 0)
    }
}
