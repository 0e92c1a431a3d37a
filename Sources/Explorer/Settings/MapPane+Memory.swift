import Raster
import ZarrModel

extension MapPane {
    func memory(_ context: Context) -> StoreMemory? {
        guard let locator = context.store?.locator, let view else { return nil }
        return StoreMemory(
            locator: locator,
            array: path,
            axes: [view.rowAxis, view.columnAxis],
            palette: chosenRamp?.name
        )
    }

    /// Takes up the axes and the palette that were chosen the last time.
    mutating func restore(_ memory: StoreMemory?) {
        guard let memory, memory.array == path, var view else { return }
        if let axes = memory.axes, axes.count == 2, axes[0] != axes[1],
            axes.allSatisfy({ view.counts.indices.contains($0) })
        {
            view.run(axes[0], as: .rows)
            view.run(axes[1], as: .columns)
            self.view = view
            axis = view.otherAxes.first ?? view.rowAxis
        }
        chosenRamp = memory.palette.flatMap { Ramp(named: $0) }
    }

    /// Places of a picture, at most, down and across.
    private static let largest = (rows: 1024, columns: 2048)

    func picture(_ context: Context) -> Pixels? {
        guard let view, context.array?.path == path else { return nil }
        let rows = view.rowCount
        let columns = view.columnCount
        let window = MapFold.Window(
            rows: 0..<rows,
            columns: 0..<columns,
            rowSpan: (rows + Self.largest.rows - 1) / Self.largest.rows,
            columnSpan: (columns + Self.largest.columns - 1) / Self.largest.columns
        )
        guard rows > 0, columns > 0,
            let fold = context.array?.shown.map({
                MapFold($0, view, window, bytes: measure == .size)
            })
        else { return nil }
        return picture(of: fold, ramp(context))
    }

    private func picture(of fold: MapFold, _ ramp: Ramp) -> Pixels {
        let window = fold.window
        let side = max(1, min(16, 1024 / max(window.cellRows, window.cellColumns)))
        let largest = fold.cells.reduce(0.0) { max($0, Self.mean($1)) }
        var pixels = Pixels(width: window.cellColumns * side, height: window.cellRows * side)
        for row in 0..<window.cellRows {
            for column in 0..<window.cellColumns {
                let cell = fold[row, column]
                let state = ChunkState(rawValue: cell.worst) ?? .unknown
                let isSized = measure == .size && !state.isAnomaly && largest > 0 && cell.sized > 0
                pixels.fill(
                    x: column * side,
                    y: row * side,
                    width: side > 3 ? side - 1 : side,
                    height: side > 3 ? side - 1 : side,
                    isSized
                        ? ramp.palette.color(at: Self.mean(cell) / largest)
                        : PixelColor(state)
                )
            }
        }
        return pixels
    }

    private static func mean(_ cell: MapFold.Cell) -> Double {
        cell.sized > 0 ? Double(cell.bytes) / Double(cell.sized) : 0
    }
}
