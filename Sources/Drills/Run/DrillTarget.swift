public import Storage
internal import StorageBackends
public import ZarrModel

/// What a drill is run on: an array whose chunks it reads, writes and deletes in an overlay.
public struct DrillTarget: Sendable {
    /// The storage; only ever read.
    public var storage: OpenedStorage
    /// Where the array lies in a store.
    public var prefix: StorePrefix
    /// Its metadata, where it has any.
    public var metadata: ArrayMetadata?
    /// How its chunks are named in a store.
    public var keyEncoding: ChunkKeyEncoding
    /// Which metadata document it has.
    public var version: MetadataDocument.Version

    /// Aims at an array. Without metadata, at 8 × 8 chunks that need not be there.
    public init(
        _ storage: OpenedStorage,
        prefix: StorePrefix = .root,
        metadata: ArrayMetadata? = nil
    ) {
        self.storage = storage
        self.prefix = prefix
        self.metadata = metadata
        keyEncoding = metadata?.keyEncoding ?? ChunkKeyEncoding()
        version = metadata?.version == .v2 ? .v2 : .v3
    }

    /// A fresh array in memory.
    public static func memory() -> DrillTarget {
        DrillTarget(.store(MemoryStore(name: "drill")))
    }

    /// Chunks along each dimension; a stand-in where there are none.
    private var counts: [Int] {
        guard let grid = metadata?.gridShape, grid.total > 0 else { return [8, 8] }
        return grid.counts
    }

    /// At most `limit` different chunks, drawn by `draw`, in C order.
    func chunks(_ limit: Int, _ draw: KeyedDraw) -> [ChunkIndex] {
        let counts = counts
        var chosen: Set<ChunkIndex> = []
        let total = counts.checkedProduct() ?? .max
        for number in 0..<(64 * limit) where chosen.count < min(limit, total) {
            chosen.insert(
                ChunkIndex(
                    counts.enumerated().map { dimension, count in
                        let unit = draw.unit(
                            rule: "chunks",
                            .list,
                            key: "",
                            count: number,
                            purpose: UInt64(dimension)
                        )
                        return min(count - 1, Int(unit * Double(count)))
                    }
                )
            )
        }
        return chosen.sorted()
    }

    /// The storage with an overlay, and the same with faults.
    func overlaid(_ injector: FaultInjector) -> (bare: OpenedStorage, faulty: OpenedStorage) {
        switch storage {
        case .store(let store):
            let overlay = OverlayStore(store)
            return (.store(overlay), .store(FaultStore(overlay, injector, prefix: prefix)))
        case .array(let array):
            let overlay = OverlayBackend(array)
            return (.array(overlay), .array(FaultBackend(overlay, injector)))
        }
    }

    /// The array in `storage`.
    func array(in storage: OpenedStorage) -> any StorageBackend {
        switch storage {
        case .array(let array): array
        case .store(let store):
            StoreBackend(
                store,
                prefix: prefix,
                keyEncoding: keyEncoding,
                rank: counts.count,
                version: version
            )
        }
    }
}
