/// What the values of one chunk have in common.
public struct ChunkFigures: Hashable, Sendable {
    /// Of the finite numbers; NaN where there are none.
    public var mean: Float
    /// The least finite number; NaN where there is none.
    public var minimum: Float
    /// The greatest finite number; NaN where there is none.
    public var maximum: Float
    /// The share of values that are no numbers, from 0 to 1.
    public var nanShare: Float

    /// Makes figures.
    public init(mean: Float, minimum: Float, maximum: Float, nanShare: Float) {
        self.mean = mean
        self.minimum = minimum
        self.maximum = maximum
        self.nanShare = nanShare
    }

    /// Whether all values are the same, NaN among them.
    public var isConstant: Bool {
        nanShare == 1 || (nanShare == 0 && minimum == maximum)
    }

    /// How many columns keep it, and the one that is never NaN.
    static let count = 4
    static let surestColumn = 3

    /// In the order of the columns.
    var numbers: [Float] {
        [mean, minimum, maximum, nanShare]
    }

    init(numbers: [Float]) {
        self.init(
            mean: numbers[0],
            minimum: numbers[1],
            maximum: numbers[2],
            nanShare: numbers[3]
        )
    }
}
