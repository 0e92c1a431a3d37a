import Codecs
import JSONValue
import Synchronization
import ZarrEngine
import ZarrModel

extension OptionDeclaration {
    static let valuesFile = Self(
        "from",
        takes: .file("FILE"),
        help: "the values, in NumPy's format or as the JSON of 'read'; '-' is standard input"
    )
    static let rawValues = Self(
        "raw",
        help: "FILE is nothing but bytes, as 'read --format raw' prints them"
    )
    static let value = Self(
        "value",
        takes: .text("V"),
        help: "one value for every place, in the form of a v3 fill value; text for |S"
    )
    static let storesFill = Self(
        "store-fill",
        help: "store chunks that hold nothing but the fill value, too"
    )
    static let replacesCorrupt = Self(
        "replace-corrupt",
        help: "a chunk that does not decode counts as fill where a part of it is written"
    )
}

extension CommandDeclaration {
    static let write = CommandDeclaration(
        "write",
        "values into an array",
        operands: [.locator, .init("SELECTION", isOptional: true, shownAs: "SELECTION")],
        options: [
            .valuesFile, .rawValues, .value, .storesFill, .replacesCorrupt, .changesNothing,
            .json, .format(["text", "json"]),
        ] + OptionDeclaration.selecting,
        discussion:
            "SELECTION is as for 'read', '...' is everything; or --points, --mask or --blocks"
            + "\nstand for it. Chunks that are new in full are not read; of others the rest stays,"
            + "\nand a chunk that fails is as it was. Chunks of nothing but fill are not stored.",
        examples: [
            .init("zscope write data.zarr/temp '[0, :, :]' --from day.npy", "one day"),
            .init("zscope write data.zarr/temp time=5 --value NaN", "a day without values"),
            .init(
                "zscope read data.zarr/names -o names.json && zscope write copy.zarr/names ..."
                    + " --from names.json",
                "texts, objects and every other type, there and back"
            ),
            .init(
                "zscope write data.zarr/bf16 ... --from values.bin --raw",
                "types that NumPy does not know"
            ),
        ],
        action: .batch { context in try await Writing(context).perform() }
    )

    static let append = CommandDeclaration(
        "append",
        "values behind those of an array, which grows",
        operands: [.locator],
        options: [
            .valuesFile, .rawValues,
            OptionDeclaration(
                "axis",
                takes: .text("DIM"),
                help: "the dimension that grows, by name or number from 0 (the first)"
            ),
            .storesFill, .replacesCorrupt, .changesNothing, .json, .format(["text", "json"]),
        ],
        discussion: "The values are written first and the new shape after them, so that no reader"
            + "\nsees a gap. They are as long as the array along every other dimension.",
        examples: [.init("zscope append data.zarr/temp --from day.npy", "one more day")],
        action: .batch { context in try await Writing(context, [.valuesFile]).append() }
    )
}

/// One write from the command line.
private struct Writing {
    let context: CommandContext
    let target: Target
    let array: ArrayNode
    private let tally = Tally()

    init(
        _ context: CommandContext,
        _ sources: [OptionDeclaration] = [.valuesFile, .value]
    ) async throws {
        guard sources.count(where: context.arguments.has) == 1 else {
            let names = sources.map { "--" + $0.name }.joined(separator: " and ")
            throw UsageError("name the values with \(sources.count > 1 ? "one of " : "")\(names)")
        }
        guard !context.arguments.has(.rawValues) || context.arguments.has(.valuesFile) else {
            throw UsageError("--raw says how the file of --from is read")
        }
        self.context = context
        target = try await Target(context.locator)
        array = try await target.array()
    }

    private var options: WriteOptions {
        let messages = context.messages
        let tally = tally
        return WriteOptions(
            storesFill: context.arguments.has(.storesFill),
            replacesCorrupt: context.arguments.has(.replacesCorrupt)
        ) { done, total in
            tally.reach(done)
            messages.progress("\(Wording.count(done)) of \(Wording.count(total)) chunks written")
        }
    }

    func perform() async throws -> ExitStatus {
        let others = [OptionDeclaration.points, .mask, .blocks]
        guard context.arguments.operand(1) != nil || others.contains(where: context.arguments.has)
        else { throw UsageError("say where: SELECTION, '...' for everything", command: "write") }
        let selection = try context.selection(1)
        do {
            let resolved = try selection.resolve(for: array.metadata)
            let type = resolved.field?.type ?? array.metadata.dataType
            let values: NewValues
            if let text = context.arguments.value(.value) {
                let one = try ValueWord.bytes(text, type, what: "--value")
                values = type.isVariableLength ? .repeatedVariable(one) : .repeated(one)
            } else if context.arguments.has(.rawValues) {
                values = try RawInput.values(
                    context.arguments.value(.valuesFile) ?? "-",
                    count: resolved.elementCount ?? .max,
                    of: type
                )
            } else {
                let file = try ValuesInput(context.arguments.value(.valuesFile) ?? "-")
                values = try file.values(as: type, resolved.resultShape)
            }
            let isDryRun = context.arguments.has(.changesNothing)
            let touched = try array.chunkCount(touching: resolved)
            defer { context.messages.clearProgress() }
            let outcome =
                isDryRun ? WriteOutcome() : try await array.write(values, to: resolved, options)
            try report(outcome, elements: resolved.elementCount ?? 0, touched, isDryRun)
            return .done
        } catch {
            throw stopped(error)
        }
    }

    /// `error` with its place; of one that was interrupted, how far it came is told.
    private func stopped(_ error: any Error) -> any Error {
        let failure = target.located(error)
        let status = (failure as? ToolError)?.status
        if status == .interrupted || error is CancellationError {
            context.messages.note("\(Wording.count(tally.most, "chunk")) written before it stopped")
        }
        guard (error as? EngineError)?.cause is CodecError,
            !context.arguments.has(.replacesCorrupt),
            let told = failure as? ToolError
        else { return failure }
        let remedy = "--replace-corrupt counts what does not decode as fill"
        return ToolError(told.message, remedy: remedy)
    }

    func append() async throws -> ExitStatus {
        do {
            let axis = try self.axis()
            let (values, count) =
                context.arguments.has(.rawValues) ? try rawEnd(axis) : try end(axis)
            var shape = array.metadata.shape
            shape[axis] = count
            let elements = shape.reduce(1, *)
            let plan = try await target.hierarchy.appendPlan(
                count: count,
                along: axis,
                at: target.path
            )
            guard !context.arguments.has(.changesNothing) else {
                try report(WriteOutcome(), elements: elements, plan.chunkCount, true)
                return .done
            }
            defer { context.messages.clearProgress() }
            let outcome = try await target.hierarchy.append(values, plan, options)
            try report(outcome, elements: elements, plan.chunkCount, false)
            try await context.warnOfCopies(target)
            return .done
        } catch {
            throw stopped(error)
        }
    }

    /// The values of a file that says how long it is, and how many places along `axis` they take.
    private func end(_ axis: Int) throws -> (NewValues, Int) {
        let file = try ValuesInput(context.arguments.value(.valuesFile) ?? "-")
        var expected = array.metadata.shape
        let shape = try file.shape(growing: axis, of: expected)
        guard shape.count == expected.count else {
            throw ToolError("\(file.name) has the shape \(shape), the array \(expected)")
        }
        expected[axis] = shape[axis]
        guard shape == expected else {
            throw ToolError("\(file.name) has the shape \(shape), the array takes \(expected)")
        }
        return (try file.values(as: array.metadata.dataType, shape), shape[axis])
    }

    /// The values of a file of nothing but bytes: as many places along `axis` as it has bytes for.
    private func rawEnd(_ axis: Int) throws -> (NewValues, Int) {
        let path = context.arguments.value(.valuesFile) ?? "-"
        let type = array.metadata.dataType
        var shape = array.metadata.shape
        shape[axis] = 1
        guard let bytes = try InputFile(path).size else {
            throw ToolError(
                "\(InputFile.name(path)) does not say how long it is",
                remedy: "with --raw, name a file"
            )
        }
        guard let size = type.byteCount, let each = (shape + [size]).checkedProduct(), each > 0
        else {
            throw ToolError("\(target.place): no file of bytes says how far it would grow")
        }
        let (count, rest) = bytes.quotientAndRemainder(dividingBy: each)
        guard rest == 0, let elements = ([count] + shape).checkedProduct() else {
            throw ToolError(
                "\(path) has \(Wording.count(bytes, "byte")), no multiple of the"
                    + " \(Wording.count(each)) of one place"
            )
        }
        return (try RawInput.values(path, count: elements, of: type), count)
    }

    private func axis() throws -> Int {
        let option = OptionDeclaration("axis", takes: .text("DIM"), help: "")
        guard let word = context.arguments.value(option) else {
            guard array.metadata.rank > 0 else {
                throw ToolError("an array without dimensions does not grow")
            }
            return 0
        }
        return try DimensionWord.position(word, array.metadata)
    }

    private func report(
        _ outcome: WriteOutcome,
        elements: Int,
        _ touched: Int,
        _ isDryRun: Bool
    ) throws {
        if try context.format() == .json {
            try context.output.json([
                "path": .string(target.path.description),
                "elements": .integer(elements),
                "chunks": .integer(touched),
                "written": .integer(outcome.writtenChunks),
                "empty": .integer(outcome.emptyChunks),
                "bytes": .integer(outcome.storedBytes),
                "dry_run": .bool(isDryRun),
            ])
            return
        }
        if isDryRun {
            let chunks = Wording.count(touched, "chunk")
            try context.output.line(
                "would write \(Wording.count(elements, "element")) in \(chunks)"
            )
            return
        }
        var line = "\(Wording.count(outcome.writtenChunks, "chunk")) written"
        line += " (\(Wording.bytes(outcome.storedBytes)))"
        if outcome.emptyChunks > 0 {
            line += ", \(Wording.count(outcome.emptyChunks)) of nothing but fill"
        }
        try context.output.line(line)
    }
}

/// How many chunks are done.
private final class Tally: Sendable {
    private let count = Atomic<Int>(0)

    var most: Int { count.load(ordering: .relaxed) }

    func reach(_ done: Int) {
        count.max(done, ordering: .relaxed)
    }
}

/// A dimension as a word of the command line.
enum DimensionWord {
    /// Its position: by name, else by number.
    static func position(_ word: String, _ metadata: ArrayMetadata) throws -> Int {
        let named = (metadata.dimensionNames ?? []).indices.filter {
            metadata.dimensionNames?[$0]?.utf8.elementsEqual(word.utf8) == true
        }
        if named.count == 1 { return named[0] }
        guard let number = Int(word), (0..<metadata.rank).contains(number) else {
            throw ToolError("there is no dimension '\(word)' among \(metadata.rank)")
        }
        return number
    }
}
