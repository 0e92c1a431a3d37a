import Raster
import ZarrEngine
import ZarrModel

/// What stands behind each value of a read: a stored number, an absent chunk, a chunk that failed.
struct ValueMarks {
    /// In C order of the result; empty where every value was stored.
    let marks: [PlaneMark]

    /// Works the marks out from the chunks that `values` names.
    init(_ values: ArrayValues, _ selection: ResolvedSelection, _ array: ArrayNode) {
        self.init(
            values.problems,
            absent: values.absentChunks,
            count: values.count,
            shape: values.shape,
            selection,
            array
        )
    }

    /// Works the marks out of a part of a selection.
    init(_ part: SelectedPart, _ array: ArrayNode) {
        self.init(
            part.report.problems,
            absent: part.report.absentChunks,
            count: part.count,
            shape: part.selection.resultShape,
            part.selection,
            array
        )
    }

    private init(
        _ problems: [ChunkProblem],
        absent: [Int],
        count: Int,
        shape: [Int],
        _ selection: ResolvedSelection,
        _ array: ArrayNode
    ) {
        guard !absent.isEmpty || !problems.isEmpty else {
            marks = []
            return
        }
        let absent = Set(absent)
        // Values of one element stand together.
        let share = max(1, selection.field?.shape.reduce(1, *) ?? 1)
        var marks = [PlaneMark](repeating: .value, count: count)
        if !absent.isEmpty {
            ChunkNumbers(selection, array).forEachRun { items, chunk in
                guard absent.contains(chunk) else { return }
                let places = (items.lowerBound * share)..<(items.upperBound * share)
                PlaneMark.set(&marks, places, to: .absent)
            }
        }
        for problem in problems {
            if let items = problem.items {
                for item in items {
                    PlaneMark.set(&marks, (item * share)..<(item * share + share), to: .failed)
                }
            } else {
                Self.fail(problem.region.ranges, shape, &marks)
            }
        }
        self.marks = marks
    }

    /// Marks a box of the result as failed.
    private static func fail(_ box: [Range<Int>], _ shape: [Int], _ marks: inout [PlaneMark]) {
        guard box.count == shape.count else { return }
        guard let last = box.last else { return PlaneMark.set(&marks, 0..<1, to: .failed) }
        ChunkNumbers.forEachPlace(box.dropLast().map(\.count)) { place in
            var number = 0
            for axis in place.indices {
                number = number * shape[axis] + box[axis].lowerBound + place[axis]
            }
            let start = number * shape[shape.count - 1]
            PlaneMark.set(
                &marks,
                (start + last.lowerBound)..<(start + last.upperBound),
                to: .failed
            )
        }
    }
}

/// The stored chunks that selected elements lie in, by their numbers in C order.
private struct ChunkNumbers {
    /// Neighbours on one axis of the selection that lie in one chunk.
    private struct Run {
        /// What they add to the chunk's number.
        var chunk: Int
        var count: Int
    }

    /// For every axis of the selection its runs. Points are one axis.
    private let axes: [[Run]]

    init(_ selection: ResolvedSelection, _ array: ArrayNode) {
        let cuts = array.metadata.axes
        var weights = cuts.map { _ in 1 }
        for dimension in cuts.indices.dropLast().reversed() {
            weights[dimension] = weights[dimension + 1] &* cuts[dimension + 1].count
        }
        switch selection.form {
        case .axes(let wanted):
            axes = wanted.indices.map {
                Self.runs(wanted[$0], cuts[$0], weight: weights[$0])
            }
        case .points(let points):
            var numbers = [Int](repeating: 0, count: points.count)
            for (dimension, list) in points.coordinates.enumerated() {
                for (number, coordinate) in list.enumerated() {
                    let chunk = cuts[dimension].chunk(containing: coordinate)
                    numbers[number] &+= chunk &* weights[dimension]
                }
            }
            axes = [numbers.map { Run(chunk: $0, count: 1) }]
        }
    }

    /// O(chunks) where positions are a step apart, else O(positions).
    private static func runs(
        _ axis: ResolvedSelection.Axis,
        _ cut: ChunkAxis,
        weight: Int
    ) -> [Run] {
        var runs: [Run] = []
        var number = 0
        while number < axis.count {
            let position = axis[number]
            let chunk = cut.chunk(containing: position)
            var count = 1
            if axis.positions == nil {
                let range = cut.range(of: chunk)
                let reach =
                    axis.step > 0 ? range.upperBound - 1 - position : position - range.lowerBound
                count = min(axis.count - number, reach / Int(clamping: axis.step.magnitude) + 1)
            }
            runs.append(Run(chunk: chunk &* weight, count: count))
            number += count
        }
        return runs
    }

    /// Calls `body` with elements that follow one another in C order, and the chunk that they lie in.
    func forEachRun(_ body: (_ items: Range<Int>, _ chunk: Int) -> Void) {
        guard let last = axes.last else { return body(0..<1, 0) }
        let outer = axes.dropLast().map { runs in
            runs.flatMap { Array(repeating: $0.chunk, count: $0.count) }
        }
        var start = 0
        Self.forEachPlace(outer.map(\.count)) { place in
            var chunk = 0
            for (axis, number) in zip(outer, place) { chunk &+= axis[number] }
            for run in last {
                body(start..<(start + run.count), chunk &+ run.chunk)
                start += run.count
            }
        }
    }

    /// Calls `body` with every place in a box, in C order.
    static func forEachPlace(_ shape: [Int], _ body: ([Int]) -> Void) {
        guard shape.allSatisfy({ $0 > 0 }) else { return }
        var place = [Int](repeating: 0, count: shape.count)
        while true {
            body(place)
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
