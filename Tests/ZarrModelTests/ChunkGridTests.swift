import JSONValue
import Testing
import ZarrModel

/// A v3 document of `shape` with the rectilinear `chunks`, as the specification's example writes them.
private func rectilinear(_ shape: [Int], _ chunks: JSONValue) throws(MetadataError) -> ArrayMetadata
{
    try ArrayMetadata(
        v3: [
            "zarr_format": 3, "node_type": "array", "data_type": "uint8", "fill_value": 0,
            "shape": .array(shape.map { .integer($0) }),
            "chunk_grid": [
                "name": "rectilinear",
                "configuration": ["kind": "inline", "chunk_shapes": chunks],
            ],
            "chunk_key_encoding": "default", "codecs": ["bytes"],
        ]
    )
}

private func problem(_ shape: [Int], _ chunks: JSONValue) -> MetadataError? {
    do throws(MetadataError) {
        _ = try rectilinear(shape, chunks)
        return nil
    } catch {
        return error
    }
}

struct ChunkGridTests {
    @Test func `the five forms of the specification's example mean what it says`() throws {
        let metadata = try rectilinear(
            [6, 6, 6, 6, 6],
            [4, [1, 2, 3], [[4, 2]], [[1, 3], 3], [4, 4, 4]]
        )
        let lengths = metadata.axes.map { axis in (0..<axis.count).map { axis.storedLength(of: $0) }
        }
        // The third chunk of the last axis lies past the array: it is no chunk of the grid.
        #expect(lengths == [[4, 4], [1, 2, 3], [4, 4], [1, 1, 1, 3], [4, 4]])
        #expect(metadata.gridShape.counts == [2, 3, 2, 4, 2])
        #expect(metadata.chunkShape == [4, 3, 4, 3, 4])
        #expect(!metadata.hasUniformChunks)
        #expect(metadata.chunkShape(at: ChunkIndex([1, 0, 1, 3, 0])) == [4, 1, 4, 3, 4])
        let region = metadata.chunkRegion(ChunkIndex([1, 2, 1, 3, 1]))
        #expect(region == Region([4..<6, 3..<6, 4..<6, 3..<6, 4..<6]))
    }

    @Test func `the chunk that holds an element is where a walk over the chunks meets it`() throws {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<50 {
            let runs = (0..<Int.random(in: 1...6, using: &random)).map { _ in
                ChunkRuns.Run(length: .random(in: 1...5), count: .random(in: 1...4))
            }
            let given = try #require(ChunkRuns(runs))
            let length = Int.random(in: 0...given.total)
            let axis = try #require(ChunkEdges.listed(given).axis(length: length))
            let lengths = runs.flatMap { repeatElement($0.length, count: $0.count) }
            var start = 0
            for (chunk, stored) in lengths.enumerated() where start < length {
                #expect(axis.start(of: chunk) == start)
                #expect(axis.storedLength(of: chunk) == stored)
                #expect(axis.range(of: chunk) == start..<min(start + stored, length))
                for element in axis.range(of: chunk) {
                    #expect(axis.chunk(containing: element) == chunk)
                }
                start += stored
                #expect((chunk == axis.count - 1) == (start >= length))
            }
            #expect(axis.range(of: axis.count).isEmpty && axis.range(of: -1).isEmpty)
        }
    }

    @Test func `2 to the 60 chunks are one run and cost no memory`() throws {
        let many = JSONValue.integer(1 << 60)
        let metadata = try rectilinear([1 << 60], [[[1, many]]])
        #expect(metadata.gridShape.total == 1 << 60)
        #expect(metadata.chunk(containing: [(1 << 60) - 1]) == ChunkIndex([(1 << 60) - 1]))
        let uneven = try rectilinear([(1 << 60) + 7], [[[1, many], 7]])
        #expect(uneven.chunk(containing: [(1 << 60) + 6]) == ChunkIndex([1 << 60]))
        #expect(uneven.axes[0].range(of: 1 << 60).count == 7)
        let place = "zarr.json#/chunk_grid/configuration/chunk_shapes"
        #expect(problem([5], [[[many, many]]])?.location == place + "/0")
        #expect(problem([5], [[.integer(Int.max), 1]])?.location == place + "/0")
    }

    @Test func `lengths that are none have a place`() throws {
        let place = "zarr.json#/chunk_grid/configuration/chunk_shapes/0"
        #expect(problem([4], [0])?.location == place)
        #expect(problem([4], [[4, -1]])?.location == place + "/1")
        #expect(problem([4], [[[2, 0]]])?.location == place + "/0/1")
        #expect(problem([4], [[[2, 1, 3]]])?.location == place + "/0")
        #expect(problem([4], ["4"])?.location == place)
        #expect(problem([4], [[1.5]])?.location == place + "/0")
        #expect(problem([4], [[3]])?.location == "zarr.json#/chunk_grid")
        #expect(problem([4], [4, 4])?.location == "zarr.json#/chunk_grid")
        #expect(problem([0], [[]]) == nil)
        #expect(problem([1], [[]])?.message == "the chunks do not cover the array")
    }

    @Test func `a bounded grid ends with the array`() throws {
        let grid = ChunkGrid.regularBounded(chunkShape: [4, 5, 9])
        let axes = try #require(grid.axes(for: [10, 20, 3]))
        #expect(axes.map(\.count) == [3, 4, 1])
        #expect(axes.map(\.isUniform) == [false, true, true])
        #expect(grid.chunkShape(at: ChunkIndex([2, 3, 0]), in: [10, 20, 3]) == [2, 5, 3])
        #expect(grid.chunkShape(at: ChunkIndex([3, 0, 0]), in: [10, 20, 3]) == nil)
        #expect(axes.map(\.storedLengths) == [[4, 2], [5], [3]])
        #expect(grid.axes(for: [0, 0, 0])?.map(\.count) == [0, 0, 0])
    }

    @Test func `neighbouring runs of one length are one, and are written back as runs`() throws {
        let metadata = try rectilinear([20], [[2, 2, [2, 3], 5, 5]])
        #expect(metadata.grid.chunkShapeJSON == [[[2, 5], [5, 2]]])
        let again = try ArrayMetadata(v3: .object(try #require(metadata.document.objectValue)))
        #expect(again.grid == metadata.grid)
        #expect(try rectilinear([20], metadata.grid.chunkShapeJSON).grid == metadata.grid)
    }

    @Test func `shards of every length must hold whole inner chunks`() throws {
        func sharded(_ chunks: JSONValue, _ shape: [Int]) throws(MetadataError) -> ArrayMetadata {
            var object = try rectilinear(shape, chunks).document.objectValue ?? [:]
            object["codecs"] = [
                [
                    "name": "sharding_indexed",
                    "configuration": [
                        "chunk_shape": [2], "codecs": ["bytes"], "index_codecs": ["bytes"],
                    ],
                ]
            ]
            return try ArrayMetadata(v3: .object(object))
        }
        let metadata = try sharded([[4, 2, [6, 2]]], [17])
        #expect(metadata.innerGridShape?.counts == [9])
        #expect(throws: MetadataError.self) { try sharded([[4, 3, 6]], [13]) }
        // What lies past the array is never made.
        #expect(try sharded([[4, 2, 3]], [6]).shardLevels == [[2]])
    }
}
