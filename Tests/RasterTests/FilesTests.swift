import Raster
import Testing

@Suite struct FilesTests {
    @Test func `a PNG file has its chunks, their sums and every pixel`() throws {
        var pixels = Pixels(width: 300, height: 400, PixelColor(9, 8, 7))
        pixels[299, 399] = PixelColor(1, 2, 3)
        let file = try PNGFile(PNG.encode(pixels))
        #expect(file.names == ["IHDR", "PLTE", "IDAT", "IEND"])
        #expect(file.header == [0, 0, 1, 0x2C, 0, 0, 1, 0x90, 8, 3, 0, 0, 0])
        #expect(file.data.count == 400 * 301)
        let last = try Int(#require(file.data.last))
        #expect(Array(file.palette[3 * last..<3 * last + 3]) == [1, 2, 3])
        #expect(Array(file.palette[0..<3]) == [9, 8, 7])
    }

    @Test func `an image of many colours is stored as such`() throws {
        var pixels = Pixels(width: 32, height: 32)
        for place in 0..<1024 {
            pixels[place % 32, place / 32] = PixelColor(UInt8(place / 4), UInt8(place % 4), 7)
        }
        let file = try PNGFile(PNG.encode(pixels))
        #expect(file.names == ["IHDR", "IDAT", "IEND"])
        #expect(file.header[9] == 2)
        #expect(file.data.count == 32 * (1 + 3 * 32))
        #expect(Array(file.data.suffix(3)) == [255, 3, 7])
    }

    @Test func `what has no number is hatched in a file, and never in a color of the palette`() {
        let plane = Plane(
            rows: 1,
            columns: 3,
            values: [0, 1, 2],
            marks: [.value, .absent, .failed]
        )
        let pixels = Pixels(plane, Normalization(plane), .grey, scale: 4)
        #expect(pixels.width == 12)
        #expect(pixels.height == 4)
        let absent = (0..<16).map { pixels[4 + $0 % 4, $0 / 4] }
        #expect(Set(absent) == [PlaneMark.absent.color, PixelColor(255, 255, 255)])
        let failed = (0..<16).map { pixels[8 + $0 % 4, $0 / 4] }
        #expect(failed.contains(PlaneMark.failed.color))
    }

    @Test func `an image cannot be larger than memory allows`() {
        let pixels = Pixels(width: .max, height: .max)
        #expect(pixels.width * pixels.height <= 1 << 26)
        var drawn = Pixels(width: 2, height: 2)
        drawn.fill(x: -5, y: .min, width: .max, height: .max, PixelColor(0, 0, 0))
        drawn[7, 7] = PixelColor(1, 1, 1)
        #expect(drawn[0, 0] == PixelColor(255, 255, 255) || drawn[0, 0] == PixelColor(0, 0, 0))
    }

    @Test func `an SVG file joins equal neighbours and escapes text`() {
        var pixels = Pixels(width: 4, height: 2)
        pixels[3, 1] = PixelColor(255, 0, 0)
        var drawing = SVG(width: 40, height: 20)
        drawing.image(pixels, x: 0, y: 0, scale: 10)
        drawing.text("a<b>&\"c\u{1b}\u{9b}\u{FFFF}", x: 1, y: 2.5)
        drawing.rectangle(x: .nan, y: 0, width: 1, height: 1, PixelColor(0, 0, 0), title: "<x>")
        let text = drawing.document
        #expect(text.split(separator: "<rect ").count == 1 + 1 + 3 + 1)
        #expect(text.contains("x=\"30\" y=\"10\" width=\"10\" height=\"10\" fill=\"#ff0000\""))
        #expect(text.contains(">a&lt;b&gt;&amp;&quot;c\u{FFFD}\u{FFFD}\u{FFFD}</text>"))
        #expect(text.contains("<title>&lt;x&gt;</title>"))
        #expect(text.hasPrefix("<?xml"))
        #expect(text.hasSuffix("</svg>\n"))
    }
}

/// Reads back what the writer wrote, and checks every length and sum.
private struct PNGFile {
    var names: [String] = []
    var header: [UInt8] = []
    var palette: [UInt8] = []
    /// Rows with their filters, unpacked.
    var data: [UInt8] = []

    init(_ bytes: [UInt8]) throws {
        try #require(bytes.prefix(8) == [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
        var at = 8
        while at < bytes.count {
            let length = try Int(PNGFile.number(bytes, at))
            try #require(at + 12 + length <= bytes.count)
            let body = Array(bytes[at + 4..<at + 8 + length])
            try #require(PNGFile.number(bytes, at + 8 + length) == PNGFile.crc(body))
            let name = String(decoding: body.prefix(4), as: UTF8.self)
            names.append(name)
            let content = Array(body.dropFirst(4))
            switch name {
            case "IHDR": header = content
            case "PLTE": palette = content
            case "IDAT": data = try PNGFile.unpacked(content)
            default: break
            }
            at += 12 + length
        }
    }

    private static func number(_ bytes: [UInt8], _ at: Int) throws -> UInt32 {
        try #require(at + 4 <= bytes.count)
        return bytes[at..<at + 4].reduce(0) { $0 << 8 | UInt32($1) }
    }

    private static func unpacked(_ stream: [UInt8]) throws -> [UInt8] {
        try #require((Int(stream[0]) << 8 | Int(stream[1])) % 31 == 0)
        var result: [UInt8] = []
        var at = 2
        var isLast = false
        while !isLast {
            isLast = stream[at] == 1
            let length = Int(stream[at + 1]) | Int(stream[at + 2]) << 8
            let inverse = Int(stream[at + 3]) | Int(stream[at + 4]) << 8
            try #require(length ^ inverse == 0xFFFF)
            result += stream[at + 5..<at + 5 + length]
            at += 5 + length
        }
        var low = 1
        var high = 0
        for byte in result {
            low = (low + Int(byte)) % 65_521
            high = (high + low) % 65_521
        }
        let sum = try number(stream, at)
        try #require(Int(sum) == high << 16 | low)
        try #require(at + 4 == stream.count)
        return result
    }

    /// Bit by bit, unlike the writer.
    private static func crc(_ bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(UInt32.max) { sum, byte in
            (0..<8).reduce(sum ^ UInt32(byte)) { value, _ in
                value & 1 == 1 ? (value >> 1) ^ 0xEDB8_8320 : value >> 1
            }
        }
    }
}
