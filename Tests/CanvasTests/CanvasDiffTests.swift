import Canvas
import Testing

@Suite struct CanvasDiffTests {
    @Test func `drawing the runs turns the old canvas into the new one`() {
        var random = SplitMix(state: 7)
        for _ in 0..<200 {
            let size = Size(rows: Int(random.next() % 6), columns: Int(random.next() % 14))
            let old = scribble(size, &random)
            var new = old
            draw(on: &new, times: Int(random.next() % 4), &random)
            var patched = old
            for run in CanvasDiff(from: old, to: new).runs {
                for column in run.columns where new[run.row, column].character != nil {
                    patched[run.row, column] = new[run.row, column]
                }
                #expect(new[run.row, run.columns.lowerBound].character != nil)
            }
            #expect(patched == new)
        }
    }

    @Test func `equal canvases differ nowhere and another size differs everywhere`() {
        let canvas = Canvas(Size(rows: 3, columns: 4))
        #expect(CanvasDiff(from: canvas, to: canvas).runs.isEmpty)
        let other = Canvas(Size(rows: 2, columns: 4))
        #expect(CanvasDiff(from: other, to: canvas).runs.map(\.columns) == [0..<4, 0..<4, 0..<4])
        #expect(CanvasDiff(from: nil, to: canvas).runs.count == 3)
    }

    private func scribble(_ size: Size, _ random: inout SplitMix) -> Canvas {
        var canvas = Canvas(size)
        draw(on: &canvas, times: 6, &random)
        return canvas
    }

    private func draw(on canvas: inout Canvas, times: Int, _ random: inout SplitMix) {
        let words = ["a", "bcd", "日本", "é\u{301}", "  ", "x日y", "😀"]
        for _ in 0..<times {
            canvas.write(
                words[Int(random.next() % UInt64(words.count))],
                row: Int(random.next() % 6),
                column: Int(random.next() % 14) - 1,
                Role.allCases[Int(random.next() % 3)]
            )
        }
    }
}

/// Random numbers that are the same in every run.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
