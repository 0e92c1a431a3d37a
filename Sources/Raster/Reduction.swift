/// A plane made smaller: what lies behind each pixel, extremes and anomalies included.
public struct Reduction: Hashable, Sendable {
    /// Which number stands for all those behind a pixel.
    public enum Choice: String, Hashable, Sendable, CaseIterable {
        /// The one farthest from the mean of the plane: what stands out stays.
        case extreme
        case mean, minimum, maximum
    }

    /// Rows of pixels.
    public let rows: Int
    /// Columns of pixels.
    public let columns: Int
    /// Per pixel, of its finite or infinite numbers; NaN where there is none.
    public private(set) var minima: [Double]
    /// As the minima.
    public private(set) var maxima: [Double]
    /// As the minima.
    public private(set) var means: [Double]
    /// The worst behind the pixel. NaN only where there is nothing but NaN; see `notANumberCounts`.
    public private(set) var marks: [PlaneMark]
    /// How many places behind a pixel are NaN.
    public private(set) var notANumberCounts: [Int]
    private let center: Double

    /// Divides a plane into at most `rows` by `columns` pixels, as equal as can be; a smaller plane stays
    /// as it is. Every place is behind exactly one pixel. Linear cost.
    public init(_ plane: Plane, rows: Int, columns: Int) {
        self.rows = min(max(0, rows), plane.rows)
        self.columns = min(max(0, columns), plane.columns)
        let count = self.rows * self.columns
        minima = Array(repeating: .nan, count: count)
        maxima = minima
        means = minima
        marks = Array(repeating: .value, count: count)
        notANumberCounts = Array(repeating: 0, count: count)
        center = Statistics(plane).mean ?? 0
        for row in 0..<self.rows {
            for column in 0..<self.columns { reduce(plane, row, column) }
        }
    }

    /// The places of a plane of `total` behind pixel `index` of `count`.
    static func places(_ index: Int, of count: Int, in total: Int) -> Range<Int> {
        index * total / count..<(index + 1) * total / count
    }

    /// The pixels as a plane, each with the number that stands for it.
    public func plane(_ choice: Choice = .extreme) -> Plane {
        let values: [Double] =
            switch choice {
            case .mean: means
            case .minimum: minima
            case .maximum: maxima
            case .extreme:
                minima.indices.map { index in
                    let isLower = center - minima[index] > maxima[index] - center
                    return isLower ? minima[index] : maxima[index]
                }
            }
        return Plane(rows: rows, columns: columns, values: values, marks: marks)
    }

    private mutating func reduce(_ plane: Plane, _ row: Int, _ column: Int) {
        var low = Double.infinity
        var high = -Double.infinity
        var mean = 0.0
        var count = 0
        var worst = PlaneMark.value
        var notNumbers = 0
        for sourceRow in Reduction.places(row, of: rows, in: plane.rows) {
            let start = sourceRow * plane.columns
            for source in Reduction.places(column, of: columns, in: plane.columns) {
                let mark = plane.marks[start + source]
                if mark == .notANumber { notNumbers += 1 } else { worst = max(worst, mark) }
                guard mark == .value else { continue }
                let value = plane.values[start + source]
                low = min(low, value)
                high = max(high, value)
                count += 1
                mean += (value - mean) / Double(count)
            }
        }
        let index = row * columns + column
        notANumberCounts[index] = notNumbers
        marks[index] = worst == .value && count == 0 ? .notANumber : worst
        guard count > 0 else { return }
        minima[index] = low
        maxima[index] = high
        means[index] = mean
    }
}
