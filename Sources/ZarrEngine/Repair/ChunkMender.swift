internal import Codecs
internal import Storage
internal import ZarrModel

/// Makes the new bytes of chunks that are to be mended. Each worker has its own.
struct ChunkMender {
    /// What comes of one stored chunk.
    struct Mended {
        /// What is to be stored; `nil` is nothing.
        var bytes: [UInt8]?
        /// The inner chunks that could not be mended, and why. They stay as they were.
        var failures: [ChunkIndex: ChunkFailure] = [:]
    }

    private let box: ToolBox
    private let remedy: ChunkRemedy

    init(_ array: ArrayNode, _ remedy: ChunkRemedy) {
        box = ToolBox(array)
        self.remedy = remedy
    }

    private var array: ArrayNode { box.array }

    /// The new bytes of the whole chunk whose stored bytes are `old`.
    func mend(_ index: ChunkIndex, _ old: [UInt8]?) async throws(ChunkFailure) -> Mended {
        switch remedy {
        case .resetToFill:
            return Mended()
        case .reEncode:
            let coder = try tools(for: index).whole
            let bytes = try ChunkFailure.catching { () throws(CodecError) in
                try (old ?? []).withRawBytes { (bytes: RawSpan) throws(CodecError) in
                    try coder.reEncoded(bytes)
                }
            }
            return Mended(bytes: bytes)
        case .copy(let other):
            let region = array.metadata.chunkRegion(index)
            let coder = try tools(for: index).whole
            return Mended(bytes: try await values(of: region, in: other, coder, .keepObject))
        }
    }

    /// The new bytes of a shard of which only some inner chunks are mended.
    func mend(
        _ shard: ChunkIndex,
        inner indices: [ChunkIndex],
        _ old: [UInt8]?
    ) async throws(ChunkFailure) -> Mended {
        let tools = try tools(for: shard)
        guard let layout = tools.layout, let editor = tools.editor else {
            return Mended(bytes: old)
        }
        let old = old ?? []
        var mended = Mended()
        var changes: [Int: ShardEditor.Change] = [:]
        for index in indices {
            guard let local = array.split(index, layout.innerShape)?.local,
                let number = layout.entryNumber(of: local)
            else { continue }
            do throws(ChunkFailure) {
                changes[number] = try await change(of: index, number, old, tools)
            } catch {
                mended.failures[index] = error
            }
        }
        mended.bytes = try ChunkFailure.catching { () throws(CodecError) in
            try old.withRawBytes { (bytes: RawSpan) throws(CodecError) in
                try editor.edit(bytes, changes)
            }
        }
        return mended
    }

    /// What becomes of one inner chunk.
    private func change(
        of index: ChunkIndex,
        _ number: Int,
        _ shard: [UInt8],
        _ tools: ChunkTools
    ) async throws(ChunkFailure) -> ShardEditor.Change {
        guard let layout = tools.layout, let coder = tools.inner, let decoder = tools.index else {
            return .absent
        }
        switch remedy {
        case .resetToFill:
            return .absent
        case .reEncode:
            return try ChunkFailure.catching { () throws(CodecError) in
                try shard.withRawBytes { (bytes: RawSpan) throws(CodecError) in
                    guard let entry = try layout.entries(of: bytes, decoder)[number] else {
                        return .absent
                    }
                    return .bytes(try coder.reEncoded(bytes.extracting(try entry.range())))
                }
            }
        case .copy(let other):
            let region = layout.region(of: index, in: array.metadata.shape)
            let bytes = try await values(of: region, in: other, coder, .omit)
            return bytes.map { .bytes($0) } ?? .absent
        }
    }

    /// The values that `other` has in `region`, encoded as one chunk; `nil` where it stores nothing
    /// there, or nothing but our fill value and `policy` leaves that out.
    private func values(
        of region: Region,
        in other: ArrayNode,
        _ coder: ChunkCoder,
        _ policy: FillPolicy
    ) async throws(ChunkFailure) -> [UInt8]? {
        let values: ArrayValues
        do throws(EngineError) {
            values = try await other.read(ResolvedSelection(region: region), ReadOptions())
        } catch {
            var failure = ChunkFailure(error)
            failure.reason = "in the array to copy from: " + failure.reason
            throw failure
        }
        let fill = array.metadata.fillValue.bytes
        let stored = other.storedChunkCount(of: region)
        if values.absentChunks.count == stored, other.metadata.fillValue.bytes == fill {
            return nil
        }
        return try ChunkFailure.catching { () throws(CodecError) in try coder.encode(values, policy)
        }
    }

    private func tools(for index: ChunkIndex) throws(ChunkFailure) -> ChunkTools {
        do throws(EngineError) {
            return try box.tools(for: index)
        } catch {
            throw ChunkFailure(error)
        }
    }
}

extension ShardLayout {
    /// The part of an array of `shape` that an inner chunk holds; empty beyond the array's edge.
    func region(of inner: ChunkIndex, in shape: [Int]) -> Region {
        Region(
            shape.indices.map { dimension in
                let (start, isFar) = inner.coordinates[dimension]
                    .multipliedReportingOverflow(by: innerShape[dimension])
                let low = isFar ? shape[dimension] : min(start, shape[dimension])
                let rest = shape[dimension] - low
                return low..<(low + min(rest, innerShape[dimension]))
            }
        )
    }
}

extension ArrayNode {
    /// How many stored chunks hold a part of `region`. The grid's numbers fit, so their product does.
    func storedChunkCount(of region: Region) -> Int {
        zip(region.ranges, metadata.axes).reduce(1) { $0 * $1.1.chunks(touching: $1.0).count }
    }
}

extension ChunkFailure {
    /// What kept an array from being read.
    init(_ error: EngineError) {
        if let cause = error.cause as? CodecError {
            self.init(cause)
        } else if let cause = error.cause as? StorageError {
            self.init(cause)
        } else {
            self.init(StorageError(.internal, .read, error.message))
        }
        reason = error.description
    }
}
