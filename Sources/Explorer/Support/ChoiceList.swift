import Canvas

/// One answer to a question.
struct PlanChoice: Hashable, Sendable {
    var title: String
    var text: String
}

/// A question with a few answers, chosen with the arrows or by number.
enum ChoiceList {
    /// What came of a key.
    enum Outcome: Hashable, Sendable {
        case moved(Int), taken(Int), left, none
    }

    /// Reacts to a key while answer `selected` of `count` is chosen.
    static func take(_ key: Key, _ selected: Int, of count: Int) -> Outcome {
        switch key {
        case .escape, .character("q"): return .left
        case .up, .character("k"): return .moved(max(0, selected - 1))
        case .down, .character("j"), .tab: return .moved(min(max(0, count - 1), selected + 1))
        case .enter: return selected < count ? .taken(selected) : .left
        case .character(let digit):
            guard let number = digit.wholeNumberValue, (1...max(1, count)).contains(number),
                number <= count
            else { return .none }
            return .taken(number - 1)
        default: return .none
        }
    }

    /// Draws it with what is to be known besides.
    static func draw(
        _ choices: [PlanChoice],
        _ selected: Int,
        _ title: String,
        notes: [String] = ["Enter takes it, Esc leaves"],
        on canvas: inout Canvas
    ) {
        let width = Canvas.lowerBoxWidth(canvas.size)
        let lines = Wrapping.lines(notes, width: width)
        canvas.lowerBox(rows: choices.count + 3 + lines.count, title: title, .accent) { canvas in
            for (row, choice) in choices.enumerated() {
                let role: Role = row == selected ? .selected : .text
                let mark = row == selected ? "▸" : " "
                canvas.write("\(mark) \(row + 1) \(choice.title)", row: row, role, width: 24)
                canvas.write(choice.text, row: row, column: 26, .dim)
            }
            for (row, line) in lines.enumerated() {
                canvas.write(line, row: choices.count + 1 + row, .dim)
            }
        }
    }
}

extension Canvas {
    /// Columns inside of a box in the lower part of a pane.
    static func lowerBoxWidth(_ size: Size) -> Int {
        max(0, min(size.columns - 2, 92) - 4)
    }

    /// Draws in a box in the lower part of the pane.
    mutating func lowerBox(
        rows: Int,
        title: String,
        _ role: Role = .error,
        _ body: (inout Canvas) -> Void
    ) {
        let rows = min(rows, size.rows)
        let rect = Rect(
            row: max(0, size.rows - rows),
            column: 1,
            rows: rows,
            columns: max(0, min(size.columns - 2, 92))
        )
        // Whole rows: what lies beside a narrower box would stick out of it.
        fill(Rect(row: rect.row, column: 0, rows: rows, columns: size.columns))
        box(rect, title: title, Style(role))
        region(rect.inset(rows: 1, columns: 2), body)
    }
}
