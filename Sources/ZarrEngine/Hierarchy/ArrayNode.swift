public import Storage
public import ZarrModel

/// An array: what its metadata says, and where its chunks are.
///
/// An array of a type or codec that is not known here can be counted and repaired, not read.
public struct ArrayNode: Sendable {
    /// Where it is in its hierarchy.
    public let path: NodePath
    /// What its document says.
    public let metadata: ArrayMetadata
    /// How its chunks are named: as the document says, or as the listing shows where it is silent.
    public let keyEncoding: ChunkKeyEncoding

    let source: ChunkSource

    init(
        path: NodePath,
        metadata: ArrayMetadata,
        place: ChunkSource.Place,
        keyEncoding: ChunkKeyEncoding? = nil
    ) {
        self.path = path
        self.metadata = metadata
        self.keyEncoding = keyEncoding ?? metadata.keyEncoding
        source = ChunkSource(place, self.keyEncoding)
    }

    /// How many stored chunks there are along each dimension and in all.
    public var grid: GridShape {
        metadata.gridShape
    }

    /// What the storage under it can do.
    public var capabilities: Capabilities {
        source.capabilities
    }

    /// The key of a stored chunk in the storage, for a person.
    public func key(of index: ChunkIndex) -> String {
        source.key(of: index)
    }
}
