import Explorer
import Raster
import ZarrEngine
import ZarrModel

extension OptionDeclaration {
    static let showAs = Self(
        "as",
        takes: .choice("HOW", ["image", "plot", "histogram", "table"]),
        help: "image, plot, histogram or table, in place of what suits the slice"
    )
    static let range = Self(
        "range",
        takes: .text("RANGE"),
        help: "of colours: '-5 30', '2% 98%', 'log', 'log 1 9', 'around 0'; else all numbers"
    )
    static let palette = Self(
        "palette",
        takes: .choice("NAME", Palette.all.map(\.name)),
        help: "of an image: \(Palette.all.map(\.name).joined(separator: ", "))"
    )
}

extension CommandDeclaration {
    static let show = CommandDeclaration(
        "show",
        "a slice as an image, plot or table, in the terminal",
        operands: [.locator, .selection],
        options: [.showAs, .range, .palette, .decoded, .output] + OptionDeclaration.selecting,
        discussion:
            "Two dimensions make an image, one a plot, texts a table. Of more dimensions the"
            + "\nfirst plane is shown. FILE ends in .png or .svg: one pixel for each element."
            + "\nWhat is larger than the screen is made smaller: a pixel shows the value that is"
            + "\nfarthest from the mean of all, and a missing or damaged chunk always shows."
            + "\nWith --decoded, --range is of what is meant, and times make a table.",
        examples: [
            .init("zscope show data.zarr/temp time=0,level=2", "one level as an image"),
            .init("zscope show data.zarr/temp 0,2,10 --as plot", "one row as a line"),
            .init("zscope show data.zarr/temp 0,2 --range 'around 0' -o temp.png", "in a file"),
            .init("zscope show data.zarr/temp 0,2 --decoded", "in the unit that is meant"),
        ],
        action: .batch { context in
            try await ShowReport(context).print()
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

/// A slice in the terminal or in a file.
private struct ShowReport {
    private let context: CommandContext
    private let range: ColorRange
    private let target: Target
    private let array: ArrayNode
    private let selection: ResolvedSelection
    /// `nil` for values as they are stored.
    private let meaning: ValueMeaning?

    init(_ context: CommandContext) async throws {
        if let path = context.arguments.value(.output), path != "-", !path.hasSuffix(".png"),
            !path.hasSuffix(".svg")
        {
            let reading = context.arguments.has(.decoded) ? "read --decoded" : "read"
            throw UsageError(
                "an image is written to FILE.png or FILE.svg, not to '\(path)'; values are written by"
                    + " zscope \(reading) --format csv or npy"
            )
        }
        let typed = context.arguments.value(.range) ?? "auto"
        guard let range = ColorRange(typed: typed) else {
            throw UsageError("--range is one of: \(ColorRange.help); not '\(typed)'")
        }
        self.context = context
        self.range = range
        let selection = try context.selection(1)
        target = try await Target(context.locator)
        array = try await target.array()
        self.selection = FirstPlane.of(try array.resolved(selection))
        meaning = try await target.meaning(context)
    }

    private var file: String? {
        context.arguments.value(.output).flatMap { $0 == "-" ? nil : $0 }
    }

    func print() async throws -> ExitStatus {
        let wanted = context.arguments.value(.showAs)
        let isCountable = Plane.numbers(of: [], selection.field?.type ?? array.metadata.dataType)
        let shape = selection.resultShape
        let isEmpty = shape.contains(0)
        let isTable = wanted == nil ? meaning?.time != nil && file == nil : wanted == "table"
        do {
            if !isTable, isCountable != nil, !isEmpty, shape.count <= 2 {
                return try finish(try await picture(wanted))
            }
            guard file == nil, wanted == nil || wanted == "table" else {
                throw ToolError("there are no numbers to make an image of")
            }
            return try finish(try await table())
        } catch {
            throw target.located(error)
        }
    }

    private func finish(_ problems: [String]) throws -> ExitStatus {
        for problem in problems.prefix(5) { context.messages.warning(problem) }
        return problems.isEmpty ? .done : .findings
    }

    private var title: String {
        context.ink(.heading, visible(target.place + FirstPlane.words(selection))) + decodedWords
    }

    /// What was done to the values, in a few words.
    private var decodedWords: String {
        guard let meaning, !meaning.isPlain else { return "" }
        let words = meaning.decoding?.words ?? ""
        return context.ink(.dim, "  decoded\(words.isEmpty ? "" : ": \(words)")")
    }

    private func table() async throws -> [String] {
        let values = try await array.read(selection, ReadOptions(onProblem: .report))
        try context.output.line(title)
        try ValuesReport(values: values, output: context.output)
            .text(meaning)
        return values.problems.map { "\($0.key): \($0.reason)" }
    }

    private func picture(_ wanted: String?) async throws -> [String] {
        let isFile = file != nil
        let shape = selection.resultShape
        let isLine = shape.count < 2 || shape[0] == 1
        let how = wanted ?? (isLine && !isFile ? "plot" : "image")
        guard how != "plot" || isLine else {
            throw ToolError(
                "a plot is of one dimension, and this slice has two",
                remedy: "select one row: zscope show … 0,2,10"
            )
        }
        let room = isFile ? (2048, 2048) : ShowPicture.room(how, shape, context.ink)
        let reading = SliceReading(selection, array, isDecoded: meaning?.decoding != nil)
        let values = try await reading.values(rows: room.0, columns: room.1)
        let picture = ShowPicture(
            context: context,
            values: values,
            shape: shape,
            type: (selection.field?.type ?? array.metadata.dataType).name,
            range: range
        )
        guard let file else {
            try context.output.line(title)
            try picture.print(how)
            return values.problems
        }
        try context.output.write(file.hasSuffix(".svg") ? picture.svg : picture.png)
        return values.problems
    }
}
