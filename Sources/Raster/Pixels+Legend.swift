extension Pixels {
    /// Pixels on the side of a square of a legend, and between two of them.
    private static let legend = (side: 14, gap: 4)

    /// The same image with squares of `colors` below it, from left to right, for a legend that is told
    /// elsewhere: in an image there are no words.
    public func withLegend(_ colors: [PixelColor]) -> Pixels {
        guard !colors.isEmpty else { return self }
        let (side, gap) = Self.legend
        let row = gap + colors.count * (side + gap)
        var whole = Pixels(width: max(width, row), height: height + side + 3 * gap)
        for y in 0..<min(height, whole.height) {
            for x in 0..<width { whole[x, y] = self[x, y] }
        }
        for (place, color) in colors.enumerated() {
            let x = gap + place * (side + gap)
            whole.fill(x: x, y: height + 2 * gap, width: side, height: side, color)
        }
        return whole
    }
}
