import Testing
import ZarrModel

@testable import ZarrEngine  // The plan is not part of the public face.

struct AxisPlanTests {
    /// Every selection of a small axis, with its chunk length.
    static let selections: [(start: Int, step: Int, count: Int, chunk: Int)] = {
        var all: [(start: Int, step: Int, count: Int, chunk: Int)] = []
        for chunk in [1, 2, 3, 5, 8, 20] {
            for step in [-9, -4, -3, -2, -1, 1, 2, 3, 5, 8, 13] {
                for start in 0..<17 {
                    var count = 0
                    while (0..<17).contains(start + count * step) {
                        count += 1
                        all.append((start: start, step: step, count: count, chunk: chunk))
                    }
                }
            }
        }
        return all
    }()

    private func run(_ start: Int, _ step: Int, _ count: Int) -> AxisPlaces {
        .run(start: start, step: step, count: count, output: 0)
    }

    /// The elements of all pieces with their places in the result, sorted by these.
    private func elements(of plan: AxisPlan) -> [Int] {
        var found: [(element: Int, output: Int)] = []
        for number in 0..<plan.pieceCount {
            let piece = plan.piece(number)
            let length = plan.cut.storedLength(of: piece.chunk)
            piece.places.forEach { element, output in
                #expect((0..<length).contains(element))
                found.append((plan.cut.start(of: piece.chunk) + element, output))
            }
        }
        found.sort { $0.output < $1.output }
        #expect(found.map(\.output) == Array(found.indices))
        return found.map(\.element)
    }

    @Test func `the pieces of every selection are the selection, chunk by chunk`() {
        for (start, step, count, chunk) in Self.selections {
            let cut = ChunkAxis(length: 17, chunkLength: chunk)
            let plan = AxisPlan(run(start, step, count), cut)
            #expect(elements(of: plan) == (0..<count).map { start + $0 * step })
            let chunks = (0..<plan.pieceCount).map { plan.piece($0).chunk }
            #expect(Set(chunks).count == chunks.count)
        }
    }

    @Test func `chunks that a step leaps over are no pieces, however many they are`() throws {
        let many = 1 << 40
        let runs = try #require(
            ChunkRuns([.init(length: 1, count: many), .init(length: many, count: 2)])
        )
        let cut = try #require(ChunkAxis(length: 3 * many, runs: runs))
        for (start, step) in [(0, many / 4), (3 * many - 1, -many / 4)] {
            let plan = AxisPlan(run(start, step, 12), cut)
            #expect(plan.pieceCount == 6)
            #expect(elements(of: plan) == (0..<12).map { start + $0 * step })
        }
    }

    @Test func `chunks of different lengths are met once each, leapt over or not`() throws {
        let runs = try #require(
            ChunkRuns([(5, 1), (1, 3), (4, 2), (9, 1)].map { .init(length: $0, count: $1) })
        )
        let cut = try #require(ChunkAxis(length: 17, runs: runs))
        for (start, step, count, _) in Self.selections {
            let plan = AxisPlan(run(start, step, count), cut)
            #expect(elements(of: plan) == (0..<count).map { start + $0 * step })
            let pieces = (0..<plan.pieceCount).map { plan.piece($0) }
            #expect(Set(pieces.map(\.chunk)).count == pieces.count)
            #expect(pieces.allSatisfy { $0.places.count > 0 })
        }
    }

    @Test func `listed elements are met chunk by chunk, each chunk once`() {
        let positions = [3, 16, 3, 0, 9, 8, 15, 4]
        for chunk in [1, 2, 5, 20] {
            let cut = ChunkAxis(length: 17, chunkLength: chunk)
            let plan = AxisPlan(AxisPlaces(.init(positions: positions)), cut)
            #expect(elements(of: plan) == positions)
            let chunks = (0..<plan.pieceCount).map { plan.piece($0).chunk }
            #expect(chunks == Set(positions.map { $0 / chunk }).sorted())
        }
    }

    @Test func `listed elements of a chunk are cut again into inner chunks`() {
        let positions = [3, 16, 3, 0, 9, 8, 15, 4]
        let outer = AxisPlan(
            AxisPlaces(.init(positions: positions)),
            ChunkAxis(length: 17, chunkLength: 8)
        )
        var found = [Int](repeating: -1, count: positions.count)
        for number in 0..<outer.pieceCount {
            let piece = outer.piece(number)
            let inner = AxisPlan(piece.places, ChunkAxis(length: 8, chunkLength: 2))
            for number in 0..<inner.pieceCount {
                let part = inner.piece(number)
                part.places.moved(by: piece.chunk * 8 + part.chunk * 2)
                    .forEach { found[$1] = $0 }
            }
        }
        #expect(found == positions)
    }

    @Test func `an axis of nearly 2 to the 63 elements costs nothing`() {
        let long = AxisPlan(run(0, 1, .max - 1), ChunkAxis(length: .max, chunkLength: 1 << 61))
        #expect(long.pieceCount == 4)
        #expect(long.piece(3).places.count == (1 << 61) - 2)
        let last = AxisPlan(run(.max - 2, 1, 2), ChunkAxis(length: .max, chunkLength: 1 << 62))
        let places = AxisPlaces.run(start: (1 << 62) - 3, step: 1, count: 2, output: 0)
        #expect(last.piece(0) == .init(chunk: 1, places: places))
    }

    @Test func `a box visits every combination of its axes in C order`() {
        let plan = BoxPlan([
            AxisPlan(run(0, 1, 4), ChunkAxis(length: 4, chunkLength: 2)),
            AxisPlan(run(1, 1, 3), ChunkAxis(length: 4, chunkLength: 2)),
        ])
        let chunks = (0..<plan.pieceCount).map { plan.piece($0).map(\.chunk) }
        #expect(chunks == [[0, 0], [0, 1], [1, 0], [1, 1]])
    }

    @Test func `a selection of a scalar array is one piece, of an empty axis none`() {
        #expect(BoxPlan([]).pieceCount == 1)
        #expect(BoxPlan([]).piece(0).isEmpty)
        let none = AxisPlan(run(0, 1, 0), ChunkAxis(length: 4, chunkLength: 4))
        #expect(none.pieceCount == 0)
        let long = AxisPlan(run(0, 1, .max), ChunkAxis(length: .max, chunkLength: 1))
        #expect(BoxPlan([none, long, long]).pieceCount == 0)
    }
}
