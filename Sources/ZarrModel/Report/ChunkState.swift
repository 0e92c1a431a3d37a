/// What is known of one chunk. The raw value is the severity: folding takes the greatest.
///
/// Absent, failed and unknown are three things: a failure is `unreadable`, never `missing`.
public enum ChunkState: UInt8, Hashable, Sendable, Comparable, CaseIterable {
    /// Listed, and of a length that can be.
    case present = 0
    /// Definitely absent, and expected to be (declared empty).
    case expectedEmpty = 1
    /// Not listed or looked at yet.
    case unknown = 2
    /// An object whose key parses as a chunk outside the grid.
    case orphan = 3
    /// Definitely absent: reads as the fill value.
    case missing = 4
    /// Present with fewer bytes than it must have.
    case short = 5
    /// Present, but it does not decode or a checksum does not match.
    case corrupt = 6
    /// The storage failed when it was asked.
    case unreadable = 7

    /// By severity.
    public static func < (left: ChunkState, right: ChunkState) -> Bool {
        left.rawValue < right.rawValue
    }

    /// The word that commands and JSON use.
    public var word: String {
        switch self {
        case .present: "present"
        case .expectedEmpty: "expected-empty"
        case .unknown: "unknown"
        case .orphan: "orphan"
        case .missing: "missing"
        case .short: "short"
        case .corrupt: "corrupt"
        case .unreadable: "unreadable"
        }
    }

    /// Whether a person should look at it: everything but present, expected-empty and unknown.
    public var isAnomaly: Bool {
        self >= .orphan
    }
}
