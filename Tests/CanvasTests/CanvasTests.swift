import Canvas
import Testing

@Suite struct CanvasTests {
    @Test func `what is drawn outside is cut off`() {
        var canvas = Canvas(Size(rows: 2, columns: 4))
        canvas.write("abcdef", row: 0, column: 2)
        canvas.write("xyz", row: 1, column: -1)
        canvas.write("no", row: 2)
        canvas.write("no", row: -1)
        canvas.write("no", row: .max, column: .max)
        canvas.write("no", row: .min, column: .min, width: 5)
        canvas.fill(Rect(row: -3, column: 3, rows: .max, columns: .max), "#")
        #expect(canvas.plainText == "  a#\nyz #")
    }

    @Test func `a canvas that cannot be had is empty`() {
        let canvas = Canvas(Size(rows: .max, columns: 2))
        #expect(canvas.size == Size(rows: 0, columns: 0))
        #expect(canvas[0, 0] == Cell())
    }

    @Test func `half of a wide character is never left over`() {
        var canvas = Canvas(Size(rows: 1, columns: 5))
        canvas.write("日本x", row: 0)
        canvas.write("a", row: 0, column: 1)
        #expect(canvas.rowText(0) == " a本x")
        canvas.write("b", row: 0, column: 2)
        #expect(canvas.rowText(0) == " ab x")
        canvas.write("日", row: 0, column: 4)
        #expect(canvas.rowText(0) == " ab  ")
        canvas.write("日", row: 0, column: -1)
        #expect(canvas.rowText(0) == " ab  ")
        canvas[0, 3] = Cell("日")
        #expect(canvas[0, 4].character == nil)
        canvas[0, 4] = Cell("z")
        #expect(canvas.rowText(0) == " ab z")
    }

    @Test func `a region has its own origin and does not write outside of itself`() {
        var canvas = Canvas(Size(rows: 4, columns: 6))
        canvas.region(Rect(row: 1, column: 1, rows: 2, columns: 3)) { inner in
            #expect(inner.size == Size(rows: 2, columns: 3))
            inner.write("abcdefgh", row: 0)
            inner.write("out", row: 2)
            inner.region(Rect(row: 1, column: 1, rows: 9, columns: 9)) { innermost in
                innermost.write("12345", row: 0)
                innermost.write("out", row: 1)
            }
        }
        #expect(canvas.plainText == "\n abc\n  12\n")
    }

    @Test func `text with a width is aligned, cut and followed by blanks`() {
        var canvas = Canvas(Size(rows: 3, columns: 12))
        canvas.fill(canvas.bounds, "#")
        let end = canvas.write("long name", row: 0, column: 1, width: 6)
        canvas.write("ab", row: 1, column: 1, width: 6, align: .trailing)
        canvas.write("ab", row: 2, column: 1, width: 6, align: .center)
        #expect(end == 7)
        #expect(canvas.plainText == "#long …#####\n#    ab#####\n#  ab  #####")
    }

    @Test func `a canvas for ASCII holds nothing else`() {
        var canvas = Canvas(Size(rows: 5, columns: 20), isUnicode: false)
        canvas.box(canvas.bounds, title: "temp °C")
        canvas.write("µ 日 ▸ é", row: 1, column: 1)
        canvas.sparkline([0, 1, 5, nil, 9], row: 2, column: 1)
        canvas.bar(0.5, row: 3, column: 1, width: 10)
        #expect(
            canvas.plainText == """
                +- temp oC --------+
                |u ?? > ?          |
                | .-.#             |
                |#####             |
                +------------------+
                """
        )
    }

    @Test func `the styled form shows a letter for every role and names colours`() {
        var canvas = Canvas(Size(rows: 3, columns: 6))
        canvas.write([("ab", .title), ("c", .error)], row: 0)
        canvas[2, 5] = Cell("x", Style(.cursor, background: Tint(1, 2, 255)))
        #expect(
            canvas.styledText == """
                |abc
                :tte...
                |
                |     x
                :.....0
                0 = cursor behind #0102ff
                """
        )
    }

    @Test func `every role has a letter of its own`() {
        #expect(Set(Role.allCases.map(\.letter)).count == Role.allCases.count)
    }

    @Test func `a new style leaves the characters as they are`() {
        var canvas = Canvas(Size(rows: 1, columns: 4))
        canvas.write("日ab", row: 0)
        canvas.restyle(Rect(row: 0, column: 0, rows: 1, columns: 9), .selected)
        #expect(canvas.rowText(0) == "日ab")
        #expect((0..<4).allSatisfy { canvas[0, $0].style.role == .selected })
    }
}
