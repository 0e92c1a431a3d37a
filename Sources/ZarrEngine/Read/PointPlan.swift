internal import ZarrModel

/// Selected points, counted from where a chunk starts, and where each stands in the result.
struct PointPlaces: Hashable, Sendable {
    /// For every dimension the coordinate of each point; the point lies `origin` before it.
    var coordinates: [ArraySlice<Int>]
    /// What is taken off each dimension's coordinates.
    var origin: [Int]
    /// The number of each point in the result.
    var outputs: ArraySlice<Int>

    /// Points counted from the start of the array.
    init(_ points: ResolvedSelection.Points) {
        coordinates = points.coordinates.map { $0[...] }
        origin = points.coordinates.map { _ in 0 }
        outputs = Array(0..<points.count)[...]
    }

    init(coordinates: [ArraySlice<Int>], origin: [Int], outputs: ArraySlice<Int>) {
        self.coordinates = coordinates
        self.origin = origin
        self.outputs = outputs
    }

    /// Where each point lies in a packed array with `strides`.
    func offsets(_ strides: [Int]) -> [Int] {
        var offsets = [Int](repeating: 0, count: outputs.count)
        for (dimension, list) in coordinates.enumerated() {
            let (first, stride) = (origin[dimension], strides[dimension])
            for (number, coordinate) in list.enumerated() {
                offsets[number] += (coordinate - first) * stride
            }
        }
        return offsets
    }
}

/// How points fall on the chunks of a grid: each chunk is one piece, with all its points.
struct PointPlan: Hashable, Sendable {
    private let points: PointPlaces
    private let cuts: [ChunkAxis]
    /// Where the points of each piece begin.
    private let starts: [Int]

    /// Requires that every point lies inside and that the grid's number of chunks fits in an `Int`.
    /// Sorts the points by chunk unless they are: O(points · log points), 8 bytes for each point and
    /// dimension.
    init(_ points: PointPlaces, _ cuts: [ChunkAxis]) {
        self.cuts = cuts
        var chunks = [Int](repeating: 0, count: points.outputs.count)
        for (dimension, list) in points.coordinates.enumerated() {
            let (cut, origin) = (cuts[dimension], points.origin[dimension])
            for (number, coordinate) in list.enumerated() {
                let chunk = cut.chunk(containing: coordinate - origin)
                chunks[number] = chunks[number] * cut.count + chunk
            }
        }
        var sorted = points
        if !zip(chunks, chunks.dropFirst()).allSatisfy({ $0 <= $1 }) {
            let order = chunks.indices.sorted { (chunks[$0], $0) < (chunks[$1], $1) }
            func inOrder(_ list: ArraySlice<Int>) -> ArraySlice<Int> {
                order.map { list[list.startIndex + $0] }[...]
            }
            sorted.coordinates = points.coordinates.map(inOrder)
            sorted.outputs = inOrder(points.outputs)
            chunks = order.map { chunks[$0] }
        }
        self.points = sorted
        starts = chunks.indices.filter { $0 == 0 || chunks[$0] != chunks[$0 - 1] }
    }

    /// How many chunks are touched.
    var pieceCount: Int {
        starts.count
    }

    /// Piece `number`, in C order of the chunks. Requires `0 <= number < pieceCount`.
    func piece(_ number: Int) -> (chunk: [Int], places: PointPlaces) {
        let end = number + 1 < starts.count ? starts[number + 1] : points.outputs.count
        func part(_ list: ArraySlice<Int>) -> ArraySlice<Int> {
            list[(list.startIndex + starts[number])..<(list.startIndex + end)]
        }
        var places = PointPlaces(
            coordinates: points.coordinates.map(part),
            origin: points.origin,
            outputs: part(points.outputs)
        )
        var chunk: [Int] = []
        for (dimension, cut) in cuts.enumerated() {
            let list = places.coordinates[dimension]
            let coordinate = cut.chunk(containing: list[list.startIndex] - places.origin[dimension])
            places.origin[dimension] += cut.start(of: coordinate)
            chunk.append(coordinate)
        }
        return (chunk, places)
    }
}
