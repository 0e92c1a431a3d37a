import Canvas
import ZarrModel

/// What is asked where sound chunks and others would be marked together.
struct MarkQuestion: Hashable, Sendable {
    /// What would be marked.
    let boxes: [[Range<Int>]]
    /// What one of them is called.
    let unit: String
    /// How many there are, how many are missing or broken, and how many can be read.
    let total: Int
    let anomalies: Int
    let readable: Int
    /// Whether all are chosen, and not the anomalies alone.
    var isAll = false

    /// What came of a key.
    enum Outcome: Hashable, Sendable {
        case asking, left
        case mark(all: Bool)
    }

    /// Asks about boxes; `nil` where there is nothing to ask: all are alike, or there is but one.
    init?(_ boxes: [[Range<Int>]], _ census: Census, unit: String) {
        var total = 0
        var anomalies = 0
        var readable = 0
        for box in boxes {
            GridOrder.forEach(in: box, of: census.grid) { index in
                let bits = census.bits(index)
                total += 1
                if Self.isBroken(bits) { anomalies += 1 }
                if bits & Census.stateMask == ChunkState.present.rawValue { readable += 1 }
            }
        }
        guard total > 1, anomalies > 0, anomalies < total, readable > 0 else { return nil }
        self.boxes = boxes
        self.unit = unit
        self.total = total
        self.anomalies = anomalies
        self.readable = readable
    }

    /// Whether a chunk with these bits is an anomaly that holds nothing to be read: a shard that is
    /// not whole can be read.
    static func isBroken(_ bits: UInt8) -> Bool {
        bits & Census.stateMask >= ChunkState.orphan.rawValue
    }

    /// Reacts to a key.
    mutating func take(_ key: Key) -> Outcome {
        switch key {
        case .escape, .character("q"): return .left
        case .up, .down, .tab, .backTab, .character("j"), .character("k"): isAll.toggle()
        case .character("a"): return .mark(all: false)
        case .character("e"): return .mark(all: true)
        case .enter, .character(" "): return .mark(all: isAll)
        default: break
        }
        return .asking
    }

    /// Draws it in a box over the map.
    func draw(on canvas: inout Canvas) {
        let words = [
            (
                key: "a",
                text: anomalies == 1 ? "the finding" : "the \(Format.count(anomalies)) findings"
            ),
            (key: "e", text: "all \(Format.plural(total, unit))"),
        ]
        let loss = "   of which \(Format.count(readable)) can be read"
        let note = "Enter mark  ↑ ↓ choose  Esc close"
        let widths = (words.map { $0.text.count + 6 } + [loss.count + 4, note.count + 2])
        let width = min(canvas.size.columns, (widths.max() ?? 0) + 4)
        let box = Rect(
            row: max(0, canvas.size.rows / 2 - 4),
            column: max(0, (canvas.size.columns - width) / 2),
            rows: min(8, canvas.size.rows),
            columns: width
        )
        canvas.fill(box)
        canvas.box(box, title: "Mark here")
        canvas.region(box.inset(rows: 1, columns: 2)) { canvas in
            for (row, word) in words.enumerated() {
                let isChosen = (row == 1) == isAll
                let role: Role = isChosen ? .selected : .text
                let line = Rect(row: row, column: 0, rows: 1, columns: canvas.size.columns)
                canvas.fill(line, " ", Style(role))
                canvas.write(isChosen ? "▸" : " ", row: row, role)
                canvas.write(word.key, row: row, column: 2, isChosen ? role : .hintKey)
                canvas.write(word.text, row: row, column: 4, role)
            }
            canvas.write(loss, row: 2, column: 1, isAll ? .warning : .dim)
            canvas.write(
                [
                    ("Enter", .hintKey), (" mark  ", .hint), ("↑ ↓", .hintKey),
                    (" choose  ", .hint), ("Esc", .hintKey), (" close", .hint),
                ],
                row: 4
            )
        }
    }
}
