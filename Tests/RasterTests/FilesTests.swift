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

    @Test func `a picture of equal cells is much smaller than its pixels`() throws {
        var pixels = Pixels(width: 1000, height: 1000)
        for place in 0..<100 {
            pixels.fill(
                x: place % 10 * 100,
                y: place / 10 * 100,
                width: 99,
                height: 99,
                PixelColor(UInt8(place), UInt8(place * 7 % 256), 3)
            )
        }
        let bytes = PNG.encode(pixels)
        #expect(bytes.count < 20_000)
        #expect(try PNGFile(bytes).data.count == 1000 * 1001)
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
        var bits = BitReader(bytes: stream, at: 16)
        try #require(bits.take(3) == 0b011, "one block with fixed codes")
        var result: [UInt8] = []
        while case let symbol = bits.symbol(), symbol != 256 {
            try #require(bits.at <= 8 * stream.count)
            guard symbol > 256 else {
                result.append(UInt8(symbol))
                continue
            }
            let length = Self.lengths[symbol - 257]
            let count = length.base + bits.take(length.extra)
            let far = Self.distances[bits.code(5)]
            let distance = far.base + bits.take(far.extra)
            try #require(distance <= result.count)
            for _ in 0..<count { result.append(result[result.count - distance]) }
        }
        let at = (bits.at + 7) / 8
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

    /// The tables of RFC 1951, section 3.2.5, built up code by code.
    private static let lengths = table(first: 3, direct: 8, group: 4, count: 28) + [(258, 0)]
    private static let distances = table(first: 1, direct: 4, group: 2, count: 30)

    private static func table(
        first: Int,
        direct: Int,
        group: Int,
        count: Int
    ) -> [(base: Int, extra: Int)] {
        var rows: [(base: Int, extra: Int)] = []
        var base = first
        for code in 0..<count {
            let extra = code < direct ? 0 : (code - direct) / group + 1
            rows.append((base, extra))
            base += 1 << extra
        }
        return rows
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

/// Bits of a stream, the lowest of each byte first.
private struct BitReader {
    let bytes: [UInt8]
    var at: Int

    mutating func take(_ count: Int) -> Int {
        (0..<count).reduce(0) { $0 | bit() << $1 }
    }

    mutating func code(_ count: Int) -> Int {
        (0..<count).reduce(0) { sum, _ in sum << 1 | bit() }
    }

    /// A literal, a length's code or the end, by the fixed codes.
    mutating func symbol() -> Int {
        let seven = code(7)
        if seven < 0b001_1000 { return 256 + seven }
        let eight = seven << 1 | bit()
        if eight < 0b1100_0000 { return eight - 0b0011_0000 }
        if eight < 0b1100_1000 { return 280 + eight - 0b1100_0000 }
        return 144 + (eight << 1 | bit()) - 0b1_1001_0000
    }

    private mutating func bit() -> Int {
        defer { at += 1 }
        return at / 8 < bytes.count ? Int(bytes[at / 8]) >> (at % 8) & 1 : 0
    }
}
