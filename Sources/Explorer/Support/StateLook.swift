import Canvas
import ZarrModel

/// How the states of chunks look: always a glyph and a word, and a role besides.
enum StateLook {
    /// The one sign of a state.
    static func glyph(_ state: ChunkState) -> Character {
        switch state {
        case .present: "▪"
        case .expectedEmpty: "~"
        case .unknown: "·"
        case .orphan: "?"
        case .missing: "o"
        case .short: "!"
        case .corrupt: "X"
        case .unreadable: "E"
        }
    }

    /// The sign of a shard that does not hold all its inner chunks.
    static let partialGlyph: Character = "◧"

    /// The sign of a state as the map shows it: what is there is a filled tile.
    static func mapGlyph(_ state: ChunkState, isUnicode: Bool, isColor: Bool) -> Character {
        guard state == .present else { return glyph(state) }
        return isUnicode ? (isColor ? "█" : "▒") : "#"
    }

    /// The word on the screen.
    static func word(_ state: ChunkState) -> String {
        state.word
    }

    /// The role of its sign and count.
    static func role(_ state: ChunkState) -> Role {
        switch state {
        case .present: .good
        case .expectedEmpty: .dim
        case .unknown: .dim
        case .orphan: .notice
        case .missing: .warning
        case .short, .corrupt, .unreadable: .error
        }
    }
}
