import JSONValue
import ZarrEngine
import ZarrModel

extension OptionDeclaration {
    static let part = Self(
        "part",
        takes: .text("I/N"),
        help: "share I (from 1) of N, for many machines; the results add up"
    )
    static let resume = Self(
        "resume",
        takes: .file("FILE"),
        help: "go on where FILE says an earlier run stopped, and keep FILE up to date"
    )
}

extension CommandDeclaration {
    static let verify = CommandDeclaration(
        "verify",
        "decodes every chunk, checks every checksum; findings",
        operands: [.locator],
        options: [.part, .resume, .json, .format(["text", "json"]), .output],
        discussion: "A chunk that the storage does not hand over is unreadable, never missing."
            + "\nExit status 1 when there are findings.",
        examples: [.init("zscope verify data.zarr/temp --json", "what is torn or corrupt")],
        action: .batch { context in
            let target = try await Target(context.locator)
            let array = try await target.array()
            let part = try context.part()
            var record = try context.arguments.value(.resume).map { path throws(ToolError) in
                try VerifyRecord(path, target.place, array, part)
            }
            let verification = try await array.verify(part, resuming: record?.progress)
            var findings: [VerifyFinding] = []
            defer { context.messages.clearProgress() }
            while let page = try await verification.next(saving: &record, findings) {
                findings += page.findings
                let summary = verification.summary
                context.messages.progress(
                    "\(Wording.count(summary.checked)) chunks checked, \(findings.count) findings"
                )
            }
            let report = VerifyReport(
                array: array,
                summary: verification.summary,
                findings: findings
            )
            if try context.format() == .json {
                try report.json(context.output)
            } else {
                try report.text(context)
            }
            return report.summary.hasFindings ? .findings : .done
        }
    )
}

extension CommandContext {
    /// The share that `--part` names; everything where it does not stand on the line.
    fileprivate func part() throws -> VerifyPart {
        guard let text = arguments.value(.part) else { return .all }
        let numbers = text.split(separator: "/").map { Int($0) }
        guard numbers.count == 2, let number = numbers[0], let count = numbers[1],
            number >= 1, let part = VerifyPart(number - 1, of: count)
        else { throw UsageError("--part takes a share such as 1/4, not '\(text)'") }
        return part
    }
}

/// What a verification found.
private struct VerifyReport {
    let array: ArrayNode
    let summary: VerifySummary
    let findings: [VerifyFinding]

    func json(_ output: Output) throws {
        var text = ByteText()
        text.append("{\"total\":\(summary.total),\"present\":\(summary.present)")
        text.append(",\"missing\":\(summary.missing),\"checked\":\(summary.checked)")
        text.append(",\"corrupt\":\(summary.corrupt),\"short\":\(summary.short)")
        text.append(",\"unreadable\":\(summary.unreadable),\"orphans\":\(summary.orphans)")
        text.append(",\"complete\":\(summary.isComplete),\"findings\":[")
        for (place, finding) in findings.enumerated() {
            text.append(place > 0 ? ",\n" : "\n")
            let row: JSONValue = [
                "index": .integers(finding.index.coordinates),
                "key": .string(array.keyEncoding.key(for: finding.index)),
                "state": .string(finding.state.word),
                "reason": .string(finding.reason),
                "bytes": finding.byteCount.map { .integer($0) } ?? .null,
            ]
            text.append(JSONText.safe(row.text(.compact)))
            try text.flush(to: output)
        }
        text.append("\n]}\n")
        try text.flush(to: output, always: true)
    }

    func text(_ context: CommandContext) throws {
        let ink = context.ink
        var counts = TextTable([("", .left), ("", .right)])
        let isSound = !summary.hasFindings
        counts.add([.init("chunks", .dim), .init(Wording.count(summary.total))])
        counts.add([
            .init("checked", .dim), .init(Wording.count(summary.checked), isSound ? .good : .plain),
        ])
        for (name, count) in [
            ("missing", summary.missing), ("short", summary.short), ("corrupt", summary.corrupt),
            ("unreadable", summary.unreadable), ("orphan", summary.orphans),
        ] where count > 0 {
            counts.add([.init(name, .dim), .init(Wording.count(count), .error)])
        }
        for line in counts.lines(ink) { try context.output.line(line) }
        guard !findings.isEmpty else { return }
        try context.output.line()
        var table = TextTable([
            ("INDEX", .left), ("STATE", .left), ("BYTES", .right), ("WHY", .left),
        ])
        for finding in findings {
            table.add([
                .init(finding.index.description), .init(finding.state.word, finding.state.meaning),
                .init(finding.byteCount.map(Wording.count) ?? "-"), .init(finding.reason, .dim),
            ])
        }
        for line in table.lines(ink) { try context.output.line(line) }
    }
}
