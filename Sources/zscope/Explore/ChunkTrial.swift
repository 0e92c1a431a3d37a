import ZarrEngine
import ZarrModel

/// Finds out whether one stored chunk decodes.
struct ChunkTrial {
    private let array: ArrayNode

    init(_ array: ArrayNode) {
        self.array = array
    }

    /// Reads and decodes the chunk: present, missing, or what is wrong with it.
    func state(of index: ChunkIndex) async -> ChunkState {
        let region = array.metadata.chunkRegion(index)
        let axes = region.ranges.map { range in
            ResolvedSelection.Axis(
                start: range.lowerBound,
                step: 1,
                count: range.count,
                isDropped: false
            )
        }
        do {
            let values = try await array.read(
                ResolvedSelection(axes: axes),
                ReadOptions(onProblem: .report)
            )
            if let problem = values.problems.first { return problem.state }
            return values.absentChunks.isEmpty ? .present : .missing
        } catch {
            return .unreadable
        }
    }
}
