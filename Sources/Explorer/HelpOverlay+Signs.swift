import ZarrModel

/// The signs of screens that show chunks, in words.
extension HelpOverlay.Sign {
    /// What each state of a chunk says, the worst first.
    static let states: [Self] = ChunkState.allCases.reversed().map {
        Self(sign: String(StateLook.glyph($0)), text: words($0))
    }

    /// What stands on the tiles of a map besides: counts, and shards that are not whole.
    static let tiles: [Self] =
        [Self(sign: "3o", text: "a tile with 3 findings, missing the worst of them")]
        + states.filter { $0.sign != String(StateLook.glyph(.present)) }
        + [
            Self(sign: String(StateLook.partialGlyph), text: "partial: not every inner chunk"),
            Self(sign: "+o", text: "more than fit there"),
            Self(sign: "[]", text: "the cursor"), Self(sign: "**", text: "marked"),
            Self(sign: "::", text: "the box that is drawn"),
        ]

    /// What the places of a slice without a number say.
    static let values: [Self] = [
        Self(sign: "o", text: "missing: reads as fill"),
        Self(sign: "X", text: "failed: cannot be decoded"),
        Self(sign: "~", text: "NaN"), Self(sign: "?", text: "not read yet"),
        Self(sign: "◆", text: "the cursor"),
    ]

    private static func words(_ state: ChunkState) -> String {
        switch state {
        case .present: "present"
        case .expectedEmpty: "missing, as expected"
        case .unknown: "unknown: not looked at yet"
        case .orphan: "orphan: outside the grid"
        case .missing: "missing: reads as fill"
        case .short: "short: cut off"
        case .corrupt: "corrupt: does not decode"
        case .unreadable: "unreadable: storage failed"
        }
    }
}

extension MapPane {
    func signs(_ context: Context) -> [HelpOverlay.Sign] { HelpOverlay.Sign.tiles }
}

extension FindingsPane {
    func signs(_ context: Context) -> [HelpOverlay.Sign] { HelpOverlay.Sign.states }
}

extension ChunkPane {
    func signs(_ context: Context) -> [HelpOverlay.Sign] { HelpOverlay.Sign.states }
}

extension SlicePane {
    func signs(_ context: Context) -> [HelpOverlay.Sign] { HelpOverlay.Sign.values }
}

extension BrowserPane {
    func signs(_ context: Context) -> [HelpOverlay.Sign] {
        [
            .init(sign: "▪", text: "array"), .init(sign: "▸ ▾", text: "group, closed or open"),
            .init(sign: "✖", text: "broken: cannot be read"),
            .init(sign: "✔", text: "complete"), .init(sign: "o 4", text: "4 missing"),
            .init(sign: "X 2", text: "2 broken: short, corrupt, unreadable"),
            .init(sign: "? 1", text: "1 outside the grid"),
            .init(sign: "·", text: "not counted yet"),
        ]
    }
}
