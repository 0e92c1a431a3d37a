import Canvas
import ZarrModel

extension BrowserPane {
    func draw(on canvas: inout Canvas, _ context: Context) {
        if !layout.line.isEmpty {
            canvas.verticalLine(column: layout.line.column, rows: layout.line.rowRange)
        }
        drawTreeHead(on: &canvas)
        for (row, at) in list.visible.enumerated() where !layout.tree.isEmpty {
            drawLine(
                lines[at],
                row: layout.tree.row + row,
                isSelected: at == list.selected,
                &canvas
            )
        }
        drawTabs(on: &canvas)
        drawText(on: &canvas)
    }

    // MARK: Tree

    private func drawTreeHead(on canvas: inout Canvas) {
        let rect = layout.tree
        guard !rect.isEmpty else { return }
        let row = rect.row - 1
        if let filter {
            let column = canvas.write(" /", row: row, column: rect.column, .hintKey)
            filter.draw(
                on: &canvas,
                row: row,
                column: column,
                width: max(0, rect.columns - 16),
                isActive: isFiltering
            )
            let hits = lines.count { $0.note == nil && matches($0, filter.string) }
            canvas.write(
                " \(Format.short(hits)) shown",
                row: row,
                column: rect.endColumn - 13,
                .dim
            )
            return
        }
        let columns = Self.columns(rect)
        canvas.write(
            [" Name", "Type", "Shape", "Chunks", "Stored"],
            in: columns,
            row: row,
            Style(.heading)
        )
    }

    private func matches(_ line: NodeTree.Line, _ wanted: String) -> Bool {
        line.depth > 0 && line.card.name.lowercased().mentions(wanted.lowercased())
    }

    /// Name, type, shape; chunks and stored size where there is room.
    private static func columns(_ rect: Rect) -> Columns {
        let isWide = rect.columns >= 60
        return Columns(
            [
                .init(.share(1, minimum: 12)),
                .init(.fixed(rect.columns >= 30 ? 5 : 0)),
                .init(.fixed(rect.columns >= 44 ? 16 : rect.columns >= 36 ? 14 : 10)),
                .init(.fixed(isWide ? 12 : 0)),
                .init(.fixed(isWide ? 9 : 0), align: .trailing),
            ],
            from: rect.column,
            width: rect.columns - 1
        )
    }

    private func drawLine(
        _ line: NodeTree.Line,
        row: Int,
        isSelected: Bool,
        _ canvas: inout Canvas
    ) {
        let rect = layout.tree
        let isLit = isSelected && !isReading
        if isLit {
            let whole = Rect(row: row, column: rect.column, rows: 1, columns: rect.columns)
            canvas.fill(whole, " ", Style(.selected))
        }
        let indent = String(repeating: " ", count: 1 + min(line.depth, 12) * 2)
        if let note = line.note {
            let role: Role = isLit ? .selected : note.isError ? .error : .dim
            let text = indent + (note.isError ? "✖ " : "  ") + note.text
            canvas.write(text, row: row, column: rect.column, role, width: rect.columns)
            return
        }
        let columns = Self.columns(rect)
        let texts = self.texts(line, indent, isSelected)
        let role = isLit ? Role.selected : nameRole(line.card)
        canvas.write(texts, in: columns, row: row, Style(isLit ? .selected : .dim))
        canvas.write(
            texts[0],
            row: row,
            column: columns.places[0].lowerBound,
            role,
            width: columns.places[0].count
        )
        guard let word = badge(line.card) else { return }
        let start = columns.places[1].lowerBound
        let style = isLit ? Style(.selected) : Style(badgeRole(line.card))
        canvas.write(word, row: row, column: start, style, width: rect.endColumn - start - 1)
    }

    private func texts(_ line: NodeTree.Line, _ indent: String, _ isSelected: Bool) -> [String] {
        let card = line.card
        let sign =
            switch card.kind {
            case .group: line.isOpen ? "▾ " : "▸ "
            case .array: "▪ "
            case .broken: "✖ "
            case .foreign: "  "
            }
        let slash = card.kind == .group && card.path != "/" ? "/" : ""
        let name = indent + sign + card.name + slash
        guard card.kind == .array else { return [name] }
        return [
            name, Self.shortType(card.dataType ?? ""), card.shape.map(Format.shape) ?? "",
            Self.chunks(card), card.storedBytes.map(Format.bytes) ?? "",
        ]
    }

    private static func chunks(_ card: NodeCard) -> String {
        guard let shape = card.chunkShape else { return "" }
        return (card.hasUnevenChunks ? "≤" : "") + Format.shape(shape)
    }

    private func nameRole(_ card: NodeCard) -> Role {
        switch card.kind {
        case .group: .heading
        case .array: .text
        case .broken: .error
        case .foreign: .dim
        }
    }

    /// What stands in place of type and shape.
    private func badge(_ card: NodeCard) -> String? {
        switch card.kind {
        case .broken: card.error ?? "cannot be read"
        case .foreign: "not Zarr"
        case .group: card.isImplicit ? "implicit" : nil
        case .array: nil
        }
    }

    private func badgeRole(_ card: NodeCard) -> Role {
        card.kind == .broken ? .error : .dim
    }

    /// `float32` as `f32`, `uint8` as `u8`; others cut.
    static func shortType(_ name: String) -> String {
        let short = [("float", "f"), ("uint", "u"), ("int", "i"), ("complex", "c")]
        for (long, letter) in short where name.hasPrefix(long) {
            return letter + name.dropFirst(long.count)
        }
        return name == "string" ? "str" : name
    }

    // MARK: Tabs

    private func drawTabs(on canvas: inout Canvas) {
        guard !layout.tabs.isEmpty else { return }
        let titles = BrowserLayout.tabTitles(text.issueCount)
        for (index, place) in BrowserLayout.tabPlaces(text.issueCount).enumerated() {
            let isChosen = index == tab.rawValue
            let hasIssues = index == Tab.issues.rawValue && text.issueCount > 0
            let role: Role =
                isChosen ? (isReading ? .selected : .title) : hasIssues ? .warning : .dim
            canvas.write(
                titles[index],
                row: layout.tabs.row,
                column: layout.tabs.column + place.lowerBound,
                Style(role, isReversed: isChosen && !isReading)
            )
        }
    }

    private func drawText(on canvas: inout Canvas) {
        let rect = layout.text
        guard !rect.isEmpty else { return }
        canvas.region(rect) { canvas in
            for row in 0..<rect.rows where scroll.first + row < text.lines.count {
                canvas.write(text.lines[scroll.first + row], row: row)
            }
            guard scroll.isNeeded else { return }
            let share = rect.rows * scroll.first / max(1, text.lines.count - rect.rows + 1)
            canvas.write("▐", row: min(rect.rows - 1, share), column: rect.columns - 1, .border)
        }
    }
}
