import Canvas
import Testing
import ZarrModel

@testable import Explorer

/// A small generator with a seed, so that a failure can be repeated.
struct Seeded: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}

/// What a map must never do: let a chunk that somebody should look at disappear.
struct MapLawTests {
    private func grid(_ random: inout Seeded) -> [Int] {
        let rank = Int.random(in: 0...4, using: &random)
        return (0..<rank).map { _ in Int.random(in: 1...23, using: &random) }
    }

    private func details(_ grid: [Int]) -> NodeDetails {
        var details = NodeDetails(path: "/a", kind: .array)
        details.array = ArrayDetails(
            shape: grid,
            chunkShape: grid.map { _ in 1 },
            gridShape: grid,
            dataType: "uint8"
        )
        return details
    }

    /// The sign behind the count that begins at a place.
    private func signBehindCount(_ canvas: Canvas, _ row: Int, _ column: Int) -> Character? {
        var at = column + 1
        while at < canvas.size.columns, canvas[row, column].character != "+",
            "0123456789.kM".contains(canvas[row, at].character ?? " ")
        {
            at += 1
        }
        return at < canvas.size.columns ? canvas[row, at].character : nil
    }

    /// Brings a census on a map of a random size, and presses at `most` so many of `keys` at random.
    private func looked(
        at census: Census,
        _ grid: [Int],
        _ random: inout Seeded,
        _ keys: [Command],
        most: Int,
        _ prepare: (inout MapPane) -> Void = { _ in }
    ) -> (MapPane, Context, Canvas)? {
        let traits = TerminalTraits(
            isUnicode: Bool.random(using: &random),
            colors: Bool.random(using: &random) ? .indexed : .mono
        )
        var context = Context(ExplorerConfiguration(traits: traits))
        let details = details(grid)
        context.details["/a"] = details
        context.store = OpenedStore(locator: "/a", name: "a")
        guard let array = details.array else { return nil }
        context.array = ArraySession(path: "/a", details: array, census: census)
        var pane = MapPane(path: "/a")
        let size = Size(
            rows: Int.random(in: 6...40, using: &random),
            columns: Int.random(in: 24...140, using: &random)
        )
        context.size = size
        _ = pane.begin(&context)
        prepare(&pane)
        for _ in 0..<Int.random(in: 0...most, using: &random) {
            pane.prepare(size, context)
            let command = keys[Int.random(in: 0..<keys.count, using: &random)]
            _ = pane.take(.command(command), &context)
        }
        pane.prepare(size, context)
        var canvas = Canvas(size, isUnicode: traits.isUnicode)
        pane.draw(on: &canvas, context)
        return (pane, context, canvas)
    }

    /// Brings a random array with some absent chunks on the map, looks at it in random ways, and gives
    /// the pane and what it shares.
    private func randomMap(_ seed: UInt64, sparse: Bool) -> (MapPane, Context, [Int], Canvas)? {
        var random = Seeded(state: seed)
        let grid = grid(&random)
        guard var census = Census(grid: grid) else { return nil }
        var page = CensusPage()
        var absent: [Int] = []
        for index in 0..<census.total {
            if Int.random(in: 0..<40, using: &random) < (sparse ? 39 : 1) {
                absent.append(index)
            } else {
                page.append(index, .present, size: Int64.random(in: 0...900, using: &random))
            }
        }
        census.merge(page)
        census.finish(CensusSummary(isComplete: true))
        let keys: [Command] = [
            .zoomIn, .zoomOut, .left, .right, .up, .down, .pageDown, .bottom, .lineEnd, .fit,
            .measure, .nextAxis, .rowAxis, .columnAxis, .stepOn, .stepBack, .fold,
        ]
        guard
            let (pane, context, canvas) = looked(at: census, grid, &random, keys, most: 25)
        else { return nil }
        return (pane, context, absent, canvas)
    }

    @Test(arguments: 0..<400 as Range<UInt64>, [false, true])
    func `every absent chunk in view is a sign and a count on the screen`(
        _ seed: UInt64,
        sparse: Bool
    ) throws {
        let (pane, _, absent, canvas) = try #require(randomMap(seed, sparse: sparse))
        let view = try #require(pane.view)
        let window = try #require(pane.fold?.window)
        for index in absent {
            let place = view.place(of: index)
            let isShown = view.otherAxes.allSatisfy { axis in
                if case .fixed(let at) = view.parts[axis] { place[axis] == at } else { true }
            }
            let row = place[view.rowAxis]
            let column = place[view.columnAxis]
            guard isShown, window.rows.contains(row), window.columns.contains(column) else {
                continue
            }
            let down = pane.camera.rowScale.tiles(for: row - window.rows.lowerBound + 1)
            let across = pane.camera.columnScale.tiles(for: column - window.columns.lowerBound + 1)
            let tileRow = down - pane.camera.rowScale.chunkTiles
            let tileColumn = across - pane.camera.columnScale.chunkTiles
            let at = (pane.layout.tiles.row + tileRow, pane.layout.tiles.column + tileColumn * 2)
            guard tileRow < pane.layout.tiles.rows, tileColumn * 2 < pane.layout.tiles.columns
            else { continue }
            let digit = try #require(canvas[at.0, at.1].character)
            #expect("123456789+".contains(digit), "seed \(seed), chunk \(place)")
            #expect(signBehindCount(canvas, at.0, at.1) == "o", "seed \(seed), chunk \(place)")
            let style = canvas[at.0, at.1].style
            #expect(style.isReversed || style.role == .cursor || style.role == .marked)
        }
    }

    /// A random array in which every kind of anomaly may occur, with values, on a map of a measure.
    private func mixedMap(
        _ seed: UInt64,
        _ measure: MapMeasure
    ) throws -> (MapPane, Census, Canvas) {
        var random = Seeded(state: seed)
        let grid = grid(&random)
        var census = try #require(Census(grid: grid))
        let rarity = Int.random(in: 3...200, using: &random)
        var page = CensusPage()
        page.takenAt = 1_000_000
        var inside = InsidePage()
        var figures = FiguresPage()
        for index in 0..<census.total {
            let kinds: [ChunkState] = [.short, .corrupt, .unreadable, .unknown, .expectedEmpty]
            guard Int.random(in: 0..<rarity, using: &random) == 0 else {
                page.append(index, .present, size: Int64.random(in: 0...900, using: &random))
                page.modified.append(Int64.random(in: 0...1_000_000, using: &random))
                let number = Float.random(in: -9...9, using: &random)
                let found = ChunkFigures(
                    mean: number,
                    minimum: number,
                    maximum: number,
                    nanShare: 0
                )
                figures.append(index, .present, found)
                continue
            }
            // One in seven is a shard that is not whole, one in seven is not there at all.
            switch Int.random(in: 0..<7, using: &random) {
            case 0:
                page.append(index, .present, size: 9)
                page.modified.append(-1)
                inside.shards.append(.init(index: index, total: 4, present: 3))
            case 1: break
            case let kind:
                page.append(index, kinds[kind - 2], size: 5)
                page.modified.append(-1)
            }
        }
        census.merge(page)
        census.finish(CensusSummary(isComplete: Bool.random(using: &random)))
        if measure.needsValues { census.merge(figures) }
        census.merge(inside)
        let keys: [Command] = [
            .zoomIn, .zoomOut, .left, .right, .down, .bottom, .fit, .nextAxis, .rowAxis,
            .columnAxis, .stepOn, .fold, .scale, .colors,
        ]
        let (pane, _, canvas) = try #require(
            looked(at: census, grid, &random, keys, most: 15) { $0.measure = measure }
        )
        return (pane, census, canvas)
    }

    @Test(arguments: MapMeasure.allCases, 0..<40 as Range<UInt64>)
    func `whatever is shown, a tile that holds an anomaly is one at least as bad`(
        _ measure: MapMeasure,
        _ seed: UInt64
    ) throws {
        let (pane, census, canvas) = try mixedMap(seed &* 31 &+ 7, measure)
        let view = try #require(pane.view)
        let window = try #require(pane.fold?.window)
        let signs = AnomalyKind.all.map(\.glyph)
        for index in 0..<census.total {
            guard let kind = AnomalyKind(census.bits(index)) else { continue }
            let place = view.place(of: index)
            let isShown = view.otherAxes.allSatisfy { axis in
                if case .fixed(let at) = view.parts[axis] { place[axis] == at } else { true }
            }
            let (row, column) = (place[view.rowAxis], place[view.columnAxis])
            guard isShown, window.rows.contains(row), window.columns.contains(column) else {
                continue
            }
            let down = pane.camera.rowScale.tiles(for: row - window.rows.lowerBound + 1)
            let across = pane.camera.columnScale.tiles(for: column - window.columns.lowerBound + 1)
            let tileRow = down - pane.camera.rowScale.chunkTiles
            let tileColumn = across - pane.camera.columnScale.chunkTiles
            guard tileRow < pane.layout.tiles.rows, tileColumn * 2 < pane.layout.tiles.columns
            else { continue }
            let (y, x) = (
                pane.layout.tiles.row + tileRow, pane.layout.tiles.column + tileColumn * 2
            )
            let what = "\(measure), seed \(seed), chunk \(place), \(kind.word)"
            let digit = try #require(canvas[y, x].character)
            #expect("123456789+".contains(digit), "\(what)")
            let sign = try #require(signBehindCount(canvas, y, x))
            let rank = signs.firstIndex { $0 == sign || Glyphs.asciiForm(of: $0) == sign }
            let least = signs.firstIndex(of: kind.glyph) ?? 0
            #expect(rank.map { $0 <= least } ?? false, "\(what) is drawn as \(sign)")
            let style = canvas[y, x].style
            #expect(style.isReversed || style.role == .cursor || style.role == .marked)
        }
    }

    @Test(arguments: 0..<60 as Range<UInt64>)
    func `after next the space bar marks the one chunk, and nothing readable`(
        _ seed: UInt64
    ) throws {
        var (pane, context, absent, _) = try #require(randomMap(seed, sparse: false))
        guard !absent.isEmpty else { return }
        _ = pane.take(.command(.next), &context)
        let index = try #require(pane.focusIndex)
        #expect(absent.contains(index))
        _ = pane.take(.command(.mark), &context)
        #expect(context.array?.shown?.markedIndexes() == [index])
        #expect(pane.question == nil)
    }

    @Test func `what the space bar would mark is said before`() throws {
        var stage = Stage(locator: "/data/era5.zarr")
        stage.press(.down, .enter, .down, .enter)
        let map = { (stage: Stage) in stage.explorer.panes.last as? MapPane }
        #expect(map(stage)?.hint(.mark).contains(where: \.isNumber) == true)
        stage.press(.character("n"))
        #expect(map(stage)?.hint(.mark) == "mark this")
        stage.press(.character(" "))
        #expect(stage.explorer.context.array?.shown?.markedCount == 1)
        stage.press(.left, .right)
        #expect(map(stage)?.hint(.mark).contains(where: \.isNumber) == true)
    }

    @Test(arguments: 0..<100 as Range<UInt64>, [false, true])
    func `margins count every anomaly of the shown rows and columns`(
        _ seed: UInt64,
        sparse: Bool
    ) throws {
        let (pane, _, absent, _) = try #require(randomMap(seed, sparse: sparse))
        let view = try #require(pane.view)
        let fold = try #require(pane.fold)
        let shown = absent.map { view.place(of: $0) }.filter { place in
            view.otherAxes.allSatisfy { axis in
                if case .fixed(let at) = view.parts[axis] { place[axis] == at } else { true }
            }
        }
        let inRows = shown.count { fold.window.rows.contains($0[view.rowAxis]) }
        let inColumns = shown.count { fold.window.columns.contains($0[view.columnAxis]) }
        #expect(fold.rowAnomalies.reduce(0, +) == inRows)
        #expect(fold.columnAnomalies.reduce(0, +) == inColumns)
    }

    @Test(arguments: 0..<60 as Range<UInt64>, [false, true])
    func `next goes through all absent chunks in C order and around`(
        _ seed: UInt64,
        sparse: Bool
    ) throws {
        var (pane, context, absent, _) = try #require(randomMap(seed, sparse: sparse))
        guard !absent.isEmpty else { return }
        pane.focus = pane.focus.map { _ in 0 }
        var visited: [Int] = []
        for _ in absent {
            _ = pane.take(.command(.next), &context)
            visited.append(try #require(pane.focusIndex))
        }
        #expect(visited.sorted() == absent)
        _ = pane.take(.command(.previous), &context)
        let back = try #require(pane.focusIndex)
        #expect(absent.contains(back))
    }

    @Test(arguments: 0..<60 as Range<UInt64>)
    func `boxes hold exactly what is marked and do not overlap`(_ seed: UInt64) throws {
        var random = Seeded(state: seed)
        let grid = grid(&random)
        var census = try #require(Census(grid: grid))
        var marked: Set<Int> = []
        for _ in 0..<4 {
            let box = grid.map { count in
                let start = Int.random(in: 0..<count, using: &random)
                return start..<Int.random(in: start + 1...count, using: &random)
            }
            census.mark(box, true)
            GridOrder.forEach(in: box, of: grid) { marked.insert($0) }
        }
        var held: [Int] = []
        for box in census.markedSelection().boxes {
            GridOrder.forEach(in: box, of: grid) { held.append($0) }
        }
        #expect(held.count == marked.count)
        #expect(Set(held) == marked)
        #expect(census.markedCount == marked.count)
    }

    @Test func `a whole slab is one box`() throws {
        var census = try #require(Census(grid: [100, 10, 32, 32]))
        census.mark([40..<60, 0..<10, 0..<32, 0..<32], true)
        #expect(census.markedSelection().boxes == [[40..<60, 0..<10, 0..<32, 0..<32]])
    }

    @Test func `a grid too large to hold keeps what it found and says so`() throws {
        var census = try #require(Census(grid: [1 << 20, 1 << 20]))
        var page = CensusPage()
        page.append(7, .present, size: 5)
        page.append(9, .short, size: 1)
        census.merge(page)
        census.finish(CensusSummary(isComplete: true))
        #expect(census.count(.missing) == (1 << 40) - 2)
        #expect(census.anomaly(from: 7, forward: true) == 8)
        #expect(census.ordinal(of: 8) == 8)
    }
}
