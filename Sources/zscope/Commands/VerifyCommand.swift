import JSONValue
import ZarrEngine
import ZarrModel

extension OptionDeclaration {
    static let part = Self(
        "part",
        takes: .text("I/N"),
        help: "share I (from 1) of N of the chunks, for many machines; --merge adds the reports up"
    )
    static let resume = Self(
        "resume",
        takes: .file("FILE"),
        help: "go on where FILE says an earlier run stopped, and keep FILE up to date"
    )
    fileprivate static let merge = Self(
        "merge",
        help:
            "add the JSON reports of all shares up to one; the operands are files, '-' is standard input"
    )
}

extension CommandDeclaration {
    static let verify = CommandDeclaration(
        "verify",
        "decodes every chunk, checks every checksum; findings",
        operands: [
            Operand("LOCATOR", isOptional: true),
            Operand("REPORT", isOptional: true, isRepeatable: true),
        ],
        options: [
            .part, .resume, .merge, .json, .ndjson, .format(["text", "json", "ndjson"]), .output,
        ],
        discussion: "Of a group every array below it is verified, one after the other."
            + "\nA chunk that the storage does not hand over is unreadable, never missing."
            + "\nThe inner chunks of a shard are decoded one by one, and a finding names the one"
            + "\nthat is broken. Findings are printed as they are made; NDJSON ends with the counts."
            + "\nWhere no codec keeps a checksum only length and decoding are checked, so that a changed byte"
            + "\nmay pass: the report says so. Exit status 1 when there are findings.",
        examples: [
            .init("zscope verify data.zarr/temp --json", "what is torn or corrupt"),
            .init("zscope verify data.zarr", "every array of a store"),
            .init("zscope verify data.zarr --resume verify.state", "every array, and go on later"),
            .init("zscope verify data.zarr/temp --part 1/4 -o 1.json --json", "a quarter of it"),
            .init("zscope verify --merge 1.json 2.json 3.json 4.json", "the four together"),
        ],
        action: .batch { context in
            if context.arguments.has(.merge) {
                if let other = [OptionDeclaration.part, .resume].first(where: context.arguments.has)
                {
                    throw UsageError("--merge adds reports up; it does not go with --\(other.name)")
                }
                guard !context.arguments.operands.isEmpty else {
                    throw UsageError("--merge needs the files of the reports")
                }
                return try VerifyMerge(context).print()
            }
            guard context.arguments.operand(0) != nil else {
                throw UsageError("'verify' needs LOCATOR")
            }
            if let extra = context.arguments.operand(1) {
                throw UsageError("'verify' takes reports ('\(extra)') only with --merge")
            }
            let target = try await Target(context.locator)
            if let reason = target.reasonNoValues { throw ToolError(reason) }
            guard let array = try await target.node().array else {
                return try await VerifyGroup(context, target).perform()
            }
            let run = try VerifyRun(context, array, target.place)
            do {
                return try await run.perform(run.begin()).hasFindings ? .findings : .done
            } catch {
                throw target.located(error)
            }
        }
    )
}

extension VerifyPart {
    /// Reads `1/4`; `nil` where that is no share.
    init?(_ text: String) {
        let numbers = text.split(separator: "/").map { Int($0) }
        guard numbers.count == 2, let number = numbers[0], let count = numbers[1], number >= 1
        else { return nil }
        self.init(number - 1, of: count)
    }

    /// `1/4`.
    var text: String { "\(number + 1)/\(count)" }
}
