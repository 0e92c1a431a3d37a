/// A row of colours from low to high, even in lightness, and readable by people who tell few apart.
public struct Palette: Hashable, Sendable {
    /// As people name it.
    public let name: String
    /// Whether it is lightest in the middle, and darker towards both ends.
    public let isDiverging: Bool
    private let anchors: [PixelColor]
    private let indexes: [Int]

    /// From low to high in `0xRRGGBB`, equally far apart, and 16 colours of terminals with 256.
    init(name: String, anchors: [UInt32], indexes: [Int], isDiverging: Bool = false) {
        self.name = name
        self.isDiverging = isDiverging
        self.anchors = anchors.map { PixelColor($0) }
        self.indexes = indexes
    }

    /// How many colours are used unless more are asked for: few enough that neighbours are often alike,
    /// which is what makes an image cheap to send.
    public static let standardLevels = 16

    /// The exact colour at a position from 0 to 1.
    public func color(at position: Double) -> PixelColor {
        let place = min(max(position.isNaN ? 0 : position, 0), 1) * Double(anchors.count - 1)
        let index = min(Int(place), anchors.count - 2)
        let part = place - Double(index)
        func mix(_ channel: KeyPath<PixelColor, UInt8>) -> UInt8 {
            let low = Double(anchors[index][keyPath: channel])
            let high = Double(anchors[index + 1][keyPath: channel])
            return UInt8(clamping: Int((low + (high - low) * part).rounded()))
        }
        return PixelColor(mix(\.red), mix(\.green), mix(\.blue))
    }

    /// `count` colours from low to high. 16 of them are those that terminals with 256 colours have, in
    /// order of lightness, if `isIndexed`.
    public func levels(_ count: Int = standardLevels, isIndexed: Bool = true) -> [PixelColor] {
        if count == Palette.standardLevels, isIndexed {
            return indexes.map { PixelColor(indexed: $0) }
        }
        let count = min(max(count, 1), 256)
        return (0..<count).map { color(at: count == 1 ? 0.5 : Double($0) / Double(count - 1)) }
    }

    /// Which of `count` levels a position from 0 to 1 belongs to.
    public static func level(at position: Double, of count: Int) -> Int {
        guard count > 0, !position.isNaN else { return 0 }
        return min(count - 1, Int(min(max(position, 0), 1) * Double(count)))
    }

    /// The palette of a name; `nil` if there is none.
    public static func named(_ name: some StringProtocol) -> Palette? {
        all.first { $0.name == name }
    }
}
