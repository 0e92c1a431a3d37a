/// The columns of a table: where each one begins, how wide it is, and on which side its text stands.
public struct Columns: Hashable, Sendable {
    /// One column of a table.
    public struct Column: Hashable, Sendable {
        /// How wide it is.
        public var extent: Extent
        /// On which side its text stands.
        public var align: Alignment
        /// Where text that is too long is cut.
        public var cut: TextWidth.Cut

        /// Makes a column.
        public init(_ extent: Extent, align: Alignment = .leading, cut: TextWidth.Cut = .end) {
            self.extent = extent
            self.align = align
            self.cut = cut
        }
    }

    /// The columns, from left to right.
    public let columns: [Column]
    /// The cells of each one.
    public let places: [Range<Int>]

    /// Lays columns out over `width` cells from `start`, with `gap` blanks between neighbours.
    public init(_ columns: [Column], from start: Int = 0, width: Int, gap: Int = 1) {
        self.columns = columns
        places = Rect.places(columns.map(\.extent), in: width, gap: gap).map {
            $0.lowerBound &+ start..<$0.upperBound &+ start
        }
    }
}

extension Canvas {
    /// Draws one row of a table: each text in its column, cut where it is too long.
    public mutating func write(
        _ texts: [String],
        in columns: Columns,
        row: Int,
        _ style: Style = Style()
    ) {
        for (text, (column, place)) in zip(texts, zip(columns.columns, columns.places)) {
            write(
                text,
                row: row,
                column: place.lowerBound,
                style,
                width: place.count,
                align: column.align,
                cut: column.cut
            )
        }
    }
}
