/// Tokens that retries cost, so that storage that fails all the time is not asked all the more.
///
/// Full, it pays for about 35 retries; every success without one pays a token back.
public struct RetryBudget: Sendable {
    /// Most tokens.
    public let capacity: Int
    /// Tokens left.
    public private(set) var tokens: Int

    /// Makes a full budget.
    public init(capacity: Int = 500) {
        self.capacity = max(0, capacity)
        tokens = self.capacity
    }

    /// What a retry costs.
    public static func cost(isThrottled: Bool) -> Int {
        isThrottled ? 5 : 14
    }

    /// Takes `cost`; `false`, and nothing taken, when there is too little.
    public mutating func take(_ cost: Int) -> Bool {
        guard tokens >= cost else { return false }
        tokens -= cost
        return true
    }

    /// Gives tokens back, up to the capacity.
    public mutating func giveBack(_ count: Int) {
        tokens = min(capacity, tokens + max(0, count))
    }
}
