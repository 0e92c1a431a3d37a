import Canvas
import Testing
import ZarrModel

@testable import Explorer

/// What is believed of chunks: what reading showed stays known as long as it holds, and no longer.
struct KnowledgeTests {
    private let details = ArrayDetails(
        shape: [20, 30],
        chunkShape: [10, 10],
        gridShape: [2, 3],
        dataType: "int16"
    )

    /// A page of a listing that was made at `moment`: all chunks but those that are left out.
    private func listed(
        without missing: Set<Int> = [],
        times: [Int: Int64] = [:],
        at moment: Int = 1000
    ) -> News {
        var page = CensusPage()
        for index in 0..<6 where !missing.contains(index) {
            page.append(index, .present, size: 100)
            page.modified.append(times[index] ?? 500)
        }
        page.takenAt = moment
        return .censusPage(page)
    }

    private func finding(_ index: Int, _ reason: String = "crc32c: wrong") -> ChunkFinding {
        ChunkFinding(
            chunk: ChunkIndex([index / 3, index % 3]),
            state: .corrupt,
            key: "c/\(index / 3)/\(index % 3)",
            reason: reason,
            bytes: 100
        )
    }

    /// A session whose chunks are listed.
    private func session(_ page: News? = nil, former: ArrayMemory? = nil) -> ArraySession {
        var session = ArraySession(path: "/a", details: details, former: former)
        session.censusRequest = 1
        session.receive(Event(1, page ?? listed()))
        session.receive(Event(1, .censusFinished(CensusSummary(isComplete: true))))
        return session
    }

    /// The same, with chunk 4 found corrupt by a verification and the others sound.
    private func verified() -> ArraySession {
        var session = session()
        session.beginVerify(2, goingOn: false)
        var page = CensusPage()
        for index in 0..<6 { page.append(index, index == 4 ? .corrupt : .present, size: -1) }
        page.isDecoded = true
        page.decodedAt = 1010
        session.receive(Event(2, .findings([finding(4)])))
        session.receive(Event(2, .censusPage(page)))
        session.receive(Event(2, .censusFinished(CensusSummary(isComplete: true))))
        return session
    }

    private func page(_ index: Int, _ state: ChunkState, size: Int64, time: Int64) -> CensusPage {
        var page = CensusPage()
        page.append(index, state, size: size)
        page.modified = [time]
        return page
    }

    private func list(_ session: ArraySession) -> FindingList {
        session.census.map { FindingList($0, session.book) } ?? FindingList()
    }

    // MARK: Changes and their undoing

    @Test(arguments: [ChunkState.missing, .present])
    func `what is undone is again what it was before the change`(became: ChunkState) {
        var session = verified()
        session.settle(page(4, became, size: became == .missing ? -1 : 77, time: 2000))
        session.settle(page(0, became, size: became == .missing ? -1 : 77, time: 2000))
        #expect(session.census?.state(4) == became)
        #expect(session.book.notes[4] == nil)
        #expect(list(session).read == 4)
        session.endChange(["trash-1"])
        session.settle(page(4, .present, size: 100, time: 2001), restoring: "trash-1")
        session.settle(page(0, .present, size: 100, time: 2001), restoring: "trash-1")
        #expect(session.census?.state(4) == .corrupt)
        #expect(session.census?.isSound(0) == true)
        #expect(list(session).read == 6)
        let note = session.book.note(4, .corrupt)
        #expect(note.map { session.book.words($0.reason) } == "crc32c: wrong")
    }

    @Test
    func `what comes back in another size, or from another trash, is only what it is listed as`() {
        for (size, trash) in [(99, "trash-1"), (100, "trash-2")] {
            var session = verified()
            session.settle(page(4, .missing, size: -1, time: -1))
            session.endChange(["trash-1"])
            session.settle(page(4, .present, size: Int64(size), time: 2001), restoring: trash)
            #expect(session.census?.state(4) == .present)
            #expect(session.book.notes[4] == nil)
            #expect(list(session).read == 5)
        }
    }

    @Test func `an undo after another array was looked at brings the finding back as well`() throws
    {
        var session = verified()
        session.settle(page(4, .missing, size: -1, time: -1))
        session.endChange(["trash-1"])
        let memory = try #require(session.memory(isBrief: false))
        var next = self.session(listed(without: [4], at: 3000), former: memory)
        next.settle(page(4, .present, size: 100, time: 3001), restoring: "trash-1")
        #expect(next.census?.state(4) == .corrupt)
        #expect(next.book.note(4, .corrupt).map { next.book.words($0.reason) } == "crc32c: wrong")
    }

    // MARK: From one look to the next

    @Test func `what was read is remembered for chunks of the same size and time, no others`()
        throws
    {
        let memory = try #require(verified().memory(isBrief: false))
        let session = session(listed(times: [1: 2500], at: 3000), former: memory)
        #expect(session.census?.state(4) == .corrupt)
        #expect(session.census?.isSound(1) == false)
        #expect(session.census?.isSound(0) == true)
        #expect(session.census?.decodedAt == 1010)
        #expect(list(session).read == 5)
        #expect(list(session).stored == 6)
        let written = self.session(listed(times: [4: 2500], at: 3000), former: memory)
        #expect(written.census?.state(4) == .present)
        #expect(list(written).found == 0)
    }

    @Test func `a chunk that may have been written again within its second is not remembered`()
        throws
    {
        var session = session(listed(times: [4: 1000]))
        session.hear([finding(4)], at: 1001)
        #expect(session.census?.state(4) == .corrupt)
        let memory = try #require(session.memory(isBrief: false))
        let next = self.session(listed(times: [4: 1000], at: 3000), former: memory)
        #expect(next.census?.state(4) == .present)
    }

    @Test func `a memory in brief keeps what does not decode`() throws {
        let memory = try #require(verified().memory(isBrief: true))
        let next = session(listed(at: 3000), former: memory)
        #expect(next.census?.state(4) == .corrupt)
        #expect(next.census?.soundCount == 0)
    }

    @Test func `what was found is kept by its place when the array has grown`() throws {
        let memory = try #require(verified().memory(isBrief: false))
        var grown = details
        grown.shape = [20, 50]
        grown.gridShape = [2, 5]
        var session = ArraySession(path: "/a", details: grown, former: memory)
        session.censusRequest = 1
        var page = CensusPage()
        for index in [0, 1, 2, 5, 6, 7] {
            page.append(index, .present, size: 100)
            page.modified.append(500)
        }
        session.receive(Event(1, .censusPage(page)))
        session.receive(Event(1, .censusFinished(CensusSummary(isComplete: true))))
        #expect(session.census?.state(6) == .corrupt)
        #expect(session.census?.count(.missing) == 4)
        #expect(session.book.note(6, .corrupt) != nil)
    }

    @Test func `other codecs make of the same bytes something else`() throws {
        let memory = try #require(verified().memory(isBrief: false))
        var other = details
        other.dataType = "int32"
        #expect(!memory.holds(for: other))
    }

    // MARK: What slices and indexes show

    @Test func `what a slice finds is known at once, also before the listing ends`() {
        var session = ArraySession(path: "/a", details: details)
        session.censusRequest = 1
        session.receive(Event(1, listed()))
        session.hear([finding(2)], at: 900)
        #expect(session.census?.state(2) == .present)
        session.receive(Event(1, .censusFinished(CensusSummary(isComplete: true))))
        #expect(session.census?.state(2) == .corrupt)
        session.hear([finding(3)], at: nil)
        #expect(session.census?.state(3) == .corrupt)
        #expect(list(session).found == 2)
        #expect(list(session).read == 2)
    }

    @Test func `a slice adds nothing to what a verification said of a chunk`() {
        var session = verified()
        session.hear([finding(4, "another reason")], at: 1020)
        #expect(session.book.notes[4]?.count == 1)
    }

    @Test func `a broken index of a shard is told as what it is`() throws {
        var session = session()
        var page = InsidePage()
        page.shards = [
            .init(index: 1, total: 4, present: 0, state: .corrupt, reason: "crc32c: wrong index"),
            .init(index: 2, total: 4, present: 3),
        ]
        session.look(inside: page)
        let census = try #require(session.census)
        let list = FindingList(census, session.book)
        let box = try #require(list.boxes.first { $0.state == .corrupt })
        let text = FindingText(
            names: AxisNames(nil, rank: 2),
            grid: census.grid,
            unit: "shard",
            median: nil,
            book: session.book
        )
        #expect(text.why(box) == "crc32c: wrong index")
        #expect(census.partialCount == 1)
    }

    // MARK: Watching

    @Test func `a watch begins with a listing that takes the place of the census`() {
        var session = verified()
        session.change { $0.mark(5, true) }
        #expect(session.beginRelisting(9) == nil)
        session.receive(Event(9, listed(without: [3], times: [1: 2500], at: 3000)))
        #expect(session.census?.state(3) == .present)
        session.receive(Event(9, .censusFinished(CensusSummary(isComplete: true))))
        #expect(session.census?.state(3) == .missing)
        #expect(session.census?.isSound(1) == false)
        #expect(session.census?.state(4) == .corrupt)
        #expect(session.census?.isMarked(5) == true)
        #expect(list(session).read == 4)
    }

    @Test func `a listing that fails leaves what was known`() {
        var session = verified()
        _ = session.beginRelisting(9)
        session.receive(Event(9, listed(without: [0, 1, 2], at: 3000)))
        session.receive(Event(9, .failed(Problem("no"))))
        #expect(session.census?.count(.present) == 5)
    }

    @Test func `complete never stands beside missing chunks`() {
        var watch = WatchSession(path: "/a", number: 1)
        _ = watch.receive(Event(1, .watching(WatchReport(total: 6, present: 6))))
        #expect(watch.title(missing: 0).contains("complete"))
        #expect(!watch.title(missing: 1).contains("complete"))
    }

    // MARK: The screen

    @Test func `r on the map reads the document anew, and shows the grid of now`() throws {
        var stage = Stage(locator: "/data/era5.zarr")
        stage.press(.down, .enter, .down, .down, .enter)
        let before = try #require(stage.explorer.context.array?.census?.total)
        let array = try #require(stage.world.details["/air/mask"]?.array)
        var grown = array
        grown.shape[0] += array.chunkShape[0]
        grown.gridShape[0] += 1
        stage.world.details["/air/mask"]?.array = grown
        stage.press(.character("r"))
        let row = grown.gridShape[1]
        #expect(stage.explorer.context.array?.census?.total == before + row)
        #expect(stage.explorer.context.array?.census?.count(.missing) ?? 0 >= row)
        #expect((stage.explorer.panes.last as? MapPane)?.view?.grid == grown.gridShape)
        stage.press(.character("q"))
        let pane = try #require(stage.explorer.panes.last as? BrowserPane)
        #expect(pane.selected?.shape == grown.shape)
        #expect(pane.selected?.counts?.total == before + row)
    }

    @Test func `what a slice could not read is marked on the map`() throws {
        var stage = Stage(locator: "/data/era5.zarr")
        stage.press(.down, .enter, .down, .down, .enter)
        let present = try #require(
            (0..<96).first { stage.explorer.context.array?.census?.state($0) == .present }
        )
        let grid = try #require(stage.explorer.context.array?.census?.grid)
        var values = PlaneValues(
            request: PlaneRequest(
                path: "/air/mask",
                rowAxis: 0,
                columnAxis: 1,
                fixed: [0, 0],
                rows: .init(start: 0, count: 1),
                columns: .init(start: 0, count: 1),
                form: .numbers
            )
        )
        values.failures = [
            ChunkFinding(
                chunk: ChunkIndex(GridOrder.coordinates(present, in: grid)),
                state: .corrupt,
                key: "c",
                reason: "crc32c: wrong"
            )
        ]
        stage.run(stage.explorer.receive(Event(4711, .planePart(values))))
        #expect(stage.explorer.context.array?.census?.state(present) == .corrupt)
    }

    @Test func `what a verify found is there again after another array was looked at`() throws {
        var world = World.era5
        var page = CensusPage()
        for (index, chunk) in (world.chunks["/air/mask"] ?? []).enumerated()
        where chunk.state != .missing {
            page.append(index, .present, size: 100)
            page.modified.append(500)
        }
        page.takenAt = 1000
        world.censuses["/air/mask"] = [
            .censusPage(page), .censusFinished(CensusSummary(isComplete: true)),
        ]
        var stage = Stage(world, locator: "/data/era5.zarr")
        stage.press(.down, .enter, .down, .down, .enter)
        let grid = try #require(stage.explorer.context.array?.census?.grid)
        let index = try #require(page.indexes.first)
        let finding = ChunkFinding(
            chunk: ChunkIndex(GridOrder.coordinates(index, in: grid)),
            state: .corrupt,
            key: "c",
            reason: "crc32c: wrong"
        )
        stage.explorer.context.array?.hear([finding], at: 1000)
        stage.press(.character("q"), .up, .enter, .character("q"), .down, .enter)
        #expect(stage.explorer.context.array?.path == "/air/mask")
        #expect(stage.explorer.context.array?.census?.state(index) == .corrupt)
        stage.press(.character("L"))
        #expect(stage.canvas().plainText.contains("crc32c: wrong"))
        #expect(stage.canvas().plainText.contains("V decodes all"))
    }

    @Test func `a folded tile of missing chunks is drawn alike by listings and by values`() {
        for (stored, missing) in [
            (ChunkDifference.alike, ChunkDifference.missing), (.equal, .missing),
        ] {
            var cell = MapFold.Cell()
            cell.count = 2
            cell.worst = max(
                DifferenceLook.state(stored).rawValue,
                DifferenceLook.state(missing).rawValue
            )
            cell.flags = stored == .alike ? Census.slowBit : 0
            #expect(DifferenceLook.worst(cell) == .missing)
        }
    }
}
