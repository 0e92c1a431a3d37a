import Raster
import Testing

@Suite struct ImageCellsTests {
    let colors = Palette.grey.levels()

    @Test func `two pixels share a cell, and a blank does where they are alike`() {
        let plane = Plane(rows: 2, columns: 2, values: [0, 5, 10, 5])
        let image = ImageCells(plane, ImageStyle(Normalization(plane), colors: colors))
        #expect(image.rows == 1)
        #expect(image[0, 0]?.glyph == "▀")
        #expect(image[0, 0]?.foreground == colors[0])
        #expect(image[0, 0]?.background == colors[15])
        #expect(image[0, 1]?.glyph == " ")
        #expect(image[0, 1]?.background == image[0, 1]?.background)
        #expect(image[5, 5] == nil)
    }

    @Test(
        arguments: [
            (PlaneMark.absent, "o"), (.failed, "X"), (.notANumber, "~"),
        ] as [(PlaneMark, Character)]
    )
    func `a place without a number is a sign of its own in every way of drawing`(
        mark: PlaneMark,
        sign: Character
    ) {
        for place in 0..<4 {
            var marks = Array(repeating: PlaneMark.value, count: 4)
            marks[place] = mark
            let plane = Plane(rows: 2, columns: 2, values: [1, 2, 3, 4], marks: marks)
            let scale = Normalization(plane)
            let styles = [
                ImageStyle(scale, colors: colors),
                ImageStyle(scale, colors: colors, isUnicode: false),
                ImageStyle(scale, ramp: ImageStyle.shades),
                ImageStyle(scale, ramp: ImageStyle.signs),
            ]
            for style in styles {
                let cells = ImageCells(plane, style).cells
                #expect(cells.filter { $0.glyph == sign && $0.mark == mark }.count == 1)
            }
        }
    }

    @Test func `no sign of a ramp stands for a place without a number`() {
        let signs = PlaneMark.allCases.compactMap(\.sign)
        #expect(signs.count == 4)
        #expect(Set(signs).isDisjoint(with: ImageStyle.shades + ImageStyle.signs))
    }

    @Test func `an odd last row has nothing below it`() {
        let plane = Plane(rows: 3, columns: 1, values: [1, 2, 3])
        let image = ImageCells(plane, ImageStyle(Normalization(plane), colors: colors))
        #expect(image.rows == 2)
        #expect(image[1, 0]?.background == nil)
    }

    @Test func `signs go from light to dark`() {
        let plane = Plane(rows: 1, columns: 5, values: [0, 1, 2, 3, 4])
        let image = ImageCells(plane, ImageStyle(Normalization(plane), ramp: ImageStyle.shades))
        #expect(String(image.cells.map(\.glyph)) == " ░▒▓█")
    }

    @Test func `a line goes from bottom to top and leaves a gap where a number is missing`() {
        var plot = LinePlot(rows: 2, columns: 3)
        plot.draw([0, 1, 2, .nan, 4, 5], lower: 0, upper: 5)
        #expect(plot.lines() == ["  ⠚", "⣠⠇ "])
        #expect(plot.lines(isUnicode: false).allSatisfy { $0.utf8.count == 3 })
    }

    @Test func `no number is left out of a line, however many there are`() {
        var values = Array(repeating: 0.0, count: 100_000)
        values[77_777] = 1
        var plot = LinePlot(rows: 4, columns: 20)
        plot.draw(values, lower: 0, upper: 1)
        #expect(plot.lines()[0].contains { $0 != " " })
    }

    @Test func `a plot without room or numbers stays empty`() {
        var plot = LinePlot(rows: 0, columns: 5)
        plot.draw([1, 2], lower: 0, upper: 1)
        #expect(plot.lines() == [])
        var empty = LinePlot(rows: 1, columns: 2)
        empty.draw([], lower: 0, upper: 0)
        empty.draw([.nan], lower: .nan, upper: .infinity)
        #expect(empty.lines() == ["  "])
    }
}
