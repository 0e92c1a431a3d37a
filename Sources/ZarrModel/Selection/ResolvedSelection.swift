/// A selection worked out for one array: what to read or write of it. All positions are counted
/// from 0.
public struct ResolvedSelection: Hashable, Sendable {
    /// How the elements are named.
    public enum Form: Hashable, Sendable {
        /// Every combination of the positions of each dimension, outermost first.
        case axes([Axis])
        /// Points, one by one.
        case points(Points)
    }

    /// How the elements are named.
    public let form: Form
    /// Of structured elements the field that is wanted; `nil` for whole elements.
    public let field: FieldSelection?

    /// Makes a selection.
    public init(_ form: Form, field: FieldSelection? = nil) {
        self.form = form
        self.field = field
    }

    /// Makes a selection of every combination of the positions of each dimension.
    public init(axes: [Axis], field: FieldSelection? = nil) {
        self.init(.axes(axes), field: field)
    }

    /// Everything of an array of `shape`.
    public init(wholeOf shape: [Int]) {
        self.init(axes: shape.map { Axis(start: 0, count: $0) })
    }

    /// The elements of `region`, which lies inside the array.
    public init(region: Region) {
        self.init(axes: region.ranges.map { Axis(start: $0.lowerBound, count: $0.count) })
    }

    /// One axis per dimension of the array, outermost first. Empty where points are selected.
    public var axes: [Axis] {
        if case .axes(let axes) = form { axes } else { [] }
    }

    /// How many dimensions the array has that it was worked out for.
    public var rank: Int {
        switch form {
        case .axes(let axes): axes.count
        case .points(let points): points.coordinates.count
        }
    }

    /// The shape of what is read: the counts of the dimensions that are not dropped, or the shape
    /// that the points stand in; behind it the shape of a field with more than one value.
    public var resultShape: [Int] {
        let shape =
            switch form {
            case .axes(let axes): axes.filter { !$0.isDropped }.map(\.count)
            case .points(let points): points.shape
            }
        return shape + (field?.shape ?? [])
    }

    /// Elements of the array in all, repeated ones too, or `nil` when that does not fit.
    public var elementCount: Int? {
        switch form {
        case .axes(let axes): axes.map(\.count).checkedProduct()
        case .points(let points): points.count
        }
    }

    /// The smallest box of the array that holds all of it. O(elements) where positions are listed.
    public var boundingRegion: Region {
        switch form {
        case .axes(let axes):
            Region(axes.map(\.bounds))
        case .points(let points):
            Region(points.coordinates.map { Axis.bounds(of: $0) })
        }
    }
}

extension ResolvedSelection {
    /// The wanted positions of one dimension: `count` of them from `start` on, `step` apart, or
    /// listed one by one.
    public struct Axis: Hashable, Sendable {
        /// The first position. Inside the dimension unless `count` is 0.
        public let start: Int
        /// From one position to the next, negative for backwards; 0 where they are listed.
        public let step: Int
        /// How many positions.
        public let count: Int
        /// The positions where no step leads from each to the next; `nil` elsewhere.
        public let positions: [Int]?
        /// Whether the dimension is left out of the result's shape.
        public let isDropped: Bool

        /// Makes an axis of positions with a step, which is not 0.
        public init(start: Int, step: Int = 1, count: Int, isDropped: Bool = false) {
            self.start = start
            self.step = step
            self.count = count
            self.isDropped = isDropped
            positions = nil
        }

        /// Makes an axis of listed positions; one with a step where a step leads through them.
        public init(positions: [Int]) {
            count = positions.count
            start = positions.first ?? 0
            isDropped = false
            let step = Self.step(through: positions)
            self.step = step ?? 0
            self.positions = step == nil ? positions : nil
        }

        /// The step through all of `positions`, where there is one. O(count).
        private static func step(through positions: [Int]) -> Int? {
            guard positions.count > 1 else { return 1 }
            let (step, over) = positions[1].subtractingReportingOverflow(positions[0])
            guard step != 0, !over else { return nil }
            for number in positions.indices.dropFirst(2) {
                let (next, over) = positions[number - 1].addingReportingOverflow(step)
                guard !over, next == positions[number] else { return nil }
            }
            return step
        }

        /// Position `number`. Requires `0 <= number < count`.
        public subscript(number: Int) -> Int {
            positions.map { $0[number] } ?? (start + number * step)
        }

        /// The positions as a range in ascending order, gaps included; empty for none. O(count)
        /// where they are listed.
        public var bounds: Range<Int> {
            if let positions { return Self.bounds(of: positions) }
            guard count > 0 else { return start..<start }
            let last = start + (count - 1) * step
            return min(start, last)..<(max(start, last) + 1)
        }

        fileprivate static func bounds(of positions: [Int]) -> Range<Int> {
            guard let low = positions.min(), let high = positions.max() else { return 0..<0 }
            return low..<(high + 1)
        }

        /// The first `count` of its positions at most, and whether the dimension is dropped.
        public func prefix(_ count: Int, isDropped: Bool) -> Axis {
            let count = min(max(0, count), self.count)
            guard let positions else {
                return Axis(start: start, step: step, count: count, isDropped: isDropped)
            }
            if count == 1 { return Axis(start: start, count: 1, isDropped: isDropped) }
            return Axis(positions: Array(positions.prefix(count)))
        }
    }

    /// Points, each with a coordinate for every dimension.
    public struct Points: Hashable, Sendable {
        /// For every dimension of the array, outermost first, the coordinate of each point.
        public let coordinates: [[Int]]
        /// The shape of the result, in C order.
        public let shape: [Int]
        /// How many points there are: what `shape` holds.
        public let count: Int

        /// Makes points. `nil` unless each dimension has as many coordinates as `shape` holds.
        public init?(_ coordinates: [[Int]], shape: [Int]) {
            guard shape.allSatisfy({ $0 >= 0 }), let count = shape.checkedProduct(),
                coordinates.allSatisfy({ $0.count == count })
            else { return nil }
            self.coordinates = coordinates
            self.shape = shape
            self.count = count
        }
    }
}
