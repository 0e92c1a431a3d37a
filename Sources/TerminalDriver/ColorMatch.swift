package import Canvas

/// Finds the terminal's colour that is nearest to one of ours.
package enum ColorMatch {
    /// The number that ncurses has for the nearest colour; -1 without colours.
    package static func color(_ tint: Tint, _ colors: TerminalTraits.Colors) -> Int32 {
        switch colors {
        case .mono: -1
        case .eight, .sixteen: basic(tint)
        case .indexed: indexed(tint)
        case .direct: 0x100_0000 | Int32(tint.red) << 16 | Int32(tint.green) << 8 | Int32(tint.blue)
        }
    }

    /// The nearest of the 240 fixed colours, 16 to 255. Those below belong to the person's theme.
    package static func indexed(_ tint: Tint) -> Int32 {
        let red = step(tint.red)
        let green = step(tint.green)
        let blue = step(tint.blue)
        let cube = 16 + 36 * red + 6 * green + blue
        let cubeDistance = distance(tint, steps[red], steps[green], steps[blue])
        let mean = (Int(tint.red) + Int(tint.green) + Int(tint.blue)) / 3
        let grey = min(23, max(0, (mean - 3) / 10))
        let level = 8 + 10 * grey
        let isGreyNearer = distance(tint, level, level, level) < cubeDistance
        return Int32(isGreyNearer ? 232 + grey : cube)
    }

    /// The nearest of eight, each with half its light or more.
    package static func basic(_ tint: Tint) -> Int32 {
        let strongest = max(tint.red, tint.green, tint.blue)
        guard strongest >= 48 else { return 0 }
        let half = strongest / 2
        return (tint.red > half ? 1 : 0) | (tint.green > half ? 2 : 0) | (tint.blue > half ? 4 : 0)
    }

    private static let steps = [0, 95, 135, 175, 215, 255]

    private static func step(_ value: UInt8) -> Int {
        switch value {
        case ..<48: 0
        case ..<115: 1
        default: (Int(value) - 35) / 40
        }
    }

    private static func distance(_ tint: Tint, _ red: Int, _ green: Int, _ blue: Int) -> Int {
        let reds = Int(tint.red) - red
        let greens = Int(tint.green) - green
        let blues = Int(tint.blue) - blue
        return reds * reds + greens * greens + blues * blues
    }
}
