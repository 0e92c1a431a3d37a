/// Writes images in the PNG format (W3C PNG, third edition).
///
/// Images of up to 256 colours have one byte a pixel.
public enum PNG {
    /// The bytes of a file.
    public static func encode(_ pixels: Pixels) -> [UInt8] {
        let table = colorTable(pixels)
        var header = bigEndian(UInt32(pixels.width)) + bigEndian(UInt32(pixels.height))
        header += [8, table == nil ? 2 : 3, 0, 0, 0]
        var file: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
        file += chunk("IHDR", header)
        if let table {
            let entries = table.sorted { $0.value < $1.value }.map(\.key)
            file += chunk("PLTE", entries.flatMap { [$0.red, $0.green, $0.blue] })
        }
        file += chunk("IDAT", Deflate.compressed(rows(pixels, table)))
        return file + chunk("IEND", [])
    }

    /// Rows of samples, each after the number of its filter: none.
    private static func rows(_ pixels: Pixels, _ table: [PixelColor: UInt8]?) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(pixels.height * (1 + pixels.width * (table == nil ? 3 : 1)))
        for y in 0..<pixels.height {
            bytes.append(0)
            for x in 0..<pixels.width {
                let color = pixels[x, y]
                if let table {
                    bytes.append(table[color] ?? 0)
                } else {
                    bytes += [color.red, color.green, color.blue]
                }
            }
        }
        return bytes
    }

    /// A number for every colour; `nil` if there are more than 256.
    private static func colorTable(_ pixels: Pixels) -> [PixelColor: UInt8]? {
        var table: [PixelColor: UInt8] = [:]
        for y in 0..<pixels.height {
            for x in 0..<pixels.width where table[pixels[x, y]] == nil {
                guard table.count < 256 else { return nil }
                table[pixels[x, y]] = UInt8(table.count)
            }
        }
        return table
    }

    private static func chunk(_ name: String, _ data: [UInt8]) -> [UInt8] {
        let body = Array(name.utf8) + data
        return bigEndian(UInt32(data.count)) + body + bigEndian(Checksums.crc32(body))
    }

    static func bigEndian(_ value: UInt32) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
    }
}
