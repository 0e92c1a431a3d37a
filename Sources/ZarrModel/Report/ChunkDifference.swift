/// What comparing a chunk of two arrays found. The raw value is the severity: folding takes the
/// greatest.
public enum ChunkDifference: UInt8, Hashable, Sendable, Comparable, CaseIterable {
    /// Both have the same values.
    case equal = 0
    /// Stored on both sides, and alike as far as listings tell; values were not compared.
    case alike = 1
    /// Stored on neither side: both read as their fill value.
    case missing = 2
    /// Not compared yet.
    case unknown = 3
    /// Stored on both sides with different sizes by the same codecs; values were not compared.
    case sizes = 4
    /// Stored on the left side alone, or more of it.
    case onlyLeft = 5
    /// Stored on the right side alone, or more of it.
    case onlyRight = 6
    /// The values differ.
    case values = 7
    /// One side could not be read or decoded, so that nothing is known.
    case unreadable = 8

    /// By severity.
    public static func < (left: ChunkDifference, right: ChunkDifference) -> Bool {
        left.rawValue < right.rawValue
    }

    /// The word that commands, JSON and screens use.
    public var word: String {
        switch self {
        case .equal: "equal"
        case .alike: "alike"
        case .missing: "missing"
        case .unknown: "unknown"
        case .sizes: "size"
        case .onlyLeft: "only-left"
        case .onlyRight: "only-right"
        case .values: "differ"
        case .unreadable: "unreadable"
        }
    }

    /// Whether a person should look at it.
    public var isDifference: Bool {
        self >= .sizes
    }
}
