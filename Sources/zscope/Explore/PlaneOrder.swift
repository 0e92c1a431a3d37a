import Explorer
import ZarrEngine
import ZarrModel

/// How the elements of a read stand in a plane: dimensions keep their order when an array is read,
/// and the plane may want the later one to run down.
struct PlaneOrder {
    let rowCount: Int
    let columnCount: Int
    private let request: PlaneRequest
    private let isTransposed: Bool

    init(_ request: PlaneRequest, isTransposed: Bool) {
        self.request = request
        self.isTransposed = isTransposed
        rowCount = request.rowAxis == nil ? 1 : request.rows.count
        columnCount = request.columnAxis == nil ? 1 : request.columns.count
    }

    /// `elements` in C order of the result, row by row of the plane.
    func rows<Element>(of elements: [Element]) -> [Element] {
        guard isTransposed, elements.count == rowCount * columnCount else { return elements }
        var rows: [Element] = []
        rows.reserveCapacity(elements.count)
        for row in 0..<rowCount {
            for column in 0..<columnCount { rows.append(elements[column * rowCount + row]) }
        }
        return rows
    }

    /// Marks a part of the result, given in its dimensions.
    func mark(
        _ region: Region,
        _ source: PlaneValues.Source,
        in sources: inout [PlaneValues.Source]
    ) {
        var ranges = region.ranges
        var rows = 0..<1
        var columns = 0..<1
        if request.columnAxis != nil {
            if request.rowAxis == nil {
                columns = ranges.first ?? columns
            } else if ranges.count == 2 {
                if isTransposed { ranges.reverse() }
                (rows, columns) = (ranges[0], ranges[1])
            }
        } else if request.rowAxis != nil {
            rows = ranges.first ?? rows
        }
        for row in rows.clamped(to: 0..<rowCount) {
            for column in columns.clamped(to: 0..<columnCount) {
                sources[row * columnCount + column] = source
            }
        }
    }
}

/// Which stored chunk each element of a plane lies in.
struct ChunkSpans {
    private var rowChunks: [Int] = []
    private var columnChunks: [Int] = []
    private var base = 0
    /// How many chunks the plane touches.
    var count: Int { Set(rowChunks).count * Set(columnChunks).count }

    init(_ request: PlaneRequest, _ array: ArrayNode) {
        let counts = array.grid.counts
        let lengths = array.metadata.chunkShape
        var weights = [Int](repeating: 1, count: counts.count)
        for axis in counts.indices.dropLast().reversed() {
            weights[axis] = weights[axis + 1] &* counts[axis + 1]
        }
        for axis in counts.indices where axis != request.rowAxis && axis != request.columnAxis {
            base &+= request.fixed[axis] / max(1, lengths[axis]) &* weights[axis]
        }
        func chunks(_ axis: Int?, _ run: PlaneRequest.Run) -> [Int] {
            guard let axis else { return [0] }
            return (0..<run.count).map { place in
                (run.start + place * run.step) / max(1, lengths[axis]) &* weights[axis]
            }
        }
        rowChunks = chunks(request.rowAxis, request.rows)
        columnChunks = chunks(request.columnAxis, request.columns)
    }

    /// The chunk of an element: its linear index in the grid, C order.
    subscript(row: Int, column: Int) -> Int {
        base &+ rowChunks[row] &+ columnChunks[column]
    }
}
