/// What stands behind one place of a plane.
///
/// In order of severity: when several places become one pixel, the worst is shown.
public enum PlaneMark: UInt8, Hashable, Sendable, CaseIterable, Comparable {
    /// A number.
    case value
    /// Stored, and not a number.
    case notANumber
    /// Not read so far: it may be anything.
    case unread
    /// No chunk is there: what a reader gets is the fill value, and that is not data.
    case absent
    /// The chunk could not be read or decoded. There is no value.
    case failed

    /// By severity.
    public static func < (left: PlaneMark, right: PlaneMark) -> Bool {
        left.rawValue < right.rawValue
    }

    /// Sets the marks of `places`, as far as there are so many.
    public static func set(_ marks: inout [PlaneMark], _ places: Range<Int>, to mark: PlaneMark) {
        for place in places.clamped(to: marks.indices) { marks[place] = mark }
    }
}

/// Numbers in rows and columns, and what is no number.
public struct Plane: Hashable, Sendable {
    /// Rows, at least 0.
    public let rows: Int
    /// Columns, at least 0.
    public let columns: Int
    /// Row by row; NaN where the mark is not `value`.
    public let values: [Double]
    /// Row by row.
    public let marks: [PlaneMark]

    /// Makes a plane. Values that are missing at the end count as failed, those too many are dropped; a
    /// NaN is marked as one. Marks may be left out where all are stored.
    public init(rows: Int, columns: Int, values: [Double], marks: [PlaneMark] = []) {
        let rows = max(0, rows)
        let columns = max(0, columns)
        let (product, overflow) = rows.multipliedReportingOverflow(by: columns)
        let count = overflow || product > Plane.largest ? 0 : product
        self.rows = count == 0 ? 0 : rows
        self.columns = count == 0 ? 0 : columns
        var kept: [Double] = []
        var keptMarks: [PlaneMark] = []
        kept.reserveCapacity(count)
        keptMarks.reserveCapacity(count)
        for index in 0..<count {
            let value = index < values.count ? values[index] : .nan
            var mark = index < marks.count ? marks[index] : .value
            if index >= values.count { mark = max(mark, .failed) }
            if mark == .value, value.isNaN { mark = .notANumber }
            kept.append(mark == .value ? value : .nan)
            keptMarks.append(mark)
        }
        self.values = kept
        self.marks = keptMarks
    }

    /// The most places that a plane has; a larger one is empty.
    static let largest = 1 << 28

    /// How many of `values` are `number`, of those that are stored; without marks all are.
    public static func count(of number: Double, in values: [Double], _ marks: [PlaneMark]) -> Int {
        if marks.isEmpty { return values.count { $0 == number } }
        return zip(values, marks).count { $0 == number && $1 == .value }
    }

    /// The number at a place; `nil` where there is none, and outside.
    public subscript(row: Int, column: Int) -> Double? {
        mark(row, column) == .value ? values[row * columns + column] : nil
    }

    /// The mark at a place; `failed` outside.
    public func mark(_ row: Int, _ column: Int) -> PlaneMark {
        guard row >= 0, row < rows, column >= 0, column < columns else { return .failed }
        return marks[row * columns + column]
    }

    /// The same with every place so large that there are so many rows and columns, at least as many as
    /// there are.
    public func enlarged(rows wanted: Int, columns: Int) -> Plane {
        guard rows > 0, self.columns > 0, wanted > rows || columns > self.columns else {
            return self
        }
        let (height, width) = (max(rows, wanted), max(self.columns, columns))
        guard width <= Plane.largest / height else { return self }
        var values: [Double] = []
        var marks: [PlaneMark] = []
        values.reserveCapacity(height * width)
        marks.reserveCapacity(height * width)
        for row in 0..<height {
            let start = row * rows / height * self.columns
            for column in 0..<width {
                let place = start + column * self.columns / width
                values.append(self.values[place])
                marks.append(self.marks[place])
            }
        }
        return Plane(rows: height, columns: width, values: values, marks: marks)
    }
}
