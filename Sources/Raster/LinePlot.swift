/// Lines drawn with dots, eight to a cell.
public struct LinePlot: Hashable, Sendable {
    /// Rows of cells.
    public let rows: Int
    /// Columns of cells.
    public let columns: Int
    private var dots: [UInt8]

    /// Makes an empty plot, at most 4,096 cells on a side.
    public init(rows: Int, columns: Int) {
        self.rows = min(max(0, rows), 4096)
        self.columns = min(max(0, columns), 4096)
        dots = Array(repeating: 0, count: self.rows * self.columns)
    }

    /// Draws numbers from left to right over the whole width, lower to upper bound from bottom to top.
    ///
    /// Every number counts: behind each column of dots the least and the greatest are joined, and so are
    /// neighbours. A number that is missing leaves a gap.
    public mutating func draw(_ values: [Double], lower: Double, upper: Double) {
        draw(minima: values, maxima: values, Normalization(lower: lower, upper: upper))
    }

    /// Draws numbers of which each stands for several, the least and greatest of them joined.
    public mutating func draw(minima: [Double], maxima: [Double], _ scale: Normalization) {
        let width = columns * 2
        let values = zip(minima, maxima).map { ($0, $1) }
        guard !values.isEmpty, width > 0, rows > 0 else { return }
        var before: Int?
        for x in 0..<width {
            let isSpread = values.count < width
            let places =
                isSpread
                ? x * values.count / width..<x * values.count / width + 1
                : Reduction.places(x, of: width, in: values.count)
            let ends = values[places].flatMap { [$0.0, $0.1] }
            let heights = ends.compactMap { scale.position(of: $0) }.map(height)
            guard let low = heights.min(), let high = heights.max() else {
                before = nil
                continue
            }
            let from = min(low, before ?? low)
            let to = max(high, before ?? high)
            for y in from...to { set(x, y) }
            before = heights.last
        }
    }

    /// Draws a number for every place that has one.
    public mutating func draw(_ plane: Plane, row: Int, lower: Double, upper: Double) {
        guard row >= 0, row < plane.rows else { return }
        let start = row * plane.columns
        draw(Array(plane.values[start..<start + plane.columns]), lower: lower, upper: upper)
    }

    /// The rows of the plot, from top to bottom: Braille, or `*` and `.` where there is only ASCII.
    public func lines(isUnicode: Bool = true) -> [String] {
        (0..<rows).map { row in
            String((0..<columns).map { glyph(dots[row * columns + $0], isUnicode) })
        }
    }

    private func glyph(_ bits: UInt8, _ isUnicode: Bool) -> Character {
        guard bits != 0 else { return " " }
        guard isUnicode, let scalar = Unicode.Scalar(0x2800 + UInt32(bits)) else {
            return bits.nonzeroBitCount > 2 ? "*" : "."
        }
        return Character(scalar)
    }

    private func height(_ position: Double) -> Int {
        min(rows * 4 - 1, max(0, Int((position * Double(rows * 4 - 1)).rounded())))
    }

    /// Dots count from the bottom left.
    private mutating func set(_ x: Int, _ y: Int) {
        let fromTop = rows * 4 - 1 - y
        let bits: [UInt8] = [0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80]
        dots[fromTop / 4 * columns + x / 2] |= bits[fromTop % 4 * 2 + x % 2]
    }
}
