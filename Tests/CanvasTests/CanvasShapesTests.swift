import Canvas
import Testing

@Suite struct CanvasShapesTests {
    @Test func `lines that meet are joined`() {
        var canvas = Canvas(Size(rows: 5, columns: 9))
        canvas.box(canvas.bounds)
        canvas.horizontalLine(row: 2)
        canvas.verticalLine(column: 4)
        #expect(
            canvas.plainText == """
                ┌───┬───┐
                │   │   │
                ├───┼───┤
                │   │   │
                └───┴───┘
                """
        )
    }

    @Test func `a bar is empty only for nothing and full only for everything`() {
        var canvas = Canvas(Size(rows: 6, columns: 4))
        for (row, fraction) in [0, 1e-9, 0.5, 0.999_999_9, 1, .nan].enumerated() {
            canvas.bar(fraction, row: row, width: 4)
        }
        #expect(canvas.plainText == "\n▏\n██\n███▉\n████\n")
    }

    @Test func `a sparkline shows zero, little, the most and a gap as four different signs`() {
        var canvas = Canvas(Size(rows: 1, columns: 6))
        canvas.sparkline([0, 0.001, 50, 100, nil, .nan], row: 0)
        #expect(canvas.rowText(0) == " ▁▄█··")
    }

    @Test func `a split covers the whole and gives fixed parts first`() {
        let whole = Rect(row: 1, column: 2, rows: 10, columns: 20)
        let rows = whole.splitRows([.fixed(1), .share(), .fixed(2)])
        #expect(rows.map(\.row) == [1, 2, 9])
        #expect(rows.map(\.rows) == [1, 7, 2])
        let columns = whole.splitColumns([.share(2), .share(1, minimum: 10)], gap: 1)
        #expect(columns.map(\.columns) == [6, 13])
        #expect(columns[1].column == 9)
        #expect(whole.splitRows([.fixed(8), .fixed(8), .share()]).map(\.rows) == [8, 2, 0])
    }

    @Test func `no split leaves its rectangle`() {
        for total in 0...12 {
            for gap in 0...3 {
                let extents: [Extent] = [.fixed(3), .share(1, minimum: 4), .share(2), .fixed(2)]
                let whole = Rect(row: 0, column: 0, rows: total, columns: 1)
                for part in whole.splitRows(extents, gap: gap) {
                    #expect(part.row >= 0 && part.endRow <= total)
                }
            }
        }
    }

    @Test func `the columns of a table are aligned each on its side`() {
        let columns = Columns(
            [.init(.share()), .init(.fixed(5), align: .trailing), .init(.fixed(4))],
            width: 20,
            gap: 1
        )
        var canvas = Canvas(Size(rows: 2, columns: 20))
        canvas.write(["name", "12", "ok"], in: columns, row: 0)
        canvas.write(["a longer name", "123456", "ok"], in: columns, row: 1)
        #expect(canvas.plainText == "name         12 ok\na longer… 1234… ok")
    }
}
