import Canvas
import Glibc
import TerminalDriver
import Testing

extension TerminalTests {
    /// What goes over a slow line. Bytes, not seconds: they are the same on every machine.
    @Suite struct Cost {
        let size = Size(rows: 45, columns: 160)

        @Test func `moving the cursor costs at most 100 bytes`() throws {
            let headless = try Headless(size)
            var canvas = map(pan: 0)
            headless.terminal.paint(canvas)
            _ = headless.written()
            var row = 20
            var total = 0
            for _ in 0..<20 {
                canvas.restyle(Rect(row: row, column: 60, rows: 1, columns: 2)) {
                    $0.isReversed = false
                }
                row += 1
                canvas.restyle(Rect(row: row, column: 60, rows: 1, columns: 2)) {
                    $0.isReversed = true
                }
                headless.terminal.paint(canvas)
                let cost = headless.written().count
                #expect(cost <= 110)
                total += cost
            }
            #expect(total / 20 <= 100)
            print("bytes per cursor move: \(total / 20)")
        }

        @Test func `a frame leaves in one write`() throws {
            // Packets keep apart what was written apart.
            var ends: [Int32] = [-1, -1]
            let kind = Int32(SOCK_SEQPACKET.rawValue)
            try #require(unsafe socketpair(AF_UNIX, kind, 0, &ends) == 0)
            defer { for end in ends { close(end) } }
            let headless = try Headless(size) { $0.output = ends[0] }
            var buffer = Array(repeating: UInt8(0), count: 1 << 18)
            func packets() -> Int {
                var count = 0
                while unsafe recv(ends[1], &buffer, buffer.count, Int32(MSG_DONTWAIT)) > 0 {
                    count += 1
                }
                return count
            }
            _ = packets()
            for step in 0..<4 {
                headless.terminal.paint(map(pan: step))
                #expect(packets() == 1)
            }
            headless.terminal.paint(map(pan: 3))
            #expect(packets() == 0, "nothing changed")
        }

        @Test(arguments: [(80, 10_000), (6, 80_000)])
        func `a pan over an image of sixteen levels costs what changed`(width: Int, most: Int)
            throws
        {
            let headless = try Headless(size)
            var before = map(pan: 0, width)
            headless.terminal.paint(before)
            _ = headless.written()
            var total = 0
            for step in 1...10 {
                let after = map(pan: step, width)
                let changed = CanvasDiff(from: before, to: after).runs.reduce(0) {
                    $0 + $1.columns.count
                }
                headless.terminal.paint(after)
                let cost = headless.written().count
                #expect(cost <= most)
                #expect(cost <= 40 * changed + 100)
                before = after
                total += cost
            }
            print("bytes per pan, bands of \(width) columns: \(total / 10)")
        }

        @Test func `many keys cost one paint`() throws {
            let headless = try Headless(size)
            let inputs = headless.keys(String(repeating: "l", count: 500))
            #expect(inputs.count == 500)
        }

        /// Half blocks in sixteen fixed greys, in slanting bands.
        private func map(pan: Int, _ width: Int = 20) -> Canvas {
            var canvas = Canvas(size)
            for row in 0..<size.rows {
                for column in 0..<size.columns {
                    let top = tint((row + column + pan) / width)
                    let bottom = tint((row + column + pan + width / 2) / width)
                    let cell = Cell("▀", Style(.text, foreground: top, background: bottom))
                    canvas[row, column] = cell
                }
            }
            return canvas
        }

        private func tint(_ level: Int) -> Tint {
            let grey = UInt8(8 + 10 * (level % 16))
            return Tint(grey, grey, grey)
        }
    }
}
