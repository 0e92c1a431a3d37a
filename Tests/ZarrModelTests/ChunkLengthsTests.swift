import JSONValue
import Testing
import ZarrModel

/// Chunk lengths that somebody asks for.
struct ChunkLengthsTests {
    private static func message(_ lengths: ChunkLengths, _ shape: [Int]) -> String? {
        do throws(MetadataError) {
            _ = try lengths.grid(for: shape, "--chunks")
            return nil
        } catch {
            return "\(error)"
        }
    }

    @Test func `one length for each dimension makes a regular grid or a bounded one`() throws {
        var lengths = ChunkLengths([4, 3])
        #expect(try lengths.grid(for: [10, 10], "") == .regular(chunkShape: [4, 3]))
        lengths.isBounded = true
        #expect(try lengths.grid(for: [10, 10], "") == .regularBounded(chunkShape: [4, 3]))
        #expect(lengths.shape == [4, 3])
    }

    @Test func `lengths one by one make a rectilinear grid of exactly the array's length`() throws {
        let runs = try #require(ChunkRuns(lengths: [4, 4, 2]))
        let lengths = ChunkLengths([.listed(runs), .every(3)])
        #expect(lengths.shape == nil)
        let grid = try lengths.grid(for: [10, 10], "")
        #expect(grid == .rectilinear([.listed(runs), .every(3)]))
        #expect(grid.chunkShapeJSON == [[[4, 2], 2], 3])
        let words = "--chunks: along dimension 0 the chunks have 10 elements in all, the array"
        #expect(Self.message(lengths, [9, 10]) == words + " 9")
        #expect(Self.message(lengths, [11, 10]) == words + " 11")
    }

    @Test func `what cuts no array of a shape is refused with its place`() throws {
        let runs = try #require(ChunkRuns(lengths: [5, 5]))
        #expect(
            Self.message(ChunkLengths([1, 2]), [4])
                == "--chunks: 2 lengths for an array of 1 dimension"
        )
        #expect(Self.message(ChunkLengths([0]), [4]) != nil)
        #expect(Self.message(ChunkLengths([.listed(runs)], isBounded: true), [10]) != nil)
    }
}
