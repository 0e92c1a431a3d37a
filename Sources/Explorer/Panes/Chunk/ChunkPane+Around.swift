import Canvas
import ZarrModel

/// The chunks around the one that is looked at, each row, column and plane with its number.
extension ChunkPane {
    /// Where the cells are drawn.
    private var aroundLayout: NeighbourhoodLayout? {
        neighbourhood.map {
            NeighbourhoodLayout($0, around: chunk, names: aroundNames, in: body.size)
        }
    }

    /// The cell of the neighbourhood that is drawn at a place of the pane.
    func cell(at point: Point) -> (row: Int, column: Int)? {
        guard let neighbourhood, let layout = aroundLayout else { return nil }
        let (y, x) = (point.row - body.row, point.column - body.column)
        for row in 0..<neighbourhood.rows {
            for column in 0..<neighbourhood.columns {
                let place = layout.place(row: row, column: column)
                if place.row == y, (place.column..<place.column + 3).contains(x) {
                    return (row, column)
                }
            }
        }
        return nil
    }

    /// Draws them, or why nothing is known of them.
    func drawAround(on canvas: inout Canvas, _ context: Context) {
        guard let neighbourhood, let layout = aroundLayout, let census = context.array?.shown,
            context.array?.path == path, index(context) != nil
        else {
            let words =
                shard == nil
                ? "The chunks around it are not counted yet."
                : "The inner chunks around it are on the map of its shard."
            canvas.write(words, row: 1, .dim)
            return
        }
        let around = facts.map { "\($0.neighboursPresent) of \($0.neighbours) around are present" }
        canvas.write(layout.heading, row: 0, .dim, width: canvas.size.columns)
        canvas.write(around ?? "", row: 1, .value)
        for label in layout.labels(neighbourhood) {
            canvas.write(
                label.text,
                row: label.place.row,
                column: label.place.column,
                label.isCentre ? .accent : .dim
            )
        }
        for row in 0..<neighbourhood.rows {
            for column in 0..<neighbourhood.columns {
                guard let near = neighbourhood.chunk(row: row, column: column) else { continue }
                let state = census.state(GridOrder.linear(near.coordinates, in: census.grid))
                let place = layout.place(row: row, column: column)
                let isSelected = (row, column) == self.near
                let isHere = (row, column) == neighbourhood.centre
                let sign = StateLook.glyph(state)
                canvas.write(
                    isHere ? "[\(sign)]" : " \(sign) ",
                    row: place.row,
                    column: place.column,
                    isSelected ? .cursor : StateLook.role(state)
                )
            }
        }
        let row = layout.place(row: neighbourhood.rows - 1, column: 0).row + 2
        drawSelected(on: &canvas, row: row, neighbourhood, census)
    }

    private func drawSelected(
        on canvas: inout Canvas,
        row: Int,
        _ neighbourhood: Neighbourhood,
        _ census: Census
    ) {
        guard let near = neighbourhood.chunk(row: self.near.row, column: self.near.column) else {
            return
        }
        let index = GridOrder.linear(near.coordinates, in: census.grid)
        let state = census.state(index)
        let size = census.size(index).map { "  \(Format.bytes($0))" } ?? ""
        let isHere = near == chunk
        canvas.write(
            [
                (aroundNames.describe(near.coordinates) + "  ", .label),
                ("\(StateLook.glyph(state)) \(StateLook.word(state))", StateLook.role(state)),
                (size, .value), (isHere ? "  this \(unit)" : "  Enter looks at it", .dim),
            ],
            row: min(row, canvas.size.rows - 1)
        )
    }
}
