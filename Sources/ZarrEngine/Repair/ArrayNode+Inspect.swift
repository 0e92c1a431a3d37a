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
    /// The values of `region`; `nil` where they cannot be had.
    public var values: ArrayValues?
}

extension ArrayNode {
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
        let found = Mutex<[StageReport]>([])
        await onWorkers(1) { _ in
            let stages = bytes.withRawBytes { ChunkDecoder(chain).stages(of: $0) }
            found.withLock { $0 = stages }
        }
        inspection.stages = found.withLock { $0 }
        if let error = inspection.stages.last?.error {
            let failure = ChunkFailure(error)
            inspection.state = failure.state
            inspection.reason = failure.reason
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
