import Canvas
import ZarrModel

/// Where the chunks around one are drawn, and what stands at their rows, columns and planes.
struct NeighbourhoodLayout: Hashable, Sendable {
    /// A number, or a name with its number, and where it stands.
    struct Label: Hashable, Sendable {
        let text: String
        let place: Point
        /// Whether it is of the row, the column or the plane of the chunk itself.
        let isCentre: Bool
    }

    private let names: AxisNames
    private let place: [Int]
    private let axes: [Int]
    /// Rows over the cells of each plane, with the one that is left free.
    private let head: Int
    /// Columns left of the cells of each plane.
    private let left: Int
    /// Columns from one cell to the next.
    private let step: Int

    /// Lays out; where there is no room for the numbers they are left out.
    init(_ around: Neighbourhood, around chunk: ChunkIndex, names: AxisNames, in size: Size) {
        self.names = names
        place = chunk.coordinates
        axes = Array(around.axes)
        let planeRows = max(1, around.rows / 3)
        let wanted = axes.count > 2 ? 2 : 1
        let hasNumbers = 3 + around.rows + planeRows * wanted < size.rows
        head = hasNumbers ? wanted : 1
        let digits = place.suffix(2).map {
            String($0.addingReportingOverflow(1).partialValue).count
        }
        step = max(3, (digits.last ?? 1) + 1)
        let name = axes.count > 1 ? Self.short(names[axes[axes.count - 2]]).count : 0
        let row = axes.count > 1 ? name + 1 + (digits.first ?? 1) : 0
        let across = Self.short(names[axes.last ?? 0]).count
        left = hasNumbers ? max(row, across) + 2 : 2
    }

    /// Which axes run where: `y down, x across`.
    var heading: String {
        let last = axes.count - 1
        guard last >= 0 else { return "" }
        var text = "\(names[axes[last]]) across"
        if last > 0 { text = "\(names[axes[last - 1]]) down, " + text }
        if last > 1 { text += "; planes: \(names[axes[last - 2]]) across" }
        if last > 2 { text += ", \(names[axes[last - 3]]) down" }
        return text
    }

    /// Where a cell is drawn.
    func place(row: Int, column: Int) -> Point {
        Point(
            row: 2 + head + row + row / 3 * head,
            column: left + column * step + column / 3 * (left + 1)
        )
    }

    /// The numbers of rows, columns and planes of what lies in the grid.
    func labels(_ around: Neighbourhood) -> [Label] {
        guard left > 2, let across = axes.last else { return [] }
        var labels: [Label] = []
        for planeRow in stride(from: 0, to: around.rows, by: 3) {
            for planeColumn in stride(from: 0, to: around.columns, by: 3) {
                labels += self.labels(around, planeRow, planeColumn, across)
            }
        }
        return labels
    }

    /// The numbers of one plane, whose first cell that is.
    private func labels(
        _ around: Neighbourhood,
        _ row: Int,
        _ column: Int,
        _ across: Int
    ) -> [Label] {
        let middle = (
            row: min(row + 1, around.rows - 1), column: min(column + 1, around.columns - 1)
        )
        guard
            let centre = around.chunk(
                row: around.rows > 1 ? middle.row : row,
                column: middle.column
            )
        else { return [] }
        let corner = place(row: row, column: column)
        let start = corner.column - left
        var labels: [Label] = []
        if axes.count > 2 {
            let width = left + step * 3 + 1
            let outer = axes.dropLast(2).map { "\(names[$0]) \(centre.coordinates[$0])" }
            let text = outer.joined(separator: "  ")
            let isHere = axes.dropLast(2).allSatisfy { centre.coordinates[$0] == place[$0] }
            let shown = TextWidth.fitted(text, columns: width, cut: .start)
            labels.append(
                Label(
                    text: shown,
                    place: Point(row: corner.row - 2, column: start),
                    isCentre: isHere
                )
            )
        }
        labels.append(label(Self.short(names[across]), corner.row - 1, start, isCentre: false))
        for cell in 0..<3 {
            guard let near = around.chunk(row: middle.row, column: column + cell) else { continue }
            let number = String(near.coordinates[across])
            let at = corner.column + cell * step + max(0, 2 - number.count)
            labels.append(label(number, corner.row - 1, at, isCentre: cell == 1))
        }
        guard axes.count > 1 else { return labels }
        let down = axes[axes.count - 2]
        for cell in 0..<3 {
            guard let near = around.chunk(row: row + cell, column: middle.column) else { continue }
            let number = String(near.coordinates[down])
            let at = corner.column - 1 - number.count
            labels.append(label(number, corner.row + cell, at, isCentre: cell == 1))
        }
        labels.append(label(Self.short(names[down]), corner.row, start, isCentre: false))
        return labels
    }

    private func label(_ text: String, _ row: Int, _ column: Int, isCentre: Bool) -> Label {
        Label(text: text, place: Point(row: row, column: column), isCentre: isCentre)
    }

    private static func short(_ name: String) -> String {
        TextWidth.fitted(name, columns: 8, cut: .middle)
    }
}
