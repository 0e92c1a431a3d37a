import Explorer
import Storage
import Synchronization
import ZarrEngine
import ZarrModel

extension EffectRunner {
    /// Reads and decodes every stored chunk, and brings what came of each; or goes on where an earlier
    /// verification stopped. What was found is kept when it is cancelled, and where it stopped as well.
    func verify(_ path: String, goingOn: Bool, _ number: Int) async throws -> News {
        let store = try store()
        let array = try await store.array(path)
        let record = store.mock == nil ? store.verifyRecord(of: array, isNew: !goingOn) : nil
        let meter = VerifyMeter(self, number, resumedAt: record?.progress.next ?? 0)
        let verification = try await array.verify(
            .all,
            ReadOptions { _, _ in meter.step() },
            resuming: record?.progress
        )
        meter.begin(verification)
        defer { meter.end() }
        var pages = PageCollector(start: meter.start, isDecoded: true)
        var kept: [VerifyFinding] = []
        var summary = Explorer::CensusSummary(isComplete: false)
        do {
            while let page = try await verification.next() {
                for chunk in page.sound { pages.add(chunk, .present, size: -1) }
                for finding in page.findings {
                    summary.add(finding)
                    guard let chunk = array.grid.linearIndex(of: finding.index) else { continue }
                    pages.add(chunk, finding.state, size: Int64(finding.byteCount ?? -1))
                }
                if !page.findings.isEmpty {
                    kept += page.findings.filter(VerifyRecord.keeps)
                    report(number, .findings(page.findings.map(ChunkFinding.init)))
                }
                if let ready = pages.taken(at: .now) { report(number, .censusPage(ready)) }
                if record?.isDue == true, kept.count < 2000 {
                    try? record?.save(verification.position, kept)
                }
            }
            summary.isComplete = verification.summary.isComplete
            store.forgetVerifyRecord(of: array)
        } catch {
            if let rest = pages.rest(at: .now) { report(number, .censusPage(rest)) }
            if verification.summary.checked > 0 { try? record?.save(verification.position, kept) }
            meter.report(next: record == nil ? nil : verification.position)
            guard !Task.isCancelled else { throw error }
            summary.problem = ToolError(reporting: error).message
        }
        if let rest = pages.rest(at: .now) { report(number, .censusPage(rest)) }
        if summary.problem == nil { meter.report() }
        summary.elapsedMilliseconds = Int((.now - meter.start) / .milliseconds(1))
        return .censusFinished(summary)
    }
}

extension Explorer::CensusSummary {
    /// Notes a finding that is no chunk of the grid.
    fileprivate mutating func add(_ finding: VerifyFinding) {
        guard finding.state == .orphan else { return }
        orphanCount += 1
        if orphans.count < 20 { orphans.append(finding.key) }
    }
}

extension ChunkFinding {
    /// What the engine found.
    init(_ finding: VerifyFinding) {
        self.init(
            chunk: finding.index,
            inner: finding.innerIndex,
            state: finding.state,
            key: finding.key,
            reason: finding.reason,
            bytes: finding.byteCount
        )
    }
}

/// Reports how far a verification is, about ten times a second.
private final class VerifyMeter: Sendable {
    private struct State {
        var verification: Verification?
        var last: ContinuousClock.Instant?
        var resumedAt: Int?
    }

    let start = ContinuousClock.now
    private let runner: EffectRunner
    private let number: Int
    private let isResumed: Bool
    private let state = Mutex(State())

    init(_ runner: EffectRunner, _ number: Int, resumedAt: Int) {
        self.runner = runner
        self.number = number
        isResumed = resumedAt > 0
    }

    func begin(_ verification: Verification) {
        state.withLock { $0.verification = verification }
    }

    /// Lets go of the verification.
    func end() {
        state.withLock { $0.verification = nil }
    }

    /// Called after each chunk.
    func step() {
        let now = ContinuousClock.now
        let isTime = state.withLock { state in
            if let last = state.last, now - last < .milliseconds(100) { return false }
            state.last = now
            return true
        }
        if isTime { report() }
    }

    /// Tells how far it is; `next` is where it can go on, once it has stopped.
    func report(next: Int? = nil) {
        let known = state.withLock { state -> (VerifySummary, Int, String)? in
            guard let verification = state.verification else { return nil }
            let summary = verification.summary
            if verification.isListing { return (summary, -1, "") }
            // What an earlier run decoded is known when the first chunk of this one is.
            let before = state.resumedAt ?? (isResumed ? max(0, summary.checked - 1) : 0)
            state.resumedAt = before
            return (summary, before, verification.latestKey)
        }
        guard let (summary, before, key) = known else { return }
        var progress = Explorer::VerifyProgress()
        progress.elapsedMilliseconds = Int((.now - start) / .milliseconds(1))
        guard before >= 0 else {
            progress.listed = summary.present
            progress.next = next
            return runner.report(number, .verifyProgress(progress))
        }
        progress.checked = summary.checked
        progress.stored = summary.present
        progress.bytes = summary.checkedBytes
        progress.storedBytes = summary.presentBytes
        progress.resumedAt = before
        progress.next = next
        progress.errors = summary.short + summary.corrupt + summary.unreadable
        progress.key = visible(key)
        runner.report(number, .verifyProgress(progress))
    }
}
