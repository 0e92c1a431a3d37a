import Canvas

/// How a breaker stands: one around the open storage, or around that of a drill.
public struct BreakerStanding: Hashable, Sendable {
    /// Whether calls go through.
    public enum Phase: Hashable, Sendable {
        /// They do.
        case closed
        /// A few do, to see how they end.
        case halfOpen
        /// None does.
        case open
    }

    /// Which calls it is for: `reads` or `writes`.
    public var side: String
    /// Whether they go through.
    public var phase: Phase
    /// Until when none does, where it is open: in milliseconds since 1970, or of a drill's time.
    public var until: Int64 = 0
    /// How often it opened.
    public var opened = 0
    /// Calls that it refused.
    public var refused = 0
    /// Why it opened last; empty where it never did.
    public var reason = ""

    /// Makes a standing.
    public init(side: String, phase: Phase) {
        self.side = side
        self.phase = phase
    }
}

extension BreakerStanding.Phase {
    /// Its sign and word.
    var text: String {
        switch self {
        case .closed: "✔ closed"
        case .halfOpen: "◐ half-open"
        case .open: "✖ open"
        }
    }

    /// The role of these.
    var role: Role {
        switch self {
        case .closed: .good
        case .halfOpen: .notice
        case .open: .error
        }
    }
}

extension [BreakerStanding] {
    /// How they stand together: as the worst of them; `nil` without any.
    var worst: BreakerStanding? {
        first { $0.phase == .open } ?? first { $0.phase == .halfOpen } ?? first
    }

    /// How often one opened.
    var opened: Int {
        reduce(0) { $0 + $1.opened }
    }
}
