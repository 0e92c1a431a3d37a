import Explorer
import Glibc
import Storage
import Synchronization
import ZarrEngine
import ZarrModel

extension EffectRunner {
    /// Lists the array and what `other` names, and brings where they differ.
    func compare(_ path: String, _ other: String, _ number: Int) async throws -> News {
        let open = try store()
        let left = try await open.array(path)
        let clock = ContinuousClock()
        let start = clock.now
        let (right, name) = try await Self.rightSide(other, of: left, in: open)
        let pace = Pace()
        let run = try await ComparisonRun(try ArrayComparison(left, right)) { found in
            guard pace.isDue() else { return }
            var page = ComparePage()
            page.done = found
            page.elapsedMilliseconds = Int((clock.now - start) / .milliseconds(1))
            self.report(number, .comparePage(page))
        }
        try Task.checkCancellation()
        var page = ComparePage()
        run.arrays.forEachChunk(run.left, run.right) { chunk in
            page.append(
                chunk.chunk,
                chunk.difference,
                left: chunk.left?.size,
                right: chunk.right?.size
            )
            guard page.indexes.count >= 100_000 else { return }
            self.report(number, .comparePage(page))
            page = ComparePage()
        }
        page.elapsedMilliseconds = Int((clock.now - start) / .milliseconds(1))
        report(number, .comparePage(page))
        open.comparison.withLock { $0 = OpenComparison(number: number, run: run, name: name) }
        return .compared(run.summary(name, page.elapsedMilliseconds, isOfValues: false))
    }

    /// Compares the values of every chunk that is stored on either side.
    func compareValues(_ comparison: Int, _ number: Int) async throws -> News {
        let open = try openComparison(comparison)
        let clock = ContinuousClock()
        let start = clock.now
        let stored = open.run.stored
        let pace = Pace()
        var page = ComparePage()
        var done = 0
        func send() {
            page.done = done
            page.wanted = stored.count
            page.elapsedMilliseconds = Int((clock.now - start) / .milliseconds(1))
            report(number, .comparePage(page))
            page = ComparePage()
        }
        do {
            try await open.run.compareValues(of: stored) { chunk, found in
                done += 1
                page.append(
                    chunk.chunk,
                    found.difference,
                    left: chunk.left?.size,
                    right: chunk.right?.size
                )
                if pace.isDue() { send() }
            }
        } catch {
            send()
            throw error
        }
        send()
        let took = Int((clock.now - start) / .milliseconds(1))
        return .compared(open.run.summary(open.name, took, isOfValues: true))
    }

    /// Looks at one chunk on both sides.
    func compareChunk(_ comparison: Int, _ index: Int) async throws -> News {
        let open = try openComparison(comparison)
        let arrays = open.run.arrays
        guard (0..<arrays.left.grid.total).contains(index) else {
            throw ToolError("there is no such chunk")
        }
        let place = arrays.left.grid.index(at: index)
        let (left, right) = open.run.presence(of: index)
        let presence: ChunkDifference =
            left != nil && right == nil
            ? .onlyLeft : left == nil && right != nil ? .onlyRight : .alike
        let found = await arrays.compareValues(of: place, presence)
        var answer = ChunkComparison(index: index, difference: found.difference)
        if let time = left?.modified {
            answer.facts.append(Fact("left", "changed \(PointInTime.plain(time))"))
        }
        if let time = right?.modified {
            answer.facts.append(Fact("right", "changed \(PointInTime.plain(time))"))
        }
        if let reason = found.reason {
            answer.facts.append(Fact("why", reason))
        } else {
            let differing = Wording.count(found.differing)
            let elements = Wording.count(found.elements, "element")
            answer.facts.append(Fact("values", "\(differing) of \(elements) differ"))
        }
        if let example = found.exampleTexts {
            let region = arrays.left.metadata.chunkRegion(place)
            let at = region.element(example.place).map(String.init).joined(separator: ", ")
            answer.facts.append(Fact("first", "[\(at)]"))
            answer.facts.append(Fact("", "\(example.left)  |  \(example.right)"))
        }
        return .comparedChunk(answer)
    }

    private func openComparison(_ number: Int) throws -> OpenComparison {
        guard let open = try store().comparison.withLock({ $0 }), open.number == number else {
            throw ToolError("the comparison is not open any more; compare again")
        }
        return open
    }

    /// The array that `text` names: a locator, or `#/PATH` for a node of the store that is open.
    private static func rightSide(
        _ text: String,
        of left: ArrayNode,
        in open: OpenStore
    ) async throws -> (ArrayNode, String) {
        if text.hasPrefix("#/") {
            return (try await open.array(String(text.dropFirst())), text)
        }
        let target = try await Target(text).counterpart(of: left.path)
        return (try await target.array(), target.place)
    }
}

/// A comparison that the explorer can ask more of.
struct OpenComparison: Sendable {
    /// The request that made it.
    let number: Int
    let run: ComparisonRun
    /// The right side as a person names it.
    let name: String
}

/// Says about ten times a second that it is time to report.
final class Pace: Sendable {
    private let last = Mutex<ContinuousClock.Instant?>(nil)

    func isDue() -> Bool {
        let now = ContinuousClock.now
        return last.withLock { last in
            if let last, now - last < .milliseconds(100) { return false }
            last = now
            return true
        }
    }
}

extension ComparisonRun {
    /// How a pass ended.
    fileprivate func summary(_ name: String, _ took: Int, isOfValues: Bool) -> CompareSummary {
        var summary = CompareSummary(right: name)
        summary.sharesGrid = arrays.sharesGrid
        summary.fillsDiffer = arrays.fillsDiffer
        summary.reasonNoValues = arrays.reasonNoValues
        summary.isOfValues = isOfValues
        summary.elapsedMilliseconds = took
        return summary
    }
}

extension Region {
    /// The coordinates of element `place` of the region, C order.
    fileprivate func element(_ place: Int) -> [Int] {
        var rest = place
        var result = origin
        for axis in ranges.indices.reversed() where !ranges[axis].isEmpty {
            result[axis] += rest % ranges[axis].count
            rest /= ranges[axis].count
        }
        return result
    }
}
