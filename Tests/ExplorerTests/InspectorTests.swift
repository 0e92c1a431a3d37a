import Canvas
import Testing
import ZarrModel

@testable import Explorer

/// One chunk, looked at directly.
struct InspectorTests {
    private func stage(_ world: World = .era5, at steps: [Key]) -> Stage {
        var stage = Stage(world, size: Size(rows: 30, columns: 110), locator: "/data/era5.zarr")
        stage.press(.down, .enter, .down, .down, .enter)
        for key in steps { stage.press(key) }
        return stage
    }

    private func pane(_ stage: Stage) throws -> ChunkPane {
        try #require(stage.explorer.panes.last as? ChunkPane)
    }

    private static let corrupt: [Key] = [.character("n"), .character("n"), .enter]

    @Test(arguments: 1...5) func `no tab is blank for a chunk that does not decode`(
        _ tab: Int
    ) throws {
        var stage = stage(at: Self.corrupt)
        stage.press(.character(Character(String(tab))))
        let screen = stage.canvas().plainText
        #expect(screen.contains("corrupt"))
        #expect(screen.contains("checksum does not match"))
        #expect(screen.contains("c/1/2"))
    }

    @Test(arguments: 1...5) func `no tab is blank for a chunk that is absent`(_ tab: Int) throws {
        var stage = stage(at: [.character("n"), .character("n"), .character("n"), .enter])
        stage.press(.character(Character(String(tab))))
        let screen = stage.canvas().plainText
        #expect(screen.contains("missing"))
        #expect(screen.contains("c/3/4"))
    }

    @Test func `only pages that are in view are read, and each once`() throws {
        var world = World.era5
        world.chunks["/air/mask"]?[0] = (.present, 1 << 40)
        var stage = stage(world, at: [.enter, .character("3")])
        let asked = { (stage: Stage) in
            stage.world.asked.compactMap { effect -> Range<Int>? in
                if case .readBytes(_, _, let range) = effect.work { range } else { nil }
            }
        }
        #expect(asked(stage) == [0..<4096])
        for _ in 0..<5 { stage.press(.down, .up) }
        #expect(asked(stage) == [0..<4096])
        stage.press(.character("G"))
        #expect(asked(stage).last?.upperBound == 1 << 40)
        #expect(asked(stage).count <= 3)
        #expect(stage.canvas().plainText.contains("fffffffff0"))
    }

    @Test func `the neighbours can be walked to`() throws {
        var stage = stage(at: [.enter, .character("5"), .right, .down])
        #expect(try pane(stage).near.row == 2)
        stage.press(.enter)
        #expect(try pane(stage).chunk == ChunkIndex([1, 1]))
    }

    @Test func `a neighbourhood holds every chunk around, once`() throws {
        for grid in [[9], [9, 9], [9, 9, 9], [9, 9, 9, 9]] {
            let place = ChunkIndex(grid.map { _ in 4 })
            let around = try #require(Neighbourhood(place, in: grid))
            var found: Set<ChunkIndex> = []
            for row in 0..<around.rows {
                for column in 0..<around.columns {
                    if let chunk = around.chunk(row: row, column: column) { found.insert(chunk) }
                }
            }
            #expect(found.count == GridOrder.product(grid.map { _ in 3 }))
        }
    }

    @Test func `a listing that the look contradicts is told so`() throws {
        var world = World.era5
        var page = CensusPage()
        for index in 0..<96 where index != 5 { page.append(index, .present, size: 99) }
        world.censuses["/air/mask"] = [
            .censusPage(page), .censusFinished(CensusSummary(isComplete: true)),
        ]
        var stage = stage(world, at: [.character("n"), .enter])
        #expect(stage.canvas().plainText.contains("but it is here"))
    }

    @Test func `checksums are told by codec`() {
        var report = ChunkReport(chunk: ChunkIndex([0]), key: "c/0", state: .present)
        report.stages = [
            CodecStage(codec: "crc32c", bytesIn: 104, bytesOut: 100),
            CodecStage(codec: "gzip", bytesIn: 100, bytesOut: nil, problem: "cut off"),
        ]
        var codecs = [
            CodecCard(name: "bytes"), CodecCard(name: "gzip"), CodecCard(name: "crc32c"),
        ]
        codecs[1].checksum = "gzip (crc32)"
        codecs[2].checksum = "crc32c"
        let facts = Checksums.facts(report, codecs)
        #expect(facts.map(\.isRight) == [true, false])
        #expect(Checksums.facts(report, [CodecCard(name: "zstd", configuration: "{}")]).isEmpty)
    }

    @Test func `a list of values scrolls to its last value`() throws {
        var report = ChunkReport(chunk: ChunkIndex([0]), key: "c/0", state: .present)
        report.shape = [1_000_000]
        report.preview = (0..<1024).map { "\($0)" }
        var window = ValueWindow(report)
        #expect(window.rows == 1_000_000 && window.columns == 0)
        #expect(window.wanted(0..<200, 0..<0) == nil)
        let start = try #require(window.wanted(999_900..<1_000_100, 0..<0))
        let texts = (start.row..<1_000_000).map { "\($0)" }
        window.take(
            ChunkPreview(chunk: report.chunk, row: start.row, column: 0, width: 0, texts: texts)
        )
        #expect(window.wanted(999_900..<1_000_100, 0..<0) == nil)
        #expect(window.text(row: 999_999) == "999999")
        #expect(window.text(row: 0) == nil)
    }

    @Test func `values are asked for when they come into view, and once`() throws {
        var stage = stage(at: [.enter, .character("2")])
        var report = try #require(try pane(stage).report)
        report.shape = [300, 500]
        report.previewWidth = 64
        report.preview = (0..<4096).map { "\($0 / 64),\($0 % 64)" }
        stage.press(.character("r"))
        let number = stage.world.asked.last { $0.work.isInspect }?.number ?? 0
        stage.explorer.panes.removeLast()
        var pane = ChunkPane(path: "/air/mask", chunk: ChunkIndex([0, 0]))
        _ = pane.look(&stage.explorer.context)
        let asked = stage.explorer.context.pending.first { $0.value.isInspect }?.key ?? number
        _ = pane.receive(Event(asked, .inspected(report)), &stage.explorer.context)
        pane.choose(.values)
        stage.explorer.panes.append(pane)
        stage.press(.character("G"), .character("$"), .character("$"))
        #expect(stage.canvas().plainText.contains("299,499"))
        #expect(stage.canvas().plainText.contains("of 300 × 500"))
        func count() -> Int {
            stage.world.asked.count { effect in
                if case .readValues = effect.work { true } else { false }
            }
        }
        let before = count()
        #expect(before > 0)
        stage.press(.up, .down, .left, .right)
        #expect(count() == before)
    }

    @Test func `a plane of values scrolls to its last row and column`() throws {
        var report = ChunkReport(chunk: ChunkIndex([0, 0]), key: "c/0/0", state: .present)
        report.shape = [300, 500]
        report.previewWidth = 64
        report.preview = (0..<4096).map { "\($0)" }
        var window = ValueWindow(report)
        #expect(window.rows == 300 && window.columns == 500)
        #expect(window.wanted(0..<20, 0..<10) == nil)
        #expect(window.wanted(290..<310, 490..<500)?.row ?? 0 <= 290)
        let start = try #require(window.wanted(280..<300, 480..<500))
        window.take(
            ChunkPreview(
                chunk: report.chunk,
                row: start.row,
                column: start.column,
                width: min(64, 500 - start.column),
                texts: Array(repeating: "x", count: 64 * 64)
            )
        )
        #expect(window.wanted(280..<300, 480..<500) == nil)
        #expect(window.text(row: 0, column: 0) == nil)
        #expect(window.text(row: 299, column: 499) == "x")
        #expect(window.text(row: .max, column: start.column) == nil)
    }

    @Test func `it says since when a state is known`() throws {
        var stage = stage(at: [])
        stage.explorer.context.array?.change { census in
            var page = CensusPage()
            page.append(0, .present, size: 60)
            page.takenAt = 1_795_398_070
            census.merge(page)
        }
        stage.press(.enter)
        #expect(stage.canvas().plainText.contains("listed    2026-11-23 01:41:10 UTC"))
        stage.explorer.context.array?.change { census in
            var page = CensusPage()
            page.append(0, .present, size: 60)
            page.isDecoded = true
            page.decodedAt = 1_795_398_071
            census.merge(page)
        }
        #expect(stage.canvas().plainText.contains("verified  2026-11-23 01:41:11 UTC"))
    }

    @Test func `a record of a listing learns nothing from a look that has no bytes`() throws {
        var world = World.era5
        world.opened.record = "From a census file of 2026-11-22: it has no values"
        world.chunks["/air/mask"]?[0] = (.unreadable, 60)
        var stage = stage(world, at: [])
        stage.explorer.context.array?.change { $0.set(0, .present, size: 60) }
        stage.press(.enter, .escape)
        #expect(stage.explorer.context.array?.shown?.state(0) == .present)
    }

    @Test func `where no codec keeps a checksum the inspector and the findings say so`() {
        var world = World.era5
        world.details["/air/mask"]?.array?.codecs[1].checksum = nil
        var stage = stage(world, at: [.enter])
        #expect(stage.canvas().plainText.contains("none: only length"))
        stage.press(.character("q"), .character("L"))
        #expect(stage.canvas().plainText.contains("no checksum here"))
        stage.press(.character("V"))
        #expect(stage.canvas().plainText.contains("▲ no checksum"))
    }

    @Test func `of an array that cannot be decoded presence is known, and the codec is named`() {
        var world = World.era5
        let reason = "numcodecs.pcodec: this codec is not known"
        world.details["/air/mask"]?.array?.reasonNoValues = reason
        var stage = stage(world, at: [])
        let map = stage.canvas().plainText
        #expect(map.contains("undecodable") && map.contains("numcodecs.pcodec"))
        #expect(!map.contains("complete"))
        #expect(stage.explorer.context.message?.text.contains("No chunk can be decoded") == true)
        stage.press(.character("V"))
        #expect(stage.explorer.context.message?.text.contains(reason) == true)
        #expect(!stage.world.asked.contains { $0.work == .verify(path: "/air/mask") })
        stage.press(.character("L"))
        #expect(stage.canvas().plainText.contains("no chunk can be decoded: numcodecs.pcodec"))
        stage.press(.character("q"), .character("q"))
        #expect(stage.canvas().plainText.contains("numcodecs.pcodec"))
    }
}

extension Work {
    /// Whether it is a direct look at a chunk.
    fileprivate var isInspect: Bool {
        if case .inspect = self { true } else { false }
    }
}
