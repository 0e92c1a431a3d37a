internal import Codecs
internal import ZarrModel

/// Where the selected elements of a chunk go in the result.
enum Placement: Hashable, Sendable {
    /// To places with strides: the codecs copy them there themselves.
    case scatter(Scatter)
    /// One by one, or a field of each: from the decoded chunk.
    case gather(Gather)
}

/// How the result of a selection lies in memory, counted in items: elements, or fields of them.
struct Destination: Hashable, Sendable {
    /// Items between neighbours along each axis of the selection; 1 for points.
    private let strides: [Int]
    /// The length of each dimension of the result without the shape of a field, `nil` where it is
    /// dropped.
    private let counts: [Int?]
    /// The field that is wanted.
    let field: FieldSelection?

    /// The result of a selection whose number of elements fits in an `Int`. Where it `isRepeated`, one
    /// item stands for all.
    init(_ selection: ResolvedSelection, isRepeated: Bool = false) {
        field = selection.field
        switch selection.form {
        case .axes(let axes):
            var strides = [Int](repeating: 1, count: axes.count)
            for dimension in axes.indices.dropLast().reversed() {
                // Beside a dimension of which nothing is selected the others may be of any length.
                strides[dimension] = strides[dimension + 1] &* axes[dimension + 1].count
            }
            self.strides = isRepeated ? axes.map { _ in 0 } : strides
            counts = axes.map { $0.isDropped ? nil : $0.count }
        case .points(let points):
            strides = [isRepeated ? 0 : 1]
            counts = points.shape
        }
    }

    /// Where `places` of a chunk of `shape` go.
    func placement(_ places: ChunkPlaces, in shape: [Int]) -> Placement {
        if field == nil, let scatter = scatter(places) { return .scatter(scatter) }
        return .gather(gather(places, in: shape))
    }

    /// Where `places` of a chunk go, item by item, as strides; `nil` where they are listed.
    func scatter(_ places: ChunkPlaces) -> Scatter? {
        guard case .box(let places) = places else { return nil }
        var offset = 0
        var axes: [Scatter.Axis] = []
        axes.reserveCapacity(places.count)
        for (dimension, axis) in places.enumerated() {
            guard case .run(let start, let step, let count, let output) = axis else { return nil }
            let stride = strides[dimension]
            offset += output * stride
            axes.append(Scatter.Axis(start: start, step: step, count: count, stride: stride))
        }
        return Scatter(axes: axes, outputOffset: offset)
    }

    /// The same element by element.
    func gather(_ places: ChunkPlaces, in shape: [Int]) -> Gather {
        let inner = Scatter(whole: shape).axes.map(\.stride)
        switch places {
        case .points(let points):
            let targets = points.outputs.map { $0 * strides[0] }
            return Gather(axes: [.init(sources: points.offsets(inner), targets: targets)])
        case .box(let axes):
            return Gather(
                axes: axes.enumerated().map { dimension, places in
                    var axis = Gather.Axis()
                    axis.reserve(places.count)
                    let (from, to) = (inner[dimension], strides[dimension])
                    places.forEach { axis.append(source: $0 * from, target: $1 * to) }
                    return axis
                }
            )
        }
    }

    /// The part of the result that `places` fill, and the items one by one where they do not fill it.
    func extent(of places: ChunkPlaces) -> (region: Region, items: [Int]?) {
        let inner = (field?.shape ?? []).map { 0..<$0 }
        if case .box(let axes) = places {
            let ranges = axes.map(\.outputRange)
            if ranges.allSatisfy({ $0 != nil }) {
                let kept = zip(counts, ranges).compactMap { $0 == nil ? nil : $1 }
                return (Region(kept + inner), nil)
            }
        }
        var items: [Int] = []
        gather(places, in: places.shape).forEach { items.append($1) }
        items.sort()
        return (bounds(of: items, inner), items)
    }

    /// The smallest box of the result that holds `items`.
    private func bounds(of items: [Int], _ inner: [Range<Int>]) -> Region {
        let shape = counts.compactMap(\.self)
        var low = shape
        var high = shape.map { _ in -1 }
        for item in items {
            var rest = item
            for dimension in shape.indices.reversed() {
                let (quotient, place) = rest.quotientAndRemainder(dividingBy: shape[dimension])
                low[dimension] = min(low[dimension], place)
                high[dimension] = max(high[dimension], place)
                rest = quotient
            }
        }
        return Region(zip(low, high).map { min($0, $1 + 1)..<($1 + 1) } + inner)
    }
}

extension ChunkPlaces {
    /// A shape that the places fit in, for where the elements' own places do not matter.
    fileprivate var shape: [Int] {
        switch self {
        case .box(let axes): axes.map { _ in 1 }
        case .points(let points): points.coordinates.map { _ in 1 }
        }
    }
}
