internal import Codecs
internal import Storage
internal import ZarrModel

/// Something that is wrong with a stored chunk: with the whole of it, or with one inner chunk.
struct ChunkFlaw: Sendable {
    /// The inner chunk, in the array's grid of inner chunks; `nil` for the whole object.
    var inner: ChunkIndex?
    /// What is wrong.
    var failure: ChunkFailure
}

/// Decodes stored chunks of one array, and drops them: what counts is whether they decode.
///
/// The inner chunks of a shard are decoded one by one, so that one that is broken hides no other and
/// the memory is that of the shard as it is stored. Each worker has its own.
struct ChunkChecker {
    private let box: ToolBox

    init(_ array: ArrayNode) {
        box = ToolBox(array)
    }

    /// What is wrong with a chunk that was listed; nothing where it is sound.
    func flaws(of index: ChunkIndex) async -> [ChunkFlaw] {
        let tools: ChunkTools
        do throws(EngineError) {
            tools = try box.tools(for: index)
        } catch {
            return [ChunkFlaw(failure: ChunkFailure(error))]
        }
        do throws(StorageError) {
            let found = try await box.lendStored(index) { flaws(of: index, in: $0, tools) }
            if let found { return found }
            throw StorageError(.incomplete, .read, "it was listed and is gone")
        } catch {
            return [ChunkFlaw(failure: ChunkFailure(error))]
        }
    }

    /// What is wrong with the stored bytes of a chunk.
    private func flaws(
        of index: ChunkIndex,
        in bytes: RawSpan,
        _ tools: ChunkTools
    ) -> [ChunkFlaw] {
        do throws(CodecError) {
            guard let layout = tools.layout, let decoder = tools.index, let inner = tools.inner
            else {
                try tools.whole.check(bytes)
                return []
            }
            let entries = try layout.entries(of: bytes, decoder)
            return (0..<layout.grid.total).compactMap { linear in
                let local = layout.grid.index(at: linear)
                guard let number = layout.entryNumber(of: local), let entry = entries[number],
                    let error = failure(of: entry, in: bytes, inner)
                else { return nil }
                let place = box.array.innerIndex(of: local, in: index, layout)
                return ChunkFlaw(inner: place, failure: ChunkFailure(error))
            }
        } catch {
            return [ChunkFlaw(failure: ChunkFailure(error))]
        }
    }

    /// More inner chunks than this are not told one by one.
    private static let innerLimit = 1 << 14

    /// The inner chunks of a shard of these bytes; none where its index cannot be read.
    func inner(of index: ChunkIndex, in bytes: RawSpan) -> [InnerInspection] {
        guard let tools = try? box.tools(for: index), let layout = tools.layout,
            let decoder = tools.index, let coder = tools.inner,
            layout.grid.total <= Self.innerLimit,
            let entries = try? layout.entries(of: bytes, decoder)
        else { return [] }
        return (0..<layout.grid.total).map { linear in
            let local = layout.grid.index(at: linear)
            let place = box.array.innerIndex(of: local, in: index, layout)
            guard let number = layout.entryNumber(of: local), let entry = entries[number] else {
                return InnerInspection(index: place, state: .missing)
            }
            let failure = failure(of: entry, in: bytes, coder).map { ChunkFailure($0) }
            return InnerInspection(
                index: place,
                range: try? entry.range(),
                state: failure?.state ?? .present,
                reason: failure?.reason
            )
        }
    }

    /// Why an inner chunk does not decode; `nil` where it does.
    private func failure(
        of entry: ShardEntry,
        in shard: RawSpan,
        _ coder: ChunkCoder
    ) -> CodecError? {
        do throws(CodecError) {
            try coder.check(shard.extracting(try entry.range()))
            return nil
        } catch {
            return error
        }
    }
}
