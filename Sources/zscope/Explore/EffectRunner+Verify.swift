import Explorer
import Storage
import ZarrEngine
import ZarrModel

extension EffectRunner {
    /// Reads and decodes every stored chunk, and brings what came of each.
    func verify(_ path: String, _ number: Int) async throws -> News {
        let array = try await store().array(path)
        let clock = ContinuousClock()
        let start = clock.now
        var pages = PageCollector(start: start, isDecoded: true)
        var summary = Explorer::CensusSummary(isComplete: false)
        do {
            let verification = try await array.verify()
            while let page = try await verification.next() {
                for chunk in page.sound { pages.add(chunk, .present, size: -1) }
                for finding in page.findings {
                    summary.add(finding)
                    guard let chunk = array.grid.linearIndex(of: finding.index) else { continue }
                    let size = Int64(finding.byteCount ?? -1)
                    pages.add(chunk, finding.state, size: size)
                }
                if let ready = pages.taken(at: clock.now) { report(number, .censusPage(ready)) }
            }
            summary.isComplete = verification.summary.isComplete
        } catch {
            guard !Task.isCancelled else { throw error }
            summary.problem = ToolError(reporting: error).message
        }
        if let rest = pages.rest(at: clock.now) { report(number, .censusPage(rest)) }
        summary.elapsedMilliseconds = Int((clock.now - start) / .milliseconds(1))
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
