public import Codecs
public import Storage
internal import Synchronization
public import ZarrModel

/// Everything that can be said of one stored chunk.
public struct ChunkInspection: Sendable {
    /// Where it lies in the grid.
    public var index: ChunkIndex
    /// Its key in the storage. Untrusted text.
    public var key: String
    /// The part of the array that it holds, clipped to the array.
    public var region: Region
    /// What is known of it, now that it was read.
    public var state: ChunkState
    /// Why it is not present; `nil` where it is. May hold untrusted text.
    public var reason: String?
    /// Size, time and tag; `nil` where it is absent or the storage failed.
    public var info: ObjectInfo?
    /// What each codec was given and gave, in the order of decoding. Ends where one failed.
    public var stages: [StageReport]
    /// The codecs that stand for those stages, in the order of the metadata: of an inner chunk its own.
    public var codecs: [CodecSpec] = []
    /// Of an inner chunk, its bytes in the object; `nil` where it is not stored, and for a whole chunk.
    public var place: Range<Int>?
    /// Of an inner chunk, the grid of its shard; `nil` for a whole chunk.
    public var siblings: GridShape?
    /// The inner chunks, where it is a shard whose index can be read and does not name too many.
    public var inner: [InnerInspection] = []
    /// The values of `region`; `nil` where they cannot be had. Of a shard that is broken in part, what
    /// its broken inner chunks hold is undefined.
    public var values: ArrayValues?
}

/// What a shard says of one inner chunk, and whether it decodes.
public struct InnerInspection: Hashable, Sendable {
    /// Where it lies in the array's grid of inner chunks.
    public var index: ChunkIndex
    /// Its bytes, counted from the start of the shard; `nil` where it is not stored or lies outside.
    public var range: Range<Int>?
    /// What it is.
    public var state: ChunkState
    /// Why it is not present; `nil` where it is, and where it is not stored.
    public var reason: String?
}

extension ArrayNode {
    /// What a direct look at each of these chunks finds, a few at a time, in their order. Those that
    /// were not begun when it is cancelled fail as `.cancelled`. `onProgress` is told how many were looked at.
    public func states(
        of indices: [ChunkIndex],
        onProgress: PlanProgress? = nil
    ) async -> [Result<(state: ChunkState, reason: String?), EngineError>] {
        await eachInOrder(indices, RepairOptions(onProgress: onProgress)) { index in
            guard !Task.isCancelled else {
                return .failure(EngineError(.cancelled, at: key(of: index), "it was cancelled"))
            }
            do throws(EngineError) {
                let found = try await inspect(index)
                return .success((found.state, found.reason))
            } catch {
                return .failure(error)
            }
        }
    }

    /// Reads and decodes one chunk and tells everything of it. A storage failure is part of the
    /// answer. Throws for an index outside the grid.
    public func inspect(
        _ index: ChunkIndex,
        _ options: ReadOptions = ReadOptions()
    ) async throws(EngineError) -> ChunkInspection {
        guard grid.contains(index) else {
            throw EngineError(
                .selection,
                at: path.description,
                "there is no chunk \(index) in a grid of \(grid.counts)"
            )
        }
        var inspection = ChunkInspection(
            index: index,
            key: key(of: index),
            region: metadata.chunkRegion(index),
            state: .unknown,
            stages: []
        )
        do throws(StorageError) {
            inspection.info = try await source.info(index)
            guard inspection.info != nil, let bytes = try await source.read(index, .all) else {
                inspection.state = .missing
                inspection.reason = "it is not stored: it reads as the fill value"
                return inspection
            }
            inspection.info?.size = bytes.count
            await decode(bytes, &inspection, options)
        } catch {
            inspection.state = .unreadable
            inspection.reason = error.message
        }
        return inspection
    }

    /// Bytes of a stored chunk as they lie in the storage, fewer where it ends before; `nil` when it is
    /// absent. Throws for an index outside the grid.
    public func storedBytes(
        of index: ChunkIndex,
        _ range: Range<Int>
    ) async throws(EngineError) -> [UInt8]? {
        guard grid.contains(index) else {
            throw EngineError(.selection, at: path.description, "there is no chunk \(index)")
        }
        do throws(StorageError) {
            let isPartial = capabilities.contains(.ranges)
            let wanted = ByteRange.bounded(offset: range.lowerBound, count: range.count)
            guard let bytes = try await source.read(index, isPartial ? wanted : .all) else {
                return nil
            }
            return isPartial ? bytes : Array(bytes[wanted.resolved(in: bytes.count)])
        } catch {
            throw EngineError(error, at: key(of: index))
        }
    }

    private func decode(
        _ bytes: [UInt8],
        _ inspection: inout ChunkInspection,
        _ options: ReadOptions
    ) async {
        let chain: CodecChain
        do throws(EngineError) {
            chain = try self.chain(of: inspection.index)
        } catch {
            inspection.reason = error.message
            return
        }
        let found = Mutex<[InnerInspection]>([])
        let index = inspection.index
        await onWorkers(1) { _ in
            let inner = bytes.withRawBytes { ChunkChecker(self).inner(of: index, in: $0) }
            found.withLock { $0 = inner }
        }
        inspection.inner = found.withLock { $0 }
        await decode(bytes, by: chain, &inspection, options)
    }

    /// Notes what each codec of `chain` makes of `bytes`, and the values that come of them.
    func decode(
        _ bytes: [UInt8],
        by chain: CodecChain?,
        _ inspection: inout ChunkInspection,
        _ options: ReadOptions
    ) async {
        guard let chain else { return }
        let found = Mutex<[StageReport]>([])
        await onWorkers(1) { _ in
            let stages = bytes.withRawBytes { ChunkDecoder(chain).stages(of: $0) }
            found.withLock { $0 = stages }
        }
        inspection.stages = found.withLock { $0 }
        inspection.codecs = chain.specs
        if let error = inspection.stages.last?.error {
            let failure = ChunkFailure(error)
            inspection.state = failure.state
            inspection.reason = failure.reason
            guard inspection.inner.contains(where: { $0.state == .present }) else { return }
            var partly = options
            partly.onProblem = .report
            let selection = ResolvedSelection(region: inspection.region)
            inspection.values = try? await read(selection, partly)
            return
        }
        do throws(EngineError) {
            let selection = ResolvedSelection(region: inspection.region)
            inspection.values = try await read(selection, options)
            inspection.state = .present
        } catch {
            inspection.state =
                (error.cause as? CodecError).map { ChunkFailure($0).state } ?? .unreadable
            inspection.reason = error.message
        }
    }
}
