import Canvas

/// A line to name the file that the screen goes to.
struct ExportOverlay: Sendable {
    /// What came of a key.
    enum Outcome: Hashable, Sendable {
        case typing, closed
        case export(path: String, replaces: Bool)
    }

    /// How a file of that name is written.
    enum Format: String, Hashable, Sendable, CaseIterable {
        case text = ".txt"
        case drawing = ".svg"
        case picture = ".png"
        case table = ".csv"
        case array = ".npy"
    }

    private var field: TextField
    /// The request that is being carried out.
    var request: Int?
    /// What stood in the way of the last one.
    private(set) var remark = ""
    /// The file that is there already.
    private(set) var existing: String?
    private let hasPicture: Bool
    private let hasValues: Bool

    /// Begins with a name that suits what is shown; `values` where that are the values of a plane.
    init(pane: String, hasPicture: Bool, hasValues: Bool = false) {
        // `air/temp › chunk [1,2]` is temp-chunk-1-2.
        let words = pane.split(separator: "›").flatMap { part in
            (part.split(separator: "/").last ?? "")
                .split { !$0.isLetter && !$0.isNumber || !$0.isASCII }
        }
        let name = words.joined(separator: "-")
        let suffix = hasPicture ? Format.picture : hasValues ? .table : .drawing
        field = TextField(
            "zscope-\(name.isEmpty ? "screen" : name)\(suffix.rawValue)",
            isFresh: true
        )
        self.hasPicture = hasPicture
        self.hasValues = hasValues
    }

    /// The format that a name asks for; `nil` for none.
    static func format(of path: String) -> Format? {
        Format.allCases.first { path.lowercased().hasSuffix($0.rawValue) }
    }

    /// Reacts to a key.
    mutating func take(_ key: Key) -> Outcome {
        switch key {
        case .escape: return .closed
        case .enter: return enter(replaces: false)
        case .control("o") where existing == field.string: return enter(replaces: true)
        default:
            if field.take(key) {
                existing = nil
                remark = ""
            }
            return .typing
        }
    }

    private mutating func enter(replaces: Bool) -> Outcome {
        let path = field.string
        switch Self.format(of: path) {
        case nil:
            remark =
                hasValues
                ? "a name ends in .csv, .npy, .txt, .svg\(hasPicture ? " or .png" : "")"
                : "a name ends in .txt, .svg\(hasPicture ? " or .png" : "")"
        case .picture? where !hasPicture:
            remark = "only a map and an image can be a .png; take .svg or .txt"
        case .table? where !hasValues, .array? where !hasValues:
            remark = "only the values of a slice can be a .csv or .npy; take .svg or .txt"
        default:
            return .export(path: path, replaces: replaces)
        }
        return .typing
    }

    /// Takes what came of the request; answers whether it is done with.
    mutating func receive(_ news: News) -> Bool {
        request = nil
        switch news {
        case .screenExported(.written), .screenExported(.writtenValues): return true
        case .screenExported(.exists(let path)):
            existing = field.string
            remark = "\(path) is there already: ^O overwrites it, or type another name"
        case .failed(let problem): remark = problem.message
        default: return true
        }
        return false
    }

    /// Draws the line in a box over the pane.
    func draw(on canvas: inout Canvas, in rect: Rect) {
        let extra = hasValues ? 1 : 0
        let box = rect.centered(Size(rows: 7 + extra, columns: min(76, rect.columns)))
        canvas.fill(box)
        canvas.box(box, title: "Export what is shown")
        let isBusy = request != nil
        canvas.region(box.inset(rows: 1, columns: 2)) { canvas in
            let column = canvas.write("to ", row: 0, .label)
            field.draw(
                on: &canvas,
                row: 0,
                column: column,
                width: max(0, canvas.size.columns - column),
                isActive: !isBusy
            )
            let isWide = canvas.size.columns >= 72
            let forms =
                isWide
                ? [".txt the screen as text", ".svg as a drawing", ".png the whole picture"]
                : [".txt text", ".svg drawing", ".png picture"]
            let shown = hasPicture ? forms : Array(forms.dropLast())
            canvas.write(shown.joined(separator: "   "), row: 2, .dim)
            if hasValues {
                canvas.write(".csv .npy every value of the plane, as stored", row: 3, .dim)
            }
            let line = isBusy ? "writing" : remark
            canvas.write(line, row: 3 + extra, isBusy ? .dim : .warning, width: canvas.size.columns)
            canvas.write(
                [("Enter", .hintKey), (" write  ", .hint), ("Esc", .hintKey), (" close", .hint)],
                row: 4 + extra
            )
        }
    }
}
