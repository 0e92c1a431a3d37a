import Canvas
import Testing
import ZarrModel

@testable import Explorer

/// The numbers that stand at the chunks around one.
struct NeighbourhoodLayoutTests {
    private func labels(
        _ chunk: [Int],
        in grid: [Int],
        _ size: Size = Size(rows: 19, columns: 78)
    ) throws -> (texts: [String], layout: NeighbourhoodLayout) {
        let around = try #require(Neighbourhood(ChunkIndex(chunk), in: grid))
        let names = AxisNames(nil, rank: grid.count)
        let layout = NeighbourhoodLayout(around, around: ChunkIndex(chunk), names: names, in: size)
        return (layout.labels(around).map(\.text), layout)
    }

    @Test func `each row and column in the grid has its number, and each axis its name`() throws {
        let found = try labels([1, 9], in: [12, 10])
        #expect(found.texts == ["dim1", "8", "9", "0", "1", "2", "dim0"])
    }

    @Test func `each plane is named by the axes that lead to it`() throws {
        let found = try labels([5, 1, 0, 0], in: [8, 3, 2, 2])
        for plane in ["dim0 4  dim1 0", "dim0 5  dim1 1", "dim0 6  dim1 2"] {
            #expect(found.texts.contains(plane))
        }
    }

    @Test func `no number lies on a cell, nor on another one`() throws {
        for (chunk, grid) in [
            ([3], [9]), ([99, 999], [200, 2000]), ([7, 7, 7], [9, 9, 9]),
            ([1, 2, 3, 4], [9, 9, 9, 9]),
        ] {
            let around = try #require(Neighbourhood(ChunkIndex(chunk), in: grid))
            let layout = NeighbourhoodLayout(
                around,
                around: ChunkIndex(chunk),
                names: AxisNames(nil, rank: grid.count),
                in: Size(rows: 24, columns: 100)
            )
            var taken: Set<Point> = []
            for row in 0..<around.rows {
                for column in 0..<around.columns {
                    let place = layout.place(row: row, column: column)
                    for offset in 0..<3 {
                        let point = Point(row: place.row, column: place.column + offset)
                        #expect(taken.insert(point).inserted)
                    }
                }
            }
            for label in layout.labels(around) {
                for offset in label.text.indices.enumerated().map(\.offset) {
                    let point = Point(row: label.place.row, column: label.place.column + offset)
                    #expect(taken.insert(point).inserted, "\(label.text) at \(label.place)")
                }
            }
        }
    }

    @Test func `where there is no room there are no numbers`() throws {
        #expect(try labels([1, 1], in: [3, 3], Size(rows: 6, columns: 40)).texts.isEmpty)
    }
}
