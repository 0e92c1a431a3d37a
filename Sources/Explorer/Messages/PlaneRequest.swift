/// A part of a plane through an array, perhaps made smaller.
public struct PlaneRequest: Hashable, Sendable {
    /// What is wanted of each element.
    public enum Form: String, Hashable, Sendable {
        /// As numbers, for an image or a plot.
        case numbers
        /// As short text, exact, for a table.
        case texts
    }

    /// Parts of equal length along one axis, one after another.
    public struct Run: Hashable, Sendable {
        /// The first index.
        public var start: Int
        /// How many parts.
        public var count: Int
        /// Elements to a part, at least 1: the last one may reach past the array's end.
        public var step: Int
        /// From one element that is read to the next, at least 1: with 1 every element counts.
        public var stride: Int
        /// Where they end at the latest; `nil` is the array's end.
        public var limit: Int?

        /// Makes a run.
        public init(start: Int, count: Int, step: Int = 1, stride: Int = 1) {
            self.start = start
            self.count = count
            self.step = step
            self.stride = stride
        }

        /// Where the parts end, at most at `length`.
        public func end(in length: Int) -> Int {
            let length = min(length, limit ?? length)
            let (extent, tooLong) = count.multipliedReportingOverflow(by: step)
            let (end, tooFar) = start.addingReportingOverflow(extent)
            return tooLong || tooFar ? length : min(end, length)
        }

        /// The part that holds an element; it may be none of those there are.
        public func part(holding index: Int) -> Int {
            index < start ? -1 : (index - start) / max(1, step)
        }
    }

    /// The array.
    public var path: String
    /// The dimension that runs down; `nil` where there is one row.
    public var rowAxis: Int?
    /// The dimension that runs across; `nil` for arrays of 0 dimensions.
    public var columnAxis: Int?
    /// One index per dimension; those of the two axes are not looked at.
    public var fixed: [Int]
    /// Which rows.
    public var rows: Run
    /// Which columns.
    public var columns: Run
    /// What is wanted.
    public var form: Form
    /// Whether numbers are given as what the array's attributes say that they mean.
    public var isDecoded = false
    /// The coarser level that is read in the array's place; everything else counts elements of the
    /// array.
    public var level: PlaneLevel?
    /// The row and column of the plane that should come first. Only the order depends on it.
    public var focus: Focus = Focus()

    /// A place that does not tell requests apart.
    public struct Focus: Hashable, Sendable {
        /// Its row.
        public var row = 0
        /// Its column.
        public var column = 0

        /// Makes a place.
        public init(row: Int = 0, column: Int = 0) {
            self.row = row
            self.column = column
        }

        /// Always: what is read is the same.
        public static func == (left: Focus, right: Focus) -> Bool { true }

        /// Nothing.
        public func hash(into hasher: inout Hasher) {}
    }

    /// Makes a request.
    public init(
        path: String,
        rowAxis: Int?,
        columnAxis: Int?,
        fixed: [Int],
        rows: Run,
        columns: Run,
        form: Form
    ) {
        self.path = path
        self.rowAxis = rowAxis
        self.columnAxis = columnAxis
        self.fixed = fixed
        self.rows = rows
        self.columns = columns
        self.form = form
    }

    /// Whether each place of the answer stands for several elements.
    public var isReduced: Bool {
        rows.step > 1 || columns.step > 1
    }

    /// Whether elements are left out.
    public var isSampled: Bool {
        rows.stride > 1 || columns.stride > 1
    }

    /// Whether something of the array itself may be wrong that reading it would not show.
    var isBlind: Bool {
        isSampled || level != nil
    }
}
