import Raster
import ZarrModel

/// A chunk map as a picture in a file.
struct MapPicture {
    let map: ChunkMap
    let measure: String
    let title: String
    let labels: (down: String, across: String)
    let summary: String

    /// Pixels on the side of a cell.
    private var side: Int {
        max(1, min(16, 960 / max(1, map.columns), 720 / max(1, map.rows)))
    }

    /// The cells alone, without words.
    var png: [UInt8] {
        var pixels = Pixels(width: map.columns * side, height: map.rows * side)
        let gap = side > 3 ? 1 : 0
        for row in 0..<map.rows {
            for column in 0..<map.columns {
                pixels.fill(
                    x: column * side,
                    y: row * side,
                    width: side - gap,
                    height: side - gap,
                    color(map[row, column])
                )
            }
        }
        return PNG.encode(pixels)
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
        for row in 0..<map.rows {
            for column in 0..<map.columns {
                let cell = map[row, column]
                drawing.rectangle(
                    x: Double(left + column * side),
                    y: Double(top + row * side),
                    width: Double(side - gap),
                    height: Double(side - gap),
                    color(cell),
                    title: cell.worst.isAnomaly ? words(row, column, cell) : ""
                )
            }
        }
        legend(&drawing, x: left, y: height - 28)
        return drawing.document
    }

    private func legend(_ drawing: inout SVG, x: Int, y: Int) {
        var x = x
        for state in Set(map.cells.map(\.worst)).sorted() {
            drawing.rectangle(x: Double(x), y: Double(y), width: 12, height: 12, PixelColor(state))
            drawing.text(state.word, x: Double(x + 18), y: Double(y + 10), size: 12)
            x += 30 + 8 * state.word.count
        }
    }

    private func words(_ row: Int, _ column: Int, _ cell: ChunkMap.Cell) -> String {
        let down = map.chunks(behind: row, of: map.rows, axis: map.axes.down)
        let across = map.chunks(behind: column, of: map.columns, axis: map.axes.across)
        let count = "\(cell.anomalies) of \(Wording.count(cell.chunks, "chunk"))"
        return "\(cell.worst.word): \(count) at \(span(down)), \(span(across))"
    }

    private func span(_ range: Range<Int>) -> String {
        range.count == 1 ? "\(range.lowerBound)" : "\(range.lowerBound)..\(range.upperBound - 1)"
    }

    private func color(_ cell: ChunkMap.Cell) -> PixelColor {
        guard measure == "size", !cell.worst.isAnomaly, map.largestMean > 0 else {
            return PixelColor(cell.worst)
        }
        return Palette.cividis.color(
            at: Double(cell.bytes) / Double(max(1, cell.chunks)) / map.largestMean
        )
    }
}
