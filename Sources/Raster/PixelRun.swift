/// Neighbouring places along one side of a plane that belong to one row or column of pixels: so many
/// numbers in place of one for each place.
public struct PixelRun: Hashable, Sendable {
    /// The row or column of pixels; it may be none of those there are.
    public var pixel: Int
    /// How many places.
    public var count: Int

    /// Makes a run.
    public init(pixel: Int, count: Int) {
        self.pixel = pixel
        self.count = count
    }

    /// So many places, `step` to a pixel; the last pixel may have fewer.
    public static func runs(of length: Int, step: Int) -> [PixelRun] {
        let step = max(1, step)
        return stride(from: 0, to: max(0, length), by: step).enumerated().map { pixel, start in
            PixelRun(pixel: pixel, count: min(step, length - start))
        }
    }
}

extension Collection<PixelRun> {
    /// The places of `range`, counted from the first on.
    public func places(in range: Range<Int>) -> [PixelRun] {
        var start = 0
        var inside: [PixelRun] = []
        for run in self {
            let end = start + run.count
            let count = Swift.min(end, range.upperBound) - Swift.max(start, range.lowerBound)
            if count > 0 { inside.append(PixelRun(pixel: run.pixel, count: count)) }
            start = end
        }
        return inside
    }

    /// How many places there are.
    public var placeCount: Int {
        reduce(0) { $0 + $1.count }
    }
}
