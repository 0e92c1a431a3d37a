extension Canvas {
    /// Draws values as heights of eighths of a cell, one to a column, on one row.
    ///
    /// 0 is blank; everything above it shows at least the lowest sign, and only `top` and more the full
    /// one. A missing value is a dot. Values that do not fit are cut off, never averaged.
    public mutating func sparkline(
        _ values: [Double?],
        row: Int,
        column: Int = 0,
        width: Int? = nil,
        top: Double? = nil,
        _ style: Style = Style(.value)
    ) {
        let top = top ?? values.reduce(0) { max($0, finite($1) ?? 0) }
        for (offset, value) in values.prefix(max(0, width ?? values.count)).enumerated() {
            guard let value = finite(value) else {
                write(String(glyphs.bullet), row: row, column: column + offset, Style(.dim))
                continue
            }
            let step = Canvas.step(value, of: top, steps: glyphs.heights.count - 1)
            write(String(glyphs.heights[step]), row: row, column: column + offset, style)
        }
    }

    /// Draws a bar from left to right, `fraction` (0 to 1) of `width` cells long.
    ///
    /// It is empty only for 0 and full only for 1.
    public mutating func bar(
        _ fraction: Double,
        row: Int,
        column: Int = 0,
        width: Int,
        _ style: Style = Style(.value)
    ) {
        guard width > 0, width <= Canvas.largest else { return }
        let parts = glyphs.widths.count - 1
        let filled = Canvas.step(fraction, of: 1, steps: width * parts)
        for cell in (0..<width).clamped(to: 0..<max(0, size.columns - column)) {
            let part = min(parts, max(0, filled - cell * parts))
            write(String(glyphs.widths[part]), row: row, column: column + cell, style)
        }
    }

    /// `value` of `top` in whole steps: 0 only for nothing, the last only for everything.
    static func step(_ value: Double, of top: Double, steps: Int) -> Int {
        guard value > 0, steps > 0 else { return 0 }
        guard value < top else { return steps }
        return max(1, min(steps - 1, Int(value / top * Double(steps))))
    }

    private func finite(_ value: Double?) -> Double? {
        value.flatMap { $0.isNaN ? nil : $0 }
    }
}
