import Canvas
import Raster
import ZarrEngine
import ZarrModel

extension CommandDeclaration {
    static let show = CommandDeclaration(
        "show",
        "a slice as an image, plot or table, in the terminal",
        operands: [.locator, .selection],
        options: [.output] + OptionDeclaration.selecting,
        discussion:
            "Two dimensions make an image, one a plot, texts a table. Of more dimensions the"
            + "\nfirst plane is shown. FILE ends in .png.",
        examples: [.init("zscope show data.zarr/temp time=0,level=2", "one level as an image")],
        action: .batch { context in
            if let path = context.arguments.value(.output), path != "-", !path.hasSuffix(".png") {
                throw UsageError("an image is written to FILE.png, not to '\(path)'")
            }
            let selection = try context.selection(1)
            let target = try await Target(context.locator)
            let array = try await target.array()
            let resolved = FirstPlane.of(try array.resolved(selection))
            let values: ArrayValues
            do {
                values = try await array.read(resolved, ReadOptions(onProblem: .report))
            } catch {
                throw target.located(error)
            }
            let marks = ValueMarks(values, resolved, array)
            let report = ShowReport(context: context, values: values, marks: marks.marks)
            try report.print(title: target.place + FirstPlane.words(resolved))
            for problem in values.problems.prefix(5) {
                context.messages.warning("\(problem.key): \(problem.reason)")
            }
            return values.problems.isEmpty ? .done : .findings
        }
    )
}

/// The part of a selection that a screen can show.
private enum FirstPlane {
    /// `selection` with all but the last two dimensions that it keeps at their first position.
    static func of(_ selection: ResolvedSelection) -> ResolvedSelection {
        guard case .axes = selection.form else { return selection }
        var left = selection.axes.count { !$0.isDropped } - 2
        let axes = selection.axes.map { axis in
            guard left > 0, !axis.isDropped else { return axis }
            left -= 1
            return axis.prefix(1, isDropped: axis.count > 0)
        }
        return ResolvedSelection(axes: axes, field: selection.field)
    }

    /// The positions that are fixed: `[0, 5, :, :]`.
    static func words(_ selection: ResolvedSelection) -> String {
        guard selection.axes.contains(where: \.isDropped) else { return "" }
        let parts = selection.axes.map { $0.isDropped ? "\($0.start)" : ":" }
        return "  [" + parts.joined(separator: ", ") + "]"
    }
}

/// A slice in the terminal.
private struct ShowReport {
    let context: CommandContext
    let values: ArrayValues
    let marks: [PlaneMark]

    private var isPicture: Bool {
        context.arguments.value(.output)?.hasSuffix(".png") == true
    }

    func print(title: String) throws {
        let ink = context.ink
        guard let numbers = values.numbers, values.count > 0, values.shape.count <= 2 else {
            guard !isPicture else { throw ToolError("there are no numbers to make an image of") }
            try context.output.line(ink(.heading, visible(title)))
            try ValuesReport(values: values, output: context.output).text(isUnicode: ink.isUnicode)
            return
        }
        let rows = values.shape.count == 2 ? values.shape[0] : 1
        let plane = Plane(
            rows: rows,
            columns: values.count / max(1, rows),
            values: numbers,
            marks: marks
        )
        if isPicture {
            let reduced = Reduction(plane, rows: 2048, columns: 2048).plane(.mean)
            let pixels = Pixels(reduced, Normalization(reduced), .cividis, scale: 2)
            try context.output.write(PNG.encode(pixels))
            return
        }
        try context.output.line(ink(.heading, visible(title)))
        if values.shape.count == 2, rows > 1 { try image(plane) } else { try plot(plane) }
        try summary(plane)
    }

    private func image(_ plane: Plane) throws {
        let width = Environment.outputColumns - 2
        let hasHalves = context.ink.isColored && context.ink.isUnicode
        // A cell is about twice as high as it is wide.
        let columns = min(width, hasHalves ? plane.columns : 2 * plane.columns)
        let share = Double(columns) / Double(max(1, plane.columns)) * (hasHalves ? 1 : 0.5)
        let rows = max(1, min(hasHalves ? 88 : 44, Int((Double(plane.rows) * share).rounded())))
        let reduced = Reduction(plane, rows: rows, columns: columns).plane(.mean)
        let bounds = Normalization(plane)
        let style =
            context.ink.isColored
            ? ImageStyle(bounds, colors: Palette.cividis.levels(), isUnicode: context.ink.isUnicode)
            : ImageStyle(bounds, ramp: context.ink.isUnicode ? ImageStyle.shades : ImageStyle.signs)
        let cells = ImageCells(reduced, style)
        for row in 0..<cells.rows {
            var line = "  "
            for column in 0..<cells.columns {
                guard let cell = cells[row, column] else { continue }
                line += context.ink.tinted(cell)
            }
            try context.output.line(line)
        }
    }

    private func plot(_ plane: Plane) throws {
        let statistics = Statistics(plane)
        let lower = statistics.minimum ?? 0
        let upper = statistics.maximum ?? 1
        var plot = LinePlot(rows: 12, columns: min(Environment.outputColumns - 16, 400))
        plot.draw(plane, row: 0, lower: lower, upper: upper)
        let labels = [Self.short(upper), Self.short(lower)]
        let margin = labels.map(\.count).max() ?? 0
        let lines = plot.lines(isUnicode: context.ink.isUnicode)
        for (row, line) in lines.enumerated() {
            let label = row == 0 ? labels[0] : row == lines.count - 1 ? labels[1] : ""
            let blanks = String(repeating: " ", count: margin - label.count)
            let edge = context.ink.glyph("│", "|")
            try context.output.line("  " + context.ink(.dim, blanks + label + " " + edge) + line)
        }
    }

    private func summary(_ plane: Plane) throws {
        let statistics = Statistics(plane)
        var parts = ["\(Wording.extents(values.shape, context.ink)) \(values.dataType.name)"]
        if let low = statistics.minimum, let high = statistics.maximum, let mean = statistics.mean {
            parts.append("\(Self.short(low)) to \(Self.short(high)), mean \(Self.short(mean))")
        }
        for (word, sign, count) in [
            ("NaN", "~", statistics.notANumberCount), ("absent", "o", statistics.absentCount),
            ("failed", "X", statistics.failedCount),
        ] where count > 0 {
            parts.append("\(sign) \(Wording.count(count)) \(word)")
        }
        try context.output.line("  " + context.ink(.dim, parts.joined(separator: "   ")))
    }

    private static func short(_ number: Double) -> String {
        let size = abs(number)
        if number == 0 { return "0" }
        if size >= 0.01, size < 1e6 { return Wording.decimal(number, size >= 100 ? 1 : 3) }
        return "\(number)"
    }
}

extension Ink {
    /// A cell of an image in its colours.
    fileprivate func tinted(_ cell: ImageCell) -> String {
        let glyph = cell.mark.sign == nil || isUnicode || cell.glyph.isASCII ? cell.glyph : "?"
        guard isColored else { return String(glyph) }
        var codes: [String] = []
        if let color = cell.foreground {
            codes.append("38;2;\(color.red);\(color.green);\(color.blue)")
        }
        if let color = cell.background {
            codes.append("48;2;\(color.red);\(color.green);\(color.blue)")
        }
        guard !codes.isEmpty else { return String(glyph) }
        return "\u{1b}[\(codes.joined(separator: ";"))m\(glyph)\u{1b}[0m"
    }
}
