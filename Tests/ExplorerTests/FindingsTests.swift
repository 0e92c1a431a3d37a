import Canvas
import Testing
import ZarrModel

@testable import Explorer

/// The list of what stands out, and the verification that fills it.
struct FindingsTests {
    /// The findings of the small array with every state.
    private func stage(_ world: World = .era5, isWritable: Bool = false) -> Stage {
        var stage = Stage(
            world,
            size: Size(rows: 36, columns: 120),
            locator: "/data/era5.zarr",
            isWritable: isWritable
        )
        stage.press(.down, .enter, .down, .down, .enter, .character("L"))
        _ = stage.canvas()
        return stage
    }

    private func pane(_ stage: Stage) throws -> FindingsPane {
        try #require(stage.explorer.panes.last as? FindingsPane)
    }

    private func census(_ grid: [Int], missing: [Int]) throws -> Census {
        var census = try #require(Census(grid: grid))
        var page = CensusPage()
        for index in 0..<census.total { page.append(index, .present, size: 100) }
        census.merge(page)
        census.finish(CensusSummary(isComplete: true))
        for index in missing { census.set(index, .missing, size: -1) }
        return census
    }

    // MARK: Boxes

    @Test(arguments: 0..<40 as Range<UInt64>)
    func `boxes hold exactly the chunks they were made of, and none twice`(_ seed: UInt64) {
        var random = Seeded(state: seed)
        let grid = (0..<Int.random(in: 1...4, using: &random)).map { _ in
            Int.random(in: 1...6, using: &random)
        }
        let total = grid.reduce(1, *)
        let share = Int.random(in: 1...9, using: &random)
        let chosen = (0..<total).filter { _ in Int.random(in: 0..<10, using: &random) < share }
        var found: [Int] = []
        for box in BoxGrouping.boxes(of: chosen, in: grid) {
            GridOrder.forEach(in: box, of: grid) { found.append($0) }
        }
        #expect(found.sorted() == chosen)
    }

    @Test func `a whole slab is one box, whichever axis it lies across`() {
        let grid = [4, 5, 6]
        for axis in 0..<3 {
            let slab = (0..<120).filter { GridOrder.coordinates($0, in: grid)[axis] == 2 }
            #expect(BoxGrouping.boxes(of: slab, in: grid).count == 1)
        }
    }

    @Test func `boxes that meet only at an edge of the grid stay apart`() {
        #expect(BoxGrouping.boxes(of: [5, 6], in: [2, 6]) == [[0..<1, 5..<6], [1..<2, 0..<1]])
        #expect(ChunkSelection.boxes(of: [3, 1, 3, 2], in: [6]) == [[1..<4]])
    }

    @Test func `taking a box out of others leaves exactly the rest`() {
        let boxes = [[0..<4, 0..<4], [6..<8, 0..<2]]
        let rest = ChunkBoxes.removing([1..<7, 1..<3], from: boxes)
        var left: [Int] = []
        for box in rest { GridOrder.forEach(in: box, of: [8, 8]) { left.append($0) } }
        let expected = (0..<64).filter { index in
            let (row, column) = (index / 8, index % 8)
            let isIn = (row < 4 && column < 4) || ((6..<8).contains(row) && column < 2)
            return isIn && !((1..<7).contains(row) && (1..<3).contains(column))
        }
        #expect(left.sorted() == expected)
    }

    // MARK: Why

    @Test(arguments: [
        ([8, 8], [27], FindingBox.Pattern.isolated), ([8, 8], Array(16..<24), .slab),
        ([8, 8], Array(48..<64), .end), ([8, 8], [0, 1, 8, 9], .corner),
        ([8, 8], [26, 27, 28], .isolated), ([8, 8], Array(0..<64), .everything),
        ([50], Array(40..<50), .end), ([50], [7], .isolated), ([1], [0], .single),
    ])
    func `how a hole lies says how it came to be`(
        _ grid: [Int],
        _ missing: [Int],
        _ pattern: FindingBox.Pattern
    ) throws {
        let list = FindingList(try census(grid, missing: missing), FindingBook())
        #expect(list.boxes.map(\.pattern) == [pattern])
    }

    @Test func `a short chunk is compared with the median`() throws {
        var stage = stage()
        let screen = stage.canvas().plainText
        #expect(screen.contains("truncated: 12 B, median"))
    }

    @Test func `reasons of a verification stand beside what they are about`() throws {
        var stage = stage()
        stage.press(.character("V"))
        let screen = stage.canvas().plainText
        #expect(screen.contains("zstd: checksum does not match"))
        #expect(screen.contains("verified"))
        #expect(try pane(stage).list.boxes.contains { $0.reason != nil })
    }

    // MARK: The list

    @Test func `the list holds what stands out, and every order holds the same`() throws {
        var stage = stage()
        let all = try pane(stage)
        #expect(all.list.boxes.reduce(0) { $0 + $1.count } == 9)
        for _ in FindingOrder.allCases {
            stage.press(.character("o"))
            #expect(try pane(stage).shown.sorted() == all.shown.sorted())
        }
    }

    @Test(arguments: [("miss", 6), ("corr", 1), ("lat=1", 2), ("lon=0..4 miss", 1), ("nothing", 0)])
    func `the filter keeps what every word fits`(_ text: String, _ count: Int) throws {
        var stage = stage()
        stage.press(.character("/"))
        stage.type(text)
        stage.press(.enter)
        let pane = try pane(stage)
        let chunks = pane.shown.reduce(0) { $0 + pane.list.boxes[$1].count }
        #expect(chunks == count || text.hasPrefix("lon"))
        stage.press(.escape)
        #expect(try self.pane(stage).shown.count == pane.list.boxes.count)
    }

    @Test func `Enter goes to the chunk on the map that was under the list`() throws {
        var stage = stage()
        stage.press(.character("/"))
        stage.type("short")
        stage.press(.enter, .enter)
        let map = try #require(stage.explorer.panes.last as? MapPane)
        #expect(map.focusIndex == 13)
        #expect(stage.explorer.panes.count { $0 is MapPane } == 1)
    }

    @Test func `i looks at the first chunk of a finding`() throws {
        var stage = stage()
        stage.press(.character("/"))
        stage.type("corrupt")
        stage.press(.enter, .character("i"))
        let chunk = try #require(stage.explorer.panes.last as? ChunkPane)
        #expect(chunk.chunk == ChunkIndex([1, 2]))
    }

    @Test func `marking a finding marks its chunks`() throws {
        var stage = stage()
        stage.press(.character("/"))
        stage.type("missing")
        stage.press(.enter, .character(" "))
        #expect(stage.explorer.context.array?.shown?.markedCount ?? 0 > 0)
        let marked = stage.explorer.context.array?.shown?.markedIndexes() ?? []
        #expect(marked.allSatisfy { (40..<46).contains($0) })
        stage.press(.character(" "))
        #expect(stage.explorer.context.array?.shown?.markedCount == 0)
    }

    // MARK: Expected to be empty

    @Test func `what is expected to be empty is no anomaly, and comes back as missing`() throws {
        var stage = stage()
        stage.press(.character("/"))
        stage.type("missing")
        stage.press(.enter, .character("E"))
        let count = { (stage: Stage) in stage.explorer.context.array?.shown?.count(.expectedEmpty) }
        let first = try #require(count(stage))
        #expect(first > 0)
        #expect(
            stage.world.asked.contains { if case .keepExpected = $0.work { true } else { false } }
        )
        #expect(stage.explorer.context.array?.shown?.count(.missing) == 6 - first)
        stage.press(.escape, .character("/"))
        stage.type("expected")
        stage.press(.enter, .character("E"))
        #expect(count(stage) == 0)
        #expect(stage.explorer.context.array?.shown?.count(.missing) == 6)
    }

    @Test func `what was expected to be empty before is so when the array is opened`() {
        var world = World.era5
        var notes = ArrayNotes(path: "/air/mask")
        notes.expectedEmpty = [[3..<4, 4..<12]]
        world.notes["/air/mask"] = notes
        let stage = stage(world)
        #expect(stage.explorer.context.array?.shown?.count(.expectedEmpty) == 6)
        #expect(stage.explorer.context.array?.shown?.count(.missing) == 0)
    }

    // MARK: Verification

    @Test func `a verification is paused and goes on, and what was found stays`() throws {
        var world = World.era5
        world.isHeld = {
            switch $0 {
            case .verify, .resumeVerify: true
            default: false
            }
        }
        var stage = stage(world)
        stage.press(.character("V"))
        let number = try #require(stage.world.held.last?.number)
        var page = CensusPage()
        page.append(3, .corrupt, size: 80)
        stage.run(stage.explorer.receive(Event(number, .censusPage(page))))
        stage.press(.character("p"))
        #expect(stage.world.asked.contains { $0.work == .cancel(number) })
        var progress = VerifyProgress()
        progress.stored = 90
        progress.checked = 30
        progress.next = 31
        stage.run(stage.explorer.receive(Event(number, .verifyProgress(progress))))
        stage.run(stage.explorer.receive(Event(number, .cancelled)))
        #expect(stage.explorer.context.array?.shown?.state(3) == .corrupt)
        #expect(stage.explorer.context.array?.shown?.summary?.isComplete == true)
        #expect(stage.canvas().plainText.contains("paused"))
        stage.press(.character("p"))
        #expect(stage.world.asked.last?.work == .resumeVerify(path: "/air/mask"))
    }

    @Test func `a verification that is paused before its first report goes on as well`() throws {
        var world = World.era5
        world.isHeld = {
            switch $0 {
            case .verify, .resumeVerify: true
            default: false
            }
        }
        var stage = stage(world)
        for _ in 0..<2 {
            stage.press(.character("V"), .character("p"))
            let number = try #require(stage.world.held.last?.number)
            stage.run(stage.explorer.receive(Event(number, .cancelled)))
            stage.press(.character("p"), .character("p"))
            #expect(stage.world.asked.contains { $0.work == .resumeVerify(path: "/air/mask") })
            let again = try #require(stage.world.held.last?.number)
            stage.run(stage.explorer.receive(Event(again, .cancelled)))
            #expect(stage.explorer.context.array?.run?.isResumable == true)
        }
    }

    // MARK: Export

    @Test func `an export asks before it replaces a file`() {
        var stage = stage()
        stage.press(.character("w"), .control("u"))
        stage.type("taken.ndjson")
        stage.press(.enter)
        #expect(stage.canvas().plainText.contains("y replaces it"))
        let exports = { (stage: Stage) in
            stage.world.asked.compactMap { effect -> FindingsExport? in
                if case .exportFindings(let order) = effect.work { order } else { nil }
            }
        }
        stage.press(.enter)
        #expect(exports(stage).allSatisfy { !$0.replaces })
        stage.press(.enter, .character("y"))
        #expect(exports(stage).last?.replaces == true)
        #expect(stage.explorer.context.message?.text.contains("written") == true)
        #expect(exports(stage).last?.rows.count == 9)
    }

    @Test func `a hundred thousand findings are listed within a frame or two`() throws {
        let grid = [100, 10, 32, 32]
        var random = Seeded(state: 7)
        let missing = (0..<100_000).map { $0 * 10 + Int.random(in: 0..<10, using: &random) }
        let census = try census(grid, missing: missing)
        let clock = ContinuousClock()
        var list = FindingList()
        let took = clock.measure { list = FindingList(census, FindingBook()) }
        #expect(list.boxes.count > 50_000)
        #expect(took < .seconds(20))
        let sorted = clock.measure { _ = list.numbers(.isolation, FindingFilter()) }
        #expect(sorted < .seconds(5))
    }

    @Test func `an export that ends after its pane has gone is told all the same`() throws {
        var world = World.era5
        world.isHeld = { if case .exportFindings = $0 { true } else { false } }
        var stage = stage(world)
        stage.press(.character("w"), .enter)
        let number = try #require(stage.world.held.last?.number)
        stage.press(.character("q"))
        #expect(!(stage.explorer.panes.last is FindingsPane))
        let outcome = ExportOutcome(file: "found.ndjson", lines: 5)
        stage.run(stage.explorer.receive(Event(number, .exported(outcome))))
        #expect(stage.explorer.context.message?.text == "5 lines written to found.ndjson")
        let taken = ExportOutcome(file: "found.ndjson", lines: 0, isTaken: true)
        stage.run(stage.explorer.receive(Event(number, .exported(taken))))
        #expect(stage.explorer.context.message?.text.contains("nothing was written") == true)
    }

    @Test func `what is expected to be empty is no finding, in counts and in exports`() throws {
        var stage = stage()
        stage.press(.character("/"))
        stage.type("miss")
        stage.press(.enter)
        let box = try #require(try pane(stage).selected)
        stage.press(.escape, .character("E"))
        #expect(stage.explorer.context.array?.shown?.count(.expectedEmpty) == box.count)
        stage.press(.character("w"), .enter)
        let orders = stage.world.asked.compactMap { effect -> FindingsExport? in
            if case .exportFindings(let order) = effect.work { order } else { nil }
        }
        let rows = try #require(orders.last?.rows)
        #expect(rows.count == 9 - box.count && rows.allSatisfy { $0.state.isAnomaly })
        let count = try pane(stage).findings.count
        #expect(stage.canvas().plainText.contains("\(count) findings"))
    }

    @Test func `the first character that is typed takes the place of the name that is proposed`()
        throws
    {
        var stage = stage()
        stage.press(.character("w"))
        stage.type("x.csv")
        #expect(try pane(stage).field.string == "x.csv")
    }

    @Test func `the name of the file says the form of an export`() throws {
        var stage = stage()
        stage.press(.character("w"), .control("u"))
        stage.type("keys.txt")
        #expect(try pane(stage).entry == .export(.keys))
    }

    @Test func `an action is chosen for all that is marked, and Esc leaves the marks`() throws {
        var stage = stage(isWritable: true)
        stage.press(.character("*"), .character("e"))
        let marked = stage.explorer.context.array?.shown?.markedCount ?? 0
        #expect(marked > 3)
        #expect(stage.canvas().plainText.contains("What is to be done with \(marked) chunks"))
        stage.press(.escape)
        _ = try pane(stage)
        #expect(stage.explorer.context.array?.shown?.markedCount == marked)
        #expect(stage.explorer.context.staged("/air/mask").isEmpty)
        stage.press(.character("e"), .character("3"))
        let entries = stage.explorer.context.staged("/air/mask")
        #expect(entries.allSatisfy { $0.action == .reEncode })
        #expect(entries.reduce(0) { $0 + $1.chunkCount } == marked)
        #expect(stage.explorer.context.array?.shown?.markedCount == 0)
        #expect(stage.explorer.panes.last is DeletePane)
        #expect(stage.explorer.context.message?.text.contains("to re-encode") == true)
    }

    @Test func `without marks the action is for the selected finding`() {
        var stage = stage(isWritable: true)
        stage.press(.character("e"), .character("2"))
        let entries = stage.explorer.context.staged("/air/mask")
        #expect(entries.map(\.action) == [.resetToFill])
    }

    @Test func `read-only, nothing can be changed from the findings`() {
        var stage = stage()
        stage.press(.character("e"))
        #expect(stage.explorer.context.message?.text.contains("Read-only") == true)
    }
}
