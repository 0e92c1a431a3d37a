import Testing

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

    @Test func `the pieces of every selection are the selection, chunk by chunk`() {
        for (start, step, count, chunk) in Self.selections {
            let plan = AxisPlan(start: start, step: step, count: count, chunkLength: chunk)
            var elements: [Int] = []
            for number in 0..<plan.pieceCount {
                let piece = plan.piece(number)
                #expect(piece.count > 0 && piece.output == elements.count)
                for position in 0..<piece.count {
                    let inside = piece.start + position * step
                    #expect((0..<chunk).contains(inside))
                    elements.append(piece.chunk * chunk + inside)
                }
            }
            #expect(elements == (0..<count).map { start + $0 * step })
        }
    }

    @Test func `an axis of nearly 2 to the 63 elements costs nothing`() {
        let long = AxisPlan(start: 0, step: 1, count: .max - 1, chunkLength: 1 << 61)
        #expect(long.pieceCount == 4)
        #expect(long.piece(3).count == (1 << 61) - 2)
        let last = AxisPlan(start: .max - 2, step: 1, count: 2, chunkLength: 1 << 62)
        #expect(last.piece(0) == .init(chunk: 1, start: (1 << 62) - 3, count: 2, output: 0))
    }

    @Test func `a box visits every combination of its axes in C order`() {
        let plan = BoxPlan([
            AxisPlan(start: 0, step: 1, count: 4, chunkLength: 2),
            AxisPlan(start: 1, step: 1, count: 3, chunkLength: 2),
        ])
        let chunks = (0..<plan.pieceCount).map { plan.piece($0).map(\.chunk) }
        #expect(chunks == [[0, 0], [0, 1], [1, 0], [1, 1]])
    }

    @Test func `a selection of a scalar array is one piece, of an empty axis none`() {
        #expect(BoxPlan([]).pieceCount == 1)
        #expect(BoxPlan([]).piece(0).isEmpty)
        #expect(AxisPlan(start: 0, step: 1, count: 0, chunkLength: 4).pieceCount == 0)
    }
}
