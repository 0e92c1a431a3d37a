import ZarrEngine

/// One array's verification from the command line.
struct VerifyRun {
    private let context: CommandContext
    private let array: ArrayNode
    private let part: VerifyPart
    private let subject: VerifySubject
    private let isOfGroup: Bool
    private let record: VerifyRecord?

    /// Gets ready to verify `array`, which a person names `place`, as the options say.
    init(_ context: CommandContext, _ array: ArrayNode, _ place: String) throws {
        self.context = context
        self.array = array
        isOfGroup = false
        part = try Self.part(context.arguments)
        let subject = VerifySubject(array, place, part)
        self.subject = subject
        record = try context.arguments.value(.resume).map { path throws(ToolError) in
            try VerifyRecord(path, subject, array)
        }
    }

    /// Gets ready to verify share `part` of an array of a group, and to keep the group's `file` up to
    /// date.
    init(
        _ context: CommandContext,
        _ array: ArrayNode,
        _ place: String,
        _ part: VerifyPart,
        _ file: VerifyFile?
    ) throws {
        self.context = context
        self.array = array
        isOfGroup = true
        self.part = part
        let subject = VerifySubject(array, place, part)
        self.subject = subject
        record = try file.map { file throws(ToolError) in
            try VerifyRecord(file, subject, array)
        }
    }

    /// The share that `--part` names; everything where it does not stand on the line.
    static func part(_ arguments: Arguments) throws -> VerifyPart {
        guard let text = arguments.value(.part) else { return .all }
        guard let part = VerifyPart(text) else {
            throw UsageError("--part takes a share such as 1/4, not '\(text)'")
        }
        return part
    }

    /// Lists the array: what a verification begins with.
    func begin() async throws -> Verification {
        try await array.verify(part, resuming: record?.progress)
    }

    /// Verifies, printing what is found as it is found, and answers the counts.
    consuming func perform(_ verification: Verification) async throws -> VerifySummary {
        var printer = try VerifyPrinter(context, subject, below: isOfGroup ? array.path : nil)
        var kept: [VerifyFinding] = []
        defer { context.messages.clearProgress() }
        while let page = try await verification.next(saving: record, kept) {
            if record != nil { kept += page.findings.filter(VerifyRecord.keeps) }
            for finding in page.findings {
                try printer.add(VerifyRow(finding, array))
            }
            printer.foreign += page.foreign
            try printer.flush()
            let summary = verification.summary
            let count = printer.rowCount
            context.messages.progress(
                "\(Wording.count(summary.checked)) chunks checked, \(Wording.count(count)) findings"
            )
        }
        try printer.finish(VerifyCounts(verification.summary))
        if verification.summary.unnamedMissing > 0 {
            context.messages.warning(Wording.tooManyMissing)
        }
        return verification.summary
    }
}
