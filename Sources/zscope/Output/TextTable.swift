import Canvas
import ZarrModel

/// Rows of text in aligned columns, for a person.
///
/// Every cell's text is made visible, and measured as a terminal draws it.
struct TextTable {
    /// Where a column's text stands.
    enum Alignment {
        case left, right
    }

    /// A cell: its text, and how it is coloured.
    struct Cell {
        let text: String
        let meaning: Ink.Meaning

        init(_ text: String, _ meaning: Ink.Meaning = .plain) {
            self.text = visible(text)
            self.meaning = meaning
        }
    }

    private let headings: [String]
    private let alignments: [Alignment]
    private var rows: [[Cell]] = []

    /// Makes a table with a heading for each column.
    init(_ columns: [(heading: String, alignment: Alignment)]) {
        headings = columns.map(\.heading)
        alignments = columns.map(\.alignment)
    }

    /// Makes a table without headings, all columns aligned to the left but the last ones named.
    init(columns: Int) {
        headings = []
        alignments = Array(repeating: .left, count: columns)
    }

    /// Adds a row; missing cells stay empty.
    mutating func add(_ cells: [Cell]) {
        rows.append(cells)
    }

    /// The lines, without blanks at their ends.
    func lines(_ ink: Ink, indent: Int = 0) -> [String] {
        let widths = alignments.indices.map { column in
            let isLeft = alignments[column] == .left
            let texts = rows.map { row in
                column < row.count - (isLeft ? 1 : 0) ? TextWidth.of(row[column].text) : 0
            }
            let heading = column < headings.count ? TextWidth.of(headings[column]) : 0
            return max(heading, texts.max() ?? 0)
        }
        let margin = String(repeating: " ", count: indent)
        let heading = headings.map { Cell($0, .dim) }
        return ((headings.allSatisfy(\.isEmpty) ? [] : [heading]) + rows).map { row in
            margin + line(row, widths, ink)
        }
    }

    private func line(_ row: [Cell], _ widths: [Int], _ ink: Ink) -> String {
        var text = ""
        var pending = 0
        for (column, cell) in row.enumerated() where column < widths.count {
            let blanks = widths[column] - TextWidth.of(cell.text)
            let isLeft = alignments[column] == .left
            pending += isLeft ? 0 : blanks
            if !cell.text.isEmpty {
                text += String(repeating: " ", count: pending) + ink(cell.meaning, cell.text)
                pending = 0
            }
            pending += (isLeft ? blanks : 0) + 2
        }
        return text
    }
}
