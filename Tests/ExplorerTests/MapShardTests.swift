import Canvas
import Testing
import ZarrModel

@testable import Explorer

/// Shards open, and values come in.
struct MapShardTests {
    private func stage(_ change: (inout World) -> Void = { _ in }) -> Stage {
        var world = World.era5
        world.details["/air/mask"]?.array?.innerChunkShape = [5, 3]
        change(&world)
        var stage = Stage(world, locator: "/data/era5.zarr", isWritable: true)
        stage.press(.down, .enter, .down, .down, .enter)
        return stage
    }

    private func pane(_ stage: Stage) -> MapPane? {
        stage.explorer.panes.last as? MapPane
    }

    @Test func `a shard opens into its inner chunks, and back returns`() {
        var stage = stage()
        stage.press(.character(">"))
        #expect(pane(stage)?.shard?.shard == ChunkIndex([0, 0]))
        #expect(pane(stage)?.inner?.census.total == 15)
        #expect(stage.canvas().plainText.contains("inner chunk"))
        stage.press(.character("n"))
        #expect(stage.explorer.context.message?.text.contains("missing 1/2") == true)
        stage.press(.character("q"))
        #expect(pane(stage)?.shard == nil)
    }

    @Test func `zooming in at the last step opens the shard, and out of it closes it`() {
        var stage = stage()
        for _ in 0..<12 where pane(stage)?.shard == nil { stage.press(.character("+")) }
        #expect(pane(stage)?.shard != nil)
        for _ in 0..<12 where pane(stage)?.shard != nil { stage.press(.character("-")) }
        #expect(pane(stage)?.shard == nil)
    }

    @Test func `turning the axes of a large map of values does not trap`() {
        var stage = Stage(locator: "/data/era5.zarr")
        stage.press(.down, .enter, .down, .enter, .alt("6"))
        for _ in 0..<9 { stage.press(.character("+")) }
        stage.press(.character("G"), .character("$"))
        for key in ["a", "x", "a", "y", "a", "x", "a", "y"] {
            stage.press(.character(Character(key)))
        }
        #expect(stage.explorer.panes.last is MapPane)
    }

    @Test func `shards inside shards open as well`() {
        var stage = stage()
        stage.press(.character(">"), .character(">"))
        #expect(pane(stage)?.shard?.inside == [ChunkIndex([0, 0])])
        stage.press(.character(">"))
        #expect(pane(stage)?.shard?.inside.count == 1)
    }

    @Test
    func `a shard that is not whole is gone to only where K chooses it, and is never counted`()
        throws
    {
        var stage = stage()
        let census = try #require(stage.explorer.context.array?.shown)
        #expect(census.partialCount > 0)
        let states = ChunkState.allCases.filter(\.isAnomaly).reduce(0) {
            $0 + census.count($1)
        }
        #expect(census.anomalyCount == states)
        #expect(!census.anomalyWords.contains("partial"))
        let isPartial = { (stage: Stage) in
            self.pane(stage)?.focusIndex.map { census.bits($0) & Census.partialBit != 0 }
        }
        for _ in 0..<states {
            stage.press(.character("n"))
            #expect(isPartial(stage) == false)
        }
        while pane(stage)?.kind != .partial { stage.press(.character("K")) }
        stage.press(.character("n"))
        #expect(isPartial(stage) == true)
        #expect(stage.canvas().plainText.contains("partial"))
    }

    @Test func `a shard that is not whole is never marked as one that is broken`() throws {
        var census = try #require(Census(grid: [3]))
        var page = CensusPage()
        for index in 0..<2 { page.append(index, .present, size: 9) }
        census.merge(page)
        census.finish(CensusSummary(isComplete: true))
        var inside = InsidePage()
        inside.shards = [.init(index: 0, total: 4, present: 3)]
        census.merge(inside)
        #expect(census.anomalyCount == 1)
        let question = try #require(MarkQuestion([[0..<3]], census, unit: "shard"))
        #expect(question.anomalies == 1)
        #expect(question.readable == 2)
        #expect(MarkQuestion([[0..<2]], census, unit: "shard") == nil)
    }

    @Test func `chunks inside a shard are never marked for a delete`() {
        var stage = stage()
        stage.press(.character(">"), .character(" "), .character("v"), .character("*"))
        stage.press(.character("D"))
        #expect(stage.deletes == 0)
        #expect(pane(stage)?.inner?.census.markedCount == 0)
        #expect(stage.explorer.context.array?.shown?.markedCount == 0)
        #expect(pane(stage)?.shard != nil)
    }

    @Test func `a chunk inside a shard is inspected by itself, and so are those beside it`() throws
    {
        var stage = stage()
        stage.press(.character(">"), .enter)
        let pane = { (stage: Stage) in stage.explorer.panes.last as? ChunkPane }
        #expect(pane(stage)?.report?.inside?.grid == [3, 5])
        #expect(stage.canvas().plainText.contains("inner chunk [0,0] of [0,0]"))
        #expect(stage.canvas().plainText.contains("byte 0 of its shard"))
        stage.press(.character("3"))
        let asked = stage.world.asked.compactMap { effect -> Range<Int>? in
            if case .readBytes(_, ChunkIndex([0, 0]), let range) = effect.work {
                range
            } else {
                nil
            }
        }
        #expect(asked.last == 0..<40)
        stage.press(.character("1"), .character("]"))
        #expect(pane(stage)?.chunk == ChunkIndex([0, 1]))
        #expect(stage.canvas().plainText.contains("byte 70 of its shard"))
        stage.press(.character("D"), .character(" "))
        #expect(stage.deletes == 0)
        #expect(stage.explorer.context.array?.shown?.markedCount == 0)
        for _ in 0..<40 { stage.press(.character("]")) }
        #expect(pane(stage)?.chunk == ChunkIndex([2, 4]))
    }

    @Test func `an index that cannot be read shows why, and nothing as missing`() {
        var contents = ShardContents(
            place: ShardPlace(ChunkIndex([0])),
            key: "c/0",
            start: [0],
            innerShape: [1],
            grid: [4],
            isNested: false
        )
        contents.states = Array(repeating: .unknown, count: 4)
        contents.sizes = Array(repeating: -1, count: 4)
        contents.offsets = contents.sizes
        contents.problem = "the checksum does not match"
        let map = InnerMap(contents)
        #expect(map?.census.count(.missing) == 0)
        #expect(map?.census.count(.unknown) == 4)
    }

    @Test func `contents that do not fit together are refused`() {
        var contents = ShardContents(
            place: ShardPlace(ChunkIndex([0])),
            key: "c/0",
            start: [0],
            innerShape: [1],
            grid: [.max, 3],
            isNested: false
        )
        #expect(InnerMap(contents) == nil)
        contents.grid = [4]
        #expect(InnerMap(contents) == nil)
    }

    // MARK: Values

    @Test func `values of the chunks in view come when their measure is chosen`() {
        var stage = stage()
        stage.press(.alt("6"))
        let census = stage.explorer.context.array?.shown
        #expect(census?.figureCount == census?.count(.present))
        #expect(pane(stage)?.drawn.scale != nil || stage.canvas().plainText.contains("mean"))
        #expect(census?.soundCount == census?.count(.present))
    }

    @Test func `what was read before it was stopped stays, and V goes on`() {
        var stage = stage { world in
            world.isHeld = { if case .readFigures = $0 { true } else { false } }
        }
        stage.press(.alt("6"))
        guard let held = stage.world.held.last, case .readFigures(let request) = held.work else {
            Issue.record("nothing was asked for")
            return
        }
        var page = FiguresPage()
        let found = ChunkFigures(mean: 1, minimum: 0, maximum: 2, nanShare: 0)
        for chunk in request.chunks.prefix(9) { page.append(chunk, .present, found) }
        stage.run(stage.explorer.receive(Event(held.number, .figuresPage(page))))
        stage.press(.control("c"))
        #expect(stage.world.asked.contains { $0.work == .cancel(held.number) })
        stage.run(stage.explorer.receive(Event(held.number, .cancelled)))
        #expect(stage.explorer.context.array?.shown?.figureCount == 9)
        stage.press(.right, .left)
        #expect(stage.world.held.count == 1)
        stage.press(.character("V"))
        #expect(stage.world.held.count == 2)
        if case .readFigures(let rest)? = stage.world.held.last?.work {
            #expect(Set(rest.chunks).isDisjoint(with: request.chunks.prefix(9)))
        }
    }

    @Test func `a million chunks are not read without being asked`() {
        var stage = Stage(locator: "/data/era5.zarr")
        stage.press(.down, .enter, .down, .enter, .alt("6"))
        let asked = stage.world.asked.contains { effect in
            if case .readFigures = effect.work { true } else { false }
        }
        #expect(!asked)
        #expect(stage.explorer.context.message?.text.contains("V begins") == true)
    }

    @Test(arguments: MapMeasure.allCases) func `every measure has a bar or a legend`(
        _ measure: MapMeasure
    ) {
        var stage = stage()
        let keys: [MapMeasure: Character] = [
            .presence: "1", .state: "2", .size: "3", .ratio: "4", .age: "5", .mean: "6",
            .min: "7", .max: "8", .nan: "9", .constant: "0",
        ]
        stage.press(.alt(keys[measure] ?? "1"))
        let text = stage.canvas().plainText
        #expect(text.contains(measure.number == nil ? "present" : measure.title))
    }

    // MARK: One inner chunk

    @Test func `D on an inner chunk says what can be done with it, and why not more`() {
        var stage = stage()
        stage.press(.character(">"), .right, .character("D"))
        let screen = stage.canvas().plainText
        #expect(screen.contains("Inner chunk [0,1] of shard [0,0]"))
        #expect(screen.contains("nothing can delete it alone"))
        stage.press(.enter)
        let chunk = stage.explorer.panes.last as? ChunkPane
        #expect(chunk?.place == ShardPlace(ChunkIndex([0, 0]), inside: [ChunkIndex([0, 1])]))
        stage.press(.character("q"), .character("D"), .character("2"))
        #expect(stage.explorer.panes.last is SlicePane)
    }

    @Test func `an inner chunk leads to its shard's plan, or to the command for it alone`() {
        var stage = stage()
        stage.press(.character(">"), .right, .character("D"), .character("4"))
        let command =
            "zscope repair '/data/era5.zarr#/air/mask' --inner --chunks '0,1'"
            + " --reset-to-fill --dry-run"
        #expect(stage.world.asked.last?.work == .copy(command))
        stage.press(.character("D"), .character("3"), .character("1"))
        let entries = stage.explorer.context.staged("/air/mask")
        #expect(entries.map(\.ranges) == [[0..<1, 0..<1]])
        #expect(stage.explorer.panes.last is DeletePane)
    }
}
