public import Storage

/// How long the calls of one operation on objects of one size took.
public struct BenchMeasure: Sendable {
    /// What was done.
    public var operation: StorageOperation
    /// Bytes of each object; `nil` where they mean nothing, as for a listing.
    public var size: Int?
    /// Objects that were written, read, listed or deleted.
    public internal(set) var objects = 0
    /// Calls that failed. Their times are not among `latencies`.
    public internal(set) var failed = 0
    /// Why the first of them failed.
    public internal(set) var failure: StorageError?
    /// Reads that gave other bytes than were written.
    public internal(set) var wrong = 0
    /// From the start of the first call to the end of the last.
    public internal(set) var elapsed = Duration.zero
    /// How long each call took that did not fail, shortest first.
    public internal(set) var latencies: [Duration] = []

    init(_ operation: StorageOperation, size: Int?) {
        self.operation = operation
        self.size = size
    }

    /// Counts a call that ended.
    mutating func count(_ time: Duration, isRight: Bool) {
        latencies.append(time)
        objects += 1
        wrong += isRight ? 0 : 1
    }

    /// Counts a call that failed.
    mutating func count(_ error: StorageError) {
        failed += 1
        failure = failure ?? error
    }

    /// The time within which `share` (0 to 1) of the calls ended, by nearest rank; `nil` where none did.
    public func latency(_ share: Double) -> Duration? {
        guard !latencies.isEmpty else { return nil }
        let rank = (Double(latencies.count) * share).rounded(.up)
        return latencies[min(latencies.count - 1, max(0, Int(rank) - 1))]
    }

    /// Objects per second; `nil` where no time went by.
    public var objectRate: Double? {
        elapsed > .zero ? Double(objects) / elapsed.seconds : nil
    }

    /// Bytes per second; `nil` where they mean nothing.
    public var byteRate: Double? {
        guard let size, operation != .delete else { return nil }
        return objectRate.map { $0 * Double(size) }
    }
}

extension Duration {
    /// The duration in seconds.
    public var seconds: Double {
        Double(components.seconds) + Double(components.attoseconds) * 1e-18
    }
}
