/// Chance that depends on what is drawn for, and on nothing else.
///
/// A shared stream of random numbers gives another fault set for every interleaving of threads.
/// Here the n-th time an operation hits a key draws the same number in every run of a seed, whatever
/// ran before it or beside it.
public struct KeyedDraw: Hashable, Sendable {
    /// What every draw depends on.
    public var seed: UInt64

    /// Draws for `seed`.
    public init(seed: UInt64) {
        self.seed = seed
    }

    /// 64 uniform bits for the `count`-th time (from 0) that `operation` hits `key` under `rule`.
    ///
    /// `purpose` tells apart several draws for one call.
    public func bits(
        rule: String = "",
        _ operation: StorageOperation,
        key: String,
        count: Int,
        purpose: UInt64 = 0
    ) -> UInt64 {
        var state = Self.mixed(seed ^ 0x9e37_79b9_7f4a_7c15)
        state = Self.absorbing(rule, into: state)
        state = Self.absorbing(operation.rawValue, into: state)
        state = Self.absorbing(key, into: state)
        state = Self.mixed(state ^ UInt64(truncatingIfNeeded: count))
        return Self.mixed(state &+ purpose &* 0x9e37_79b9_7f4a_7c15)
    }

    /// A number in `0..<1`, uniform, for the `count`-th time that `operation` hits `key`.
    public func unit(
        rule: String = "",
        _ operation: StorageOperation,
        key: String,
        count: Int,
        purpose: UInt64 = 0
    ) -> Double {
        let bits = bits(rule: rule, operation, key: key, count: count, purpose: purpose)
        return Double(bits >> 11) * 0x1p-53
    }

    /// FNV-1a over the bytes, closed by the length so that neighbours cannot run together.
    private static func absorbing(_ text: String, into state: UInt64) -> UInt64 {
        var hash = state ^ 0xcbf2_9ce4_8422_2325
        var length: UInt64 = 0
        for byte in text.utf8 {
            hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
            length &+= 1
        }
        return mixed(hash ^ (length << 32))
    }

    /// The finaliser of SplitMix64: every bit of the input changes half of the output's.
    private static func mixed(_ value: UInt64) -> UInt64 {
        var value = value
        value = (value ^ (value >> 30)) &* 0xbf58_476d_1ce4_e5b9
        value = (value ^ (value >> 27)) &* 0x94d0_49bb_1331_11eb
        return value ^ (value >> 31)
    }
}
