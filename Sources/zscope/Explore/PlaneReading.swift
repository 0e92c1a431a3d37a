import Explorer
import Raster
import ZarrEngine
import ZarrModel

/// Reads a part of a plane through an array piece by piece, and says of every element where it comes
/// from. What several elements share a place is made smaller on the way, so that memory is by the
/// answer.
struct PlaneReading {
    private let request: PlaneRequest
    private let array: ArrayNode
    /// What is read: the array, or the level of its image that the request names.
    private let source: ArrayNode
    /// Where the plane lies in it.
    private let fixed: [Int]

    init(_ request: PlaneRequest, _ array: ArrayNode, level: ArrayNode? = nil) {
        self.request = request
        self.array = array
        source = level ?? array
        fixed =
            request.level.map { level in
                zip(level.axes, request.fixed).map { $0.place(of: $1) }
            } ?? request.fixed
    }

    /// The values, row by row; what there is of them goes to `report` about ten times a second.
    func values(
        _ report: @Sendable (PlaneValues) -> Void = { _ in }
    ) async throws -> PlaneValues {
        let clock = ContinuousClock()
        let start = clock.now
        var last = start
        try check(array.metadata.shape)
        let tiles = PlaneTiles(request, Self.cuts(source.metadata))
        var answer = PlaneAnswer(request, tiles, array, source)
        var holes = await ShardHoles(request, source, fixed)
        for tile in tiles.tiles {
            try Task.checkCancellation()
            let selection = selection(tile, source.metadata.rank)
            let read = try await source.read(selection, ReadOptions(onProblem: .report))
            try Task.checkCancellation()
            let isWhole = source.metadata.innerChunkShape == nil
            if !answer.takesAbsent(read, tile, isWhole: isWhole) {
                let marks = await holes.marked(ValueMarks(read, selection, source).marks, tile)
                try answer.add(read, marks, tile)
            }
            let now = clock.now
            guard now - last >= .milliseconds(100) else { continue }
            last = now
            report(answer.values(milliseconds: Int((now - start) / .milliseconds(1))))
        }
        return answer.values(milliseconds: Int((clock.now - start) / .milliseconds(1)))
    }

    /// How the array is cut into what can be read alone.
    static func cuts(_ metadata: ArrayMetadata) -> [ChunkAxis] {
        guard let inner = metadata.innerChunkShape else { return metadata.axes }
        return zip(metadata.shape, inner).map { ChunkAxis(length: $0, chunkLength: max(1, $1)) }
    }

    private func selection(_ tile: PlaneTiles.Tile, _ rank: Int) -> ResolvedSelection {
        ResolvedSelection(
            axes: (0..<rank).map { axis in
                if axis == request.rowAxis { return Self.axis(tile.rows) }
                if axis == request.columnAxis { return Self.axis(tile.columns) }
                return ResolvedSelection.Axis(
                    start: fixed[axis],
                    count: 1,
                    isDropped: true
                )
            }
        )
    }

    private static func axis(_ side: PlaneTiles.Side) -> ResolvedSelection.Axis {
        ResolvedSelection.Axis(start: side.start, step: side.stride, count: side.count)
    }

    /// Throws unless everything that is wanted lies in an array of `shape`.
    private func check(_ shape: [Int]) throws {
        if let level = request.level {
            guard source.metadata.shape == level.axes.map(\.length),
                shape == level.axes.map(\.whole)
            else { throw ToolError("level \(level.number) has another shape than it had") }
        }
        guard request.fixed.count == shape.count else {
            throw ToolError(
                "the slice has \(request.fixed.count) indices, the array \(shape.count)"
            )
        }
        for (axis, length) in shape.enumerated() {
            let isRow = axis == request.rowAxis
            let run =
                isRow
                ? request.rows
                : axis == request.columnAxis
                    ? request.columns : PlaneRequest.Run(start: request.fixed[axis], count: 1)
            let (span, overflow) = max(0, run.count - 1).multipliedReportingOverflow(by: run.step)
            let isWhole = run.step >= 1 && run.stride >= 1 && run.count >= 1 && !overflow
            guard isWhole, run.start >= 0, run.start < length, span < length - run.start,
                run.count <= 1 << 24
            else { throw ToolError("the slice lies outside the array") }
        }
    }
}

/// What was read of a plane so far.
private struct PlaneAnswer {
    private var values: PlaneValues
    private var tally: PlaneTally
    /// More chunks that failed are counted, not named.
    private static let failureLimit = 1000

    private let readAt = WallTime.seconds
    private var absent: Set<Int> = []
    private var failed: Set<String> = []
    private let isTransposed: Bool
    private let fill: Double?
    private let meaning: ValueMeaning
    /// Rows and columns of the answer that have elements of their own: the first ones.
    private let ownRows: Int
    private let ownColumns: Int

    /// What `source` holds, by the meaning that `array` gives its values.
    init(
        _ request: PlaneRequest,
        _ tiles: PlaneTiles,
        _ array: ArrayNode,
        _ source: ArrayNode
    ) {
        values = PlaneValues(request: request)
        values.chunksTotal = tiles.tiles.reduce(0) { $0 + $1.chunkCount }
        let isNumbers = request.form == .numbers
        tally = PlaneTally(
            rowPlaces: isNumbers ? tiles.rowPlaces : [],
            columnPlaces: isNumbers ? tiles.columnPlaces : []
        )
        let count = request.rows.count * request.columns.count
        if !isNumbers {
            values.texts = Array(repeating: "", count: count)
            values.sources = Array(repeating: .unread, count: count)
        }
        isTransposed = request.rowAxis.map { $0 > request.columnAxis ?? -1 } ?? false
        ownRows = tiles.rowPlaces.count { $0 > 0 }
        ownColumns = tiles.columnPlaces.count { $0 > 0 }
        let fillValue = source.metadata.fillValue
        fill =
            fillValue.isUndefined
            ? nil : Plane.numbers(of: fillValue.bytes, source.metadata.dataType)?.first
        values.fillCount = fill == nil || fill?.isNaN == true ? nil : 0
        meaning = ValueMeaning(array.metadata, isDecoded: request.isDecoded)
        values.unit = isNumbers || meaning.time == nil ? meaning.unit : ""
    }

    /// Takes a tile of which no chunk is there, and answers whether it is one.
    mutating func takesAbsent(_ read: ArrayValues, _ tile: PlaneTiles.Tile, isWhole: Bool) -> Bool {
        guard values.request.form == .numbers, isWhole, read.problems.isEmpty,
            read.absentChunks.count == tile.chunkCount
        else { return false }
        tally.addAbsent(rowRuns: tile.rows.runs, columnRuns: tile.columns.runs)
        values.chunksRead += tile.chunkCount
        absent.formUnion(read.absentChunks)
        values.chunksAbsent = absent.count
        return true
    }

    /// Takes what was read of a tile.
    mutating func add(_ read: ArrayValues, _ marks: [PlaneMark], _ tile: PlaneTiles.Tile) throws {
        if values.request.form == .numbers {
            try addNumbers(read, marks, tile)
        } else {
            addTexts(read, marks, tile)
        }
        values.chunksRead += tile.chunkCount
        absent.formUnion(read.absentChunks)
        for problem in read.problems where failed.insert(problem.key).inserted {
            if values.failures.count < Self.failureLimit {
                values.failures.append(ChunkFinding(problem))
            }
            guard values.problems.count < 5 else { continue }
            values.problems.append("\(problem.key): \(problem.reason)")
        }
        values.chunksAbsent = absent.count
        values.chunksFailed = failed.count
    }

    /// Elements that are made numbers at a time.
    private static let block = 1 << 20

    /// Adds lines of a tile as they lie in memory, so many at a time; of a longer one a piece.
    private mutating func addNumbers(
        _ read: ArrayValues,
        _ marks: [PlaneMark],
        _ tile: PlaneTiles.Tile
    ) throws {
        let outer = isTransposed ? tile.columns : tile.rows
        let inner = isTransposed ? tile.rows : tile.columns
        let lines = max(1, Self.block / max(1, inner.count))
        for line in stride(from: 0, to: outer.count, by: lines) {
            let down = line..<min(outer.count, line + lines)
            let outerRuns = outer.runs.places(in: down)
            for start in stride(from: 0, to: inner.count, by: Self.block) {
                let across = start..<min(inner.count, start + Self.block)
                let innerRuns = inner.runs.places(in: across)
                let first = line * inner.count + start
                try addNumbers(
                    read,
                    marks,
                    places: first..<(first + down.count * across.count),
                    rows: isTransposed ? innerRuns : outerRuns,
                    columns: isTransposed ? outerRuns : innerRuns
                )
            }
        }
    }

    private mutating func addNumbers(
        _ read: ArrayValues,
        _ allMarks: [PlaneMark],
        places: Range<Int>,
        rows: [PixelRun],
        columns: [PixelRun]
    ) throws {
        guard let numbers = read.numbers(in: places) else {
            throw ToolError("elements of type \(read.dataType.name) are no numbers")
        }
        try Task.checkCancellation()
        let marks = allMarks.isEmpty ? [] : Array(allMarks[places.clamped(to: allMarks.indices)])
        tally.add(
            meaning.decoding.map { numbers.map($0.value) } ?? numbers,
            marks,
            rowRuns: rows,
            columnRuns: columns,
            isTransposed: isTransposed
        )
        if let fill, values.fillCount != nil {
            values.fillCount? += Plane.count(of: fill, in: numbers, marks)
        }
        values.noneCount += meaning.noneCount(numbers, marks)
    }

    private mutating func addTexts(
        _ read: ArrayValues,
        _ marks: [PlaneMark],
        _ tile: PlaneTiles.Tile
    ) {
        let width = values.request.columns.count
        let (rows, columns) = (tile.rows.parts, tile.columns.parts)
        let text = meaning.texts(of: read)
        for (row, part) in rows.enumerated() {
            for (column, place) in columns.enumerated() {
                let at = isTransposed ? column * rows.count + row : row * columns.count + column
                guard at < read.count else { continue }
                values.texts[part * width + place] = text(at)
                let mark = at < marks.count ? marks[at] : .value
                values.sources[part * width + place] = PlaneValues.Source(mark)
            }
        }
    }

    /// What there is so far.
    func values(milliseconds: Int) -> PlaneValues {
        var answer = values
        answer.milliseconds = milliseconds
        answer.readAt = readAt
        guard answer.request.form == .numbers else { return answer }
        answer.take(tally)
        answer.repeatEdge(afterRows: ownRows, columns: ownColumns)
        return answer
    }
}

extension ChunkFinding {
    /// A chunk that failed as it was read.
    fileprivate init(_ problem: ChunkProblem) {
        self.init(
            chunk: problem.index,
            inner: problem.innerIndex,
            state: problem.state,
            key: problem.key,
            reason: problem.reason
        )
    }
}
