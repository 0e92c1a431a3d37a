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
    public private(set) var absentCounts: [Int] = []
    /// How many could not be read; empty where each could.
    public private(set) var failedCounts: [Int] = []
    /// How many places lie behind each row of pixels.
    public let rowPlaces: [Int]
    /// How many places lie behind each column of pixels.
    public let columnPlaces: [Int]
    private var counts: [Int]
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

    /// Adds a box of places: `rowRuns` and `columnRuns` say which pixel its rows and columns belong to;
    /// `values` has them row by row, or column by column if `isTransposed`.
    public mutating func add(
        _ values: [Double],
        _ marks: [PlaneMark],
        rowRuns: [PixelRun],
        columnRuns: [PixelRun],
        isTransposed: Bool = false
    ) {
        let (height, width) = (rowRuns.placeCount, columnRuns.placeCount)
        guard values.count == height * width else { return }
        statistics.add(values, marks)
        spread.add(values, marks)
        let down = isTransposed ? 1 : width
        let across = isTransposed ? height : 1
        var row = 0
        for rowRun in rowRuns {
            for _ in 0..<rowRun.count {
                defer { row += 1 }
                guard rowRun.pixel >= 0, rowRun.pixel < rows else { continue }
                var place = row * down
                for run in columnRuns {
                    if run.pixel >= 0, run.pixel < columns {
                        let pixel = rowRun.pixel * columns + run.pixel
                        left[pixel] -= run.count
                        add(values, marks, from: place, step: across, run.count, at: pixel)
                    }
                    place += run.count * across
                }
            }
        }
    }

    /// Adds a box of places of which none is stored. O(its pixels).
    public mutating func addAbsent(rowRuns: [PixelRun], columnRuns: [PixelRun]) {
        statistics.addAbsent(rowRuns.placeCount.multipliedOrMost(by: columnRuns.placeCount))
        for down in rowRuns where down.pixel >= 0 && down.pixel < rows {
            for across in columnRuns where across.pixel >= 0 && across.pixel < columns {
                let pixel = down.pixel * columns + across.pixel
                let places = down.count.multipliedOrMost(by: across.count)
                left[pixel] -= places
                worst[pixel] = max(worst[pixel], .absent)
                count(places, at: pixel, in: \.absentCounts)
            }
        }
    }

    /// Adds places behind one pixel, a step apart.
    private mutating func add(
        _ values: [Double],
        _ marks: [PlaneMark],
        from start: Int,
        step: Int,
        _ number: Int,
        at pixel: Int
    ) {
        var place = start
        var (low, high, sum, count) = (Double.infinity, -Double.infinity, 0.0, 0)
        var (mark, absent, failed) = (PlaneMark.value, 0, 0)
        for _ in 0..<number {
            let value = values[place]
            let found = place < marks.count ? marks[place] : .value
            place += step
            if found > .notANumber {
                mark = max(mark, found)
                absent += found == .absent ? 1 : 0
                failed += found == .failed ? 1 : 0
            } else if !value.isNaN {
                low = value < low ? value : low
                high = value > high ? value : high
                sum += value
                count += 1
            }
        }
        if mark > .notANumber { worst[pixel] = max(worst[pixel], mark) }
        if absent > 0 { self.count(absent, at: pixel, in: \.absentCounts) }
        if failed > 0 { self.count(failed, at: pixel, in: \.failedCounts) }
        guard count > 0 else { return }
        let mean = sum / Double(count)
        let isFirst = counts[pixel] == 0
        counts[pixel] += count
        minima[pixel] = isFirst ? low : Swift.min(minima[pixel], low)
        maxima[pixel] = isFirst ? high : Swift.max(maxima[pixel], high)
        means[pixel] =
            isFirst
            ? mean : means[pixel] + (mean - means[pixel]) * (Double(count) / Double(counts[pixel]))
    }

    private mutating func count(
        _ more: Int,
        at pixel: Int,
        in counts: WritableKeyPath<PlaneTally, [Int]>
    ) {
        if self[keyPath: counts].isEmpty {
            self[keyPath: counts] = Array(repeating: 0, count: rows * columns)
        }
        self[keyPath: counts][pixel] = self[keyPath: counts][pixel].addedOrMost(more)
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
