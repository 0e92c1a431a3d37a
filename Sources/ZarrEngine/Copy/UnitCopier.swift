internal import Codecs
internal import Storage
internal import ZarrModel

/// Takes encoded chunks out of one array and puts them together for another that encodes chunks of the
/// same shape alike, and keeps them in other shards, in shards at all, or in none. Nothing is decoded but
/// the indexes of shards.
///
/// A unit is a chunk, or an inner chunk where there are shards. Each worker has its own.
final class UnitCopier {
    private let source: ArrayNode
    private let copy: ArrayNode
    private let copyLayout: ShardLayout?
    private let editor: ShardEditor?
    /// Reads the indexes of the source's shards, where it has shards.
    private let shards: ShardReader?
    /// What they say; `nil` for shards that are absent.
    private var indexes: [ChunkIndex: ShardIndex?] = [:]

    /// Indexes that are kept at a time.
    private static let indexLimit = 64

    init(from source: ArrayNode, to copy: ArrayNode) {
        self.source = source
        self.copy = copy
        let layout = (try? source.chain())?.shardLayout
        shards = layout.map { ShardReader(source.source, $0, ShardIndexCache()) }
        copyLayout = (try? copy.chain())?.shardLayout
        editor = copyLayout.map { ShardEditor($0) }
    }

    /// Whether units of `source` are units of `copy`, byte for byte.
    static func canCopy(from source: ArrayNode, to copy: ArrayNode) -> Bool {
        guard source.metadata.version == copy.metadata.version,
            source.metadata.shape == copy.metadata.shape,
            source.metadata.dataType == copy.metadata.dataType,
            source.metadata.fillValue.bytes == copy.metadata.fillValue.bytes,
            source.metadata.hasUniformChunks, copy.metadata.hasUniformChunks,
            let units = (try? source.chain()).map(unit), let others = (try? copy.chain()).map(unit)
        else { return false }
        return units.shape == others.shape && units.specs.map(\.json) == others.specs.map(\.json)
    }

    private static func unit(_ chain: CodecChain) -> CodecChain {
        chain.shardLayout?.innerChain ?? chain
    }

    /// The stored bytes of a chunk of the copy; `nil` where the source stores nothing of it.
    func bytes(of index: ChunkIndex) async throws(ChunkFailure) -> [UInt8]? {
        guard let layout = copyLayout, let editor else { return try await unit(index) }
        var changes: [Int: ShardEditor.Change] = [:]
        for linear in 0..<layout.grid.total {
            let local = layout.grid.index(at: linear)
            let global = copy.innerIndex(of: local, in: index, layout)
            guard let number = layout.entryNumber(of: local),
                let bytes = try await unit(global)
            else { continue }
            changes[number] = .bytes(bytes)
        }
        guard !changes.isEmpty else { return nil }
        do throws(CodecError) {
            return try [UInt8]().withRawBytes { (none: RawSpan) throws(CodecError) in
                try editor.edit(none, changes)
            }
        } catch {
            throw ChunkFailure(error)
        }
    }

    /// The encoded bytes of a unit of the source; `nil` where it is absent, or beyond the array.
    private func unit(_ index: ChunkIndex) async throws(ChunkFailure) -> [UInt8]? {
        guard let shards else {
            guard source.grid.contains(index) else { return nil }
            return try await read(index, .all)
        }
        guard let place = source.split(index, shards.layout.innerShape),
            let number = shards.layout.entryNumber(of: place.local),
            let entries = try await entries(of: place.shard)
        else { return nil }
        switch entries[number] {
        case .absent: return nil
        case .invalid: throw ChunkFailure(ShardEntry.outsideError)
        case .present(let range):
            let wanted = ByteRange.bounded(offset: range.lowerBound, count: range.count)
            let bytes = try await read(place.shard, wanted)
            guard let bytes, bytes.count == range.count else {
                throw ChunkFailure(ShardEntry.outsideError)
            }
            return bytes
        }
    }

    private func read(
        _ index: ChunkIndex,
        _ range: ByteRange
    ) async throws(ChunkFailure) -> [UInt8]? {
        do throws(StorageError) {
            return try await source.source.read(index, range)
        } catch {
            throw ChunkFailure(error)
        }
    }

    /// What the index of a shard says; `nil` where the shard is absent.
    private func entries(of shard: ChunkIndex) async throws(ChunkFailure) -> ShardIndex? {
        if let known = indexes[shard] { return known }
        let index = try await shards?.readIndex(shard)
        if indexes.count >= Self.indexLimit { indexes.removeAll() }
        indexes[shard] = .some(index)
        return index
    }
}
