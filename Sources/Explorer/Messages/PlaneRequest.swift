/// A part of a plane through an array, perhaps with steps.
public struct PlaneRequest: Hashable, Sendable {
    /// What is wanted of each element.
    public enum Form: String, Hashable, Sendable {
        /// As numbers, for an image.
        case numbers
        /// As short text, exact, for a table.
        case texts
    }

    /// Elements along one axis: `start`, `start + step`…
    public struct Run: Hashable, Sendable {
        /// The first index.
        public var start: Int
        /// How many elements.
        public var count: Int
        /// From one to the next, at least 1.
        public var step: Int

        /// Makes a run.
        public init(start: Int, count: Int, step: Int = 1) {
            self.start = start
            self.count = count
            self.step = step
        }
    }

    /// The array.
    public var path: String
    /// The dimension that runs down; `nil` for arrays of 0 or 1 dimensions, which have one row.
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
}

/// What was read of a plane, row by row.
public struct PlaneValues: Hashable, Sendable {
    /// What stands behind an element.
    public enum Source: UInt8, Hashable, Sendable {
        /// A value that was stored.
        case stored
        /// The fill value, since the chunk is absent.
        case absent
        /// Nothing: the chunk could not be read or decoded.
        case failed
    }

    /// The request it answers.
    public var request: PlaneRequest
    /// `rows.count * columns.count` numbers where numbers were asked for, else empty. Complex
    /// numbers by magnitude, booleans as 0 and 1; meaningless where the source is `failed`.
    public var numbers: [Double] = []
    /// As many texts where texts were asked for, else empty.
    public var texts: [String] = []
    /// What stands behind each; may be empty when every element was stored.
    public var sources: [Source] = []
    /// The first few reasons why chunks failed.
    public var problems: [String] = []
    /// How many chunks were read.
    public var chunksRead = 0
    /// How many of them were absent.
    public var chunksAbsent = 0
    /// How many of them failed.
    public var chunksFailed = 0
    /// How long it took, in milliseconds.
    public var milliseconds = 0

    /// Makes an empty answer.
    public init(request: PlaneRequest) {
        self.request = request
    }
}
