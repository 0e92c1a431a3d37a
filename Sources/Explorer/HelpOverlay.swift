import Canvas
import ZarrModel

/// The keys that are live now: in groups, searchable, with the reason where one is disabled.
struct HelpOverlay: Sendable {
    /// The signs of the screen below, with what each says.
    let signs: [Sign]
    /// How far it is scrolled.
    private(set) var scroll = Scroll()
    /// What is searched for; `nil` while nothing is.
    private(set) var search: TextField?

    /// A sign and what it says.
    struct Sign: Hashable, Sendable {
        var sign: String
        var text: String
    }

    /// Makes one for a screen with these signs.
    init(signs: [Sign] = []) {
        self.signs = signs
    }

    /// Reacts to a key; answers whether it is to be closed.
    mutating func take(_ key: Key, _ keymap: Keymap) -> Bool {
        if search != nil {
            searchFor(key)
            return false
        }
        switch keymap.command(for: key, among: Command.moving + [.filter]) {
        case .filter?:
            search = TextField()
            scroll = Scroll()
            return false
        case let command?: return !scroll.take(command)
        case nil: return true
        }
    }

    private mutating func searchFor(_ key: Key) {
        switch key {
        case .escape: search = nil
        case .backspace where search?.text.isEmpty ?? true: search = nil
        case .up: scroll.move(by: -1)
        case .down: scroll.move(by: 1)
        case .pageUp: _ = scroll.take(.pageUp)
        case .pageDown: _ = scroll.take(.pageDown)
        default: _ = search?.take(key)
        }
    }

    /// Scrolls by lines.
    mutating func move(by lines: Int) {
        scroll.move(by: lines)
    }

    /// Takes the room that there is. Called before every draw.
    mutating func fit(_ entries: [PaletteOverlay.Entry], _ keymap: Keymap, in rect: Rect) {
        let sheet = sheet(entries, keymap, isUnicode: true, in: rect)
        scroll.fit(count: sheet.rowCount, height: sheet.inner.rows)
    }

    /// Draws the keys in columns, in a box over the pane.
    func draw(
        on canvas: inout Canvas,
        in rect: Rect,
        entries: [PaletteOverlay.Entry],
        _ keymap: Keymap
    ) {
        let sheet = sheet(entries, keymap, isUnicode: canvas.isUnicode, in: rect)
        canvas.fill(sheet.box)
        canvas.box(sheet.box, title: "Keys that work here")
        canvas.region(sheet.inner) { sheet.draw(on: &$0, from: scroll.first) }
        let bottom = sheet.inner.endRow
        for (row, note) in sheet.notes.enumerated() {
            canvas.write(
                note,
                row: bottom + row,
                column: sheet.inner.column,
                .dim,
                width: sheet.inner.columns
            )
        }
        drawFoot(on: &canvas, sheet, keymap)
    }

    private func drawFoot(on canvas: inout Canvas, _ sheet: HelpSheet, _ keymap: Keymap) {
        let row = sheet.box.endRow - 2
        let left = sheet.inner.column
        guard row >= sheet.inner.row else { return }
        if let search {
            let prompt = canvas.write("search ", row: row, column: left, .hintKey)
            search.draw(
                on: &canvas,
                row: row,
                column: prompt,
                width: max(0, min(30, sheet.inner.endColumn - prompt)),
                isActive: true
            )
            return
        }
        let key = keymap.label(for: .filter, isUnicode: canvas.isUnicode) ?? "/"
        let more = scroll.isNeeded ? "\(canvas.glyphs.down) more  " : ""
        let foot = "\(more)\(key) searches; any other key closes."
        let mouse = "  Shift-drag selects text."
        let isWide = TextWidth.of(foot + mouse) <= sheet.inner.columns
        canvas.write(
            isWide ? foot + mouse : foot,
            row: row,
            column: left,
            .dim,
            width: sheet.inner.columns
        )
    }

    private func sheet(
        _ entries: [PaletteOverlay.Entry],
        _ keymap: Keymap,
        isUnicode: Bool,
        in rect: Rect
    ) -> HelpSheet {
        let wanted = search?.string ?? ""
        let found = wanted.isEmpty ? entries : entries.filter { $0.holds(wanted) }
        let named = signs.filter { wanted.isEmpty || $0.text.mentions(wanted.lowercased()) }
        return HelpSheet(found, named, keymap, isUnicode: isUnicode, in: rect)
    }
}
