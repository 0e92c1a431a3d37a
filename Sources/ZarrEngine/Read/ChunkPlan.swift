internal import ZarrModel

/// Selected elements of one chunk, and where they stand in the result.
enum ChunkPlaces: Hashable, Sendable {
    /// Every combination of the elements along each axis.
    case box([AxisPlaces])
    /// Points.
    case points(PointPlaces)

    /// What a selection names, counted from the start of the array.
    init(_ selection: ResolvedSelection) {
        switch selection.form {
        case .axes(let axes): self = .box(axes.map { AxisPlaces($0) })
        case .points(let points): self = .points(PointPlaces(points))
        }
    }

    /// The same elements, counted from a place that lies `distance` before along each axis.
    func moved(by distance: [Int]) -> ChunkPlaces {
        switch self {
        case .box(let axes):
            return .box(zip(axes, distance).map { $0.moved(by: $1) })
        case .points(var points):
            for dimension in distance.indices { points.origin[dimension] -= distance[dimension] }
            return .points(points)
        }
    }
}

/// The selected elements of one chunk.
struct PlannedChunk: Hashable, Sendable {
    /// The chunk in its grid.
    var index: ChunkIndex
    /// The elements, counted from its start.
    var places: ChunkPlaces
}

/// How a selection falls on the chunks of a grid. Each chunk that is touched is one piece, with
/// everything that is selected of it.
enum ChunkPlan: Hashable, Sendable {
    case box(BoxPlan)
    case points(PointPlan)

    /// Requires that every selected element lies inside the axes, that the grid's number of chunks and
    /// the number of selected elements fit in an `Int`.
    init(_ places: ChunkPlaces, _ cuts: [ChunkAxis]) {
        switch places {
        case .box(let axes): self = .box(BoxPlan(zip(axes, cuts).map { AxisPlan($0, $1) }))
        case .points(let points): self = .points(PointPlan(points, cuts))
        }
    }

    /// How many pieces there are.
    var pieceCount: Int {
        switch self {
        case .box(let plan): plan.pieceCount
        case .points(let plan): plan.pieceCount
        }
    }

    /// Piece `number`. Requires `0 <= number < pieceCount`.
    func piece(_ number: Int) -> PlannedChunk {
        switch self {
        case .box(let plan):
            let pieces = plan.piece(number)
            return PlannedChunk(
                index: ChunkIndex(pieces.map(\.chunk)),
                places: .box(pieces.map(\.places))
            )
        case .points(let plan):
            let (chunk, places) = plan.piece(number)
            return PlannedChunk(index: ChunkIndex(chunk), places: .points(places))
        }
    }
}
