/// A 24-bit colour.
public struct PixelColor: Hashable, Sendable {
    /// 0 to 255 each.
    public var red, green, blue: UInt8

    /// Makes a colour.
    public init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) {
        self.red = red
        self.green = green
        self.blue = blue
    }

    /// Makes a colour of `0xRRGGBB`.
    init(_ value: UInt32) {
        self.init(
            UInt8(truncatingIfNeeded: value >> 16),
            UInt8(truncatingIfNeeded: value >> 8),
            UInt8(truncatingIfNeeded: value)
        )
    }

    /// One of the fixed colours 16 to 255 of terminals with 256: a cube of 6 steps, a ramp of 24 greys.
    init(indexed index: Int) {
        let steps: [UInt8] = [0, 95, 135, 175, 215, 255]
        if index >= 232 {
            let grey = UInt8(clamping: 8 + 10 * (index - 232))
            self.init(grey, grey, grey)
        } else {
            let place = max(0, index - 16)
            self.init(steps[place / 36 % 6], steps[place / 6 % 6], steps[place % 6])
        }
    }

    /// `#rrggbb`.
    public var hexText: String {
        let value = UInt32(red) << 16 | UInt32(green) << 8 | UInt32(blue)
        let digits = String(value, radix: 16)
        return "#" + String(repeating: "0", count: 6 - digits.count) + digits
    }
}
