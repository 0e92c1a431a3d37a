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
        let places = ChunkNumbers(selection, array)
        chunkCount = places.chunkCount
        guard !values.absentChunks.isEmpty || !values.problems.isEmpty else {
            marks = []
            return
        }
        let absent = Set(values.absentChunks)
        // Values of one element stand together.
        let share = max(1, selection.field?.shape.reduce(1, *) ?? 1)
        var marks = [PlaneMark](repeating: .value, count: values.count)
        func mark(_ item: Int, _ mark: PlaneMark) {
            for number in (item * share)..<(item * share + share)
            where marks.indices.contains(number) {
                marks[number] = mark
            }
        }
        if !absent.isEmpty {
            places.forEach { item, chunk in
                if absent.contains(chunk) { mark(item, .absent) }
            }
        }
        for problem in values.problems {
            if let items = problem.items {
                for item in items { mark(item, .failed) }
            } else {
                Self.fail(problem.region.ranges, values.shape, &marks)
            }
        }
        self.marks = marks
    }

    /// Marks a box of the result as failed.
    private static func fail(_ box: [Range<Int>], _ shape: [Int], _ marks: inout [PlaneMark]) {
        guard box.count == shape.count else { return }
        ChunkNumbers.forEachPlace(box.map(\.count)) { _, place in
            var number = 0
            for axis in shape.indices {
                number = number * shape[axis] + box[axis].lowerBound + place[axis]
            }
            if marks.indices.contains(number) { marks[number] = .failed }
        }
    }
}

/// The stored chunk that each selected element lies in, by its number in C order.
private struct ChunkNumbers {
    /// For every axis of the selection what each place on it adds to the number. Points are one axis.
    private let axes: [[Int]]

    init(_ selection: ResolvedSelection, _ array: ArrayNode) {
        let cuts = array.metadata.axes
        var weights = cuts.map { _ in 1 }
        for dimension in cuts.indices.dropLast().reversed() {
            weights[dimension] = weights[dimension + 1] &* cuts[dimension + 1].count
        }
        switch selection.form {
        case .axes(let wanted):
            axes = wanted.indices.map { dimension in
                let axis = wanted[dimension]
                return (0..<axis.count).map { number in
                    cuts[dimension].chunk(containing: axis[number]) &* weights[dimension]
                }
            }
        case .points(let points):
            var numbers = [Int](repeating: 0, count: points.count)
            for (dimension, list) in points.coordinates.enumerated() {
                for (number, coordinate) in list.enumerated() {
                    let chunk = cuts[dimension].chunk(containing: coordinate)
                    numbers[number] &+= chunk &* weights[dimension]
                }
            }
            axes = [numbers]
        }
    }

    /// How many chunks are touched.
    var chunkCount: Int {
        axes.reduce(1) { $0 &* Set($1).count }
    }

    /// Calls `body` with every element in C order and the chunk it lies in.
    func forEach(_ body: (_ item: Int, _ chunk: Int) -> Void) {
        Self.forEachPlace(axes.map(\.count)) { item, place in
            var chunk = 0
            for (axis, number) in zip(axes, place) { chunk &+= axis[number] }
            body(item, chunk)
        }
    }

    /// Calls `body` with the number and the place of everything in a box, in C order.
    static func forEachPlace(_ shape: [Int], _ body: (Int, [Int]) -> Void) {
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
}
