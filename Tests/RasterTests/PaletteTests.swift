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
