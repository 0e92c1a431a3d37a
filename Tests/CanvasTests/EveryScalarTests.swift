import Canvas
import Testing

@Suite struct EveryScalarTests {
    @Test(arguments: [true, false])
    func `no scalar drawn as text leaves a control or invisible one in a cell`(isUnicode: Bool) {
        let rows = 1000
        var canvas = Canvas(Size(rows: rows, columns: 10), isUnicode: isUnicode)
        var kept = Array(repeating: false, count: 0x110000)
        var row = 0
        for value in UInt32(0)...0x10FFFF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            canvas.write(String(scalar), row: row, width: 10, cut: .clip)
            row += 1
            guard row == rows || value == 0x10FFFF else { continue }
            for row in 0..<rows {
                for scalar in canvas.rowText(row).unicodeScalars { kept[Int(scalar.value)] = true }
            }
            row = 0
        }
        #expect(foreign(kept, isUnicode: isUnicode).isEmpty)
        #expect(kept.count { $0 } > (isUnicode ? 130_000 : 60))
    }

    @Test func `no scalar put straight into a cell stays there if it is a control`() {
        var canvas = Canvas(Size(rows: 1, columns: 3))
        var kept = Array(repeating: false, count: 0x110000)
        for value in UInt32(0)...0x10FFFF {
            // Ideographs, syllables and what nobody has assigned are seen above.
            guard value < 0x3000 || value >= 0xF900 && value < 0x20000 || value >> 16 == 14,
                let scalar = Unicode.Scalar(value)
            else { continue }
            canvas[0, 0] = Cell(Character(scalar))
            for scalar in canvas.rowText(0).unicodeScalars { kept[Int(scalar.value)] = true }
        }
        #expect(foreign(kept, isUnicode: true).isEmpty)
        canvas[0, 0] = Cell("\r\n")
        #expect(canvas[0, 0].character == "\u{FFFD}")
        canvas[0, 0] = Cell("👨‍👩‍👧")
        #expect(canvas[0, 0].character == "\u{FFFD}")
    }

    /// Scalars that no cell may hold.
    private func foreign(_ kept: [Bool], isUnicode: Bool) -> [Unicode.Scalar] {
        kept.indices.filter { kept[$0] }.compactMap { Unicode.Scalar(UInt32($0)) }.filter {
            if $0.isASCII { return $0.value < 0x20 || $0.value == 0x7F }
            switch $0.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned:
                return true
            default:
                return !isUnicode
            }
        }
    }
}
