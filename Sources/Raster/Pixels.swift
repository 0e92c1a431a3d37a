/// An image of colours, to be written to a file.
public struct Pixels: Hashable, Sendable {
    /// Pixels from left to right.
    public let width: Int
    /// Pixels from top to bottom.
    public let height: Int
    private var colors: [PixelColor]

    /// Makes an image of one colour; at most 16,384 pixels on a side, and 64 million in all.
    public init(width: Int, height: Int, _ color: PixelColor = PixelColor(255, 255, 255)) {
        let width = min(max(1, width), 16_384)
        self.width = width
        self.height = min(max(1, height), 16_384, Pixels.largest / width)
        colors = Array(repeating: color, count: self.width * self.height)
    }

    private static let largest = 1 << 26

    /// The colour at a place; setting outside does nothing.
    public subscript(x: Int, y: Int) -> PixelColor {
        get { contains(x, y) ? colors[y * width + x] : PixelColor(0, 0, 0) }
        set { if contains(x, y) { colors[y * width + x] = newValue } }
    }

    /// Fills a rectangle, cut off at the edges.
    public mutating func fill(x: Int, y: Int, width: Int, height: Int, _ color: PixelColor) {
        let columns = max(0, x)..<max(0, x, min(self.width, x &+ max(0, width)))
        let rows = max(0, y)..<max(0, y, min(self.height, y &+ max(0, height)))
        for row in rows {
            for column in columns { colors[row * self.width + column] = color }
        }
    }

    /// Draws a plane, each place a square of `scale` pixels. What has no number is hatched: absent in
    /// red, failed in black, NaN in grey.
    public init(_ plane: Plane, _ normalization: Normalization, _ palette: Palette, scale: Int = 4)
    {
        let scale = min(max(1, scale), 64)
        let (width, tooWide) = plane.columns.multipliedReportingOverflow(by: scale)
        let (height, tooHigh) = plane.rows.multipliedReportingOverflow(by: scale)
        self.init(width: tooWide ? .max : width, height: tooHigh ? .max : height)
        for row in 0..<min(plane.rows, (self.height + scale - 1) / scale) {
            for column in 0..<min(plane.columns, (self.width + scale - 1) / scale) {
                let place = (x: column * scale, y: row * scale)
                guard let value = plane[row, column],
                    let position = normalization.position(of: value)
                else {
                    hatch(place.x, place.y, scale, plane.mark(row, column).color)
                    continue
                }
                let color = palette.color(at: position)
                fill(x: place.x, y: place.y, width: scale, height: scale, color)
            }
        }
    }

    private mutating func hatch(_ x: Int, _ y: Int, _ scale: Int, _ color: PixelColor) {
        for row in y..<y + scale {
            for column in x..<x + scale {
                let isLine = scale < 3 || (row + column) % 3 == 0
                self[column, row] = isLine ? color : PixelColor(255, 255, 255)
            }
        }
    }

    private func contains(_ x: Int, _ y: Int) -> Bool {
        x >= 0 && x < width && y >= 0 && y < height
    }
}

extension PlaneMark {
    /// The colour for what has no number in files, which always have colours.
    public var color: PixelColor {
        switch self {
        case .value: PixelColor(255, 255, 255)
        case .notANumber: PixelColor(150, 150, 150)
        case .unread: PixelColor(205, 205, 215)
        case .absent: PixelColor(220, 30, 30)
        case .failed: PixelColor(0, 0, 0)
        }
    }
}
