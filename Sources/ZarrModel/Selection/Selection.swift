/// Which elements of an array are wanted, as a person writes it: NumPy's basic indexing, or by
/// dimension name.
public struct Selection: Hashable, Sendable {
    /// What is wanted of one dimension.
    public enum Item: Hashable, Sendable {
        /// One position; negative counts from the end. The dimension is dropped from the result.
        case index(Int)
        /// `start:stop:step` as in Python; what is left out is `nil`.
        case slice(start: Int?, stop: Int?, step: Int?)
        /// `...`: as many whole dimensions as are left.
        case ellipsis
    }

    /// An item, and the dimension it is for where it was given by name.
    public struct Term: Hashable, Sendable {
        /// The name of the dimension; `nil` where the place in the list says which.
        public var dimension: String?
        /// What is wanted of it.
        public var item: Item

        /// Makes a term.
        public init(_ item: Item, dimension: String? = nil) {
            self.dimension = dimension
            self.item = item
        }
    }

    /// The terms in the order they were written. Either all have names or none has.
    public var terms: [Term]

    /// Makes a selection from its terms.
    public init(_ terms: [Term]) {
        self.terms = terms
    }

    /// Everything.
    public static let all = Selection([])
}

/// Why a selection cannot be read, or does not fit the array.
public struct SelectionError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong, in one sentence.
    public var message: String

    /// Makes an error.
    public init(_ message: String) {
        self.message = message
    }

    /// The message.
    public var description: String { message }
}

/// A selection worked out for one array: what to read of each of its dimensions.
public struct ResolvedSelection: Hashable, Sendable {
    /// The wanted positions of one dimension: `start`, `start + step`, … `count` of them.
    public struct Axis: Hashable, Sendable {
        /// The first position. Inside the dimension unless `count` is 0.
        public var start: Int
        /// From one position to the next; never 0, negative for backwards.
        public var step: Int
        /// How many positions.
        public var count: Int
        /// Whether the dimension is left out of the result's shape.
        public var isDropped: Bool

        /// Makes an axis.
        public init(start: Int, step: Int = 1, count: Int, isDropped: Bool = false) {
            self.start = start
            self.step = step
            self.count = count
            self.isDropped = isDropped
        }

        /// The positions as a range in ascending order, gaps included; empty for none.
        public var bounds: Range<Int> {
            guard count > 0 else { return start..<start }
            let last = start + (count - 1) * step
            return min(start, last)..<(max(start, last) + 1)
        }
    }

    /// One axis per dimension of the array, outermost first.
    public var axes: [Axis]

    /// Makes a selection.
    public init(axes: [Axis]) {
        self.axes = axes
    }

    /// Everything of an array of `shape`.
    public init(wholeOf shape: [Int]) {
        axes = shape.map { Axis(start: 0, count: $0) }
    }

    /// The elements of `region`, which lies inside the array.
    public init(region: Region) {
        axes = region.ranges.map { Axis(start: $0.lowerBound, count: $0.count) }
    }

    /// The shape of what is read: the counts of the dimensions that are not dropped.
    public var resultShape: [Int] {
        axes.filter { !$0.isDropped }.map(\.count)
    }

    /// Elements in all, or `nil` when that does not fit.
    public var elementCount: Int? {
        axes.map(\.count).checkedProduct()
    }

    /// The smallest box of the array that holds all of it.
    public var boundingRegion: Region {
        Region(axes.map(\.bounds))
    }
}
