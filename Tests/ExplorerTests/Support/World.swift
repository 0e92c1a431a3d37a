import Explorer
import ZarrModel

/// A made-up storage that answers every effect at once, so that whole sessions are one expression.
struct World: Sendable {
    /// The nodes, by path.
    var details: [String: NodeDetails] = [:]
    var children: [String: [NodeCard]] = [:]
    var home = HomeContents()
    var opened = OpenedStore(locator: "/data/era5.zarr", name: "era5.zarr")
    /// State and size of every chunk, by path.
    var chunks: [String: [(state: ChunkState, size: Int64)]] = [:]
    /// Answers to a census that are made already, by path.
    var censuses: [String: [News]] = [:]
    /// The number at a row and column of every plane; `nil` for hills with holes.
    var number: (@Sendable (_ row: Int, _ column: Int) -> Double)?
    /// Effects that were asked for.
    private(set) var asked: [Effect] = []
    /// Work that is not answered until `release`.
    var isHeld: @Sendable (Work) -> Bool = { _ in false }
    private(set) var held: [Effect] = []

    /// The events that answer an effect.
    mutating func answer(_ effect: Effect) -> [Event] {
        asked.append(effect)
        guard !isHeld(effect.work) else {
            held.append(effect)
            return []
        }
        return news(effect).map { Event(effect.number, $0) }
    }

    private mutating func news(_ effect: Effect) -> [News] {
        switch effect.work {
        case .loadHome: [.home(home)]
        case .complete(let text): [.completions(completions(text))]
        case .open(let locator):
            locator.contains("nowhere")
                ? [.failed(Problem("no such directory: \(locator)", details: ["errno 2: ENOENT"]))]
                : [.opened(opened)]
        case .listChildren(let path):
            children[path].map { [.children($0)] } ?? [.failed(Problem("denied (403)"))]
        case .describe(let path):
            details[path].map { [.described($0)] } ?? [.failed(Problem("cannot be read"))]
        case .census(let path): census(path)
        case .verify(let path): census(path)
        // Map
        case .openShard(let path, let place): [.shardContents(contents(path, place))]
        case .lookInside(let path): lookInside(path)
        case .readFigures(let request): figures(request)
        case .inspect(let path, let chunk): [.inspected(report(path, chunk))]
        case .readPlane(let request): [.plane(plane(request))]
        case .planDelete(let path, let selection): [.deletePlan(plan(path, selection))]
        case .delete(let order): delete(order)
        case .restore(let path, let trash): restore(path, trash)
        case .arm(let settings): [.armed(settings), .mockReport(mockReport())]
        case .disarm: [.disarmed(MockReport())]
        case .close, .cancel, .copy, .repaint, .suspend, .mouse, .quit: []
        }
    }

    private func completions(_ text: String) -> [Completion] {
        ["era5.zarr", "ocean.zarr", "archive/"].map {
            Completion(
                text: "/data/" + $0,
                label: $0,
                kind: $0.hasSuffix("/") ? "directory" : "zarr v3 group"
            )
        }.filter { $0.text.hasPrefix(text) || text.isEmpty }
    }

    func census(_ path: String) -> [News] {
        if let made = censuses[path] { return made }
        guard let all = chunks[path] else { return [.failed(Problem("cannot be listed"))] }
        var pages: [CensusPage] = [CensusPage()]
        for (index, chunk) in all.enumerated() where chunk.state != .missing {
            if pages[pages.count - 1].indexes.count >= 100_000 { pages.append(CensusPage()) }
            pages[pages.count - 1].append(index, chunk.state, size: chunk.size)
        }
        var summary = CensusSummary(isComplete: true)
        summary.elapsedMilliseconds = 4100
        return pages.map { .censusPage($0) } + [.censusFinished(summary)]
    }

    private func linear(_ path: String, _ chunk: ChunkIndex) -> Int {
        let grid = details[path]?.array?.gridShape ?? []
        return zip(chunk.coordinates, grid).reduce(0) { $0 * $1.1 + $1.0 }
    }

    private func report(_ path: String, _ chunk: ChunkIndex) -> ChunkReport {
        let found = chunks[path]?[linear(path, chunk)] ?? (.unreadable, -1)
        let key =
            String(path.dropFirst()) + "/c/"
            + chunk.coordinates.map(String.init).joined(separator: "/")
        var report = ChunkReport(chunk: chunk, key: key, state: found.state)
        report.shape = details[path]?.array?.chunkShape ?? []
        guard found.state != .missing else { return report }
        report.size = Int(found.size)
        report.modified = "2026-11-22 14:00:31"
        report.tag = "\"9bb58f26192e4ba00f01e2e7b136bbd8\""
        report.microseconds = 412
        if found.state == .corrupt {
            report.reason = "zstd: checksum does not match"
            report.stages = [
                CodecStage(
                    codec: "zstd",
                    bytesIn: 54,
                    bytesOut: nil,
                    problem: "checksum does not match"
                )
            ]
            return report
        }
        report.stages = [
            CodecStage(codec: "zstd", bytesIn: 54, bytesOut: 64),
            CodecStage(codec: "bytes", bytesIn: 64, bytesOut: 64),
        ]
        report.preview = (0..<16).map { "\(Double($0) * 1.5 - 3)" }
        var statistics = ValueStatistics()
        statistics.count = 16
        statistics.minimum = -3
        statistics.maximum = 19.5
        statistics.mean = 8.25
        statistics.deviation = 6.91
        report.statistics = statistics
        return report
    }

    private func plane(_ request: PlaneRequest) -> PlaneValues {
        var values = PlaneValues(request: request)
        if let number {
            for row in 0..<request.rows.count {
                for column in 0..<request.columns.count {
                    let found = number(
                        request.rows.start + row * request.rows.step,
                        request.columns.start + column * request.columns.step
                    )
                    if request.form == .numbers { values.numbers.append(found) }
                    if request.form == .texts { values.texts.append("\(found)") }
                }
            }
            return values
        }
        for row in 0..<request.rows.count {
            for column in 0..<request.columns.count {
                let y = request.rows.start + row * request.rows.step
                let x = request.columns.start + column * request.columns.step
                let dy = Double(y - 32) / 12
                let dx = Double(x - 26) / 16
                let number = 60 / (1 + dy * dy + dx * dx) - 18 + Double((x * 7 + y * 13) % 11) / 4
                let isAbsent = (24..<28).contains(y) && (20..<24).contains(x)
                let isFailed = (40..<44).contains(y) && (44..<48).contains(x)
                let isNaN = y < 3 && x < 9
                values.sources.append(isFailed ? .failed : isAbsent ? .absent : .stored)
                if request.form == .numbers {
                    values.numbers.append(isNaN || isAbsent ? .nan : number)
                } else {
                    let cents = Int((number * 100).rounded())
                    values.texts.append(isNaN || isAbsent ? "NaN" : "\(Double(cents) / 100)")
                }
            }
        }
        values.chunksRead = 256
        values.chunksAbsent = 4
        values.chunksFailed = 1
        values.problems = ["c/20/2/20/22: zstd: checksum does not match"]
        values.milliseconds = 31
        return values
    }

    private func indexes(_ path: String, _ ranges: [Range<Int>]) -> [Int] {
        let grid = details[path]?.array?.gridShape ?? []
        var all = [0]
        for (axis, range) in ranges.enumerated() {
            all = all.flatMap { head in range.map { head * grid[axis] + $0 } }
        }
        return all
    }

    private func plan(_ path: String, _ selection: ChunkSelection) -> DeletePlan {
        let boxes = selection.boxes.map { ranges in
            let found = indexes(path, ranges).compactMap { chunks[path]?[$0] }
                .filter { $0.state != .missing }
            let broken = found.count { $0.state != .present }
            return PlannedBox(
                ranges: ranges,
                present: found.count,
                bytes: found.reduce(0) { $0 + Int(max(0, $1.size)) },
                readable: found.count - broken,
                broken: broken
            )
        }
        return DeletePlan(id: "plan-3", boxes: boxes, trash: ".zscope-trash/20261122T144100Z")
    }

    private mutating func delete(_ order: DeleteOrder) -> [News] {
        let all = order.selection.boxes.flatMap { indexes(order.path, $0) }
        let present = all.filter { chunks[order.path]?[$0].state != .missing }
        for index in present { chunks[order.path]?[index] = (.missing, -1) }
        var progress = DeleteProgress(done: present.count / 2, total: present.count)
        progress.changed = Array(present.prefix(present.count / 2))
        var outcome = DeleteOutcome(done: present.count, trash: "20261122T144100Z")
        outcome.skipped = all.count - present.count
        outcome.changed = Array(present.dropFirst(present.count / 2))
        return [.deleteProgress(progress), .deleted(outcome)]
    }

    private mutating func restore(_ path: String, _ trash: String) -> [News] {
        var outcome = DeleteOutcome(done: 1, trash: trash)
        outcome.changed = chunks[path]?.indices.filter { chunks[path]?[$0].state == .missing } ?? []
        return [.restored(outcome)]
    }

    private func mockReport() -> MockReport {
        var report = MockReport()
        report.operations = 1204
        report.failed = 117
        report.slow = 31
        report.wrong = 4
        report.rules = [Fact("flaky", "117"), Fact("slow", "31"), Fact("rot", "4")]
        report.log = [
            MockLogEntry(
                milliseconds: 37102,
                operation: "read",
                key: "air/temp/c/3/0/1/7",
                outcome: .failed,
                chunk: 31783,
                detail: "error 503 by [flaky]"
            ),
            MockLogEntry(
                milliseconds: 37118,
                operation: "read",
                key: "air/temp/c/3/0/1/8",
                outcome: .slow,
                chunk: 31784,
                detail: "780 ms by [slow]"
            ),
            MockLogEntry(
                milliseconds: 37240,
                operation: "read",
                key: "air/temp/c/3/0/1/9",
                outcome: .wrong,
                chunk: 31785,
                detail: "1 bit flipped by [rot]"
            ),
        ]
        return report
    }
}
