import Glibc
import Raster
import Testing

@Suite struct PaletteTests {
    @Test(arguments: Palette.all.filter { !$0.isDiverging })
    func `sixteen levels are different fixed colours in order of lightness`(palette: Palette) {
        let levels = palette.levels()
        #expect(levels.count == 16)
        #expect(Set(levels).count == 16)
        #expect(levels.allSatisfy(isFixed))
        let lightness = levels.map(luminance)
        #expect(lightness == lightness.sorted())
    }

    @Test(arguments: Palette.all.filter { !$0.isDiverging })
    func `more levels are those of the palette itself`(palette: Palette) {
        let levels = palette.levels(64)
        #expect(levels.count == 64)
        #expect(levels.first == palette.color(at: 0))
        #expect(levels.last == palette.color(at: 1))
        let lightness = levels.map(luminance)
        #expect(lightness == lightness.sorted())
    }

    @Test func `a diverging palette is lightest in the middle, and its levels are different`() {
        let levels = Palette.balance.levels()
        #expect(Set(levels).count == 16)
        let lightness = levels.map(luminance)
        #expect(lightness.prefix(8) == lightness.prefix(8).sorted()[...])
        #expect(Array(lightness.suffix(8)) == lightness.suffix(8).sorted(by: >))
    }

    @Test
    func `the fixed colours of cividis beside each other are told apart, in every kind of sight`() {
        // Machado, Oliveira, Fernandes 2009, of linear sRGB.
        let sights: [[[Double]]] = [
            [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
            [
                [0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
                [-0.011820, 0.042940, 0.968881],
            ],
            [
                [0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
                [-0.003882, -0.048116, 1.051998],
            ],
        ]
        for sight in sights {
            let places = Palette.cividis.levels().map { lab($0, sight) }
            for (one, other) in zip(places, places.dropFirst()) {
                let distance = zip(one, other).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
                #expect(distance.squareRoot() > 7)
            }
        }
    }

    /// CIE 1976 L*, a*, b* of a colour as somebody sees it.
    private func lab(_ color: PixelColor, _ sight: [[Double]]) -> [Double] {
        let own = [color.red, color.green, color.blue].map { channel -> Double in
            let value = Double(channel) / 255
            return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
        }
        let seen = sight.map { row in
            min(1, max(0, zip(row, own).reduce(0) { $0 + $1.0 * $1.1 }))
        }
        func part(_ weights: [Double], _ white: Double) -> Double {
            let value = zip(weights, seen).reduce(0) { $0 + $1.0 * $1.1 } / white
            return value > 216.0 / 24389 ? cbrt(value) : (24389.0 / 27 * value + 16) / 116
        }
        let x = part([0.4124564, 0.3575761, 0.1804375], 0.95047)
        let y = part([0.2126729, 0.7151522, 0.0721750], 1)
        let z = part([0.0193339, 0.1191920, 0.9503041], 1.08883)
        return [116 * y - 16, 500 * (x - y), 200 * (y - z)]
    }

    @Test func `palettes are found by name, cividis first`() {
        #expect(Palette.all.first == .cividis)
        #expect(Palette.named("magma") == .magma)
        #expect(Palette.named("jet") == nil)
        #expect(Set(Palette.all.map(\.name)).count == Palette.all.count)
    }

    @Test func `a position beyond the ends has the color of the end`() {
        #expect(Palette.cividis.color(at: -1) == Palette.cividis.color(at: 0))
        #expect(Palette.cividis.color(at: .infinity) == Palette.cividis.color(at: 1))
        #expect(Palette.cividis.color(at: .nan) == Palette.cividis.color(at: 0))
        #expect(Palette.level(at: 1, of: 16) == 15)
        #expect(Palette.level(at: 0, of: 16) == 0)
        #expect(Palette.level(at: .nan, of: 16) == 0)
        #expect(Palette.level(at: 0.5, of: 0) == 0)
    }

    /// Whether a terminal with 256 colours has it among those that no theme changes.
    private func isFixed(_ color: PixelColor) -> Bool {
        let steps: Set<UInt8> = [0, 95, 135, 175, 215, 255]
        let isGrey = color.red == color.green && color.green == color.blue
        return [color.red, color.green, color.blue].allSatisfy { steps.contains($0) }
            || isGrey && color.red >= 8 && color.red % 10 == 8
    }

    /// Relative luminance of sRGB.
    private func luminance(_ color: PixelColor) -> Double {
        func linear(_ value: UInt8) -> Double {
            let part = Double(value) / 255
            return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
        }
        return 0.2126 * linear(color.red) + 0.7152 * linear(color.green)
            + 0.0722 * linear(color.blue)
    }
}
