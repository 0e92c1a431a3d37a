import Explorer
import Raster
import Storage
import Synchronization
import ZarrEngine
import ZarrModel

extension EffectRunner {
    /// Reads and decodes chunks, and brings what their values have in common about ten times a
    /// second.
    func figures(_ request: FiguresRequest, _ number: Int) async throws -> News {
        let array = try await store().array(request.path)
        let pages = FiguresCollector { self.report(number, .figuresPage($0)) }
        defer { pages.flush() }
        if let place = request.shard {
            try await innerFigures(array, place, request.chunks, pages)
        } else {
            try await chunkFigures(array, request.chunks, pages)
        }
        return .figuresFinished
    }

    /// Figures of whole stored objects.
    private func chunkFigures(
        _ array: ArrayNode,
        _ chunks: [Int],
        _ pages: FiguresCollector
    ) async throws {
        let known = chunks.filter { $0 >= 0 && $0 < array.grid.total }
        let problems = try await array.forEachChunk(
            of: known.map { array.grid.index(at: $0) },
            ReadOptions(onProblem: .report)
        ) { chunk, bytes in
            guard let index = array.grid.linearIndex(of: chunk.index) else { return }
            guard !chunk.isAbsent else {
                pages.add(index, .missing, nil)
                return
            }
            let shape = array.metadata.chunkShape(at: chunk.index)
            pages.add(index, .present, array.figures(of: bytes, shape, chunk.region.shape))
        }
        for problem in problems {
            guard let index = array.grid.linearIndex(of: problem.index) else { continue }
            pages.add(index, problem.state, nil)
        }
    }

    /// Figures of chunks inside a shard, each read by its range.
    private func innerFigures(
        _ array: ArrayNode,
        _ place: ShardPlace,
        _ chunks: [Int],
        _ pages: FiguresCollector
    ) async throws {
        let map = try await array.shardMap(of: place.shard, inside: place.inside)
        // A good part of a shard is read in one piece; a few chunks of it each by its range.
        if place.inside.isEmpty, chunks.count > 1, chunks.count >= map.grid.total / 8 {
            return try await shardFigures(array, place.shard, map, Set(chunks), pages)
        }
        for chunk in chunks where chunk >= 0 && chunk < map.grid.total {
            try Task.checkCancellation()
            let local = map.grid.index(at: chunk).coordinates
            let axes = local.indices.map { axis in
                let start = map.start[axis] + local[axis] * map.innerShape[axis]
                let end = min(array.metadata.shape[axis], start + map.innerShape[axis])
                return ResolvedSelection.Axis(
                    start: start,
                    step: 1,
                    count: end - start,
                    isDropped: false
                )
            }
            let values = try await array.read(
                ResolvedSelection(axes: axes),
                ReadOptions(onProblem: .report)
            )
            if let problem = values.problems.first {
                pages.add(chunk, problem.state, nil)
            } else {
                pages.add(chunk, .present, values.numbers.flatMap { ChunkFigures($0) })
            }
        }
    }
}

extension EffectRunner {
    /// Figures of the chunks inside a shard that is read and decoded as a whole.
    private func shardFigures(
        _ array: ArrayNode,
        _ shard: ChunkIndex,
        _ map: ShardMap,
        _ wanted: Set<Int>,
        _ pages: FiguresCollector
    ) async throws {
        let number = { @Sendable (region: Region) -> Int? in
            let place = zip(zip(region.ranges, map.start), map.innerShape).map {
                ($0.0.lowerBound - $0.1) / max(1, $1)
            }
            return map.grid.linearIndex(of: ChunkIndex(place)).flatMap {
                wanted.contains($0) ? $0 : nil
            }
        }
        let problems = try await array.forEachInnerChunk(
            of: [shard],
            ReadOptions(onProblem: .report)
        ) { chunk, bytes in
            guard let index = number(chunk.region) else { return }
            guard !chunk.isAbsent else {
                pages.add(index, .missing, nil)
                return
            }
            pages.add(index, .present, array.figures(of: bytes, map.innerShape, chunk.region.shape))
        }
        for problem in problems {
            let isInner = zip(problem.region.shape, map.innerShape).allSatisfy { $0 <= $1 }
            if isInner, let index = number(problem.region) { pages.add(index, problem.state, nil) }
            if !isInner { for index in wanted { pages.add(index, problem.state, nil) } }
        }
    }
}

extension ArrayNode {
    /// What the values of a decoded chunk have in common, those outside the array left out; `nil`
    /// where they are no numbers.
    func figures(of bytes: RawSpan, _ shape: [Int], _ inside: [Int]) -> ChunkFigures? {
        var copy: [UInt8] = []
        unsafe bytes.withUnsafeBytes { unsafe copy.append(contentsOf: $0) }
        guard let numbers = Plane.numbers(of: copy, metadata.dataType) else { return nil }
        guard shape != inside else { return ChunkFigures(numbers) }
        var kept: [Double] = []
        guard let box = GridShape(counts: inside) else { return nil }
        for number in 0..<box.total {
            let place = zip(box.index(at: number).coordinates, shape)
            let at = place.reduce(0) { $0 * $1.1 + $1.0 }
            if at < numbers.count { kept.append(numbers[at]) }
        }
        return ChunkFigures(kept)
    }
}

extension ChunkFigures {
    /// What `numbers` have in common; `nil` where there are none.
    init?(_ numbers: [Double]) {
        guard !numbers.isEmpty else { return nil }
        var statistics = Statistics()
        statistics.add(numbers)
        self.init(
            mean: statistics.mean.map(Float.init) ?? .nan,
            minimum: statistics.minimum.map(Float.init) ?? .nan,
            maximum: statistics.maximum.map(Float.init) ?? .nan,
            nanShare: Float(Double(statistics.notANumberCount) / Double(numbers.count))
        )
    }
}

/// Gathers figures from several threads into pages that come about ten times a second.
private final class FiguresCollector: Sendable {
    private struct State {
        var page = FiguresPage()
        var last = ContinuousClock.now
    }

    private let start = ContinuousClock.now
    private let state = Mutex(State())
    private let post: @Sendable (FiguresPage) -> Void

    init(_ post: @escaping @Sendable (FiguresPage) -> Void) {
        self.post = post
    }

    func add(_ index: Int, _ chunk: ChunkState, _ found: ChunkFigures?) {
        let ready = state.withLock { state -> FiguresPage? in
            state.page.append(index, chunk, found)
            let now = ContinuousClock.now
            guard now - state.last >= .milliseconds(100) else { return nil }
            state.last = now
            state.page.elapsedMilliseconds = Int((now - start) / .milliseconds(1))
            defer { state.page = FiguresPage() }
            return state.page
        }
        if let ready { post(ready) }
    }

    /// Brings what is left.
    func flush() {
        let rest = state.withLock { state in
            defer { state.page = FiguresPage() }
            return state.page
        }
        if !rest.indexes.isEmpty { post(rest) }
    }
}
