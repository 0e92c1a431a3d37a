import ZarrModel

/// What the census says of every chunk behind each place of a plane: a hole is seen however few
/// elements are read, and before any are.
struct SlicePresence: Hashable, Sendable {
    /// More chunks than this in view are not looked at.
    static let most = 16 << 20

    /// What it was made from.
    struct Key: Hashable, Sendable {
        var request: PlaneRequest
        var version: Int
    }

    let key: Key
    /// The worst behind each place; empty where nothing is wrong.
    let sources: [PlaneValues.Source]

    /// Looks at the chunks in view. O(chunks in view).
    init(_ census: Census, _ details: ArrayDetails, _ request: PlaneRequest) {
        key = Key(request: request, version: census.version)
        sources = Self.sources(census, details, request)
    }

    private static func sources(
        _ census: Census,
        _ details: ArrayDetails,
        _ request: PlaneRequest
    ) -> [PlaneValues.Source] {
        let rank = details.axes.count
        guard census.anomalyCount + census.count(.expectedEmpty) > 0, rank > 0,
            census.grid == details.gridShape, request.fixed.count == rank
        else { return [] }
        var weights = census.grid.map { _ in 1 }
        for axis in census.grid.indices.dropLast().reversed() {
            weights[axis] = weights[axis + 1] * census.grid[axis + 1]
        }
        var base = 0
        for axis in 0..<rank where axis != request.rowAxis && axis != request.columnAxis {
            let index = request.fixed[axis]
            guard index >= 0, index < details.axes[axis].length else { return [] }
            base += details.axes[axis].chunk(containing: index) * weights[axis]
        }
        let rows = spans(request.rows, request.rowAxis, details)
        let columns = spans(request.columns, request.columnAxis, details)
        guard rows.count.multipliedOrMost(by: columns.count) <= most else { return [] }
        var found: [PlaneValues.Source] = []
        let down = request.rowAxis.map { weights[$0] } ?? 0
        let across = request.columnAxis.map { weights[$0] } ?? 0
        for row in rows {
            for column in columns {
                let state = census.state(base + row.chunk * down + column.chunk * across)
                guard let source = source(state) else { continue }
                if found.isEmpty {
                    let count = request.rows.count * request.columns.count
                    found = Array(repeating: .stored, count: count)
                }
                for part in row.parts {
                    for place in column.parts {
                        let at = part * request.columns.count + place
                        found[at] = max(found[at], source)
                    }
                }
            }
        }
        return found
    }

    /// The chunks of one axis in view, and the parts of the run that each has elements in.
    private static func spans(
        _ run: PlaneRequest.Run,
        _ axis: Int?,
        _ details: ArrayDetails
    ) -> [(chunk: Int, parts: ClosedRange<Int>)] {
        guard let axis, run.count > 0, run.start >= 0 else { return [(0, 0...0)] }
        let cut = details.axes[axis]
        let shown = run.start..<max(run.start, run.end(in: cut.length))
        guard cut.chunks(touching: shown).count <= most else { return [] }
        return cut.chunks(touching: shown).map { chunk in
            let range = cut.range(of: chunk).clamped(to: shown)
            let first = run.part(holding: range.lowerBound)
            return (chunk, first...max(first, run.part(holding: range.upperBound - 1)))
        }
    }

    private static func source(_ state: ChunkState) -> PlaneValues.Source? {
        switch state {
        case .missing, .expectedEmpty: .absent
        case .short, .corrupt, .unreadable: .failed
        case .present, .unknown, .orphan: nil
        }
    }
}
