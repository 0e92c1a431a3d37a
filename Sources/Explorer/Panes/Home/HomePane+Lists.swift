import Canvas

extension HomePane {
    // MARK: Recent stores

    func drawRecents(on canvas: inout Canvas, _ context: Context) {
        let rect = layout.recents
        guard !rect.isEmpty else { return }
        let head = rect.row - 1
        let hasMarks = context.home?.bookmarks.isEmpty == false
        let heading = hasMarks ? "Bookmarks and recent stores" : "Recent stores"
        canvas.write(heading, row: head, column: rect.column, .heading)
        guard let stores = context.home?.stores else {
            canvas.write("…", row: rect.row, column: rect.column + 2, .dim)
            return
        }
        if stores.isEmpty {
            let text = "none yet: what you open is remembered here"
            canvas.write(text, row: rect.row, column: rect.column + 2, .dim)
        }
        drawPlace(recents, over: rect, after: heading, on: &canvas)
        let columns = Self.columns(stores, rect)
        for (row, at) in recents.visible.enumerated() where stores.indices.contains(at) {
            let store = stores[at]
            let isSelected = part == .recents && at == recents.selected
            drawLine(on: &canvas, rect, row, isSelected)
            let census = store.censusText
            let mark = isSelected ? "▸" : store.isBookmarked ? "◆" : " "
            let locator = context.home?.short(store.locator) ?? store.locator
            let name = store.isBookmarked && isSelected ? "◆ " + locator : locator
            let texts = [mark, name, store.summary, census.text, store.opened]
            let style = lineStyle(isSelected)
            canvas.write(texts, in: columns, row: rect.row + row, style)
            guard !isSelected else { continue }
            let place = columns.places[3]
            canvas.write(
                census.text,
                row: rect.row + row,
                column: place.lowerBound,
                census.role,
                width: place.count
            )
        }
    }

    /// Columns as wide as what stands in them; the locator has the rest.
    private static func columns(_ stores: [RecentStore], _ rect: Rect) -> Columns {
        func widest(_ most: Int, _ text: (RecentStore) -> String) -> Int {
            let width = min(most, stores.map { TextWidth.of(text($0)) }.max() ?? 0)
            return width > 0 && rect.columns >= 90 ? width + 1 : width
        }
        let summary = rect.columns >= 64 ? widest(18) { $0.summary } : 0
        return Columns(
            [
                .init(.fixed(1)), .init(.share(1, minimum: 20), cut: .middle),
                .init(.fixed(summary)),
                .init(.fixed(widest(15) { $0.censusText.text })),
                .init(.fixed(widest(13) { $0.opened }), align: .trailing),
            ],
            from: rect.column,
            width: rect.columns
        )
    }

    /// Which line of a list that does not fit is selected.
    private func drawPlace(
        _ list: ListCursor,
        over rect: Rect,
        after heading: String,
        on canvas: inout Canvas
    ) {
        guard list.count > rect.rows, rect.rows > 0 else { return }
        let text = "\(list.selected + 1) of \(list.count)"
        let column = rect.column + heading.count + 2
        canvas.write(text, row: rect.row - 1, column: column, .dim)
    }

    // MARK: Backends

    func drawBackends(on canvas: inout Canvas, _ context: Context) {
        let rect = layout.backends
        guard !rect.isEmpty else { return }
        guard let home = context.home else {
            canvas.write("Backends", row: rect.row - 1, column: rect.column, .heading)
            canvas.write("…", row: rect.row, column: rect.column + 2, .dim)
            return
        }
        // Without operations and connect tests there are no figures: what it is has the room.
        let isTested = hasFigures(home)
        // A layer that few storages have has a column where one of them has it.
        let breakerWidth = hasBreakers(home) ? 11 : 0
        // Beside figures there is room for what it is, or for what it can, which is told below as well.
        let hasLetters = !isTested || rect.columns >= 84
        let figures = isTested ? 60 + (breakerWidth > 0 ? breakerWidth + 1 : 0) : 40
        let room = rect.columns - figures + (hasLetters ? 0 : 11)
        let isWide = room >= 24
        // A locator to learn from says more than half of a sentence.
        let summaries = home.backends.compactMap { Format.clause($0.summary, columns: room) }
        let isShort = summaries.count < home.backends.count
        var widths: [Columns.Column] = [
            .init(.fixed(1)), .init(.fixed(9)), .init(.fixed(13)),
            .init(.fixed(hasLetters ? 11 : 0)),
            .init(.fixed(isTested ? 12 : 0), align: .trailing),
            .init(.fixed(isTested ? 7 : 0), align: .trailing),
            .init(.share(1), cut: isShort ? .middle : .end),
        ]
        var heads = [
            "", "", "", hasLetters ? "Can" : "", "p50/p99", "Errors",
            isWide ? isShort ? "For example" : "Is" : "",
        ]
        if breakerWidth > 0 {
            widths.insert(.init(.fixed(breakerWidth)), at: 6)
            heads.insert("Breaker", at: 6)
        }
        let columns = Columns(widths, from: rect.column, width: rect.columns)
        canvas.write(heads, in: columns, row: rect.row - 1, Style(.label))
        canvas.write("Backends", row: rect.row - 1, column: rect.column, .heading)
        for (row, at) in backends.visible.enumerated() {
            let card = home.backends[at]
            let isSelected = part == .backends && at == backends.selected
            drawLine(on: &canvas, rect, row, isSelected)
            let style = lineStyle(isSelected)
            let report = tested[card.id].flatMap { reports[$0] }
            var texts = [
                isSelected ? "▸" : " ", card.id, "", Self.letters(card.capabilities),
                meters[card.id]?.latencyText ?? report?.latencyText ?? "–",
                meters[card.id]?.errorText ?? report?.errorText ?? "–",
                isWide ? isShort ? card.example : summaries[at] : "",
            ]
            let breaker = meters[card.id]?.breakers.worst?.phase
            if breakerWidth > 0 { texts.insert(breaker?.text ?? "– none", at: 6) }
            canvas.write(texts, in: columns, row: rect.row + row, style)
            canvas.write(
                Self.stateText(card),
                row: rect.row + row,
                column: columns.places[2].lowerBound,
                isSelected ? style : Style(Self.stateRole(card)),
                width: columns.places[2].count
            )
            guard !isSelected, let breaker else { continue }
            let place = columns.places[6]
            let column = place.lowerBound
            canvas.write(
                breaker.text,
                row: rect.row + row,
                column: column,
                breaker.role,
                width: place.count
            )
        }
        drawPlace(backends, over: rect, after: "Backends", on: &canvas)
    }

    private func drawLine(on canvas: inout Canvas, _ rect: Rect, _ row: Int, _ isSelected: Bool) {
        guard isSelected else { return }
        let line = Rect(row: rect.row + row, column: rect.column, rows: 1, columns: rect.columns)
        canvas.fill(line, " ", Style(.selected))
    }

    private func lineStyle(_ isSelected: Bool) -> Style {
        Style(isSelected ? .selected : .text)
    }

    /// The sign and word of how it stands with a backend.
    static func stateText(_ card: BackendCard) -> String {
        switch card.state {
        case .ready: "✔ ready"
        case .degraded: "◐ degraded"
        case .unavailable: "✖ unavailable"
        }
    }

    /// The role of its sign and word.
    static func stateRole(_ card: BackendCard) -> Role {
        switch card.state {
        case .ready: .good
        case .degraded: .warning
        case .unavailable: .error
        }
    }

    /// `rwld ranges`: the first letter of the four that matter, `-` where it cannot.
    static func letters(_ capabilities: [String]) -> String {
        let main = [("read", "r"), ("write", "w"), ("list", "l"), ("delete", "d")]
        let letters = main.map { capabilities.contains($0.0) ? $0.1 : "-" }.joined()
        return letters + (capabilities.contains("ranges") ? " ranges" : "")
    }
}
