import Testing
import ZarrModel

struct GridShapeTests {
    @Test func `a product that does not fit is nil, and a zero makes it zero`() {
        #expect([3, 4].checkedProduct() == 12)
        #expect([Int]().checkedProduct() == 1)
        #expect([Int.max, 2].checkedProduct() == nil)
        #expect([Int.max, 2, 0].checkedProduct() == 0)
    }

    @Test func `an array that the chunks do not divide has one chunk more`() {
        let grid = ChunkGrid.regular(chunkShape: [3, 4])
        #expect(grid.gridShape(for: [7, 8])?.counts == [3, 2])
        #expect(grid.gridShape(for: [7, 0])?.total == 0)
        #expect(grid.gridShape(for: [7]) == nil)
        #expect(ChunkGrid.regular(chunkShape: []).gridShape(for: [])?.total == 1)
        #expect(ChunkGrid.regular(chunkShape: [1]).gridShape(for: [.max])?.total == .max)
    }

    @Test func `a grid of more chunks than can be counted is nil`() {
        let grid = ChunkGrid.regular(chunkShape: [1, 1])
        #expect(grid.gridShape(for: [.max, 2]) == nil)
        #expect(ChunkGrid.regular(chunkShape: [0]).gridShape(for: [4]) == nil)
        #expect(GridShape(counts: [-1]) == nil)
    }

    @Test func `linear positions and coordinates are each other's inverse in C order`() throws {
        let grid = try #require(GridShape(counts: [3, 1, 2]))
        #expect((0..<6).map { grid.index(at: $0) } == (0..<6).map { grid.index(at: $0) }.sorted())
        for linear in 0..<6 { #expect(grid.linearIndex(of: grid.index(at: linear)) == linear) }
        #expect(grid.index(at: 3) == ChunkIndex([1, 0, 1]))
        for outside in [[3, 0, 0], [0, 1, 0], [0, 0, -1], [0, 0]] {
            #expect(grid.linearIndex(of: ChunkIndex(outside)) == nil)
            #expect(!grid.contains(ChunkIndex(outside)))
        }
        #expect(GridShape(counts: [])?.index(at: 0) == ChunkIndex([]))
    }

    @Test func `a chunk's region is clipped to the array`() {
        let grid = ChunkGrid.regular(chunkShape: [3, 4])
        #expect(grid.region(of: ChunkIndex([2, 1]), in: [7, 8]) == Region([6..<7, 4..<8]))
        #expect(grid.region(of: ChunkIndex([3, 0]), in: [7, 8]).isEmpty)
        #expect(grid.region(of: ChunkIndex([.max, 0]), in: [7, 8]).isEmpty)
        #expect(grid.region(of: ChunkIndex([-1, 0]), in: [7, 8]).isEmpty)
    }

    @Test func `regions know their size and what they share`() {
        let region = Region([2..<5, 0..<4])
        #expect(region.shape == [3, 4])
        #expect(region.origin == [2, 0])
        #expect(region.elementCount == 12)
        #expect(region.contains([4, 3]))
        #expect(!region.contains([5, 3]))
        #expect(!region.contains([4]))
        #expect(region.intersection(Region([4..<9, 1..<2])) == Region([4..<5, 1..<2]))
        #expect(region.intersection(Region([8..<9, 1..<2])).isEmpty)
        #expect(Region(shape: []).elementCount == 1)
    }
}
