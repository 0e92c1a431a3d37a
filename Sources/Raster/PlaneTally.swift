internal import ZarrModel

/// A plane made smaller while it is read, piece by piece and in any order: what lies behind each
/// pixel so far. Memory by pixels, not by what is read.
public struct PlaneTally: Sendable {
    /// Rows of pixels.
    public let rows: Int
    /// Columns of pixels.
    public let columns: Int
    /// The least finite number behind each pixel; NaN where there is none.
    public private(set) var minima: [Double]
    /// The greatest, as the minima.
    public private(set) var maxima: [Double]
    /// The mean, as the minima.
    public private(set) var means: [Double]
    /// Of all places that were read.
    public private(set) var statistics = Statistics()
    /// Of all numbers that were read.
    public private(set) var spread = Spread()
    /// How many of the places behind each pixel are absent; empty where none is.
    public private(set) var absentCounts: [Int32] = []
    /// How many could not be read; empty where each could.
    public private(set) var failedCounts: [Int32] = []
    /// How many places lie behind each row of pixels.
    public let rowPlaces: [Int]
    /// How many places lie behind each column of pixels.
    public let columnPlaces: [Int]
    private var counts: [Int32]
    private var left: [Int]
    private var worst: [PlaneMark]

    /// Begins with nothing read: `rowPlaces` and `columnPlaces` say how many places lie behind each
    /// row and column of pixels.
    public init(rowPlaces: [Int], columnPlaces: [Int]) {
        (self.rowPlaces, self.columnPlaces) = (rowPlaces, columnPlaces)
        rows = rowPlaces.count
        columns = columnPlaces.count
        let count = rows * columns
        minima = Array(repeating: .nan, count: count)
        maxima = minima
        means = minima
        counts = Array(repeating: 0, count: count)
        worst = Array(repeating: .value, count: count)
        left = rowPlaces.flatMap { down in columnPlaces.map { down.multipliedOrMost(by: $0) } }
    }

    /// Adds a box of places: `rowPixels` and `columnPixels` say which pixel each of its rows and
    /// columns belongs to; `values` has them row by row, or column by column if `isTransposed`.
    public mutating func add(
        _ values: [Double],
        _ marks: [PlaneMark],
        rowPixels: [Int],
        columnPixels: [Int],
        isTransposed: Bool = false
    ) {
        guard values.count == rowPixels.count * columnPixels.count else { return }
        statistics.add(values, marks)
        spread.add(values, marks)
        let down = isTransposed ? 1 : columnPixels.count
        let across = isTransposed ? rowPixels.count : 1
        for (row, pixelRow) in rowPixels.enumerated() where pixelRow >= 0 && pixelRow < rows {
            for (column, pixel) in columnPixels.enumerated() where pixel >= 0 && pixel < columns {
                let place = row * down + column * across
                let mark = place < marks.count ? marks[place] : .value
                add(values[place], mark, at: pixelRow * columns + pixel)
            }
        }
    }

    /// Adds a box of places of which none is stored. O(its pixels).
    public mutating func addAbsent(rowPixels: [Int], columnPixels: [Int]) {
        statistics.addAbsent(rowPixels.count.multipliedOrMost(by: columnPixels.count))
        let across = Dictionary(grouping: columnPixels) { $0 }
        for (row, down) in Dictionary(grouping: rowPixels, by: { $0 }) where row >= 0 && row < rows
        {
            for (column, places) in across where column >= 0 && column < columns {
                let pixel = row * columns + column
                left[pixel] -= down.count * places.count
                worst[pixel] = max(worst[pixel], .absent)
                count(Int32(clamping: down.count * places.count), at: pixel, in: \.absentCounts)
            }
        }
    }

    private mutating func add(_ value: Double, _ mark: PlaneMark, at pixel: Int) {
        left[pixel] -= 1
        guard mark <= .notANumber else {
            worst[pixel] = max(worst[pixel], mark)
            if mark == .absent { count(1, at: pixel, in: \.absentCounts) }
            if mark == .failed { count(1, at: pixel, in: \.failedCounts) }
            return
        }
        guard !value.isNaN else { return }
        let isFirst = counts[pixel] == 0
        counts[pixel] &+= 1
        guard !isFirst else {
            (minima[pixel], maxima[pixel], means[pixel]) = (value, value, value)
            return
        }
        minima[pixel] = Swift.min(minima[pixel], value)
        maxima[pixel] = Swift.max(maxima[pixel], value)
        means[pixel] += (value - means[pixel]) / Double(counts[pixel])
    }

    private mutating func count(
        _ more: Int32,
        at pixel: Int,
        in counts: WritableKeyPath<PlaneTally, [Int32]>
    ) {
        if self[keyPath: counts].isEmpty {
            self[keyPath: counts] = Array(repeating: 0, count: rows * columns)
        }
        self[keyPath: counts][pixel] &+= more
    }

    /// The worst behind each pixel: `unread` until all of it was read, unless something worse is known
    /// already; NaN only where there is nothing else.
    public var marks: [PlaneMark] {
        worst.indices.map { pixel in
            if worst[pixel] > .unread { return worst[pixel] }
            if left[pixel] > 0 { return .unread }
            return counts[pixel] == 0 ? .notANumber : .value
        }
    }
}
