import Drills
import Explorer
import Storage
import Synchronization
import ZarrModel

/// Faults over the open store: chunks fail, come late or come wrong by rules, and what is underneath
/// stays. Documents are spared, so that the screens go on to say what is there.
final class MockOverlay: Sendable {
    /// The request that armed it.
    let number: Int
    private let injector: FaultInjector
    private let lastCount = Mutex(-1)

    /// Arms what `settings` say. Throws where their rules cannot be read.
    init(_ settings: MockSettings, number: Int) throws(FaultScriptError) {
        self.number = number
        var lines: [String] = []
        let share = Wording.decimal(100 * min(1, max(0, settings.errorRate)), 4)
        if settings.errorRate > 0 { lines.append("[errors] read ** : \(share)% -> error 503") }
        if settings.latencyMilliseconds > 0 {
            lines.append("[latency] read ** : always -> delay \(settings.latencyMilliseconds)ms")
        }
        // First alone, so that a mistake is told with its own line.
        _ = try FaultScript(parsing: settings.rules)
        let script = try FaultScript(
            parsing: (lines + [settings.rules]).joined(separator: "\n")
        )
        injector = FaultInjector(script, seed: settings.seed)
    }

    /// `storage` with the faults over a copy-on-write overlay. Keys of rules are relative to `array`.
    func over(_ storage: OpenedStorage, array: NodePath) -> OpenedStorage {
        guard case .store(let store) = storage.overlaid(),
            let prefix = try? StorePrefix(array.keyPrefix)
        else { return storage.drilled(injector) }
        return .store(FaultStore(store, injector, prefix: prefix))
    }

    /// What it did so far, with the log since the last report; `nil` when nothing is new.
    func report(isLast: Bool, chunkOf: (String) -> Int?) -> MockReport? {
        let counts = injector.counts
        let before = lastCount.withLock { count in
            defer { count = counts.operations }
            return count
        }
        guard isLast || counts.operations != before else { return nil }
        var report = MockReport()
        report.operations = counts.operations
        report.failed = counts.failed
        report.slow = counts.slow
        report.wrong = counts.wrong
        report.rules = injector.firings.map { Fact($0.name, Wording.count($0.fired)) }
        report.log = injector.takeLog().suffix(Self.logLimit).map { entry in
            MockLogEntry(
                milliseconds: Int(entry.time / .milliseconds(1)),
                operation: entry.operation.rawValue,
                key: entry.key,
                outcome: Self.outcome(entry.outcome),
                chunk: chunkOf(entry.key),
                detail: entry.detail
            )
        }
        return report
    }

    private static let logLimit = 1000

    private static func outcome(_ outcome: FaultLogEntry.Outcome) -> MockLogEntry.Outcome {
        switch outcome {
        case .failed, .unacknowledged: .failed
        case .slow: .slow
        case .wrong: .wrong
        }
    }
}
