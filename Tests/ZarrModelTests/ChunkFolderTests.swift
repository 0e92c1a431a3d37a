import Testing
import ZarrModel

/// Which chunks lie below a folder.
@Suite struct ChunkFolderTests {
    private let grid = GridShape(counts: [3, 2, 4])

    @Test(arguments: [
        ("", 0..<24), ("c", 0..<24), ("c/1", 8..<16), ("c/1/1", 12..<16), ("c/2/0/3", 19..<20),
        ("c/3", 0..<0), ("c/01", 0..<0), ("c/-1", 0..<0), ("d/1", 0..<0), ("1", 0..<0),
        ("c/1/1/1/1", 0..<0),
    ])
    func `a folder holds the chunks whose keys begin with it`(
        folder: String,
        chunks: Range<Int>
    ) throws {
        let grid = try #require(grid)
        #expect(ChunkKeyEncoding().chunks(below: folder, in: grid) == chunks)
    }

    @Test func `keys without folders lie below none but the array's`() throws {
        let grid = try #require(grid)
        let dotted = ChunkKeyEncoding(.v2, separator: .dot)
        #expect(dotted.chunks(below: "1", in: grid).isEmpty)
        #expect(dotted.chunks(below: "", in: grid) == 0..<24)
        let nested = ChunkKeyEncoding(.v2, separator: .slash)
        #expect(nested.chunks(below: "1/0", in: grid) == 8..<12)
    }
}
