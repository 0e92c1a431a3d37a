public import ZarrModel

/// Something that was found out about one stored object of an array, and why it stands out.
public struct ChunkFinding: Hashable, Sendable {
    /// Where it lies in the grid of stored objects; an orphan lies outside it.
    public var chunk: ChunkIndex
    /// The one inner chunk that it is about, in the array's grid of inner chunks.
    public var inner: ChunkIndex?
    /// What it is.
    public var state: ChunkState
    /// Its key: untrusted text.
    public var key: String
    /// Why, in one sentence: untrusted text.
    public var reason: String
    /// Bytes stored, where known.
    public var bytes: Int?

    /// Makes a finding.
    public init(
        chunk: ChunkIndex,
        inner: ChunkIndex? = nil,
        state: ChunkState,
        key: String,
        reason: String,
        bytes: Int? = nil
    ) {
        self.chunk = chunk
        self.inner = inner
        self.state = state
        self.key = key
        self.reason = reason
        self.bytes = bytes
    }
}

/// How far a verification is.
public struct VerifyProgress: Hashable, Sendable {
    /// Stored chunks that were decoded.
    public var checked = 0
    /// Stored chunks in all; 0 while they are being listed.
    public var stored = 0
    /// Stored chunks that were listed so far, while they are being listed.
    public var listed = 0
    /// Bytes of those that were decoded.
    public var bytes = 0
    /// Bytes of all stored chunks, where sizes are known.
    public var storedBytes = 0
    /// Chunks decoded before this run, which its rate leaves out.
    public var resumedAt = 0
    /// The chunk to go on with after a pause, in C order; `nil` where nothing is said of it.
    public var next: Int?
    /// Chunks that were decoded and are not sound.
    public var errors = 0
    /// The key that was looked at last: untrusted text; empty before the first.
    public var key = ""
    /// Milliseconds since this run began.
    public var elapsedMilliseconds = 0

    /// Nothing so far.
    public init() {}
}

/// What a person has said of an array, and where a verification of it stopped: kept beside the
/// store, never in it.
public struct ArrayNotes: Hashable, Sendable {
    /// The array.
    public var path: String
    /// Boxes of the grid that are expected to be empty.
    public var expectedEmpty: [[Range<Int>]] = []
    /// A verification that was not finished.
    public var stopped: VerifyProgress?
    /// What that one had found so far.
    public var findings: [ChunkFinding] = []

    /// No notes.
    public init(path: String) {
        self.path = path
    }
}

/// Findings to be written to a file.
public struct FindingsExport: Hashable, Sendable {
    /// How they are written.
    public enum Format: String, Hashable, Sendable, CaseIterable {
        case ndjson, csv, keys
    }

    /// One line: about a stored object, or an inner chunk of it.
    public struct Row: Hashable, Sendable {
        /// Where it lies.
        public var chunk: ChunkIndex
        /// The inner chunk, where it is about one.
        public var inner: ChunkIndex?
        /// What it is.
        public var state: ChunkState
        /// Why.
        public var reason: String
        /// Bytes stored, where known.
        public var bytes: Int?
    }

    /// The array.
    public var path: String
    /// The file as it was typed.
    public var file: String
    /// How they are written.
    public var format: Format
    /// Whether a person said that a file of that name may go.
    public var replaces = false
    /// What is written.
    public var rows: [Row]

    /// Makes an order.
    public init(path: String, file: String, format: Format, rows: [Row]) {
        self.path = path
        self.file = file
        self.format = format
        self.rows = rows
    }
}

/// What came of writing findings to a file.
public struct ExportOutcome: Hashable, Sendable {
    /// The file.
    public var file: String
    /// Lines written.
    public var lines: Int
    /// Whether nothing was written since there is a file of that name.
    public var isTaken: Bool

    /// Makes an outcome.
    public init(file: String, lines: Int, isTaken: Bool = false) {
        self.file = file
        self.lines = lines
        self.isTaken = isTaken
    }
}
