import Explorer
import ZarrModel

/// A made-up storage that answers every effect at once, so that whole sessions are one expression.
struct World: Sendable {
    /// The nodes, by path.
    var details: [String: NodeDetails] = [:]
    var children: [String: [NodeCard]] = [:]
    var coordinates: [String: [AxisCoordinates]] = [:]
    var levels: [String: ArrayLevels] = [:]
    var home = HomeContents()
    var opened = OpenedStore(locator: "/data/era5.zarr", name: "era5.zarr")
    /// State and size of every chunk, by path.
    var chunks: [String: [(state: ChunkState, size: Int64)]] = [:]
    /// Answers to a census that are made already, by path.
    var censuses: [String: [News]] = [:]
    /// The number at a row and column of every plane; `nil` for hills with holes.
    var number: (@Sendable (_ row: Int, _ column: Int) -> Double)?
    /// Files that are there already.
    var files: Set<String> = []
    /// What lies in every trash.
    var trashes: [TrashCard] = []
    /// How the breakers around the open store stand.
    var breakers: [BreakerStanding] = []
    /// The plan that was shown last.
    private var shownPlan: (id: String, request: PlanRequest)?
    /// What is kept beside arrays, by path.
    var notes: [String: ArrayNotes] = [:]
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
        case .connect(let locator): connect(locator)
        case .forget(let locator): forget(locator)
        case .complete(let text): [.completions(completions(text))]
        case .open(let locator):
            locator.contains("nowhere")
                ? [.failed(Problem("no such directory: \(locator)", details: ["errno 2: ENOENT"]))]
                : [.opened(opened), .operations(operations)]
        case .listChildren(let path):
            children[path].map { [.children($0)] } ?? [.failed(Problem("denied (403)"))]
        case .describe(let path):
            details[path].map { [.described($0)] } ?? [.failed(Problem("cannot be read"))]
        case .count(let path): [.counted(path: path, counts(path))]
        case .sampleCodecs(let path): [.sampledCodecs(sample(path))]
        case .listKeys(let path, _): [.keys(keys(path))]
        case .coordinates(let path): [.coordinates(path: path, coordinates[path] ?? [])]
        case .census(let path): census(path)
        case .verify(let path), .resumeVerify(let path): verify(path)
        case .loadNotes(let path): [.notes(notes[path] ?? ArrayNotes(path: path))]
        case .keepExpected: [.kept]
        case .readExpected: [.expected([[0..<1, 0..<2]])]
        case .exportFindings(let order):
            [
                .exported(
                    ExportOutcome(
                        file: order.file,
                        lines: order.rows.count,
                        isTaken: order.file.hasPrefix("taken") && !order.replaces
                    )
                )
            ]
        case .readBytes(_, let chunk, let range):
            [
                .bytes(
                    ObjectBytes(
                        chunk: chunk,
                        start: range.lowerBound,
                        bytes: range.map { UInt8($0 & 0xff) }
                    )
                )
            ]
        case .readValues(_, let place, let row, let column):
            [
                .chunkValues(
                    ChunkPreview(
                        chunk: place.inside.last ?? place.shard,
                        row: row,
                        column: column,
                        width: 64,
                        texts: (0..<4096).map { "\(row + $0 / 64),\(column + $0 % 64)" }
                    )
                )
            ]
        // Map
        case .openShard(let path, let place): [.shardContents(contents(path, place))]
        case .lookInside(let path): lookInside(path)
        case .readFigures(let request): figures(request)
        case .inspect(let path, let place): [.inspected(report(path, place))]
        case .readPlane(let request), .readAhead(let request), .readElement(let request):
            [.plane(plane(request))]
        case .levels(let path): [.levels(path: path, levels[path] ?? ArrayLevels())]
        case .tick: []
        case .planDelete(let request): [.deletePlan(plan(request, effect.number))]
        case .delete(let order): delete(order)
        case .restore(let path, let trash): restore(path, trash)
        case .compare(let path, _): comparison(path, readsValues: false)
        case .compareValues: comparison("/air/mask", readsValues: true)
        case .compareChunk(_, let index): [.comparedChunk(comparedChunk(index))]
        case .watch: [.watching(WatchReport(total: 96, present: 90))]
        case .arm(let settings): [.armed(settings), .mockReport(mockReport())]
        case .disarm: [.disarmed(MockReport())]
        case .listTrash: [.trashes(trashes)]
        case .savePlan(_, let file): [.planSaved("Wrote \(file)")]
        case .checkSource: [.sourceFits]
        case .loadScenarios: [.scenarios(Self.scenarios)]
        case .drill(let order): drill(order)
        case .save(let name, _): [.saved(name)]
        case .checkRules(let rules): [.rulesChecked(Self.mistake(in: rules))]
        case .saveSettings: [.settingsSaved(path: "/home/me/.config/zscope/config")]
        case .bookmark(let bookmark, let isOn): [.home(set(bookmark, isOn: isOn))]
        case .export(let order):
            files.contains(order.path) && !order.replaces
                ? [.screenExported(.exists(path: order.path))]
                : [.screenExported(.written(path: order.path, bytes: 4321))]
        case .close, .cancel, .unwatch, .copy, .repaint, .suspend, .mouse, .quit, .apply, .remember,
            .steerDrill, .freshenOperations, .settleFailure, .discardInput, .keepCounts:
            []
        }
    }

    /// The exports that were asked for.
    var exports: [ExportOrder] {
        asked.compactMap { effect in
            if case .export(let order) = effect.work { order } else { nil }
        }
    }

    private mutating func set(_ bookmark: Bookmark, isOn: Bool) -> HomeContents {
        home.bookmarks.removeAll { $0.locator == bookmark.locator }
        if isOn { home.bookmarks.insert(bookmark, at: 0) }
        return home
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

    /// A census, with what a verification says of what does not decode.
    private func verify(_ path: String) -> [News] {
        let grid = details[path]?.array?.gridShape ?? []
        guard grid.count == 2, let all = chunks[path] else { return census(path) }
        var progress = VerifyProgress()
        progress.stored = all.count { $0.state != .missing }
        progress.checked = progress.stored
        progress.bytes = 22_000
        progress.storedBytes = 22_000
        progress.elapsedMilliseconds = 1200
        let findings = all.indices.filter { all[$0].state > .missing }.map { index in
            let place = [index / grid[1], index % grid[1]]
            return ChunkFinding(
                chunk: ChunkIndex(place),
                state: all[index].state,
                key: "c/\(place[0])/\(place[1])",
                reason: reason(all[index].state),
                bytes: all[index].size < 0 ? nil : Int(all[index].size)
            )
        }
        let pages = census(path).map { news -> News in
            guard case .censusPage(var page) = news else { return news }
            page.isDecoded = true
            return .censusPage(page)
        }
        return [.findings(findings), .verifyProgress(progress)] + pages
    }

    private func reason(_ state: ChunkState) -> String {
        switch state {
        case .corrupt: "zstd: checksum does not match"
        case .short: "bytes: 12 of 450 bytes are there"
        default: "503 after 4 tries"
        }
    }

    private func linear(_ path: String, _ chunk: ChunkIndex) -> Int {
        let grid = details[path]?.array?.gridShape ?? []
        return zip(chunk.coordinates, grid).reduce(0) { $0 * $1.1 + $1.0 }
    }

    private func report(_ path: String, _ place: ShardPlace) -> ChunkReport {
        guard place.inside.isEmpty else { return innerReport(path, place) }
        let chunk = place.shard
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
        if request.form == .numbers, request.isReduced {
            values.minima = values.numbers.map { $0 - 1 }
            values.maxima = values.numbers.map { $0 + 1 }
        }
        values.unit = "degC"
        values.chunksTotal = 256
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

    private mutating func plan(_ request: PlanRequest, _ number: Int) -> DeletePlan {
        shownPlan = ("plan-\(number)", request)
        let boxes = request.entries.map { entry in
            let all = entry.action == .vacuum ? [] : indexes(request.path, entry.ranges)
            let found = all.compactMap { chunks[request.path]?[$0] }.filter { $0.state != .missing }
            let broken = found.count { $0.state != .present }
            return PlannedBox(
                ranges: entry.ranges,
                present: found.count,
                bytes: found.reduce(0) { $0 + Int(max(0, $1.size)) },
                readable: found.count - broken,
                broken: broken
            )
        }
        var plan = DeletePlan(
            id: "plan-\(number)",
            boxes: boxes,
            trash: "a trash inside the array (.zscope-trash)"
        )
        plan.keys = present(request).map { index in
            PlannedKey(key: "\(request.path.dropFirst())/c/\(index)", verb: "delete", bytes: 54)
        }
        return plan
    }

    private func present(_ request: PlanRequest) -> [Int] {
        request.entries.filter { $0.action != .vacuum }
            .flatMap { indexes(request.path, $0.ranges) }
            .filter { chunks[request.path]?[$0].state != .missing }
    }

    private mutating func forget(_ locator: String) -> [News] {
        home.recents.removeAll { $0.locator == locator }
        return [.home(home)]
    }

    private func connect(_ locator: String) -> [News] {
        var report = ConnectReport(locator: locator, backend: "file")
        report.steps = [ConnectStep("open", .passed, "0.4 ms")]
        let first = report
        report.steps += [
            ConnectStep("root", .passed, "0.1 ms   v3 group"),
            ConnectStep("list", .failed, "denied (403)"),
            ConnectStep("censuses", .noticed, "stale: /air/mask has 2 chunks less"),
        ]
        report.latencies = [120, 95, 101, 480, 99, 97, 103, 2200, 96, 94]
        report.failures = 1
        report.capabilities = ["read", "list", "ranges"]
        return [.connecting(first), .connected(report)]
    }

    private func counts(_ path: String) -> CensusCounts {
        let all = chunks[path] ?? []
        var counts = CensusCounts(total: all.count)
        counts.present = all.count { $0.state != .missing }
        counts.broken = all.count { $0.state >= .short }
        counts.storedBytes = all.reduce(0) { $0 + Int(max(0, $1.size)) }
        counts.isComplete = true
        return counts
    }

    private func sample(_ path: String) -> CodecSample {
        CodecSample(
            path: path,
            key: path.dropFirst() + "/c/0/0",
            stages: [
                CodecStage(codec: "zstd", bytesIn: 180, bytesOut: 450),
                CodecStage(codec: "bytes", bytesIn: 450, bytesOut: 450),
            ]
        )
    }

    private func keys(_ path: String) -> KeyPage {
        let kinds: [(String, KeyCard.Kind, Int?)] = [
            ("zarr.json", .metadata, 812), ("c/0/0", .chunk, 180), ("c/9/99", .orphan, 180),
            ("notes.txt", .foreign, 12_345), (".zscope-trash/2026/c/0/1", .trash, 181),
            ("below/", .below, nil),
        ]
        return KeyPage(
            path: path,
            keys: kinds.map { KeyCard(key: $0, kind: $1, bytes: $2) },
            isLast: true
        )
    }

    private mutating func delete(_ order: DeleteOrder) -> [News] {
        guard let shown = shownPlan, shown.id == order.plan else {
            return [.failed(Problem("this is not the plan that was looked at"))]
        }
        shownPlan = nil
        let present = present(shown.request)
        for index in present { chunks[order.path]?[index] = (.missing, -1) }
        let id = "20261122T144100Z-000001"
        trashes.append(TrashCard(id: id, count: present.count, made: "2026-11-22 14:41:00"))
        var progress = DeleteProgress(done: present.count / 2, total: present.count)
        progress.elapsedMilliseconds = 120
        for index in present.prefix(present.count / 2) {
            progress.changed.append(index, .missing, size: -1)
        }
        var outcome = DeleteOutcome(done: present.count)
        outcome.trashes = [id]
        outcome.journal = "/home/ada/.local/state/zscope/journal/20261122T144100Z-7-9.ndjson"
        for index in present.dropFirst(present.count / 2) {
            outcome.changed.append(index, .missing, size: -1)
        }
        return [.deleteProgress(progress), .deleted(outcome)]
    }

    private mutating func restore(_ path: String, _ trash: String) -> [News] {
        trashes.removeAll { $0.id == trash }
        let back = chunks[path]?.indices.filter { chunks[path]?[$0].state == .missing } ?? []
        var outcome = DeleteOutcome(done: back.count)
        for index in back {
            chunks[path]?[index] = (.present, 54)
            outcome.changed.append(index, .present, size: 54)
        }
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
