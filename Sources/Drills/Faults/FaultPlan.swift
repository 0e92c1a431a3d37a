internal import Storage

/// What is to happen to one call: the effects of every rule that fired, in order.
struct FaultPlan: Sendable {
    /// An effect, and chance for it.
    struct Step: Sendable {
        var effect: FaultEffect
        /// The label of the rule that it comes from.
        var rule: String
        var chance: Chance
    }

    /// Numbers drawn for one rule and one call.
    struct Chance: Sendable {
        let draw: KeyedDraw
        let rule: String
        let operation: StorageOperation
        let key: String
        let count: Int

        /// A number from `0..<1`; another for every `purpose`.
        func unit(_ purpose: UInt64) -> Double {
            draw.unit(rule: rule, operation, key: key, count: count, purpose: purpose)
        }

        /// A number from `0..<bound`; another for every `purpose`. Requires `bound` above 0.
        func number(below bound: Int, _ purpose: UInt64) -> Int {
            min(bound - 1, Int(unit(purpose) * Double(bound)))
        }
    }

    var operation: FaultOperation
    var key: String
    var steps: [Step] = []

    var isEmpty: Bool { steps.isEmpty }

    /// How long the call waits before anything happens.
    var delay: Duration {
        steps.reduce(.zero) { total, step in
            guard case .delay(let distribution) = step.effect else { return total }
            return total + distribution.time(step.chance.unit(11), step.chance.unit(12))
        }
    }

    /// How long `count` bytes take beyond that.
    func transferTime(_ count: Int) -> Duration {
        steps.reduce(.zero) { total, step in
            guard case .rate(let rate) = step.effect else { return total }
            return total + .nanoseconds(Int64(Double(count) / Double(rate) * 1e9))
        }
    }

    /// The first step whose effect `select` accepts.
    func first<Value>(_ select: (FaultEffect) -> Value?) -> (value: Value, rule: String)? {
        for step in steps {
            if let value = select(step.effect) { return (value, step.rule) }
        }
        return nil
    }

    func has(_ effect: FaultEffect) -> Bool {
        steps.contains { $0.effect == effect }
    }

    /// `bytes` as the effects leave them.
    func damaged(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        for step in steps {
            switch step.effect {
            case .cut(let portion): bytes.removeLast(bytes.count - portion.count(of: bytes.count))
            case .flip(let bits): flip(&bytes, bits, step.chance)
            case .zero(let range):
                for position in range.clamped(to: bytes.indices) { bytes[position] = 0 }
            case .pad(let count): bytes += [UInt8](repeating: 0, count: min(count, 1 << 30))
            case .bomb(let count): bytes = [UInt8](repeating: 0, count: min(count, 1 << 30))
            default: break
            }
        }
        return bytes
    }

    private func flip(_ bytes: inout [UInt8], _ bits: Int, _ chance: Chance) {
        guard !bytes.isEmpty else { return }
        for number in 0..<bits {
            let position = chance.number(below: bytes.count, UInt64(100 + 2 * number))
            let bit = chance.number(below: 8, UInt64(101 + 2 * number))
            bytes[position] ^= 1 << UInt8(bit)
        }
    }
}
