internal import JSONValue
public import Storage
internal import StorageLayers

/// A workload on storage that fails on purpose, checked against what should have come of it.
///
/// Runs on a clock of its own, over a copy-on-write overlay: what is underneath stays bit for bit
/// as it was. The same seed, rules and contents give the same log, byte for byte.
public struct Drill: Sendable {
    /// What it is called.
    public var scenario: String
    /// The rules.
    public var script: FaultScript
    /// What every draw depends on.
    public var seed: UInt64
    /// Operations of the workload.
    public var operationCount: Int
    /// Different chunks that the workload works on.
    public var chunkLimit = 48
    /// Chunks up to which the workload lists the array as well.
    public var listingLimit = 10_000

    /// Makes a drill. `seed` and `operationCount` win over the script's own; with neither they are
    /// 0 and 1,000.
    public init(
        _ scenario: String = "custom",
        script: FaultScript,
        seed: UInt64? = nil,
        operationCount: Int? = nil
    ) {
        self.scenario = scenario
        self.script = script
        self.seed = seed ?? script.seed ?? 0
        self.operationCount = max(0, operationCount ?? script.operationCount ?? 1000)
    }

    /// Puts layers around the storage with its faults. They go by the clock, which is the drill's.
    public typealias Layers =
        @Sendable (OpenedStorage, StorageClock) async throws(StorageError) -> OpenedStorage

    /// Runs the drill, giving each line of its log (JSON) to `onLine`. O(operations).
    ///
    /// Without `layers`, failures that may pass are tried up to five times. Throws only where the
    /// storage underneath fails on its own, or when the task is cancelled.
    public func run(
        on target: DrillTarget,
        layers: Layers? = nil,
        onLine: (String) -> Void = { _ in }
    ) async throws(StorageError) -> DrillVerdict {
        let run = try await DrillRun(self, target, layers ?? retrying(5))
        try await run.prepare()
        onLine(run.log(header(rules: script.rules)))
        for number in 0..<operationCount {
            if Task.isCancelled { throw StorageError(.cancelled, .read, "the drill was cancelled") }
            onLine(run.log(try await run.perform(number)))
        }
        return run.verdict()
    }

    /// Whether a breaker must open and close in it.
    var hasBreaker: Bool {
        Scenario.named(scenario)?.hasBreaker ?? false
    }

    /// Layers that try failures again, up to `attempts` times in all.
    public func retrying(_ attempts: Int) -> Layers {
        let seed = seed
        return { storage, clock throws(StorageError) in
            storage.intercepted(
                by: Retry(RetryPolicy(attempts: attempts), seed: seed, clock: clock)
            )
        }
    }

    /// The first line of the log: all that is needed to run the drill again.
    func header(rules: [FaultRule]) -> JSONValue {
        [
            "drill": .string(scenario), "seed": .integer(seed), "ops": .integer(operationCount),
            "rules": .array(rules.map { .string($0.text) }),
        ]
    }

    /// Makes the drill whose log begins with `line` again. Throws where it is no such line.
    public init(replaying line: String) throws(FaultScriptError) {
        let value: JSONValue?
        do throws(JSONError) {
            value = try JSONParser.parse(Array(line.utf8)).value
        } catch {
            throw FaultScriptError(
                "the log is not JSON: \(error.message)",
                line: 1,
                column: error.column
            )
        }
        guard let scenario = value?["drill"]?.stringValue,
            let seed = value?["seed"]?.numberValue?.integer(as: UInt64.self),
            let count = value?["ops"]?.intValue, let rules = value?["rules"]?.arrayValue
        else { throw FaultScriptError("this is no log of a drill", line: 1, column: 1) }
        let text = rules.compactMap(\.stringValue).joined(separator: "\n")
        self.init(
            scenario,
            script: try FaultScript(parsing: text),
            seed: seed,
            operationCount: count
        )
    }
}
