import Canvas
import Testing

@Suite struct EveryScalarTests {
    @Test(arguments: [true, false])
    func `no scalar drawn as text leaves a control or invisible one in a cell`(isUnicode: Bool) {
        var canvas = Canvas(Size(rows: 1, columns: 24), isUnicode: isUnicode)
        var foreign: [Unicode.Scalar] = []
        for value in UInt32(0)...0x10FFFF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            canvas.write(String(scalar), row: 0, column: 0)
            foreign += stored(in: canvas).filter { !isHarmless($0, isUnicode: isUnicode) }
        }
        #expect(foreign.isEmpty, "\(foreign.prefix(10))")
    }

    @Test func `no scalar put straight into a cell stays there if it is a control`() {
        var canvas = Canvas(Size(rows: 1, columns: 3))
        for value in UInt32(0)...0x10FFFF {
            guard let scalar = Unicode.Scalar(value), value < 0x3000 || value >= 0xD7B0 else {
                continue
            }
            canvas[0, 0] = Cell(Character(scalar))
            let kept = stored(in: canvas)
            #expect(kept.allSatisfy { isHarmless($0, isUnicode: true) })
        }
        canvas[0, 0] = Cell("\r\n")
        #expect(canvas[0, 0].character == "\u{FFFD}")
        canvas[0, 0] = Cell("👨‍👩‍👧")
        #expect(canvas[0, 0].character == "\u{FFFD}")
    }

    private func stored(in canvas: Canvas) -> [Unicode.Scalar] {
        (0..<3).flatMap { canvas[0, $0].character.map { Array($0.unicodeScalars) } ?? [] }
    }

    private func isHarmless(_ scalar: Unicode.Scalar, isUnicode: Bool) -> Bool {
        if scalar.isASCII { return scalar.value >= 0x20 && scalar.value < 0x7f }
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned:
            return false
        default:
            return isUnicode
        }
    }
}
