/// What numbers have in common. Grows piece by piece, so that it can be had of more than fits in memory;
/// two can be put together.
public struct Statistics: Hashable, Sendable {
    /// Finite numbers.
    public private(set) var count = 0
    /// NaN, stored as such.
    public private(set) var notANumberCount = 0
    /// Infinities of both signs. They are in none of the other figures.
    public private(set) var infiniteCount = 0
    /// Places without a chunk. Their fill value is in none of the figures.
    public private(set) var absentCount = 0
    /// Places that could not be read.
    public private(set) var failedCount = 0
    /// Of the finite numbers; `nil` if there are none.
    public private(set) var minimum: Double?
    /// Of the finite numbers; `nil` if there are none.
    public private(set) var maximum: Double?
    private var runningMean = 0.0
    private var squares = 0.0

    /// Statistics of nothing.
    public init() {}

    /// Statistics of a plane.
    public init(_ plane: Plane) {
        add(plane.values, plane.marks)
    }

    /// Of the finite numbers; `nil` if there are none.
    public var mean: Double? { count == 0 ? nil : runningMean }

    /// Of the finite numbers, taken as all there are (division by their count); `nil` if there are none.
    public var standardDeviation: Double? {
        count == 0 ? nil : (squares / Double(count)).squareRoot()
    }

    /// Every place that was looked at.
    public var total: Int {
        count + notANumberCount + infiniteCount + absentCount + failedCount
    }

    /// Adds so many places without a chunk.
    public mutating func addAbsent(_ count: Int) {
        absentCount += count
    }

    /// Adds so many places that could not be read.
    public mutating func addFailed(_ count: Int) {
        failedCount += count
    }

    /// Statistics of numbers that were met so many times each.
    init(counting numbers: [Double], _ counts: [Int]) {
        var sum = 0.0
        for (number, times) in zip(numbers, counts) where times > 0 {
            if number.isNaN {
                notANumberCount += times
            } else if number.isInfinite {
                infiniteCount += times
            } else {
                count += times
                sum += number * Double(times)
                minimum = min(minimum ?? number, number)
                maximum = max(maximum ?? number, number)
            }
        }
        guard count > 0 else { return }
        runningMean = sum / Double(count)
        for (number, times) in zip(numbers, counts) where times > 0 && number.isFinite {
            let distance = number - runningMean
            squares += distance * distance * Double(times)
        }
    }

    /// Adds numbers; without marks all are stored.
    public mutating func add(_ values: [Double], _ marks: [PlaneMark] = []) {
        if marks.isEmpty || marks.allSatisfy({ $0 == .value }) {
            for start in stride(from: 0, to: values.count, by: Statistics.blockSize) {
                add(block: values[start..<min(start + Statistics.blockSize, values.count)])
            }
            return
        }
        for (index, value) in values.enumerated() {
            switch index < marks.count ? marks[index] : .value {
            case .absent: absentCount += 1
            case .failed: failedCount += 1
            case .unread: break
            case .value, .notANumber: add(value)
            }
        }
    }

    /// Small enough to stay in the fastest cache between two passes.
    private static let blockSize = 2048

    /// Two passes over a block instead of a division for every number.
    private mutating func add(block: ArraySlice<Double>) {
        var sum = 0.0
        var low = Double.infinity
        var high = -Double.infinity
        for value in block {
            sum += value
            low = value < low ? value : low
            high = value > high ? value : high
        }
        // NaN and infinities show in the sum, and so do numbers too large to be added up.
        guard sum.isFinite else {
            block.forEach { add($0) }
            return
        }
        var part = Statistics()
        part.count = block.count
        part.runningMean = sum / Double(block.count)
        for value in block {
            let distance = value - part.runningMean
            part.squares += distance * distance
        }
        part.minimum = low
        part.maximum = high
        merge(part)
    }

    /// Adds one number.
    public mutating func add(_ value: Double) {
        guard value.isFinite else {
            if value.isNaN { notANumberCount += 1 } else { infiniteCount += 1 }
            return
        }
        count += 1
        minimum = min(minimum ?? value, value)
        maximum = max(maximum ?? value, value)
        // Welford's recurrence: no difference of large sums.
        let distance = value - runningMean
        runningMean += value / Double(count) - runningMean / Double(count)
        squares += distance * (value - runningMean)
    }

    /// Adds what another part of the numbers gave.
    public mutating func merge(_ other: Statistics) {
        notANumberCount += other.notANumberCount
        infiniteCount += other.infiniteCount
        absentCount += other.absentCount
        failedCount += other.failedCount
        guard other.count > 0 else { return }
        guard count > 0 else {
            // Nothing is rounded that need not be.
            (count, runningMean, squares) = (other.count, other.runningMean, other.squares)
            (minimum, maximum) = (other.minimum, other.maximum)
            return
        }
        let sum = Double(count + other.count)
        let distance = other.runningMean - runningMean
        squares += other.squares + distance * distance * Double(count) / sum * Double(other.count)
        runningMean += distance * Double(other.count) / sum
        count += other.count
        minimum = [minimum, other.minimum].compactMap { $0 }.min()
        maximum = [maximum, other.maximum].compactMap { $0 }.max()
    }
}
