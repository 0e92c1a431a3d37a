import Canvas

/// What a person can set, to be changed and seen at once.
struct SettingsOverlay: Sendable {
    /// What came of a key.
    enum Outcome: Hashable, Sendable {
        case open, closed, changed, save
    }

    private var list = ListCursor()

    /// Reacts to a key.
    mutating func take(_ key: Key, _ keymap: Keymap, _ settings: inout Settings) -> Outcome {
        list.fit(count: Setting.allCases.count, height: Setting.allCases.count)
        let live = Command.moving + [.left, .right, .open, .mark, .export, .close, .back]
        switch keymap.command(for: key, among: live) {
        case .left?: return step(-1, &settings)
        case .right?, .open?, .mark?: return step(1, &settings)
        case .export?: return .save
        case .close?, .back?: return .closed
        case let command?:
            _ = list.take(command)
            return .open
        case nil:
            return key == .escape ? .closed : .open
        }
    }

    private func step(_ amount: Int, _ settings: inout Settings) -> Outcome {
        settings.step(Setting.allCases[list.selected], by: amount)
        return .changed
    }

    /// Draws the settings in a box over the pane.
    func draw(on canvas: inout Canvas, in rect: Rect, _ context: Context) {
        let problems = Self.problems(context)
        let rows = Setting.allCases.count + 8 + (problems.isEmpty ? 0 : problems.count + 1)
        let box = rect.centered(Size(rows: rows, columns: min(76, rect.columns)))
        canvas.fill(box)
        canvas.box(box, title: "Settings")
        canvas.region(box.inset(rows: 1, columns: 2)) { canvas in
            drawList(on: &canvas, context.configuration.settings)
            let selected = Setting.allCases[min(list.selected, Setting.allCases.count - 1)]
            let row = Setting.allCases.count + 1
            for (line, text) in Wrapping.lines([selected.help], width: canvas.size.columns)
                .prefix(2).enumerated()
            {
                canvas.write(text, row: row + line, .value)
            }
            drawFoot(on: &canvas, row: row + 3, context)
            for (line, text) in problems.enumerated() {
                canvas.write(text, row: row + 5 + line, .warning, width: canvas.size.columns)
            }
        }
    }

    private func drawList(on canvas: inout Canvas, _ settings: Settings) {
        for (row, setting) in Setting.allCases.enumerated() {
            let isSelected = row == list.selected
            if isSelected {
                let line = Rect(row: row, column: 0, rows: 1, columns: canvas.size.columns)
                canvas.fill(line, " ", Style(.selected))
            }
            canvas.write(setting.rawValue, row: row, column: 1, isSelected ? .selected : .label)
            var column = 13
            let width = setting.values.reduce(column) { $0 + $1.count + 2 }
            guard width <= canvas.size.columns else {
                let place = (setting.values.firstIndex(of: settings[setting]) ?? 0) + 1
                let text = "[\(settings[setting])]  \(place) of \(setting.values.count)"
                canvas.write(text, row: row, column: column, isSelected ? .selected : .accent)
                continue
            }
            for value in setting.values {
                let isChosen = settings[setting] == value
                let text = isChosen ? "[\(value)]" : " \(value) "
                let role: Role = isSelected ? .selected : isChosen ? .accent : .dim
                column = canvas.write(text, row: row, column: column, role)
            }
        }
    }

    private func drawFoot(on canvas: inout Canvas, row: Int, _ context: Context) {
        let keymap = context.configuration.keymap
        func key(_ command: Command) -> String {
            keymap.label(for: command, isUnicode: canvas.isUnicode) ?? ""
        }
        canvas.write(
            [
                (key(.left) + " " + key(.right), .hintKey), (" change  ", .hint),
                (key(.export), .hintKey), (" write to the file  ", .hint),
                (key(.close), .hintKey), (" close", .hint),
            ],
            row: row
        )
        let file =
            context.configuration.configurationPath ?? "no folder for a file: HOME is not set"
        canvas.write(file, row: row + 1, .dim, width: canvas.size.columns, cut: .middle)
    }

    /// What is wrong with the file, as far as there is room for it.
    private static func problems(_ context: Context) -> [String] {
        let all = context.configuration.configurationProblems
        let most = 5
        let shown = all.prefix(all.count > most ? most - 1 : most).map(\.description)
        return all.count > most ? shown + ["and \(all.count - shown.count) more"] : shown
    }
}
