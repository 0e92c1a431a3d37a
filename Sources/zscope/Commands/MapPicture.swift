import Explorer
import Raster
import ZarrModel

/// A chunk map as a picture in a file.
struct MapPicture {
    let map: ChunkMap
    let title: String
    let labels: (down: String, across: String)
    let summary: String

    /// Pixels on the side of a cell.
    private var side: Int {
        max(1, min(16, 960 / max(1, map.columns), 720 / max(1, map.rows)))
    }

    /// The states that have colours of their own, in the order of the legend.
    var states: [ChunkState] {
        Set(map.cells.map(\.worst)).sorted().filter { map.scale == nil || $0.isAnomaly }
    }

    /// The cells, and the colours of the legend below them: without words.
    var png: [UInt8] {
        var pixels = Pixels(width: map.columns * side, height: map.rows * side)
        let gap = side > 3 ? 1 : 0
        let scale = map.scale
        for row in 0..<map.rows {
            for column in 0..<map.columns {
                pixels.fill(
                    x: column * side,
                    y: row * side,
                    width: side - gap,
                    height: side - gap,
                    color(map[row, column], scale)
                )
            }
        }
        return PNG.encode(pixels.withLegend(states.map { PixelColor($0) }))
    }

    /// The cells with title, axes and legend; pointing at an anomaly says where it is.
    var svg: String {
        let (left, top) = (24, 64)
        let width = max(480, left * 2 + map.columns * side)
        let height = top + map.rows * side + 56
        var drawing = SVG(width: Double(width), height: Double(height))
        drawing.text(visible(title), x: Double(left), y: 24, size: 16)
        drawing.text(visible(summary), x: Double(left), y: 42, size: 12)
        drawing.text(visible(labels.across), x: Double(left), y: 58, size: 10)
        let gap = side > 3 ? 1 : 0
        let scale = map.scale
        for row in 0..<map.rows {
            for column in 0..<map.columns {
                let cell = map[row, column]
                drawing.rectangle(
                    x: Double(left + column * side),
                    y: Double(top + row * side),
                    width: Double(side - gap),
                    height: Double(side - gap),
                    color(cell, scale),
                    title: words(row, column, cell)
                )
            }
        }
        legend(&drawing, x: left, y: height - 28)
        return drawing.document
    }

    private func legend(_ drawing: inout SVG, x: Int, y: Int) {
        var x = x
        if let scale = map.scale { x = bar(&drawing, scale, x: x, y: y) }
        for state in states {
            drawing.rectangle(x: Double(x), y: Double(y), width: 12, height: 12, PixelColor(state))
            drawing.text(state.word, x: Double(x + 18), y: Double(y + 10), size: 12)
            x += 30 + 8 * state.word.count
        }
    }

    /// The colours of numbers, from the least to the greatest.
    private func bar(_ drawing: inout SVG, _ scale: MapScale, x: Int, y: Int) -> Int {
        let measure = map.measure
        var x = x
        let words = scale.isLogarithmic ? "log" : "linear"
        let low = "\(measure.title), \(words)  \(measure.text(scale.range.lowerBound))"
        drawing.text(low, x: Double(x), y: Double(y + 10), size: 12)
        x += 8 * low.count + 8
        for color in Palette.cividis.levels(isIndexed: false) {
            drawing.rectangle(x: Double(x), y: Double(y), width: 8, height: 12, color)
            x += 8
        }
        let high = measure.text(scale.range.upperBound)
        drawing.text(high, x: Double(x + 8), y: Double(y + 10), size: 12)
        return x + 32 + 8 * high.count
    }

    /// What pointing at a cell says: of an anomaly always, of a number where there are few cells.
    private func words(_ row: Int, _ column: Int, _ cell: ChunkMap.Cell) -> String {
        let isAnomaly = cell.worst.isAnomaly
        let number = map.cells.count <= Self.namedLimit ? map.number(cell) : nil
        guard isAnomaly || number != nil else { return "" }
        let down = map.chunks(behind: row, of: map.rows, axis: map.axes.down)
        let across = map.chunks(behind: column, of: map.columns, axis: map.axes.across)
        let place = "at \(span(down)), \(span(across))"
        guard isAnomaly else {
            return "\(map.measure.title) \(number.map { map.measure.text($0) } ?? "") \(place)"
        }
        let count = "\(cell.anomalies) of \(Wording.count(cell.chunks, "chunk"))"
        return "\(cell.worst.word): \(count) \(place)"
    }

    /// More cells than these have no words of their own.
    private static let namedLimit = 16_384

    private func span(_ range: Range<Int>) -> String {
        range.count == 1 ? "\(range.lowerBound)" : "\(range.lowerBound)..\(range.upperBound - 1)"
    }

    private func color(_ cell: ChunkMap.Cell, _ scale: MapScale?) -> PixelColor {
        guard let scale, !cell.worst.isAnomaly else { return PixelColor(cell.worst) }
        guard let number = map.number(cell) else { return PixelColor(ChunkState.unknown) }
        return Palette.cividis.color(at: scale.share(number))
    }
}
