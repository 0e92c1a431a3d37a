internal import ZarrModel

/// Selected elements along one axis, counted from where a chunk starts, and where each stands in the
/// result along the same axis.
enum AxisPlaces: Hashable, Sendable {
    /// `count` elements from `start` on, `step` apart; the first is number `output` of the result,
    /// the others follow it.
    case run(start: Int, step: Int, count: Int, output: Int)
    /// Elements one by one, in ascending order: each lies `origin` before its position.
    case listed(positions: ArraySlice<Int>, outputs: ArraySlice<Int>, origin: Int)

    /// The positions of a selection, which are counted from the start of the array. Listed ones are
    /// sorted: O(count log count).
    init(_ axis: ResolvedSelection.Axis) {
        guard let positions = axis.positions else {
            self = .run(start: axis.start, step: axis.step, count: axis.count, output: 0)
            return
        }
        let order = positions.indices.sorted { (positions[$0], $0) < (positions[$1], $1) }
        self = .listed(positions: order.map { positions[$0] }[...], outputs: order[...], origin: 0)
    }

    /// How many elements.
    var count: Int {
        switch self {
        case .run(_, _, let count, _): count
        case .listed(let positions, _, _): positions.count
        }
    }

    /// The same elements, counted from a place that lies `distance` before.
    func moved(by distance: Int) -> AxisPlaces {
        switch self {
        case .run(let start, let step, let count, let output):
            .run(start: start + distance, step: step, count: count, output: output)
        case .listed(let positions, let outputs, let origin):
            .listed(positions: positions, outputs: outputs, origin: origin - distance)
        }
    }

    /// Calls `body` with each element and its place in the result.
    func forEach(_ body: (_ element: Int, _ output: Int) -> Void) {
        switch self {
        case .run(let start, let step, let count, let output):
            for number in 0..<count { body(start + number * step, output + number) }
        case .listed(let positions, let outputs, let origin):
            for (position, output) in zip(positions, outputs) { body(position - origin, output) }
        }
    }

    /// The places in the result as a range, where they follow one another.
    var outputRange: Range<Int>? {
        switch self {
        case .run(_, _, let count, let output): return output..<(output + count)
        case .listed(_, let outputs, _):
            guard let first = outputs.min(), let last = outputs.max() else { return 0..<0 }
            return last - first == outputs.count - 1 ? first..<(last + 1) : nil
        }
    }
}
