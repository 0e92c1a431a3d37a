import CCurses
import Canvas
import TerminalDriver
import Testing

extension TerminalTests {
    /// Whatever a store calls its arrays, a terminal gets no command from it.
    @Suite struct ForeignText {
        @Test func `no scalar drawn as text sends anything that is not ours`() throws {
            let size = Size(rows: 400, columns: 400)
            let headless = try Headless(size)
            var canvas = Canvas(size)
            var sent = TerminalBytes([])
            var place = 0
            for value in UInt32(0)...0x10FFFF {
                guard let scalar = Unicode.Scalar(value) else { continue }
                let (row, column) = (place / 100, place % 100 * 4)
                canvas.write(String(scalar), row: row, column: column, width: 4, cut: .clip)
                place += 1
                guard place == 400 * 100 || value == 0x10FFFF else { continue }
                headless.terminal.paint(canvas)
                sent.add(headless.written())
                place = 0
            }
            #expect(sent.strange.isEmpty)
            #expect(sent.controls.isSubset(of: [0x08, 0x09, 0x0A, 0x0D]))
            #expect(sent.finals.isSubset(of: "ABCDGHJKLMPXbdhlmrt@".unicodeScalars.map(\.value)))
            let hidden: [Unicode.GeneralCategory] = [
                .control, .format, .lineSeparator, .paragraphSeparator, .unassigned, .surrogate,
            ]
            let scalars = sent.text.indices.filter { sent.text[$0] }.compactMap {
                Unicode.Scalar(UInt32($0))
            }
            #expect(scalars.allSatisfy { !hidden.contains($0.properties.generalCategory) })
            #expect(scalars.count > 130_000)
        }

        @Test(arguments: [
            0x07, 0x08, 0x0A, 0x0D, 0x1B, 0x7F, 0x9B, 0x202E, 0x2066, 0x200B, 0xFEFF, 0xE0041,
        ])
        func `a scalar that passed every other check stops at the last one`(value: UInt32) throws {
            let headless = try Headless(Size(rows: 2, columns: 10))
            headless.terminal.paint(Canvas(Size(rows: 2, columns: 10)))
            _ = headless.written()
            var cell = ncx_cell()
            cell.text = (value, 0, 0, 0, 0)
            cell.width = 1
            cell.foreground = -1
            cell.background = -1
            unsafe ncx_blit(0, 3, &cell, 1)
            cell.text = (0x61, value, 0, 0, 0)
            unsafe ncx_blit(0, 5, &cell, 1)
            ncx_flush()
            let bytes = headless.written()
            let sent = TerminalBytes(bytes)
            #expect(sent.contains("\u{FFFD}") && sent.contains("a"))
            #expect(!sent.text[Int(value)])
            #expect(sent.controls.isSubset(of: [0x0D]), "\(bytes)")
            #expect(sent.strange.isEmpty, "\(bytes)")
        }
    }

    @Suite struct Sizes {
        @Test func `a screen of any size is painted, down to one cell`() throws {
            for (rows, columns) in [(1, 1), (1, 200), (200, 1), (2, 2), (5, 20), (300, 500)] {
                let size = Size(rows: rows, columns: columns)
                let headless = try Headless(size)
                #expect(headless.terminal.size == size)
                var canvas = Canvas(size)
                canvas.box(canvas.bounds, title: "日本語")
                canvas.write("日", row: rows - 1, column: columns - 1)
                headless.terminal.paint(canvas, cursor: Point(row: rows - 1, column: columns - 1))
                #expect(TerminalBytes(headless.written()).strange.isEmpty)
            }
        }

        @Test func `a storm of sizes between paints leaves the last one`() throws {
            let headless = try Headless()
            var random = SplitMix(state: 9)
            for _ in 0..<300 {
                let rows = Int32(random.next() % 60)
                let columns = Int32(random.next() % 200)
                ncx_resize(rows, columns)
                #expect(ncx_rows() == max(1, rows))
                #expect(ncx_columns() == max(1, columns))
                var canvas = Canvas(
                    Size(rows: Int(random.next() % 60), columns: Int(random.next() % 200))
                )
                canvas.fill(canvas.bounds, "日")
                canvas.box(canvas.bounds, title: "日本語")
                headless.terminal.repaint()
                headless.terminal.paint(canvas)
            }
            #expect(TerminalBytes(headless.written()).strange.isEmpty)
        }
    }
}
