import Explorer
import Storage
import StorageBackends
import Synchronization
import ZarrModel

/// A mock over the open store: chunks fail and come late on purpose, and what is underneath stays.
///
/// Documents are spared, so that the screens go on to say what is there.
final class MockOverlay: Interceptor {
    /// How it misbehaves.
    let settings: MockSettings
    /// The request that armed it.
    let number: Int
    private let mock: Mock
    private let start = ContinuousClock.now
    private let told = Mutex(0)

    init(_ settings: MockSettings, number: Int) {
        self.settings = settings
        self.number = number
        mock = Mock(
            Mock.Behaviour(
                errorRate: min(1, max(0, settings.errorRate)),
                delay: .milliseconds(settings.latencyMilliseconds),
                seed: settings.seed
            )
        )
    }

    func intercept<Answer: Sendable>(
        _ call: StorageCall,
        _ next: @escaping @Sendable () async throws(StorageError) -> Answer
    ) async throws(StorageError) -> Answer {
        let name = call.key.split(separator: "/").last ?? ""
        guard !Self.documents.contains(String(name)), call.operation != .list else {
            return try await next()
        }
        return try await mock.intercept(call, next)
    }

    private static let documents: Set<String> = [
        "zarr.json", ".zarray", ".zgroup", ".zattrs", ".zmetadata",
    ]

    /// What it did so far, with the log since the last report; `nil` when nothing is new.
    func report(isLast: Bool, chunkOf: (String) -> Int?) -> MockReport? {
        let count = mock.count()
        let records = mock.records
        let first = told.withLock { told in
            defer { told = records.count }
            return told
        }
        guard isLast || records.count > first else { return nil }
        var report = MockReport()
        report.operations = count
        report.failed = mock.failureCount
        report.slow = settings.latencyMilliseconds > 0 ? count : 0
        let milliseconds = Int((ContinuousClock.now - start) / .milliseconds(1))
        report.log = records[first...].filter(\.wasFailed).suffix(Self.logLimit).map { record in
            MockLogEntry(
                milliseconds: milliseconds,
                operation: record.call.operation.rawValue,
                key: record.call.key,
                outcome: .failed,
                chunk: chunkOf(record.call.key),
                detail: "error \(mock.behaviour.error.rawValue)"
            )
        }
        return report
    }

    private static let logLimit = 200
}
