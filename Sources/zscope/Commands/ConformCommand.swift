import JSONValue
import Storage
import StorageTesting
import ZarrModel

extension OptionDeclaration {
    fileprivate static let yesWrite = Self(
        "yes",
        short: "y",
        help: "run the laws of a store also in a place that is not empty"
    )
}

extension CommandDeclaration {
    static let conform = CommandDeclaration(
        "conform",
        "runs the laws of the contract against a backend",
        operands: [Operand("LOCATOR|ID")],
        options: [.yesWrite, .json, .format(["text", "json"]), .output],
        discussion: "With an ID, every law of that backend, in places of its own under a temporary"
            + "\nfolder. With a LOCATOR, the laws of a store against that very storage: what they"
            + "\nwrite lies under unused names (.zscope-scratch-...) and is removed. In a place that holds"
            + "\nsomething already they run only with --yes. Exit status 1 when a law is broken."
            + "\nA backend of your own is one file and one line: docs/ADDING.md has both.",
        examples: [.init("zscope conform memory", "whether the memory backend keeps its promises")],
        action: .batch { context in
            let conformance = Conformance(Composition.opener)
            let report: ConformanceReport
            if Composition.backends.isRegistered(context.locator) {
                let scratch = try ScratchFolder()
                defer { scratch.remove() }
                report = try await conformance.run(backend: context.locator, scratch: scratch.path)
            } else {
                if !context.arguments.has(.yesWrite) { try await refuseIfUsed(context.locator) }
                do throws(StorageError) {
                    report = try await conformance.run(locator: context.locator)
                } catch {
                    let told = ToolError(reporting: error)
                    throw ToolError(
                        "\(context.locator): \(told.message)",
                        remedy: told.remedy,
                        status: told.status
                    )
                }
            }
            // Laws that were stopped are neither kept nor broken.
            try Task.checkCancellation()
            if try context.format() == .json {
                try context.output.json(json(report))
            } else {
                try text(report, context)
            }
            return report.failed > 0 ? .findings : .done
        }
    )

    /// The laws write: where something is already, a person has to say so.
    private static func refuseIfUsed(_ locator: String) async throws {
        let storage = try await Composition.opener.open(locator).storage
        guard case .store(let store) = storage, store.capabilities.contains(.write),
            let listing = try? await store.list(.root, .keysOnly)
        else { return }
        while let page = try? await listing.next() {
            guard page.count > 0 else { continue }
            throw ToolError(
                "\(locator) is not empty, and the laws write into it: names that are unused, "
                    + "removed at the end",
                remedy: "--yes goes ahead; or name an empty place"
            )
        }
    }

    private static func json(_ report: ConformanceReport) -> JSONValue {
        let laws = report.results.map { result -> JSONValue in
            switch result.outcome {
            case .passed:
                ["law": .string(result.law), "passed": true, "message": ""]
            case .failed(let message):
                ["law": .string(result.law), "passed": false, "message": .string(message)]
            case .skipped(let reason):
                ["law": .string(result.law), "passed": .null, "message": .string(reason)]
            }
        }
        return [
            "backend": .string(report.backend),
            "laws": .array(laws),
            "passed": .integer(report.passed),
            "failed": .integer(report.failed),
            "skipped": .integer(report.skipped),
        ]
    }

    private static func text(_ report: ConformanceReport, _ context: CommandContext) throws {
        let ink = context.ink
        var table = TextTable(columns: 3)
        for result in report.results {
            switch result.outcome {
            case .passed:
                table.add([.init(ink.glyph("✔", "+"), .good), .init(result.law)])
            case .failed(let message):
                table.add([
                    .init(ink.glyph("✖", "x"), .error), .init(result.law, .error),
                    .init(message),
                ])
            case .skipped(let reason):
                table.add([.init("-", .dim), .init(result.law, .dim), .init(reason, .dim)])
            }
        }
        for line in table.lines(ink) { try context.output.line(line) }
        try context.output.line()
        let counts = "\(report.passed) passed, \(report.failed) failed, \(report.skipped) skipped"
        try context.output.line(ink(report.failed > 0 ? .error : .good, counts))
    }
}
