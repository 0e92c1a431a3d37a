import Drills
import JSONValue
import Storage
import ZarrModel

extension OptionDeclaration {
    fileprivate static let benchSizes = Self(
        "sizes",
        takes: .text("SIZE,…"),
        help: "bytes of the objects, each size measured by itself (4KiB,64KiB,1MiB)"
    )
    fileprivate static let benchCount = Self(
        "count",
        takes: .integer("N", 1...1_000_000),
        help: "objects of each size (128)"
    )
    fileprivate static let benchJobs = Self(
        "jobs",
        takes: .integer("N", 1...256),
        help: "calls under way at a time (8)"
    )
}

extension CommandDeclaration {
    static let bench = CommandDeclaration(
        "bench",
        "write, read, list and delete rates and latencies of that storage",
        operands: [.locator],
        options: [.benchSizes, .benchCount, .benchJobs, .json, .format(["text", "json"])],
        discussion:
            "Writes objects below a prefix of its own, '.zscope-scratch-…', and removes them at"
            + "\nthe end, also when it is interrupted; 'vacuum' removes what a killed run leaves. Layers"
            + "\nof the locator are measured with the storage. Exit status 1 when a call failed or a read"
            + "\ngave other bytes than were written.",
        examples: [
            .init("zscope bench data.zarr", "how fast it is"),
            .init(
                "zscope bench 'file:data.zarr?fsync=full' --sizes 64KiB --jobs 1",
                "with every sync"
            ),
        ],
        action: .batch { context in try await Bench(context).perform() }
    )
}

/// One benchmark from the command line.
private struct Bench {
    let context: CommandContext
    var bench: StorageBench

    init(_ context: CommandContext) throws(UsageError) {
        self.context = context
        bench = StorageBench()
        if let text = context.arguments.value(.benchSizes) {
            bench.sizes = []
            for part in text.split(separator: ",", omittingEmptySubsequences: false) {
                guard let size = Quantity.byteCount(String(part)), size <= 1 << 30 else {
                    throw UsageError("--sizes takes sizes such as 64KiB up to 1GiB, not '\(part)'")
                }
                bench.sizes.append(size)
            }
        }
        if let count = context.arguments.integer(.benchCount) { bench.count = count }
        if let jobs = context.arguments.integer(.benchJobs) { bench.jobCount = jobs }
        let messages = context.messages
        bench.onProgress = { done, total in
            messages.progress("\(Wording.count(done)) of \(Wording.count(total)) calls")
        }
    }

    func perform() async throws -> ExitStatus {
        let target = try await Target(context.locator)
        guard let bytes = bench.byteCount else { throw ToolError("these are too many bytes") }
        let place = try await BenchPlace(
            target.location.storage,
            below: target.path.keyPrefix,
            number: .random(in: .min ... .max)
        )
        let objects = Wording.count(bench.count * bench.sizes.count, "object")
        context.messages.note(
            "writes \(objects) (\(Wording.bytes(bytes))) to \(place.location) and removes them"
        )
        let measures = try await bench.run(at: place)
        context.messages.clearProgress()
        let writes = measures.filter { $0.operation == .write }
        if let failure = writes.first?.failure, writes.allSatisfy({ $0.objects == 0 }) {
            let told = ToolError(reporting: failure)
            throw ToolError("\(target.place): \(told.message)", remedy: told.remedy)
        }
        if try context.format() == .json {
            try context.output.json(json(measures, target))
        } else {
            try text(measures)
        }
        for failure in measures.compactMap(\.failure).prefix(3) {
            context.messages.warning("\(failure)")
        }
        let isSound = measures.allSatisfy { $0.failed == 0 && $0.wrong == 0 }
        return isSound ? .done : .findings
    }

    private func json(_ measures: [BenchMeasure], _ target: Target) -> JSONValue {
        [
            "backend": .string(target.location.backend.id),
            "location": .string(target.place),
            "jobs": .integer(bench.jobCount),
            "results": .array(measures.map(row)),
            "failed": .integer(measures.reduce(0) { $0 + $1.failed }),
            "wrong": .integer(measures.reduce(0) { $0 + $1.wrong }),
        ]
    }

    private func row(_ measure: BenchMeasure) -> JSONValue {
        func number(_ value: Double?, _ places: Int) -> JSONValue {
            guard let value, value.isFinite else { return .null }
            return .number(JSONNumber(verbatim: Wording.decimal(value, places)))
        }
        func milliseconds(_ share: Double) -> JSONValue {
            number(measure.latency(share).map { $0.seconds * 1000 }, 4)
        }
        return [
            "operation": .string(measure.operation.rawValue),
            "bytes": measure.size.map { .integer($0) } ?? .null,
            "objects": .integer(measure.objects),
            "failed": .integer(measure.failed),
            "wrong": .integer(measure.wrong),
            "seconds": number(measure.elapsed.seconds, 6),
            "objects_per_s": number(measure.objectRate, 1),
            "mb_per_s": number(measure.byteRate.map { $0 / 1e6 }, 3),
            "latency_ms": [
                "p50": milliseconds(0.5), "p90": milliseconds(0.9), "p99": milliseconds(0.99),
                "max": milliseconds(1),
            ],
        ]
    }

    private func text(_ measures: [BenchMeasure]) throws {
        var table = TextTable([
            ("", .left), ("SIZE", .right), ("OBJECTS", .right), ("OBJECTS/s", .right),
            ("MB/s", .right), ("P50 ms", .right), ("P90 ms", .right), ("P99 ms", .right),
            ("MAX ms", .right), ("", .left),
        ])
        for measure in measures {
            func time(_ share: Double) -> TextTable.Cell {
                .init(measure.latency(share).map { Wording.decimal($0.seconds * 1000, 3) } ?? "-")
            }
            var trouble = measure.failed > 0 ? "\(Wording.count(measure.failed)) failed" : ""
            if measure.wrong > 0 { trouble += " \(Wording.count(measure.wrong)) wrong" }
            table.add([
                .init(measure.operation.rawValue), .init(measure.size.map(Wording.bytes) ?? ""),
                .init(Wording.count(measure.objects)),
                .init(measure.objectRate.map { Wording.decimal($0, 0) } ?? "-"),
                .init(measure.byteRate.map { Wording.decimal($0 / 1e6, 1) } ?? ""),
                time(0.5), time(0.9), time(0.99), time(1), .init(trouble, .error),
            ])
        }
        for line in table.lines(context.ink) { try context.output.line(line) }
    }
}
