/// How many cells text takes on a terminal, and how it is cut to fit.
///
/// The rules are those of terminals, which go by code points and not by what a font would draw: a
/// combining mark takes no cell, East Asian wide and emoji characters take two, all others one. What
/// must not reach a terminal (controls, bidirectional and zero-width characters, unassigned code
/// points) is measured and drawn in its visible form, `\u{1b}`.
public enum TextWidth {
    /// One drawable unit: a character, with its marks, and the cells that it takes.
    public struct Glyph: Hashable, Sendable {
        /// What is drawn.
        public var character: Character
        /// 1 or 2 cells.
        public var width: Int
    }

    /// The most marks that one cell keeps; terminals and curses lose or smear more.
    static let marksPerCell = 4

    /// The cells that `text` takes when it is drawn.
    public static func of(_ text: some StringProtocol) -> Int {
        let text = String(text)
        var columns = 0
        for scalar in text.unicodeScalars {
            guard scalar.value >= 0x20, scalar.value < 0x7f || isNarrow(scalar.value) else {
                return measured(text).reduce(0) { $0 + $1.width }
            }
            columns += 1
        }
        return columns
    }

    /// Letters of Latin, lines and blocks, which take one cell each: told without a look at the tables of
    /// Unicode.
    private static func isNarrow(_ value: UInt32) -> Bool {
        value > 0xad && value < 0x300 || value > 0xa0 && value < 0xad
            || value >= 0x2500 && value < 0x25a0
    }

    /// The cells that one scalar takes: 0 for a mark, 1 or 2; `nil` if it may not be drawn as it is.
    public static func of(_ scalar: Unicode.Scalar) -> Int? {
        if scalar.value < 0x7f { return scalar.value < 0x20 ? nil : 1 }
        if scalar.value < 0xa0 || scalar.value == 0xad { return nil }
        if isNarrow(scalar.value) { return 1 }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark:
            return 0
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned:
            return nil
        default:
            return isInvisible(scalar) ? nil : isWide(scalar) ? 2 : 1
        }
    }

    /// The drawable units of `text`, in order. Cost grows with the text.
    public static func glyphs(_ text: some StringProtocol) -> [Glyph] {
        measured(String(text))
    }

    /// Apart, so that it is compiled for strings and not for everything that is like one.
    private static func measured(_ text: String) -> [Glyph] {
        var result: [Glyph] = []
        result.reserveCapacity(text.utf8.count)
        if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) {
            for byte in text.utf8 {
                result.append(Glyph(character: Character(Unicode.Scalar(byte)), width: 1))
            }
            return result
        }
        var cluster = Cluster()
        for scalar in text.unicodeScalars {
            guard let width = of(scalar) else {
                cluster.finish(into: &result)
                result += escaped(scalar)
                continue
            }
            if width == 0, cluster.take(mark: scalar) { continue }
            cluster.finish(into: &result)
            if width == 0 {
                result += escaped(scalar)
            } else {
                cluster = Cluster(base: scalar, width: width)
            }
        }
        cluster.finish(into: &result)
        return result
    }

    /// Where text that is too long is cut.
    public enum Cut: Hashable, Sendable {
        case start, middle, end
        /// At the end, without a sign that something is missing.
        case clip
    }

    /// As much of `text` as fits in `columns`, with `ellipsis` where it was cut.
    public static func fitted(
        _ text: some StringProtocol,
        columns: Int,
        cut: Cut = .end,
        ellipsis: Character = "…"
    ) -> String {
        String(
            fitted(glyphs(text), columns: columns, cut: cut, ellipsis: ellipsis).map(\.character)
        )
    }

    /// `text` cut or filled with blanks to exactly `columns`.
    public static func padded(
        _ text: some StringProtocol,
        columns: Int,
        align: Alignment = .leading,
        cut: Cut = .end,
        ellipsis: Character = "…"
    ) -> String {
        let glyphs = fitted(glyphs(text), columns: columns, cut: cut, ellipsis: ellipsis)
        let free = max(0, columns - glyphs.reduce(0) { $0 + $1.width })
        let before = align.offset(free: free)
        return String(repeating: " ", count: before) + String(glyphs.map(\.character))
            + String(repeating: " ", count: free - before)
    }

    static func fitted(
        _ glyphs: [Glyph],
        columns: Int,
        cut: Cut,
        ellipsis: Character
    ) -> [Glyph] {
        guard columns > 0 else { return [] }
        guard glyphs.reduce(0, { $0 + $1.width }) > columns else { return glyphs }
        let sign = Glyph(character: ellipsis, width: 1)
        switch cut {
        case .clip: return Array(head(glyphs, columns))
        case .end: return head(glyphs, columns - 1) + [sign]
        case .start: return [sign] + tail(glyphs, columns - 1)
        case .middle:
            let front = head(glyphs, (columns - 1 + 1) / 2)
            let used = front.reduce(0) { $0 + $1.width }
            return front + [sign] + tail(glyphs, columns - 1 - used)
        }
    }

    private static func head(_ glyphs: [Glyph], _ columns: Int) -> ArraySlice<Glyph> {
        var used = 0
        return glyphs.prefix {
            used += $0.width
            return used <= columns
        }
    }

    private static func tail(_ glyphs: [Glyph], _ columns: Int) -> ArraySlice<Glyph> {
        var used = 0
        let count = glyphs.reversed().prefix {
            used += $0.width
            return used <= columns
        }.count
        return glyphs.suffix(count)
    }

    /// The visible form of a scalar that is not drawn as it is.
    private static func escaped(_ scalar: Unicode.Scalar) -> [Glyph] {
        "\\u{\(String(scalar.value, radix: 16))}".map { Glyph(character: $0, width: 1) }
    }

    /// A character being put together from a base and its marks.
    private struct Cluster {
        var base: Unicode.Scalar?
        var width = 0
        var text = ""
        var marks = 0

        init() {}

        init(base: Unicode.Scalar, width: Int) {
            self.base = base
            self.width = width
        }

        /// Adds a mark; false if it has no base, joins nothing, or the cell is full.
        mutating func take(mark: Unicode.Scalar) -> Bool {
            guard let base, marks < TextWidth.marksPerCell else { return false }
            var longer = text.isEmpty ? String(base) : text
            longer.unicodeScalars.append(mark)
            guard longer.count == 1 else { return false }
            text = longer
            marks += 1
            return true
        }

        mutating func finish(into glyphs: inout [Glyph]) {
            guard let base else { return }
            let character = text.first ?? Character(base)
            glyphs.append(Glyph(character: character, width: width))
            self = Cluster()
        }
    }
}

/// Where text stands in a space that is wider.
public enum Alignment: Hashable, Sendable {
    case leading, center, trailing

    /// The blanks in front of the text when `free` cells are left over.
    func offset(free: Int) -> Int {
        switch self {
        case .leading: 0
        case .center: max(0, free / 2)
        case .trailing: max(0, free)
        }
    }
}
