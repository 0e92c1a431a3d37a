internal import Codecs
internal import Storage
public import ZarrModel

extension ArrayNode {
    /// The same of one chunk inside a shard: `shard` in the array's grid, and then at each step of
    /// `inside` an inner chunk, the last the one that is looked at. Reads the index and its bytes.
    ///
    /// The answer's `index` is the last step, its `key` that of the shard, its `place` the bytes in the
    /// object, and its `info` has their number, with the time and tag of the object. A storage failure
    /// is part of the answer. Throws `.selection` for a step outside its grid, and as `shardMap` does.
    public func inspect(
        _ shard: ChunkIndex,
        inside steps: [ChunkIndex],
        _ options: ReadOptions = ReadOptions()
    ) async throws(EngineError) -> ChunkInspection {
        guard let step = steps.last else { return try await inspect(shard, options) }
        let map = try await shardMap(of: shard, inside: Array(steps.dropLast()))
        guard let number = map.grid.linearIndex(of: step) else {
            throw EngineError(
                .selection,
                at: path.description,
                "there is no inner chunk \(step) in a shard of \(map.grid.counts)"
            )
        }
        var inspection = ChunkInspection(
            index: step,
            key: map.key,
            region: region(of: step, map),
            state: map.states[number],
            stages: []
        )
        inspection.place = map.ranges[number]
        inspection.siblings = map.grid
        do throws(StorageError) {
            let object = try await source.info(shard)
            try await look(at: shard, steps, map, object, &inspection, options)
        } catch {
            inspection.state = .unreadable
            inspection.reason = error.message
        }
        return inspection
    }

    /// The elements of an inner chunk that lie in the array.
    private func region(of step: ChunkIndex, _ map: ShardMap) -> Region {
        Region(
            zip(metadata.shape, step.coordinates.indices).map { length, axis in
                let start = map.start[axis] + step.coordinates[axis] * map.innerShape[axis]
                return start..<max(start, min(length, start + map.innerShape[axis]))
            }
        )
    }

    private func look(
        at shard: ChunkIndex,
        _ steps: [ChunkIndex],
        _ map: ShardMap,
        _ object: ObjectInfo?,
        _ inspection: inout ChunkInspection,
        _ options: ReadOptions
    ) async throws(StorageError) {
        guard let object else {
            inspection.state = .missing
            inspection.reason = "its shard is not stored: it reads as the fill value"
            return
        }
        inspection.info = ObjectInfo(
            size: inspection.place?.count,
            modified: object.modified,
            tag: object.tag
        )
        switch inspection.state {
        case .missing:
            inspection.info = nil
            inspection.reason = "its shard does not hold it: it reads as the fill value"
        case .corrupt:
            inspection.reason = "the index points outside the shard"
        case .present:
            guard let place = inspection.place, let bytes = try await bytes(of: shard, place) else {
                inspection.state = .missing
                inspection.reason = "its shard is gone"
                return
            }
            await decode(bytes, by: innerChain(of: shard, steps), &inspection, options)
        default:
            inspection.reason = map.problem ?? "the index of its shard cannot be read"
        }
    }

    private func bytes(
        of shard: ChunkIndex,
        _ place: Range<Int>
    ) async throws(StorageError) -> [UInt8]? {
        guard !capabilities.contains(.ranges) else {
            return try await source.read(
                shard,
                .bounded(offset: place.lowerBound, count: place.count)
            )
        }
        return try await source.read(shard, .all).map { Array($0[place.clamped(to: 0..<$0.count)]) }
    }

    /// The codecs of the innermost chunk that `steps` leads to; `nil` where they cannot be had.
    private func innerChain(of shard: ChunkIndex, _ steps: [ChunkIndex]) -> CodecChain? {
        let outer = try? chain(of: shard)
        return steps.reduce(outer) { chain, _ in chain?.shardLayout?.innerChain }
    }
}
