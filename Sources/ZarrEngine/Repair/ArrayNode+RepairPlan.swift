internal import Codecs
internal import Storage
internal import ZarrModel

extension ArrayNode {
    /// Works out what a repair would change, and changes nothing.
    ///
    /// Throws `.selection` for a chunk outside the grid, `.wrongKind` for inner chunks of an array that
    /// has none or whose shards are compressed as a whole, and `.refused` where the array that values
    /// are to come from has another shape or type.
    public func repairPlan(
        _ targets: RepairTargets,
        _ remedy: ChunkRemedy,
        onProgress: PlanProgress? = nil
    ) async throws(EngineError) -> RepairPlan {
        try check(remedy)
        var plan = RepairPlan(remedy: remedy, items: [], absent: [])
        var inner: [ChunkIndex: [ChunkIndex]] = [:]
        let chunks: DeletePlan
        switch targets {
        case .chunks(let targets):
            chunks = try await deletePlan(targets, onProgress: onProgress)
        case .inner(let indices):
            inner = try shards(of: indices)
            chunks = try await deletePlan(.indices(Array(inner.keys)), onProgress: onProgress)
        }
        plan.items = chunks.items.filter { $0.state != .orphan }
            .map { RepairPlan.Item(chunk: $0, inner: (inner[$0.index] ?? []).sorted()) }
        for index in try chunks.absent + absent(from: chunks, targets, remedy) {
            guard case .copy = remedy else {
                plan.absent.append(index)
                continue
            }
            // What is not stored gets the other's values all the same.
            let item = DeletePlan.Item(
                index: index,
                key: key(of: index),
                info: nil,
                state: .missing
            )
            plan.items.append(RepairPlan.Item(chunk: item, inner: (inner[index] ?? []).sorted()))
        }
        plan.items.sort { $0.chunk.index < $1.chunk.index }
        return plan
    }

    /// The chunks of boxes that are not stored, where they get another array's values.
    private func absent(
        from chunks: DeletePlan,
        _ targets: RepairTargets,
        _ remedy: ChunkRemedy
    ) throws(EngineError) -> [ChunkIndex] {
        guard case .chunks(.boxes(let boxes)) = targets, case .copy = remedy else { return [] }
        let wanted = try BoxSet(boxes, rank: grid.rank, at: path.description)
        let stored = Set(chunks.items.map(\.index))
        return try wanted.indices(in: grid, at: path.description).filter { !stored.contains($0) }
    }

    /// The inner chunks by the shards that hold them.
    private func shards(
        of indices: [ChunkIndex]
    ) throws(EngineError) -> [ChunkIndex: [ChunkIndex]] {
        guard let layout = try chain().shardLayout else {
            throw EngineError(
                .wrongKind,
                at: path.description,
                "the array has no inner chunks that can be changed one by one"
            )
        }
        var shards: [ChunkIndex: [ChunkIndex]] = [:]
        for index in Set(indices) {
            guard let place = split(index, layout.innerShape) else {
                throw EngineError(
                    .selection,
                    at: path.description,
                    "there is no inner chunk \(index) in this array"
                )
            }
            shards[place.shard, default: []].append(index)
        }
        return shards
    }

    private func check(_ remedy: ChunkRemedy) throws(EngineError) {
        switch remedy {
        case .resetToFill: return
        case .reEncode: _ = try chain()
        case .copy(let other):
            _ = try chain()
            _ = try other.chain()
            guard other.metadata.shape == metadata.shape,
                other.metadata.dataType == metadata.dataType
            else {
                throw EngineError(
                    .refused,
                    at: path.description,
                    "values can come only from an array of the same shape and type:"
                        + " \(other.metadata.shape) of \(other.metadata.dataType.name) is not"
                        + " \(metadata.shape) of \(metadata.dataType.name)"
                )
            }
        }
    }
}
