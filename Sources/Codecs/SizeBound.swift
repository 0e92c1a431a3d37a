/// What is known of a number of bytes before it is seen.
enum SizeBound: Hashable, Sendable {
    /// Exactly so many.
    case exact(Int)
    /// No more than so many.
    case atMost(Int)

    /// The most it can be.
    var limit: Int {
        switch self {
        case .exact(let count), .atMost(let count): count
        }
    }

    /// With `extra` bytes more.
    func adding(_ extra: Int) -> SizeBound {
        switch self {
        case .exact(let count): .exact(count.addingCapped(extra))
        case .atMost(let count): .atMost(count.addingCapped(extra))
        }
    }

    /// What a compressor may make of it: any program's, so the bound is generous.
    var compressed: SizeBound {
        .atMost(limit.addingCapped(limit).addingCapped(65536))
    }
}

extension Int {
    /// The sum, or `Int.max` where that does not fit.
    func addingCapped(_ other: Int) -> Int {
        let (sum, overflowed) = addingReportingOverflow(other)
        return overflowed ? .max : sum
    }

    /// The product, or `Int.max` where that does not fit.
    func multipliedCapped(by other: Int) -> Int {
        let (product, overflowed) = multipliedReportingOverflow(by: other)
        return overflowed ? .max : product
    }
}
