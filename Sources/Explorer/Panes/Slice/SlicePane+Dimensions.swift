import Canvas
import ZarrModel

/// Where the lines of the dimensions stand in the panel: a name, an index, a coordinate, a slider.
struct DimensionLines: Hashable, Sendable {
    /// Where coordinates are written.
    enum Form: Hashable, Sendable {
        /// Nowhere: there are none, or there is no room.
        case none
        /// Between the index and the slider, in so many columns.
        case beside(Int)
        /// On a line of their own below.
        case below
    }

    /// Where coordinates are written.
    var form = Form.none
    /// The row of each dimension, from the heading's.
    var rows: [Int] = []
    /// Rows of all lines, the heading among them.
    var height = 1
    /// Where sliders begin.
    var sliderColumn = 18
    /// Columns of a slider.
    var sliderWidth = 4

    /// Lines without room.
    init() {}

    /// Arranges the lines in so much room. `texts` are the coordinates, each as wide as it gets.
    init(texts: [String?], in size: Size) {
        let widest = texts.compactMap { $0.map { TextWidth.of($0) } }.max() ?? 0
        let room = size.columns - Self.indexEnd - Self.arrow - 2
        let count = texts.count
        let lines = count + texts.count { $0 != nil }
        if widest == 0 {
            form = .none
        } else if room - widest >= Self.leastSlider {
            form = .beside(widest)
        } else if lines + Self.others <= size.rows {
            form = .below
        }
        if case .beside(let width) = form { sliderColumn = Self.indexEnd + width + 2 }
        sliderWidth = max(4, size.columns - Self.arrow - sliderColumn)
        var row = 1
        for text in texts {
            rows.append(row)
            row += form == .below && text != nil ? 2 : 1
        }
        height = row
    }

    /// Where the index ends.
    static let indexEnd = 17
    /// What the sign of a shown dimension takes.
    private static let arrow = 2
    private static let leastSlider = 5
    /// The heading, and what the panel says of the cursor.
    private static let others = 8
}

extension SlicePane {
    /// More dimensions than these have no line.
    static let listedAxes = 8

    /// Arranges the lines of the dimensions.
    func dimensionLines(_ details: ArrayDetails, isUnicode: Bool) -> DimensionLines {
        let texts = details.shape.indices.prefix(Self.listedAxes).map { axis -> String? in
            guard let found = coordinates[axis] else { return nil }
            let places = [indexes.indices.contains(axis) ? indexes[axis] : 0, 0, found.count - 1]
            return places.compactMap { found.place(at: $0, isUnicode: isUnicode) }
                .max { TextWidth.of($0) < TextWidth.of($1) }
        }
        return DimensionLines(texts: texts, in: layout.panel.size)
    }

    /// Draws a line for each dimension: its name, the index, the coordinate, a slider.
    func drawDimensions(on canvas: inout Canvas, _ details: ArrayDetails) {
        let width = canvas.size.columns
        canvas.write("Dimensions", row: 0, .heading)
        let by = stride == 1 ? "" : " by \(stride)"
        let help = width < 36 + by.count ? "a, then [ ]\(by)" : "a picks one, [ ] step it\(by)"
        canvas.write(help, row: 0, column: max(11, width - help.count), .dim)
        let names = AxisNames(details, rank: details.shape.count)
        for (axis, row) in dimensions.rows.enumerated() where axis < details.shape.count {
            let isChosen = axis == self.axis
            canvas.write(
                (isChosen ? "▸" : " ") + names[axis],
                row: row,
                isChosen ? .accent : .text,
                width: 8
            )
            let last = max(0, details.shape[axis] - 1)
            let here = indexes.indices.contains(axis) ? indexes[axis] : 0
            let full = "\(here)/\(last)"
            let index = full.count <= 9 ? full : Format.short(here)
            canvas.write(index, row: row, column: 8, .value, width: 9, align: .trailing)
            drawCoordinate(on: &canvas, row, axis)
            drawSlider(on: &canvas, row, axis, last)
            let (down, across) = shownAxes
            let word = axis == down ? "↓" : axis == across ? "→" : " "
            canvas.write(word, row: row, column: width - 1, .accent)
        }
    }

    private func drawCoordinate(on canvas: inout Canvas, _ row: Int, _ axis: Int) {
        guard let text = coordinate(axis, isUnicode: canvas.isUnicode) else { return }
        switch dimensions.form {
        case .none: break
        case .beside(let width):
            canvas.write(
                text,
                row: row,
                column: DimensionLines.indexEnd + 1,
                .text,
                width: width,
                align: .trailing
            )
        case .below:
            // Below the index, to its right end, as long as that leaves the name's indent.
            let column = max(2, DimensionLines.indexEnd - TextWidth.of(text))
            let room = canvas.size.columns - column
            canvas.write(text, row: row + 1, column: column, .text, width: room)
        }
    }

    private func drawSlider(on canvas: inout Canvas, _ row: Int, _ axis: Int, _ last: Int) {
        let width = dimensions.sliderWidth
        let isRunning = axis == shownAxes.row || axis == shownAxes.column
        let index = indexes.indices.contains(axis) ? indexes[axis] : 0
        let place = last > 0 ? Int(Double(index) / Double(last) * Double(width - 1)) : 0
        for at in 0..<width {
            let isHere = at == place
            canvas.write(
                isHere ? "●" : isRunning ? "·" : "─",
                row: row,
                column: dimensions.sliderColumn + at,
                isHere ? (axis == self.axis ? .accent : .value) : .border
            )
        }
    }

    /// The dimension whose line is at a place of the pane, and the index on its slider.
    func slider(at point: Point, _ details: ArrayDetails) -> (axis: Int, index: Int?)? {
        guard layout.panel.contains(point) else { return nil }
        let row = point.row - layout.panel.row
        guard row > 0, row < dimensions.height,
            let axis = dimensions.rows.lastIndex(where: { $0 <= row }), axis < details.shape.count
        else { return nil }
        let place = point.column - layout.panel.column - dimensions.sliderColumn
        let width = dimensions.sliderWidth
        guard row == dimensions.rows[axis], place >= 0, place < width else { return (axis, nil) }
        let last = max(0, details.shape[axis] - 1)
        let share = width > 1 ? Double(place) / Double(width - 1) : 0
        return (axis, min(last, Int((share * Double(last)).rounded())))
    }
}
