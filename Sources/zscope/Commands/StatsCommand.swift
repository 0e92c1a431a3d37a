import JSONValue
import Raster
import ZarrEngine
import ZarrModel

extension CommandDeclaration {
    static let stats = CommandDeclaration(
        "stats",
        "count, min, max, mean, sd, NaN, fill, histogram",
        operands: [.locator, .selection],
        options: [.json, .format(["text", "json"]), .output] + OptionDeclaration.selecting,
        discussion:
            "'count' is every value of the selection: the finite ones, NaN, infinite, absent"
            + "\n(in chunks that are not stored) and failed (in chunks that do not decode). min, max,"
            + "\nmean, sd and histogram are of the finite ones alone; fill counts what reads as the"
            + "\nfill value, absent or stored. Exit status 1 when some chunks do not decode.",
        examples: [.init("zscope stats data.zarr/temp time=0", "of the first time step")],
        action: .batch { context in
            let selection = try context.selection(1)
            let target = try await Target(context.locator)
            let array = try await target.array()
            let resolved = try array.resolved(selection)
            let figures: SelectionFigures
            do {
                figures = try await SelectionFigures(resolved, of: array, context.readOptions())
            } catch {
                throw target.located(error)
            }
            context.messages.clearProgress()
            let report = StatsReport(figures, shape: resolved.resultShape)
            if try context.format() == .json {
                try context.output.json(report.json)
            } else {
                try report.text(context, title: target.place)
            }
            report.warn(context.messages)
            return figures.failedChunks == 0 ? .done : .findings
        }
    )
}

extension ArrayNode {
    /// `selection` worked out for this array.
    func resolved(_ selection: Selection) throws(SelectionError) -> ResolvedSelection {
        try selection.resolve(for: metadata)
    }
}

/// Figures over the values of a selection, as they are printed.
private struct StatsReport {
    private let figures: SelectionFigures
    private let shape: [Int]
    private let statistics: Statistics
    private let histogram: Histogram
    /// The least and the greatest value exactly, where values are whole numbers, times or truth values.
    private let extremes: (least: [UInt8], most: [UInt8])?

    init(_ figures: SelectionFigures, shape: [Int]) {
        self.figures = figures
        self.shape = shape
        statistics = figures.tally.statistics
        histogram = figures.histogram
        extremes = figures.tally.extremes
    }

    /// Says which chunks the figures leave out.
    func warn(_ messages: Messages) {
        for problem in figures.problems {
            messages.warning("\(problem.key) is \(problem.state.word): \(problem.reason)")
        }
        let left = figures.failedChunks - figures.problems.count
        if left > 0 { messages.warning("\(Wording.count(left, "more chunk")) failed") }
    }

    var json: JSONValue {
        let parts = histogram.counts.indices.map { part -> JSONValue in
            let bounds = histogram.bounds(of: part)
            return [
                "from": .floating(bounds.lowerBound), "to": .floating(bounds.upperBound),
                "count": .integer(histogram.counts[part]),
            ]
        }
        return [
            "shape": .integers(shape),
            "data_type": .string(figures.type.name),
            "count": .integer(statistics.total),
            "finite": .integer(statistics.count),
            "nan": .integer(statistics.notANumberCount),
            "infinite": .integer(statistics.infiniteCount),
            "absent": .integer(statistics.absentCount),
            "failed": .integer(statistics.failedCount),
            "failed_chunks": .integer(figures.failedChunks),
            "fill": .integer(figures.tally.fillCount),
            "min": json(extremes?.least, statistics.minimum),
            "max": json(extremes?.most, statistics.maximum),
            "mean": statistics.mean.map { .floating($0) } ?? .null,
            "sd": statistics.standardDeviation.map { .floating($0) } ?? .null,
            "histogram": .array(statistics.count == 0 ? [] : parts),
        ]
    }

    /// An extreme as JSON: exactly as `read` gives an element where it can be had so.
    private func json(_ element: [UInt8]?, _ number: Double?) -> JSONValue {
        if let element { return ElementText.json(element[...], figures.type) }
        guard let number else { return .null }
        let isWhole = [.signed, .unsigned].contains(figures.type.kind)
        return isWhole
            ? Int(exactly: number).map { .integer($0) } ?? .floating(number) : .floating(number)
    }

    /// An extreme as the array's own type writes it: 0.1, not 0.10000000149011612; times as dates.
    private func text(_ element: [UInt8]?, _ number: Double?) -> String {
        if let element { return ElementText.text(element[...], figures.type) }
        guard let number else { return "-" }
        switch figures.type.name {
        case "float16": return "\(Float16(number))"
        case "float32": return "\(Float(number))"
        case "float64": return "\(number)"
        default: return Int(exactly: number).map { "\($0)" } ?? "\(number)"
        }
    }

    func text(_ context: CommandContext, title: String) throws {
        let ink = context.ink
        try context.output.line(ink(.heading, visible(title)))
        var table = TextTable([("", .left), ("", .right)])
        table.add([.init("count", .dim), .init(Wording.count(statistics.total))])
        table.add([.init("finite", .dim), .init(Wording.count(statistics.count))])
        for (name, text) in [
            ("min", text(extremes?.least, statistics.minimum)),
            ("max", text(extremes?.most, statistics.maximum)),
            ("mean", statistics.mean.map { "\($0)" } ?? "-"),
            ("sd", statistics.standardDeviation.map { "\($0)" } ?? "-"),
        ] {
            table.add([.init(name, .dim), .init(text)])
        }
        for (name, count) in [
            ("NaN", statistics.notANumberCount), ("infinite", statistics.infiniteCount),
            ("absent", statistics.absentCount), ("failed", statistics.failedCount),
            ("fill value", figures.tally.fillCount),
        ] where count > 0 {
            table.add([.init(name, .dim), .init(Wording.count(count), .warning)])
        }
        for line in table.lines(ink, indent: 2) { try context.output.line(line) }
        guard statistics.count > 0, let most = histogram.counts.max(), most > 0 else { return }
        let heights = ink.isUnicode ? Array(" ▁▂▃▄▅▆▇█") : Array(" .:-=+*#")
        let bars = histogram.counts.map { count -> Character in
            count == 0 ? heights[0] : heights[1 + count * (heights.count - 2) / most]
        }
        try context.output.line()
        try context.output.line("  " + String(bars))
    }
}
