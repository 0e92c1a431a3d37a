internal import ZarrModel

/// How a copy goes through an array: block by block, each made of whole chunks of the copy and large
/// enough that no chunk of the source is decoded again and again.
struct CopyBlocks: Sendable {
    /// Chunks of the copy along each dimension of a block.
    private let counts: [Int]
    private let axes: [ChunkAxis]
    private let grid: GridShape
    /// How many blocks there are.
    var total: Int { grid.total }

    /// Blocks of at most `limit` elements, one chunk at least.
    ///
    /// `sourceChunk` is the shape of what the source decodes at a time.
    init?(of copy: ArrayMetadata, sourceChunk: [Int], limit: Int) {
        axes = copy.axes
        var counts = zip(copy.axes, sourceChunk).map { axis, length in
            min(max(1, axis.count), max(1, (length - 1) / axis.chunkLength + 1))
        }
        func isTooLarge() -> Bool {
            let lengths = zip(counts, copy.axes).map {
                $0.multipliedReportingOverflow(by: $1.chunkLength)
            }
            guard !lengths.contains(where: \.overflow) else { return true }
            return lengths.map(\.partialValue).checkedProduct().map { $0 > limit } ?? true
        }
        while isTooLarge(), let most = counts.max(), most > 1,
            let place = counts.firstIndex(of: most)
        {
            counts[place] = (most + 1) / 2
        }
        self.counts = counts
        let blocks = zip(copy.axes, counts).map { axis, count in
            axis.count / count + (axis.count % count == 0 ? 0 : 1)
        }
        guard let grid = GridShape(counts: blocks) else { return nil }
        self.grid = grid
    }

    /// The chunks of block `number`, in chunk coordinates. Requires `0 <= number < total`.
    func chunks(_ number: Int) -> Region {
        let block = grid.index(at: number).coordinates
        return Region(
            axes.indices.map { dimension in
                let start = block[dimension] * counts[dimension]
                return start..<(start + min(counts[dimension], axes[dimension].count - start))
            }
        )
    }

    /// The numbers of the blocks that hold a part of `elements`; `nil` for more than `limit`.
    func numbers(touching elements: Region, limit: Int) -> [Int]? {
        let ranges = axes.indices.map { dimension in
            let chunks = axes[dimension].chunks(touching: elements.ranges[dimension])
            guard let last = chunks.last else { return 0..<0 }
            return chunks.lowerBound / counts[dimension]..<last / counts[dimension] + 1
        }
        guard let count = ranges.map(\.count).checkedProduct(), count <= limit else { return nil }
        return Region(ranges).indices.compactMap(grid.linearIndex)
    }

    /// How many chunks block `number` has. Requires `0 <= number < total`.
    func chunkCount(_ number: Int) -> Int {
        chunks(number).ranges.reduce(1) { $0 * $1.count }
    }

    /// The elements of the array that `chunks` hold.
    func elements(_ chunks: Region) -> Region {
        Region(
            zip(axes, chunks.ranges).map { axis, range in
                axis.range(of: range.lowerBound)
                    .lowerBound..<axis.range(of: range.upperBound - 1).upperBound
            }
        )
    }
}

extension Region {
    /// Every index of a box of chunks, in C order.
    var indices: [ChunkIndex] {
        guard let grid = GridShape(counts: ranges.map(\.count)) else { return [] }
        return (0..<grid.total).map { number in
            ChunkIndex(zip(ranges, grid.index(at: number).coordinates).map { $0.lowerBound + $1 })
        }
    }
}
