/// Puts a drawing together in the SVG format.
public struct SVG: Sendable {
    /// In units of one pixel.
    public let width: Double
    /// In units of one pixel.
    public let height: Double
    private var elements: [String] = []

    /// Makes an empty drawing on a background.
    public init(width: Double, height: Double, background: PixelColor = PixelColor(255, 255, 255)) {
        self.width = width.isFinite ? max(1, width) : 1
        self.height = height.isFinite ? max(1, height) : 1
        rectangle(x: 0, y: 0, width: self.width, height: self.height, background)
    }

    /// Adds a rectangle; `title` is shown when it is pointed at.
    public mutating func rectangle(
        x: Double,
        y: Double,
        width: Double,
        height: Double,
        _ color: PixelColor,
        title: String = ""
    ) {
        let places = "x=\"\(SVG.number(x))\" y=\"\(SVG.number(y))\""
        let sizes = "width=\"\(SVG.number(width))\" height=\"\(SVG.number(height))\""
        let start = "<rect \(places) \(sizes) fill=\"\(color.hexText)\""
        elements.append(
            title.isEmpty ? start + "/>" : start + "><title>\(SVG.escaped(title))</title></rect>"
        )
    }

    /// Adds a line of text that begins, or with `isTrailing` ends, at a place of its base line; `length` spaces it
    /// to that width.
    public mutating func text(
        _ text: String,
        x: Double,
        y: Double,
        size: Double = 12,
        _ color: PixelColor = PixelColor(0, 0, 0),
        isTrailing: Bool = false,
        length: Double? = nil,
        isBold: Bool = false
    ) {
        var anchor = isTrailing ? " text-anchor=\"end\"" : ""
        if let length { anchor += " textLength=\"\(SVG.number(length))\"" }
        if isBold { anchor += " font-weight=\"bold\"" }
        let place = "x=\"\(SVG.number(x))\" y=\"\(SVG.number(y))\""
        elements.append(
            "<text \(place) font-size=\"\(SVG.number(size))\" font-family=\"monospace\""
                + " fill=\"\(color.hexText)\"\(anchor)>\(SVG.escaped(text))</text>"
        )
    }

    /// Adds an image: neighbours of one colour in a row are one rectangle.
    public mutating func image(_ pixels: Pixels, x: Double, y: Double, scale: Double = 1) {
        for row in 0..<pixels.height {
            var start = 0
            for column in 1...pixels.width {
                let color = pixels[start, row]
                if column < pixels.width, pixels[column, row] == color { continue }
                rectangle(
                    x: x + Double(start) * scale,
                    y: y + Double(row) * scale,
                    width: Double(column - start) * scale,
                    height: scale,
                    color
                )
                start = column
            }
        }
    }

    /// The whole file.
    public var document: String {
        let size = "width=\"\(SVG.number(width))\" height=\"\(SVG.number(height))\""
        let box = "viewBox=\"0 0 \(SVG.number(width)) \(SVG.number(height))\""
        let start = "<svg xmlns=\"http://www.w3.org/2000/svg\" \(size) \(box)"
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            + start + " shape-rendering=\"crispEdges\">\n"
            + elements.joined(separator: "\n") + "\n</svg>\n"
    }

    /// Whole numbers without a point.
    private static func number(_ value: Double) -> String {
        guard value.isFinite else { return "0" }
        return Int(exactly: value).map { String($0) } ?? String(value)
    }

    /// Text as XML takes it: what has a meaning there is named, what it forbids is replaced.
    static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "\t", "\n": result += " "
            default:
                let isForbidden =
                    scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
                    || scalar.value & 0xFFFE == 0xFFFE
                result.unicodeScalars.append(isForbidden ? "\u{FFFD}" : scalar)
            }
        }
        return result
    }
}
