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
        let codecs = [
            CodecCard(name: "bytes"), CodecCard(name: "gzip"), CodecCard(name: "crc32c"),
        ]
        let facts = Checksums.facts(report, codecs)
        #expect(facts.map(\.isRight) == [true, false])
        #expect(Checksums.facts(report, [CodecCard(name: "zstd", configuration: "{}")]).isEmpty)
    }
}
