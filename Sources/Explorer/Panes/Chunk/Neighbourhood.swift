import Canvas
import ZarrModel

/// The chunks around one, diagonally too, as planes of three by three.
///
/// The last two axes run inside a plane, the two before them from plane to plane. Of arrays with
/// more axes the others stay where the chunk is.
struct Neighbourhood: Hashable, Sendable {
    private let place: [Int]
    private let grid: [Int]

    /// The surroundings of a chunk of the grid; `nil` where it is none.
    init?(_ chunk: ChunkIndex, in grid: [Int]) {
        guard chunk.coordinates.count == grid.count, !grid.isEmpty,
            zip(chunk.coordinates, grid).allSatisfy({ $0 >= 0 && $0 < $1 })
        else { return nil }
        place = chunk.coordinates
        self.grid = grid
    }

    /// The axes that are shown: at most four.
    var axes: Range<Int> {
        max(0, grid.count - 4)..<grid.count
    }

    /// The steps of a cell, as rows and columns of all planes together: each from 0 up.
    func steps(row: Int, column: Int) -> [Int] {
        var steps = Array(repeating: 0, count: grid.count)
        let last = grid.count - 1
        steps[last] = column % 3 - 1
        if grid.count > 1 { steps[last - 1] = row % 3 - 1 }
        if grid.count > 2 { steps[last - 2] = column / 3 - 1 }
        if grid.count > 3 { steps[last - 3] = row / 3 - 1 }
        return steps
    }

    /// Rows and columns of cells.
    var rows: Int {
        grid.count > 3 ? 9 : grid.count > 1 ? 3 : 1
    }

    /// Columns of cells.
    var columns: Int {
        grid.count > 2 ? 9 : 3
    }

    /// The row and column of the chunk itself.
    var centre: (row: Int, column: Int) {
        (rows / 2, columns / 2)
    }

    /// The chunk at a cell; `nil` outside the grid.
    func chunk(row: Int, column: Int) -> ChunkIndex? {
        guard (0..<rows).contains(row), (0..<columns).contains(column) else { return nil }
        let near = zip(place, steps(row: row, column: column)).map { $0 + $1 }
        return zip(near, grid).allSatisfy({ $0 >= 0 && $0 < $1 }) ? ChunkIndex(near) : nil
    }
}
