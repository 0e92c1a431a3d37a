import Raster
import ZarrEngine
import ZarrModel

/// What stands behind each value of a read: a stored number, an absent chunk, a chunk that failed.
struct ValueMarks {
    /// In C order of the result; empty where every value was stored.
    let marks: [PlaneMark]
    /// How many stored chunks the selection touches.
    let chunkCount: Int

    /// Works the marks out from the chunks that `values` names.
    init(_ values: ArrayValues, _ selection: ResolvedSelection, _ array: ArrayNode) {
        let axes = Self.chunkPlaces(selection, array)
        chunkCount = axes.reduce(1) { $0 &* Set($1).count }
        guard !values.absentChunks.isEmpty || !values.problems.isEmpty else {
            marks = []
            return
        }
        let absent = Set(values.absentChunks)
        var marks = [PlaneMark](repeating: .value, count: values.count)
        if !absent.isEmpty {
            Self.forEachElement(axes.map(\.count)) { number, place in
                var chunk = 0
                for (axis, coordinate) in zip(axes, place) { chunk &+= axis[coordinate] }
                if absent.contains(chunk) { marks[number] = .absent }
            }
        }
        for problem in values.problems {
            Self.mark(problem.region.ranges, values.shape, &marks)
        }
        self.marks = marks
    }

    /// For every dimension what each selected position adds to the number of its chunk.
    private static func chunkPlaces(
        _ selection: ResolvedSelection,
        _ array: ArrayNode
    ) -> [[Int]] {
        let counts = array.grid.counts
        let lengths = array.metadata.chunkShape
        var weight = 1
        var places: [[Int]] = []
        for axis in counts.indices.reversed() {
            let wanted = selection.axes[axis]
            places.append(
                (0..<wanted.count).map { number in
                    (wanted.start + number * wanted.step) / max(1, lengths[axis]) &* weight
                }
            )
            weight = weight &* counts[axis]
        }
        return places.reversed()
    }

    /// Calls `body` with the number and the place of every element, in C order.
    private static func forEachElement(_ shape: [Int], _ body: (Int, [Int]) -> Void) {
        guard shape.allSatisfy({ $0 > 0 }) else { return }
        var place = [Int](repeating: 0, count: shape.count)
        var number = 0
        while true {
            body(number, place)
            number += 1
            var axis = shape.count - 1
            while axis >= 0 {
                place[axis] += 1
                if place[axis] < shape[axis] { break }
                place[axis] = 0
                axis -= 1
            }
            if axis < 0 { return }
        }
    }

    /// Marks a box of the result as failed.
    private static func mark(_ box: [Range<Int>], _ shape: [Int], _ marks: inout [PlaneMark]) {
        guard box.count == shape.count else { return }
        forEachElement(box.map(\.count)) { _, place in
            var number = 0
            for axis in shape.indices {
                number = number * shape[axis] + box[axis].lowerBound + place[axis]
            }
            if marks.indices.contains(number) { marks[number] = .failed }
        }
    }
}
