import Drills
import JSONValue
import Storage
import ZarrEngine
import ZarrModel

extension OptionDeclaration {
    static let fault = Self(
        "fault",
        takes: .text("RULE"),
        isRepeatable: true,
        help: "a rule: OPS KEY : CONDITION -> EFFECT, such as 'read c/** : 5% -> error 503'"
    )
    static let on = Self(
        "on",
        takes: .locator("LOCATOR"),
        help: "the array to work on, in an overlay: it stays as it is (else one in memory)"
    )
    static let seed = Self("seed", takes: .text("N"), help: "decides every draw")
    static let operations = Self(
        "ops",
        takes: .integer("N", 1...10_000_000),
        help: "operations to do"
    )
    static let log = Self("log", takes: .file("FILE"), help: "write the log, a line of JSON each")
    static let replay = Self(
        "replay",
        takes: .file("LOG"),
        help: "run the drill of LOG again (with the same --on), and tell where it goes another way"
    )
}

extension CommandDeclaration {
    static let drill = CommandDeclaration(
        "drill",
        "storage that fails on purpose, and a verdict",
        operands: [Operand("SCENARIO", isOptional: true)],
        options: [
            .fault, .on, .seed, .operations, .log, .replay, .json, .format(["text", "json"]),
            .output,
        ],
        discussion: "A workload of reads, writes, deletes and listings, checked against what should"
            + "\nhave come of it: nothing lost, nothing wrong without saying so, nothing torn. One"
            + "\nseed gives one log. Layers of LOCATOR go around the failing storage. Without SCENARIO"
            + "\nand --fault, the scenarios are listed. Exit status 1 when the drill is failed.",
        examples: [
            .init("zscope drill flaky", "what retries make of storage that fails now and then"),
            .init(
                "zscope drill --fault 'read c/** : 5% -> flip 1' --on data.zarr/temp --seed 7",
                "whether a flipped bit is noticed"
            ),
        ],
        action: .batch { context in try await DrillReport(context).perform() }
    )
}

/// One drill from the command line.
private struct DrillReport {
    let context: CommandContext
    /// The log that is run again, line by line; empty without `--replay`.
    private let former: [Substring.UTF8View]

    init(_ context: CommandContext) throws {
        self.context = context
        guard let path = context.arguments.value(.replay) else {
            former = []
            return
        }
        guard let bytes = SmallFile.read(path, limit: 1 << 30) else {
            throw ToolError("cannot read \(path), or it is larger than 1 GiB")
        }
        let text = String(decoding: bytes, as: UTF8.self)
        former = text.utf8.split(separator: 0x0a, omittingEmptySubsequences: true)
            .map { Substring($0).utf8 }
    }

    func perform() async throws -> ExitStatus {
        guard let drill = try drill() else {
            try list()
            return .done
        }
        let log = try context.arguments.value(.log).map { path throws(ToolError) in
            try Output(path: path)
        }
        let verdict: DrillVerdict
        do {
            verdict = try await run(drill, log)
            try log?.finish()
        } catch {
            log?.discard()
            throw error
        }
        if try context.format() == .json {
            try context.output.json(verdict.json)
        } else {
            try text(verdict)
        }
        return verdict.passed ? .done : .findings
    }

    /// The drill that the line names; `nil` where it names none.
    private func drill() throws -> Drill? {
        let arguments = context.arguments
        if arguments.has(.replay) {
            return try Drill(replaying: former.first.map { String(Substring($0)) } ?? "")
        }
        let rules = arguments.values(.fault)
        let seed = try arguments.value(.seed).map(Self.number)
        let count = arguments.integer(.operations)
        guard let name = arguments.operand(0) else {
            guard !rules.isEmpty else { return nil }
            let script = try FaultScript(parsing: rules.joined(separator: "\n"))
            return Drill(script: script, seed: seed, operationCount: count)
        }
        guard let scenario = Scenario.named(name) else {
            let names = Scenario.all.map(\.name)
            let isPlace = name.utf8.contains { "./:#".utf8.contains($0) }
            let near =
                isPlace
                ? "a place is named with --on: zscope drill flaky --on \(ShellWord.quoted(name))"
                : nearest(to: name, among: names).map { "did you mean '\($0)'?" }
            throw ToolError(
                "no scenario '\(name)'",
                remedy: near ?? "there are \(names.joined(separator: ", "))"
            )
        }
        let text = ([scenario.text] + rules).joined(separator: "\n")
        let script = try FaultScript(parsing: text)
        return Drill(scenario.name, script: script, seed: seed, operationCount: count)
    }

    private static func number(_ text: String) throws(UsageError) -> UInt64 {
        let digits = text.hasPrefix("0x") ? UInt64(text.dropFirst(2), radix: 16) : UInt64(text)
        guard let digits else { throw UsageError("--seed takes a number from 0 up, not '\(text)'") }
        return digits
    }

    private func run(_ drill: Drill, _ log: Output?) async throws -> DrillVerdict {
        var target = DrillTarget.memory()
        var layers: Drill.Layers?
        if let text = context.arguments.value(.on) {
            let named = try await Target(text)
            let array = try await named.array()
            let bare = try await named.bareStorage()
            let prefix = try StorePrefix(array.path.keyPrefix)
            target = DrillTarget(bare, prefix: prefix, metadata: array.metadata)
            // The listing may have shown another separator than the document leaves open.
            target.keyEncoding = array.keyEncoding
            layers = named.layers
        }
        var count = 0
        var differing: Int?
        var failure: ToolError?
        let messages = context.messages
        let verdict = try await drill.run(on: target, layers: layers) { line in
            if differing == nil, !former.isEmpty,
                !former.indices.contains(count) || !former[count].elementsEqual(line.utf8)
            {
                differing = count
            }
            count += 1
            messages.progress("\(Wording.count(count)) operations")
            do throws(ToolError) {
                try log?.line(line)
            } catch {
                failure = error
            }
        }
        messages.clearProgress()
        if let failure { throw failure }
        if differing == nil, count < former.count { differing = count }
        if let differing {
            let on = context.arguments.has(.on) ? "another array than this" : "an array, by --on"
            messages.warning(
                "this is not what the log says from line \(differing + 1) on; it may have been made on \(on)"
            )
        }
        return verdict
    }

    private func list() throws {
        guard try context.format() == .text else {
            let rows = Scenario.all.map { scenario -> JSONValue in
                [
                    "scenario": .string(scenario.name),
                    "summary": .string(scenario.summary),
                    "rules": .strings(scenario.text.split(separator: "\n").map(String.init)),
                ]
            }
            return try context.output.json(.array(rows))
        }
        var table = TextTable([("SCENARIO", .left), ("WHAT IT TRIES", .left)])
        for scenario in Scenario.all {
            table.add([.init(scenario.name, .accent), .init(scenario.summary)])
        }
        for line in table.lines(context.ink) { try context.output.line(line) }
    }

    private func text(_ verdict: DrillVerdict) throws {
        let ink = context.ink
        let word =
            verdict.passed
            ? ink(.good, ink.glyph("✔ passed", "passed"))
            : ink(.error, ink.glyph("✖ failed", "failed"))
        let seed = "seed \(verdict.seed), \(Wording.count(verdict.operations, "operation"))"
        try context.output.line(
            "\(ink(.heading, visible(verdict.scenario)))  \(word)  \(ink(.dim, seed))"
        )
        try context.output.line()
        var counts = TextTable([("", .left), ("", .right), ("", .left)])
        for (name, count, meaning) in [
            ("lost", verdict.lost, "acknowledged writes that were not there afterwards"),
            ("silent wrong", verdict.silentWrong, "wrong answers that did not say so"),
            ("torn", verdict.torn, "neither what was nor what was written"),
            ("resurrected", verdict.resurrected, "acknowledged deletes that came back"),
            ("unknown", verdict.unknown, "changes without an answer; \(verdict.resolved) settled"),
        ] {
            let isBad = name == "unknown" ? verdict.unknown != verdict.resolved : count > 0
            let cell = TextTable.Cell(Wording.count(count), isBad ? .error : .good)
            counts.add([.init(name, .dim), cell, .init(meaning, .dim)])
        }
        let available = verdict.availability
        counts.add([
            .init("availability", .dim), .init(Self.share(available.layers)),
            .init("with layers; \(Self.share(available.backend)) without", .dim),
        ])
        counts.add([
            .init("attempts", .dim), .init(Wording.count(verdict.attempts)),
            .init("\(Wording.count(verdict.retries)) of them again", .dim),
        ])
        if let breaker = verdict.breaker { counts.add(Self.row(breaker)) }
        for line in counts.lines(ink, indent: 2) { try context.output.line(line) }
        try context.output.line()
        var rules = TextTable([("FIRED", .right), ("RULE", .left)])
        for rule in verdict.rules {
            rules.add([
                .init(Wording.count(rule.fired), rule.fired == 0 ? .error : .plain),
                .init(rule.name),
            ])
        }
        for line in rules.lines(ink, indent: 2) { try context.output.line(line) }
        try context.output.line()
        try context.output.line(ink(.dim, "log sha256 \(verdict.logSHA256)"))
    }

    /// What breakers did; what they did wrong comes first.
    private static func row(_ breaker: DrillVerdict.Breaker) -> [TextTable.Cell] {
        let refused = "times opened; \(Wording.count(breaker.refused, "call")) refused"
        var text = "\(refused), at most \(breaker.longestRun) failed in a row"
        if breaker.passed > 0 {
            text =
                "but \(Wording.count(breaker.passed, "call")) reached the storage while it was open"
        } else if !breaker.isInTime {
            text = "too late: after \(breaker.longestRun) failed calls in a row"
        } else if !breaker.hasCycled {
            text = breaker.opened == 0 ? "it never opened" : "it was not closed in the end"
        }
        let isGood = breaker.passed == 0 && breaker.isInTime && breaker.hasCycled
        return [
            .init("breaker", .dim),
            .init(Wording.count(breaker.opened), isGood ? .good : .error), .init(text, .dim),
        ]
    }

    private static func share(_ value: Double) -> String {
        Wording.decimal(100 * value, 2) + " %"
    }
}
