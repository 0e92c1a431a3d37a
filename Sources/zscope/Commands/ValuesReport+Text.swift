import Canvas
import ZarrEngine
import ZarrModel

extension ValuesReport {
    /// Rows and aligned columns, as a person reads them: a plane after another, each with its place.
    /// Values are decoded by `meaning`, where there is one.
    func text(_ meaning: ValueMeaning? = nil) throws {
        let shape = values.shape
        let texts =
            meaning?.texts(of: values)
            ?? { ElementText.text(values.element($0)[...], values.dataType) }
        guard shape.count > 1 else {
            try plane(texts, from: 0, rows: shape.isEmpty ? 1 : values.count, columns: 1)
            return
        }
        let rows = shape[shape.count - 2]
        let columns = shape[shape.count - 1]
        guard values.count > 0 else { return }
        let leading = GridShape(counts: Array(shape.dropLast(2)))
        for number in 0..<(leading?.total ?? 0) {
            if shape.count > 2, let index = leading?.index(at: number) {
                if number > 0 { try output.line() }
                try output.line(
                    "[\(index.coordinates.map(String.init).joined(separator: ", ")), :, :]"
                )
            }
            try plane(texts, from: number * rows * columns, rows: rows, columns: columns)
        }
    }

    /// Pieces of so many rows are aligned together, so that any number of them can be printed.
    private static let rowsAlignedTogether = 1000

    private func plane(
        _ texts: (Int) -> String,
        from start: Int,
        rows: Int,
        columns: Int
    ) throws {
        var first = 0
        while first < rows {
            let count = min(Self.rowsAlignedTogether, rows - first)
            let places = start + first * columns..<start + (first + count) * columns
            try piece(places.map(texts), rows: count, columns: columns)
            first += count
        }
    }

    private func piece(_ texts: [String], rows: Int, columns: Int) throws {
        let widths = (0..<columns).map { column in
            stride(from: column, to: texts.count, by: columns).map { TextWidth.of(texts[$0]) }.max()
                ?? 0
        }
        let isLeft = values.dataType.isVariableLength || !Self.isNumber(values.dataType)
        for row in 0..<rows {
            var line = ""
            for column in 0..<columns {
                let text = texts[row * columns + column]
                let blanks = String(repeating: " ", count: widths[column] - TextWidth.of(text))
                line += (column > 0 ? "  " : "") + (isLeft ? text + blanks : blanks + text)
            }
            while line.last == " " { line.removeLast() }
            try output.line(line)
        }
    }

    private static func isNumber(_ type: DataType) -> Bool {
        switch type {
        case .integer, .float, .complex, .bool: true
        default: false
        }
    }
}
