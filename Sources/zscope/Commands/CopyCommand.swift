import Storage
import ZarrEngine
import ZarrModel

extension OptionDeclaration {
    fileprivate static let copiedFormat = Self(
        "zarr",
        takes: .choice("", ["2", "3"]),
        help: "the version of the format; without it that of the source"
    )
    fileprivate static let copiedChunks = Self(
        "chunks",
        takes: .text("N,…"),
        help: "the shape of a chunk; of one inside, where there are shards; lengths one by one in a"
            + " list: '[10,10,20],5'"
    )
    fileprivate static let copiedShards = Self(
        "shards",
        takes: .text("N,…"),
        help: "the shape of a shard, or 'none' for none"
    )
    fileprivate static let copiedCodecs = Self(
        "codecs",
        takes: .text("C,…"),
        help: "how chunks are stored: zstd, zstd:level=3, blosc:lz4, none, or JSON"
    )
    fileprivate static let verifyCopy = Self(
        "verify",
        help: "read the copy back and compare every value with the source"
    )
    fileprivate static let storeFill = Self(
        "store-fill",
        help: "store chunks that are absent in the source, or nothing but fill, all the same"
    )
    fileprivate static let allowMissing = Self(
        "allow-missing",
        help: "finish an array although chunks of the source cannot be read; they read as fill then"
    )
}

extension CommandDeclaration {
    static let copy = CommandDeclaration(
        "copy",
        "between backends and formats; chunks, shards and codecs may change",
        operands: [Operand("SRC"), Operand("DST")],
        options: [
            .copiedFormat, .copiedChunks, .copiedShards, .bounded, .copiedCodecs, .verifyCopy,
            .storeFill,
            .allowMissing, .json, .format(["text", "json"]),
        ],
        discussion:
            "An array, or a group with everything below it. Chunks whose grid and codecs stay the"
            + "\nsame are copied as they are stored. What is absent in the source stays absent. A chunk"
            + "\nthat cannot be read is told, and its array gets no document: it is no array until a"
            + "\nlater run finishes it. A copy that was stopped goes on when it is started again."
            + "\nExit status 1 when something of the source could not be copied, or differs.",
        examples: [
            .init("zscope copy data.zarr backup.zarr --verify", "everything, compared"),
            .init(
                "zscope copy v2.zarr/temp new.zarr --zarr 3 --shards 64,512,512 --codecs zstd",
                "one array, into shards of Zarr v3"
            ),
        ],
        action: .batch { context in try await Copying(context).perform() }
    )
}

/// One copy from the command line.
private struct Copying {
    let context: CommandContext
    let source: Target
    let options: CopyOptions

    init(_ context: CommandContext) async throws {
        self.context = context
        let arguments = context.arguments
        var options = CopyOptions(
            version: arguments.value(.copiedFormat) == "2"
                ? .v2 : arguments.has(.copiedFormat) ? .v3 : nil,
            storesFill: arguments.has(.storeFill),
            verifies: arguments.has(.verifyCopy),
            allowsMissing: arguments.has(.allowMissing)
        )
        try Self.setChunks(of: &options, arguments)
        options.codecs = arguments.value(.copiedCodecs).map(Self.codecs)
        source = try await Target(context.locator)
        let messages = context.messages
        options.onProgress = { done, total in
            messages.progress("\(Wording.count(done)) of \(Wording.count(total)) chunks copied")
        }
        self.options = options
    }

    private static func setChunks(
        of options: inout CopyOptions,
        _ arguments: Arguments
    ) throws(UsageError) {
        if let text = arguments.value(.copiedChunks) {
            options.chunks = try GridWords.lengths(text, "--chunks")
        }
        if let text = arguments.value(.copiedShards) {
            options.shards =
                text == "none" ? .none : .lengths(try GridWords.lengths(text, "--shards"))
        }
        guard arguments.has(.bounded) else { return }
        // What is bounded is what is stored: shards, where they are asked for.
        if case .lengths(var shards) = options.shards {
            shards.isBounded = true
            options.shards = .lengths(shards)
        } else if options.chunks != nil {
            options.chunks?.isBounded = true
        } else {
            throw UsageError("--bounded goes with --chunks or --shards", command: "copy")
        }
    }

    /// The codecs that `text` names, for any array.
    private static func codecs(_ text: String) -> CopyOptions.Codecs {
        { array throws(EngineError) in
            do {
                let (version, type) = (array.version, array.dataType)
                return try CodecWords(version, type, .little, rank: array.shape.count).chain(text)
            } catch {
                let message = (error as? UsageError)?.message ?? "\(error)"
                throw EngineError(.refused, at: "", message)
            }
        }
    }

    func perform() async throws -> ExitStatus {
        // What cannot be made is told before there is a place for it.
        if try await source.node().array != nil {
            _ = try await plan(to: try await Target(creating: "memory:"))
        }
        let name = context.arguments.operand(1) ?? ""
        guard !PlaceIdentity(name).isInside(PlaceIdentity(context.locator)) else {
            throw ToolError(
                "\(name) lies inside \(source.place): a copy would be a part of what it copies",
                remedy: "name a place outside of it"
            )
        }
        let destination = try await Target(creating: name)
        let plan = try await plan(to: destination)
        for array in plan.arrays {
            for note in array.notes {
                context.messages.note("\(array.source.path): \(note.location): \(note.message)")
            }
        }
        for problem in plan.problems { context.messages.warning("\(problem)") }
        let outcome: CopyOutcome
        do throws(EngineError) {
            outcome = try await source.hierarchy.copy(plan, to: destination.hierarchy, options)
        } catch {
            // A place that cannot be written says itself what helps.
            guard error.code == .refused, (error.cause as? StorageError)?.code ?? .exists == .exists
            else { throw destination.located(error) }
            throw await Self.refusal(error, destination)
        }
        context.messages.clearProgress()
        let report = CopyReport(
            plan: plan,
            outcome: outcome,
            source: source.place,
            destination: destination.place,
            isVerified: options.verifies
        )
        try report.print(context)
        try await context.warnOfCopies(destination, named: name, butOwn: true)
        return report.status
    }

    private func plan(to destination: Target) async throws -> CopyPlan {
        do throws(EngineError) {
            return try await source.hierarchy.copyPlan(
                of: source.path,
                to: destination.hierarchy,
                at: destination.path,
                options
            )
        } catch {
            guard error.code == .unsupported, options.version != nil, options.codecs == nil else {
                throw error
            }
            throw ToolError(
                "\(source.place): \(error.message)",
                remedy: "--codecs zstd, or others, encodes the chunks anew"
            )
        }
    }

    /// Why nothing was written, and what a person can do about it.
    private static func refusal(_ error: EngineError, _ destination: Target) async -> ToolError {
        let place = NodePath(error.location) ?? destination.path
        let above = place == destination.path ? nil : await destination.hierarchy.node(at: place)
        let version = above?.group?.metadata?.version
        return ToolError(
            "\(destination.name(of: place)): \(error.message)",
            remedy: version.map { "--zarr \($0.rawValue) makes a copy that is" }
                ?? "name a place where nothing is"
        )
    }
}
