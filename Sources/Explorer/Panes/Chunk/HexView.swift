import Canvas
import ZarrModel

/// The bytes of a stored object as they are read, a page at a time.
struct HexView: Sendable {
    /// Pages that are kept.
    private static let most = 64

    /// The object's bytes in all.
    private(set) var size = 0
    private(set) var pages: [Int: [UInt8]] = [:]
    private(set) var problem: Problem?
    /// Bytes in a line: 16 where they fit, else 8.
    private(set) var line = 16
    var scroll = Scroll()
    private var asked: [Int: Int] = [:]

    /// Begins with an object of so many bytes, of which nothing is read.
    init(size: Int = 0) {
        self.size = max(0, min(size, 1 << 60))
    }

    /// Lines in all.
    var lineCount: Int {
        size / line + (size % line > 0 ? 1 : 0)
    }

    /// Columns of the places.
    private var labelWidth: Int {
        max(6, String(max(0, size - 1), radix: 16).count)
    }

    /// Takes the room that there is.
    mutating func fit(rows: Int, columns: Int) {
        let wanted = columns >= labelWidth + 68 ? 16 : 8
        if wanted != line {
            let first = scroll.first * line / wanted
            line = wanted
            scroll.fit(count: lineCount, height: max(1, rows))
            scroll.move(by: first - scroll.first)
        }
        scroll.fit(count: lineCount, height: max(1, rows))
    }

    /// The pages that must be read to show what is in view.
    func wanted(height: Int) -> [Int] {
        guard size > 0, problem == nil else { return [] }
        let first = scroll.first * line / ObjectBytes.pageLength
        let end = min(size - 1, (scroll.first + max(1, height)) * line)
        return (first...max(first, end / ObjectBytes.pageLength)).filter {
            pages[$0] == nil && !asked.values.contains($0)
        }
    }

    /// Notes that a request is for a page.
    mutating func ask(_ page: Int, number: Int) {
        asked[number] = page
    }

    /// Takes an answer; says whether it was to one of the requests.
    mutating func receive(_ event: Event) -> Bool {
        guard let page = asked.removeValue(forKey: event.number) else { return false }
        switch event.news {
        case .bytes(let part):
            if pages.count >= Self.most { pages = [:] }
            pages[page] = part.bytes
        case .failed(let problem): self.problem = problem
        default: break
        }
        return true
    }

    /// The byte at a place; `nil` where it is not read.
    private func byte(_ place: Int) -> UInt8? {
        guard let page = pages[place / ObjectBytes.pageLength] else { return nil }
        let inside = place % ObjectBytes.pageLength
        return inside < page.count ? page[inside] : nil
    }

    /// Draws the lines in view: places, bytes, and what they are as ASCII.
    func draw(on canvas: inout Canvas) {
        if let problem {
            canvas.write(problem.message, row: 0, .error)
            return
        }
        for row in 0..<canvas.size.rows where scroll.first + row < lineCount {
            drawLine(on: &canvas, row, (scroll.first + row) * line)
        }
    }

    private func drawLine(on canvas: inout Canvas, _ row: Int, _ start: Int) {
        let (width, count) = (labelWidth, line)
        let digits = String(start, radix: 16)
        let label = String(repeating: "0", count: max(0, width - digits.count)) + digits
        canvas.write(label, row: row, .label)
        var column = width + 2
        for step in 0..<count where start + step < size {
            if step == 8 { column += 1 }
            let value = byte(start + step)
            canvas.write(value.map(Self.hex) ?? "··", row: row, column: column, Self.role(value))
            column += 3
        }
        var place = width + 2 + count * 3 + (count > 8 ? 1 : 0) + 1
        for step in 0..<count where start + step < size {
            let value = byte(start + step)
            canvas.write(Self.sign(value), row: row, column: place, Self.role(value))
            place += 1
        }
    }

    private static func hex(_ byte: UInt8) -> String {
        let text = String(byte, radix: 16)
        return text.count == 1 ? "0" + text : text
    }

    private static func sign(_ byte: UInt8?) -> String {
        guard let byte, (0x20..<0x7f).contains(byte) else { return "·" }
        return String(UnicodeScalar(byte))
    }

    private static func role(_ byte: UInt8?) -> Role {
        guard let byte, byte != 0 else { return .dim }
        return (0x20..<0x7f).contains(byte) ? .value : .text
    }
}
