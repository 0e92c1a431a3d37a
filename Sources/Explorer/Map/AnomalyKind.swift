import Canvas
import ZarrModel

/// A kind of thing that has a sign of its own on the map: an anomaly, or a shard that lacks inner chunks.
enum AnomalyKind: Hashable, Sendable {
    /// A state that is an anomaly.
    case state(ChunkState)
    /// A shard that does not hold all its inner chunks: no anomaly, since what is nothing but fill is
    /// left out.
    case partial

    /// Every kind, the worst first.
    static let all: [AnomalyKind] =
        ChunkState.allCases.filter(\.isAnomaly).reversed().map { .state($0) } + [.partial]

    /// The word on the screen.
    var word: String {
        switch self {
        case .state(let state): StateLook.word(state)
        case .partial: "partial"
        }
    }

    /// Its one sign.
    var glyph: Character {
        switch self {
        case .state(let state): StateLook.glyph(state)
        case .partial: StateLook.partialGlyph
        }
    }

    /// Whether tiles show its sign with a count, and not a colour or a shade.
    var isFound: Bool {
        switch self {
        case .state(let state): state.isAnomaly
        case .partial: true
        }
    }

    /// The role of its sign and count.
    var role: Role {
        switch self {
        case .state(let state): StateLook.role(state)
        case .partial: .notice
        }
    }

    /// Whether a chunk with these bits is of this kind.
    func holds(_ bits: UInt8) -> Bool {
        switch self {
        case .state(let state): bits & Census.stateMask == state.rawValue
        case .partial: bits & Census.partialBit != 0
        }
    }

    /// The worst kind of a chunk or cell with these bits; `nil` where there is none.
    init?(_ bits: UInt8) {
        let state = ChunkState(rawValue: bits & Census.stateMask) ?? .unknown
        if state.isAnomaly {
            self = .state(state)
        } else if bits & Census.partialBit != 0 {
            self = .partial
        } else {
            return nil
        }
    }
}
