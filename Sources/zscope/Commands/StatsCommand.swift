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
            var options = context.readOptions()
            options.onProblem = .report
            let values = try await target.read(selection, context, options)
            let report = try StatsReport(values, array, resolved)
            if try context.format() == .json {
                try context.output.json(report.json)
            } else {
                try report.text(context, title: target.place)
            }
            report.warn(context.messages)
            return values.problems.isEmpty ? .done : .findings
        }
    )
}

extension ArrayNode {
    /// `selection` worked out for this array.
    func resolved(_ selection: Selection) throws(SelectionError) -> ResolvedSelection {
        try selection.resolve(for: metadata)
    }
}

/// Figures over the values of a selection.
private struct StatsReport {
    let values: ArrayValues
    let statistics: Statistics
    let histogram: Histogram
    let fillCount: Int
    /// The least and the greatest value where a `Double` may not hold them: integers of 64 bits.
    private let extremes: (least: JSONValue, most: JSONValue)?

    /// Throws for elements that are no numbers.
    init(_ values: ArrayValues, _ array: ArrayNode, _ selection: ResolvedSelection) throws {
        guard let numbers = values.numbers else {
            throw ToolError("elements of type \(values.dataType.name) are no numbers")
        }
        self.values = values
        let marks = ValueMarks(values, selection, array).marks
        var statistics = Statistics()
        statistics.add(numbers, marks)
        self.statistics = statistics
        extremes = Self.extremes(values, marks)
        var histogram = Histogram(
            lower: statistics.minimum ?? 0,
            upper: statistics.maximum ?? 0,
            parts: 32
        )
        let stored =
            marks.isEmpty
            ? numbers : zip(numbers, marks).filter { $0.1 < .absent }.map(\.0)
        histogram.add(stored)
        self.histogram = histogram
        fillCount = values.count(of: Self.fill(array, selection), where: marks)
    }

    /// The extremes of integers of 64 bits, those of absent and failed chunks left out. O(elements).
    private static func extremes(
        _ values: ArrayValues,
        _ marks: [PlaneMark]
    ) -> (least: JSONValue, most: JSONValue)? {
        guard case .integer(let type) = values.dataType, type.bitCount == 64 else { return nil }
        // With the sign turned over, both kinds are in the order of unsigned numbers.
        let flip: UInt64 = type.isSigned ? 1 << 63 : 0
        var (least, most) = ((UInt64.max, -1), (UInt64.min, -1))
        values.withBytes { bytes in
            for place in 0..<bytes.byteCount / 8 where marks.isEmpty || marks[place] < .absent {
                let offset = 8 * place
                let stored = unsafe bytes.unsafeLoadUnaligned(
                    fromByteOffset: offset,
                    as: UInt64.self
                )
                let rank = UInt64(littleEndian: stored) ^ flip
                if rank <= least.0 { least = (rank, place) }
                if rank >= most.0 { most = (rank, place) }
            }
        }
        guard least.1 >= 0 else { return nil }
        return (values.json(least.1), values.json(most.1))
    }

    /// The bytes of a value that is fill; none for a field of which an element has several.
    private static func fill(_ array: ArrayNode, _ selection: ResolvedSelection) -> [UInt8] {
        let element = array.metadata.fillValue.bytes
        guard let field = selection.field else { return element }
        guard field.shape.isEmpty, field.offset + field.byteCount <= element.count else {
            return []
        }
        return Array(element[field.offset..<(field.offset + field.byteCount)])
    }

    /// Says which chunks the figures leave out.
    func warn(_ messages: Messages) {
        for problem in values.problems.prefix(8) {
            messages.warning("\(problem.key) is \(problem.state.word): \(problem.reason)")
        }
        let left = values.problems.count - 8
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
            "shape": .integers(values.shape),
            "data_type": .string(values.dataType.name),
            "count": .integer(values.count),
            "finite": .integer(statistics.count),
            "nan": .integer(statistics.notANumberCount),
            "infinite": .integer(statistics.infiniteCount),
            "absent": .integer(statistics.absentCount),
            "failed": .integer(statistics.failedCount),
            "failed_chunks": .integer(values.problems.count),
            "fill": .integer(fillCount),
            "min": extremes?.least ?? statistics.minimum.map(json) ?? .null,
            "max": extremes?.most ?? statistics.maximum.map(json) ?? .null,
            "mean": statistics.mean.map { .floating($0) } ?? .null,
            "sd": statistics.standardDeviation.map { .floating($0) } ?? .null,
            "histogram": .array(statistics.count == 0 ? [] : parts),
        ]
    }

    /// A number as JSON: a whole one where elements are integers.
    private func json(_ number: Double) -> JSONValue {
        let isWhole = [.signed, .unsigned].contains(values.dataType.kind)
        return isWhole
            ? Int(exactly: number).map { .integer($0) } ?? .floating(number)
            : .floating(number)
    }

    /// An element of the array as its own type writes it: 0.1, not 0.10000000149011612.
    private func element(_ number: Double) -> String {
        switch values.dataType.name {
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
        table.add([.init("count", .dim), .init(Wording.count(values.count))])
        table.add([.init("finite", .dim), .init(Wording.count(statistics.count))])
        for (name, text) in [
            ("min", extremes?.least.text() ?? statistics.minimum.map(element)),
            ("max", extremes?.most.text() ?? statistics.maximum.map(element)),
            ("mean", statistics.mean.map { "\($0)" }),
            ("sd", statistics.standardDeviation.map { "\($0)" }),
        ] {
            table.add([.init(name, .dim), .init(text ?? "-")])
        }
        for (name, count) in [
            ("NaN", statistics.notANumberCount), ("infinite", statistics.infiniteCount),
            ("absent", statistics.absentCount), ("failed", statistics.failedCount),
            ("fill value", fillCount),
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
