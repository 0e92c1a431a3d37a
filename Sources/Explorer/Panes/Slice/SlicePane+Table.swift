import Canvas
import ZarrModel

extension SlicePane {
    /// Draws the values in view in rows and columns.
    func drawTable(_ values: PlaneValues, on canvas: inout Canvas, _ details: ArrayDetails) {
        let request = values.request
        let isWrapped = rowAxis == nil
        let line = max(1, isWrapped ? lineLength : request.columns.count)
        let lines =
            isWrapped ? (request.columns.count + line - 1) / line : request.rows.count
        for across in 0..<min(line, tableColumns) {
            let index = isWrapped ? across : request.columns.start + across
            let isHere = isWrapped ? cursor.column % line == across : cursor.column == index
            canvas.write(
                isWrapped ? "+\(index)" : label(columnAxis, index, width: cellWidth - 2),
                row: layout.ruler.row,
                column: layout.body.column + across * cellWidth,
                isHere ? .accent : .dim,
                width: cellWidth - 1,
                align: isRight(details) ? .trailing : .leading
            )
        }
        for down in 0..<min(lines, layout.body.rows) {
            let index =
                isWrapped ? request.columns.start + down * line : request.rows.start + down
            let isHere = isWrapped ? cursor.column / line == index / line : cursor.row == index
            if isWrapped {
                canvas.write(
                    label(columnAxis, index, width: layout.labels.columns - 1),
                    row: layout.body.row + down,
                    column: layout.labels.column,
                    isHere ? .accent : .dim,
                    width: layout.labels.columns - 1,
                    align: .trailing
                )
            } else {
                drawRowLabel(index, at: down, on: &canvas, isHere ? .accent : .dim)
            }
            drawLine(values, down, line: line, on: &canvas, details)
        }
        let unit = values.unit.isEmpty ? [] : ["in \(values.unit)"]
        let signs = [
            "o (fill) missing", "X failed", "\(canvas.isUnicode ? "┊" : "|") a chunk begins",
        ]
        var column = 1
        for text in unit + signs where column + TextWidth.of(text) < layout.legend.endColumn {
            column = canvas.write(text, row: layout.legend.row, column: column, .dim) + 2
        }
    }

    /// The most digits after a point that any number in view has, up to what fits.
    static func decimals(_ values: PlaneValues, _ pane: SlicePane) -> Int {
        values.texts.reduce(0) { max($0, fraction(pane.shown($1))) }
    }

    /// How many characters follow the point; 0 without one.
    private static func fraction(_ text: String) -> Int {
        let bytes = text.utf8
        guard let point = bytes.firstIndex(of: UInt8(ascii: ".")), bytes.count < 24 else {
            return 0
        }
        return bytes.distance(from: point, to: bytes.endIndex)
    }

    /// A number with blanks after it, so that points stand below each other.
    private func aligned(_ text: String, _ decimals: Int) -> String {
        let missing = decimals - Self.fraction(text)
        guard decimals > 0, missing > 0, text.utf8.count + missing < cellWidth else { return text }
        guard let last = text.utf8.last, (0x30...0x39).contains(last) else { return text }
        return text + String(repeating: " ", count: missing)
    }

    /// Whether values stand on the right: numbers and times do, texts do not.
    private func isRight(_ details: ArrayDetails) -> Bool {
        details.isNumeric
    }

    /// Draws the values of one line, with the borders of chunks between them.
    private func drawLine(
        _ values: PlaneValues,
        _ down: Int,
        line: Int,
        on canvas: inout Canvas,
        _ details: ArrayDetails
    ) {
        let request = values.request
        let cut = columnAxis.map { details.axes[$0] }
        let decimals = Self.decimals(values, self)
        for across in 0..<min(line, tableColumns) {
            let at = down * line + across
            guard at < values.texts.count else { return }
            let offset = rowAxis == nil ? at : across
            let column = request.columns.start + offset
            let row = rowAxis == nil ? 0 : request.rows.start + down
            drawValue(
                values,
                at,
                on: &canvas,
                down,
                across,
                isHere: cursor == (row, column),
                decimals: isRight(details) ? decimals : nil
            )
            guard let cut, column > 0, column < cut.length,
                cut.range(of: cut.chunk(containing: column)).lowerBound == column
            else { continue }
            canvas.write(
                canvas.isUnicode ? "┊" : "|",
                row: layout.body.row + down,
                column: layout.body.column + across * cellWidth - 1,
                .border
            )
        }
    }

    private func drawValue(
        _ values: PlaneValues,
        _ at: Int,
        on canvas: inout Canvas,
        _ down: Int,
        _ across: Int,
        isHere: Bool,
        decimals: Int?
    ) {
        let text: String
        var role: Role
        switch values.source(at) {
        case .stored: (text, role) = (aligned(shown(values.texts[at]), decimals ?? 0), .text)
        case .absent: (text, role) = ("o (\(shown(values.texts[at])))", .warning)
        case .failed: (text, role) = ("X failed", .error)
        case .unread: (text, role) = ("?", .dim)
        }
        if text == "NaN" || text == "NaT" || text == "none" { role = .dim }
        canvas.write(
            text,
            row: layout.body.row + down,
            column: layout.body.column + across * cellWidth,
            isHere ? .cursor : role,
            width: cellWidth - 1,
            align: decimals == nil ? .leading : .trailing,
            cut: .end
        )
    }
}
