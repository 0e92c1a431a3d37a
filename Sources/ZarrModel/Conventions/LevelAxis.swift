/// How one axis of an array lies in the same axis of a coarser level of its image.
///
/// Elements of the level stand for so many of the array each, one after another from the first on.
public struct LevelAxis: Hashable, Sendable {
    /// Elements of the array.
    public let whole: Int
    /// Elements of the level.
    public let length: Int
    /// Elements of the array to one of the level, as a fraction: every place is exact.
    private let numerator: Int
    private let denominator: Int

    /// Longer axes have no levels: products of places would not fit an integer.
    private static let longest = 1 << 40
    /// What a factor that is no whole number is rounded to.
    private static let parts = 1 << 20

    /// Makes one of `whole` elements for each of which `length` stand, by `factor` of them. `nil` where
    /// the factor is below 1, or the two lengths do not fit it: by less than one element of the level,
    /// which is what rounding up or down at every level comes to.
    public init?(whole: Int, length: Int, factor: Double) {
        guard whole > 0, length > 0, whole < Self.longest, length < Self.longest,
            factor > 0.999, factor < Double(Self.longest)
        else { return nil }
        self.whole = whole
        self.length = length
        let near = factor.rounded()
        let isWhole = abs(factor - near) <= near / 64 && Self.fits(whole, length, near)
        guard isWhole || Self.fits(whole, length, factor) else { return nil }
        numerator = isWhole ? Int(near) : Int((factor * Double(Self.parts)).rounded())
        denominator = isWhole ? 1 : Self.parts
    }

    private static func fits(_ whole: Int, _ length: Int, _ factor: Double) -> Bool {
        abs(Double(length) * factor - Double(whole)) < factor * 1.001
    }

    /// Elements of the array to one of the level.
    public var factor: Double {
        Double(numerator) / Double(denominator)
    }

    /// The element of the level that stands for element `index` of the array; the last one beyond its
    /// end.
    public func place(of index: Int) -> Int {
        min(max(0, min(index, whole - 1)) * denominator / numerator, length - 1)
    }

    /// The last element of the array that element `place` of the level stands for.
    public func last(of place: Int) -> Int {
        ((max(0, min(place, length - 1)) + 1) * numerator - 1) / denominator
    }

    /// How many elements of the level lie in so many of the array, at least 1.
    public func count(in elements: Int) -> Int {
        max(1, min(elements, whole) * denominator / numerator)
    }
}
