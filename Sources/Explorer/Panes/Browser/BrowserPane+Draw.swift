import Canvas
import ZarrModel

extension BrowserPane {
    func draw(on canvas: inout Canvas, _ context: Context) {
        if !layout.line.isEmpty {
            canvas.verticalLine(column: layout.line.column, rows: layout.line.rowRange)
        }
        drawTreeHead(on: &canvas)
        for (row, at) in list.visible.enumerated() where !layout.tree.isEmpty {
            let row = layout.tree.row + row
            drawLine(lines[at], row: row, isSelected: at == list.selected, &canvas)
        }
        drawPlace(on: &canvas)
        drawTabs(on: &canvas)
        drawText(on: &canvas)
    }

    // MARK: Tree

    private func drawTreeHead(on canvas: inout Canvas) {
        let rect = layout.tree
        guard !rect.isEmpty else { return }
        let row = rect.row - 1
        guard let filter else {
            canvas.write(
                columns.titles(tree.order),
                in: columns.columns,
                row: row,
                Style(.heading)
            )
            return
        }
        let column = canvas.write(" /", row: row, column: rect.column, .hintKey)
        filter.draw(
            on: &canvas,
            row: row,
            column: column,
            width: max(0, rect.columns - 16),
            isActive: isFiltering
        )
        canvas.write(
            " \(Format.short(hitCount)) shown",
            row: row,
            column: rect.endColumn - 13,
            .dim
        )
    }

    /// Where in a tree that does not fit the lines in view are.
    private func drawPlace(on canvas: inout Canvas) {
        let rect = layout.tree
        guard !rect.isEmpty, list.count > list.height else { return }
        let share = (rect.rows - 1) * list.first / max(1, list.count - list.height)
        canvas.write("▐", row: rect.row + share, column: rect.endColumn - 1, .border)
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
        let entry = tree[line]
        let indent = String(repeating: " ", count: 1 + min(line.depth, 12) * columns.step)
        if let note = line.note {
            let (text, role) = Self.text(note, entry)
            canvas.write(
                indent + text,
                row: row,
                column: rect.column,
                isLit ? .selected : role,
                width: rect.columns - 1
            )
            return
        }
        let cells = NodeCells(entry, columns, indent: indent)
        guard entry.card.kind == .array else {
            drawName(cells, row: row, isLit, &canvas)
            return
        }
        for (cell, (place, column)) in zip(
            cells.cells,
            zip(columns.columns.places, columns.columns.columns)
        ) {
            canvas.write(
                cell.0,
                row: row,
                column: place.lowerBound,
                isLit ? .selected : cell.1,
                width: place.count,
                align: column.align,
                cut: column.cut
            )
        }
    }

    /// The name of a node without columns, which runs over them, and what stands beside it.
    private func drawName(_ cells: NodeCells, row: Int, _ isLit: Bool, _ canvas: inout Canvas) {
        let rect = layout.tree
        let (name, role) = cells.cells[0]
        let room = max(0, rect.columns - 1)
        let (badge, badgeRole) = cells.badge ?? ("", .dim)
        let beside = badge.isEmpty ? 0 : min(TextWidth.of(badge), room / 2) + 2
        let width = min(TextWidth.of(name), max(0, room - beside))
        canvas.write(
            name,
            row: row,
            column: rect.column,
            isLit ? .selected : role,
            width: width,
            cut: .middle
        )
        guard !badge.isEmpty, columns.columns.places.count > 1 else { return }
        // In line with the columns, or nearer to the name where there is more to say.
        let aligned = columns.columns.places[1].lowerBound - rect.column
        let start = max(width + 2, min(aligned, room - TextWidth.of(badge)))
        canvas.write(
            badge,
            row: row,
            column: rect.column + start,
            isLit ? .selected : badgeRole,
            width: max(0, room - start)
        )
    }

    private static func text(_ note: NodeTree.Note, _ entry: NodeTree.Entry) -> (String, Role) {
        switch note {
        case .empty: ("  empty", .dim)
        case .waiting: ("  …", .dim)
        case .failed: ("✖ " + (entry.failure ?? "cannot be listed"), .error)
        }
    }

    // MARK: Text

    private func drawTabs(on canvas: inout Canvas) {
        guard !layout.tabs.isEmpty else { return }
        let titles = layout.tabTitles(text.issueCount)
        for (index, place) in layout.tabPlaces(text.issueCount).enumerated() {
            let isChosen = index == tab.rawValue
            let hasIssues = index == Tab.issues.rawValue && text.issueCount > 0
            let worst = text.severity.map { IssueText.look($0).role } ?? .dim
            let role: Role =
                isChosen ? (isReading ? .selected : .title) : hasIssues ? worst : .dim
            canvas.write(
                titles[index],
                row: layout.tabs.row,
                column: layout.tabs.column + place.lowerBound,
                Style(role, isReversed: isChosen && !isReading),
                width: min(place.count, max(0, layout.tabs.columns - place.lowerBound))
            )
            guard !isChosen, titles[index].first?.isNumber ?? false else { continue }
            canvas.write(
                titles[index].prefix(1),
                row: layout.tabs.row,
                column: layout.tabs.column + place.lowerBound,
                .hintKey
            )
        }
        if isReading, let search { search.draw(on: &canvas, layout.search, path: selected?.path) }
    }

    private func drawText(on canvas: inout Canvas) {
        let rect = layout.text
        guard !rect.isEmpty else { return }
        canvas.region(rect) { canvas in
            for (row, at) in reader.visible.enumerated() where at < textCount {
                let line = textLine(at)
                let isLit = isReading && at == reader.selected
                if isLit {
                    let whole = Rect(row: row, column: 0, rows: 1, columns: rect.columns - 1)
                    canvas.fill(whole, " ", Style(.selected))
                    canvas.write(line.text, row: row, .selected, width: rect.columns - 1)
                } else {
                    canvas.write(line.pieces, row: row)
                }
            }
            guard reader.count > reader.height else { return }
            let share = (rect.rows - 1) * reader.first / max(1, reader.count - reader.height)
            canvas.write("▐", row: share, column: rect.columns - 1, .border)
        }
    }
}

/// What stands in the columns of a node's line.
struct NodeCells {
    private(set) var cells: [(String, Role)]
    /// What stands in place of the columns after the name.
    private(set) var badge: (String, Role)?

    init(_ entry: NodeTree.Entry, _ columns: TreeColumns, indent: String) {
        let card = entry.card
        let role = Self.nameRole(card)
        cells = columns.kinds.map { _ in ("", role) }
        cells[0].0 = indent + Self.title(entry)
        guard card.kind == .array else {
            badge = Self.badge(card)
            return
        }
        let free = columns.columns.places[0].count - TextWidth.of(cells[0].0)
        if !card.note.isEmpty, free >= TextWidth.of(card.note) + 2 {
            cells[0].0 += "  " + card.note
        }
        for (place, kind) in columns.kinds.enumerated().dropFirst() {
            cells[place] = Self.cell(kind, card, isWide: columns.isWide)
        }
    }

    /// The sign and name of a node.
    static func title(_ entry: NodeTree.Entry) -> String {
        sign(entry) + name(entry.card)
    }

    /// What stands in one column of an array, and its role.
    static func cell(
        _ kind: NodeOrder.Column?,
        _ card: NodeCard,
        isWide: Bool
    ) -> (String, Role) {
        switch kind {
        case .name?: return ("", .text)
        case .type?: return (shortType(card.dataType ?? ""), .dim)
        case .shape?: return (card.shape.map(Format.shape) ?? "", .dim)
        case .stored?:
            let bytes = card.counts.map(\.storedBytes) ?? card.storedBytes
            return (bytes.map(Format.bytes) ?? "", .dim)
        case .state?:
            if let counts = card.counts {
                return counts.text(isWide: isWide, isDecodable: card.isDecodable)
            }
            if card.countProblem != nil { return (isWide ? "✖ not counted" : "✖", .error) }
            let isLarge = card.chunkCount ?? .max > BrowserPane.countLimit
            return (isLarge && isWide ? "· c counts" : "·", .dim)
        case nil:
            guard let shape = card.chunkShape else { return ("", .dim) }
            let stored = (card.hasUnevenChunks ? "≤" : "") + Format.shape(shape)
            guard let inner = card.innerChunkShape else { return (stored, .dim) }
            let whole = "\(Format.shape(inner)) in \(stored)"
            return (TextWidth.of(whole) <= TreeColumns.widestShape ? whole : "in " + stored, .dim)
        }
    }

    private static func sign(_ entry: NodeTree.Entry) -> String {
        switch entry.card.kind {
        case .group: entry.isOpen ? "▾ " : "▸ "
        case .array: entry.card.severity ?? .note > .note ? "▲ " : "▪ "
        case .broken: "✖ "
        case .foreign: "  "
        }
    }

    private static func name(_ card: NodeCard) -> String {
        let slash = card.kind == .group && card.path != "/" ? "/" : ""
        let mark = card.kind == .group && card.severity ?? .note > .note ? " ▲" : ""
        return card.name + slash + mark
    }

    private static func nameRole(_ card: NodeCard) -> Role {
        switch card.kind {
        case .group: .heading
        case .array: card.severity ?? .note > .note ? .warning : .text
        case .broken: .error
        case .foreign: .dim
        }
    }

    private static func badge(_ card: NodeCard) -> (String, Role)? {
        switch card.kind {
        case .broken: return (card.error ?? "cannot be read", .error)
        case .foreign: return ("not Zarr", .dim)
        case .group where !card.note.isEmpty: return (card.note, .accent)
        case .group where card.isImplicit: return ("implicit", .dim)
        case .group, .array: return nil
        }
    }

    /// `float32` as `f32`, `uint8` as `u8`; others cut.
    private static func shortType(_ name: String) -> String {
        let short = [("float", "f"), ("uint", "u"), ("int", "i"), ("complex", "c")]
        for (long, letter) in short where name.hasPrefix(long) {
            return letter + name.dropFirst(long.count)
        }
        switch name {
        case "string": return "str"
        case "fixed_length_utf32": return "text"
        case "numpy.datetime64": return "time"
        case "numpy.timedelta64": return "span"
        case "null_terminated_bytes", "raw_bytes", "bytes", "variable_length_bytes": return "byte"
        case "struct", "structured": return "rec"
        default: return name
        }
    }
}
