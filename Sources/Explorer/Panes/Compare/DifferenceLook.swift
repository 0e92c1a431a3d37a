import Canvas
import ZarrModel

/// How what a comparison found looks: always a glyph and a word, and a role besides.
enum DifferenceLook {
    /// The one sign.
    static func glyph(_ difference: ChunkDifference, isUnicode: Bool) -> Character {
        switch difference {
        case .equal: "="
        case .alike: isUnicode ? "▪" : "#"
        case .missing: "o"
        case .unknown: isUnicode ? "·" : "."
        case .sizes: "s"
        case .onlyLeft: "<"
        case .onlyRight: ">"
        case .values: isUnicode ? "≠" : "X"
        case .unreadable: "E"
        }
    }

    /// The word on the screen.
    static func word(_ difference: ChunkDifference) -> String {
        switch difference {
        case .equal: "equal"
        case .alike: "alike"
        case .missing: "missing in both"
        case .unknown: "not compared"
        case .sizes: "sizes differ"
        case .onlyLeft: "only left"
        case .onlyRight: "only right"
        case .values: "values differ"
        case .unreadable: "unreadable"
        }
    }

    /// The role of its sign and count.
    static func role(_ difference: ChunkDifference) -> Role {
        switch difference {
        case .equal: .good
        case .alike: .text
        case .missing, .unknown: .dim
        case .sizes: .notice
        case .onlyLeft, .onlyRight: .warning
        case .values, .unreadable: .error
        }
    }

    /// The state that stands for it where chunks are folded: as severe among the others.
    static func state(_ difference: ChunkDifference) -> ChunkState {
        switch difference {
        case .equal, .alike: .present
        case .missing: .expectedEmpty
        case .unknown: .unknown
        case .sizes: .orphan
        case .onlyLeft: .missing
        case .onlyRight: .short
        case .values: .corrupt
        case .unreadable: .unreadable
        }
    }

    /// The worst difference in a folded cell. Slow stands for what was not compared by value.
    static func worst(_ cell: MapFold.Cell) -> ChunkDifference {
        switch ChunkState(rawValue: cell.worst) ?? .unknown {
        case .present: cell.flags & Census.slowBit != 0 ? .alike : .equal
        case .expectedEmpty: .missing
        case .unknown: .unknown
        case .orphan: .sizes
        case .missing: .onlyLeft
        case .short: .onlyRight
        case .corrupt: .values
        case .unreadable: .unreadable
        }
    }
}
