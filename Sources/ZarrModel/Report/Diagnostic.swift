/// Something worth telling a person about a node, with the place it was seen.
public struct Diagnostic: Hashable, Sendable {
    /// How much it matters.
    public enum Severity: String, Hashable, Sendable, Comparable, CaseIterable {
        /// Readable, and by the letter of the specification.
        case note
        /// Read leniently: another program may refuse it.
        case warning
        /// Not readable.
        case error

        /// `note` < `warning` < `error`.
        public static func < (left: Severity, right: Severity) -> Bool {
            left.rank < right.rank
        }

        private var rank: Int {
            switch self {
            case .note: 0
            case .warning: 1
            case .error: 2
            }
        }
    }

    /// How much it matters.
    public var severity: Severity
    /// The document and the JSON pointer or key: `zarr.json#/codecs/1`, `c/0/1`.
    public var location: String
    /// What is wrong and what was done about it, in one sentence.
    public var message: String

    /// Makes a diagnostic.
    public init(_ severity: Severity, at location: String, _ message: String) {
        self.severity = severity
        self.location = location
        self.message = message
    }
}
