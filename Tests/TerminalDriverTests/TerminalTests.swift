import CCurses
import Canvas
import TerminalDriver
import Testing

/// One terminal at a time: ncurses has only one.
@Suite(.serialized) struct TerminalTests {}

extension TerminalTests {
    @Suite struct Painting {
        @Test func `what is painted stands in the cells of the terminal`() throws {
            let headless = try Headless(Size(rows: 3, columns: 12))
            var canvas = Canvas(Size(rows: 3, columns: 12))
            canvas.write("日本 e\u{301}", row: 0, .selected)
            canvas.write(
                "▀",
                row: 1,
                Style(.text, foreground: Tint(0, 0, 95), background: Tint(255, 255, 95))
            )
            headless.terminal.paint(canvas)
            #expect(cell(0, 0).text.0 == 0x65E5)
            #expect(cell(0, 0).attributes == Int32(NCX_REVERSE))
            #expect(cell(0, 2).text.0 == 0x672C)
            #expect(cell(0, 5).text.0 == 0x65 && cell(0, 5).text.1 == 0x301)
            #expect(cell(1, 0).text.0 == 0x2580)
            #expect(cell(1, 0).foreground == 17)
            #expect(cell(1, 0).background == 227)
            #expect(headless.writtenText().contains("日本 e\u{301}"))
        }

        @Test func `the canvas and the C library give a character the same width`() throws {
            let headless = try Headless(Size(rows: 1, columns: 2))
            var replaced = 0
            for value in UInt32(0xA1)..<0x10000 {
                guard let scalar = Unicode.Scalar(value), let width = TextWidth.of(scalar),
                    width > 0
                else { continue }
                var cell = ncx_cell()
                cell.text.0 = value
                cell.width = Int32(width)
                unsafe ncx_blit(0, 0, &cell, 1)
                let isShown = self.cell(0, 0).text.0 == value
                // The few that are newer than the C library are replaced there.
                if !isShown { replaced += 1 }
            }
            #expect(replaced < 100)
            #expect(headless.terminal.size.columns == 2)
        }

        @Test func `painting the same again sends nothing`() throws {
            let headless = try Headless()
            var canvas = Canvas(Size(rows: 24, columns: 80))
            canvas.box(canvas.bounds, title: "日本")
            headless.terminal.paint(canvas)
            #expect(!headless.written().isEmpty)
            headless.terminal.paint(canvas)
            #expect(headless.written().isEmpty)
            headless.terminal.repaint()
            headless.terminal.paint(canvas)
            #expect(headless.written().count > 160)
        }

        @Test func `any sequence of paints leaves the cells of the last one`() throws {
            let size = Size(rows: 8, columns: 30)
            let headless = try Headless(size)
            var random = SplitMix(state: 11)
            var canvas = Canvas(size)
            let words = ["x", "日本語", "e\u{301}", "····", "😀", "─┼─", " "]
            for _ in 0..<200 {
                for _ in 0..<random.next() % 6 {
                    canvas.write(
                        words[Int(random.next() % 7)],
                        row: Int(random.next() % 8),
                        column: Int(random.next() % 31) - 1,
                        Role.allCases[Int(random.next() % 20)]
                    )
                }
                headless.terminal.paint(canvas)
                #expect(shown(size) == canvas.plainText)
            }
        }

        @Test func `a canvas of another size is shown as far as it goes`() throws {
            let headless = try Headless(Size(rows: 2, columns: 4))
            var large = Canvas(Size(rows: 9, columns: 9))
            large.fill(large.bounds, "#")
            headless.terminal.paint(large)
            #expect(shown(Size(rows: 2, columns: 4)) == "####\n####")
            var small = Canvas(Size(rows: 1, columns: 2))
            small.fill(small.bounds, "o")
            headless.terminal.paint(small)
            #expect(shown(Size(rows: 2, columns: 4)) == "oo\n")
        }

        @Test func `ASCII and no colours are kept to when they are asked for`() throws {
            let headless = try Headless { options in
                options.isASCII = true
                options.colors = .mono
            }
            #expect(headless.terminal.traits == TerminalTraits(isUnicode: false, colors: .mono))
            var canvas = Canvas(Size(rows: 24, columns: 80))
            canvas.box(canvas.bounds, title: "日本 é ▸")
            canvas.write("x", row: 3, column: 3, Style(.error, background: Tint(255, 0, 0)))
            headless.terminal.paint(canvas)
            let bytes = headless.written()
            #expect(bytes.allSatisfy { $0 < 0x80 })
            let attributes = TerminalBytes(bytes).attributes
            #expect(attributes.isSubset(of: [0, 1, 4, 7, 10, 22, 24, 27, 39, 49]))
        }

        @Test func `a locale without UTF-8 gets ASCII`() throws {
            let headless = try Headless { $0.locale = "C" }
            #expect(!headless.terminal.traits.isUnicode)
            var canvas = Canvas(Size(rows: 24, columns: 80))
            canvas.box(canvas.bounds, title: "日本")
            headless.terminal.paint(canvas)
            #expect(headless.written().allSatisfy { $0 < 0x80 })
        }

        @Test func `the cursor is shown only where text is typed`() throws {
            let headless = try Headless()
            let canvas = Canvas(Size(rows: 24, columns: 80))
            headless.terminal.paint(canvas)
            _ = headless.written()
            headless.terminal.paint(canvas, cursor: Point(row: 3, column: 5))
            let shown = headless.writtenText()
            #expect(
                shown.contains("\u{1b}[?25h") || shown.contains("\u{1b}[?12;25h")
                    || shown.contains("[34h")
            )
            #expect(shown.contains("\u{1b}[4;6H") || shown.contains("\u{1b}[4d"))
            headless.terminal.paint(canvas)
            #expect(headless.writtenText().contains("\u{1b}[?25l"))
            headless.terminal.paint(canvas, cursor: Point(row: 99, column: 5))
            #expect(headless.written().isEmpty)
        }

        private func cell(_ row: Int32, _ column: Int32) -> ncx_cell {
            var cell = ncx_cell()
            _ = unsafe ncx_read_cell(row, column, &cell)
            return cell
        }

        /// What ncurses has on its screen, as the canvas would show it.
        private func shown(_ size: Size) -> String {
            var canvas = Canvas(size)
            for row in 0..<size.rows {
                var column = 0
                while column < size.columns {
                    let cell = cell(Int32(row), Int32(column))
                    let texts = [cell.text.0, cell.text.1, cell.text.2, cell.text.3, cell.text.4]
                    var text = ""
                    text.unicodeScalars.append(
                        contentsOf: texts.filter { $0 != 0 }.compactMap { Unicode.Scalar($0) }
                    )
                    canvas.write(text, row: row, column: column)
                    column += max(1, Int(cell.width))
                }
            }
            return canvas.plainText
        }
    }
}
