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
        guard let view, view.rowCount > 0, view.columnCount > 0 else { return nil }
        let window = MapFold.Window(
            rows: 0..<view.rowCount,
            columns: 0..<view.columnCount,
            rowSpan: (view.rowCount + Self.largest.rows - 1) / Self.largest.rows,
            columnSpan: (view.columnCount + Self.largest.columns - 1) / Self.largest.columns
        )
        let isSound = measure == .state
        let fold = census(context).map {
            MapFold($0, view, window, measure.number, countsSound: isSound)
        }
        guard let fold else { return nil }
        let units = units(context)
        let isRatio = isLogarithmic ?? measure.isLogarithmic
        let scale = scale(of: fold, units, isLogarithmic: isRatio)
        let pixels = picture(of: fold) { cell in
            let state = ChunkState(rawValue: cell.worst) ?? .unknown
            guard !state.isAnomaly, let scale, let number = cell.number(measure, units) else {
                return PixelColor(state)
            }
            return ramp(context).palette.color(at: scale.share(number))
        }
        return pixels.withLegend(pictureStates(context).map { PixelColor($0) })
    }

    func pictureLegend(_ context: Context) -> String? {
        let words = pictureStates(context).map { StateLook.word($0) }
        return words.isEmpty ? nil : words.joined(separator: ", ")
    }

    /// The states that have colours of their own in the picture, the worst first.
    private func pictureStates(_ context: Context) -> [ChunkState] {
        guard let census = census(context) else { return [] }
        return ChunkState.allCases.reversed().filter { state in
            census.count(state) > 0 && state != .orphan
                && (measure.number == nil || state.isAnomaly)
        }
    }

    private func picture(of fold: MapFold, _ color: (MapFold.Cell) -> PixelColor) -> Pixels {
        let window = fold.window
        let side = max(1, min(16, 1024 / max(window.cellRows, window.cellColumns)))
        var pixels = Pixels(width: window.cellColumns * side, height: window.cellRows * side)
        for row in 0..<window.cellRows {
            for column in 0..<window.cellColumns {
                pixels.fill(
                    x: column * side,
                    y: row * side,
                    width: side > 3 ? side - 1 : side,
                    height: side > 3 ? side - 1 : side,
                    color(fold[row, column])
                )
            }
        }
        return pixels
    }
}
