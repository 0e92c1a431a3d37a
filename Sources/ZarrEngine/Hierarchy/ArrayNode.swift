internal import Codecs
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
    /// What copies of this value share.
    let reading = ArrayReading()
    private let chainResult: Result<CodecChain, EngineError>

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
        chainResult = Self.chain(of: metadata)
    }

    /// The array at another place whose documents differ from those of `twin` in attributes at most.
    init(
        path: NodePath,
        like twin: ArrayNode,
        _ metadata: ArrayMetadata,
        place: ChunkSource.Place
    ) {
        self.path = path
        self.metadata = metadata
        keyEncoding = twin.keyEncoding
        source = ChunkSource(place, keyEncoding)
        chainResult = twin.chainResult
    }

    /// How many stored chunks there are along each dimension and in all.
    public var grid: GridShape {
        metadata.gridShape
    }

    /// What the storage under it can do.
    public var capabilities: Capabilities {
        source.capabilities
    }

    /// Why its chunks cannot be decoded, where a codec or the type is not known here.
    public var codecError: EngineError? {
        if case .failure(let error) = chainResult { error } else { nil }
    }

    /// The checksums that its codecs keep over every chunk, in the order of encoding. Where there is none
    /// a verification can tell lengths and what does not decode, and a changed byte may pass.
    public var checksums: [String] {
        metadata.codecs.compactMap(\.checksum)
    }

    /// The key of a stored chunk in the storage, for a person.
    public func key(of index: ChunkIndex) -> String {
        source.key(of: index)
    }

    /// The codecs of a chunk of `metadata.chunkShape`; throws what `codecError` says.
    func chain() throws(EngineError) -> CodecChain {
        try chainResult.get()
    }

    /// The codecs of the stored chunk `index`, which lies in the grid; throws what `codecError`
    /// says. Costs nothing where all chunks have one shape.
    func chain(of index: ChunkIndex) throws(EngineError) -> CodecChain {
        let chain = try chain()
        if metadata.hasUniformChunks { return chain }
        do throws(CodecError) {
            return try chain.reshaped(metadata.chunkShape(at: index))
        } catch {
            throw EngineError(ChunkFailure(error), at: key(of: index))
        }
    }

    private static func chain(of metadata: ArrayMetadata) -> Result<CodecChain, EngineError> {
        let location = metadata.version == .v3 ? "zarr.json" : ".zarray"
        if case .unknown(let name) = metadata.dataType {
            return .failure(
                EngineError(.unsupported, at: location, "the data type \(name) is not known")
            )
        }
        do throws(CodecError) {
            return .success(
                try CodecChain(
                    specs: metadata.codecs,
                    shape: metadata.chunkShape,
                    type: metadata.dataType,
                    fill: metadata.fillValue.bytes
                )
            )
        } catch {
            let spec = metadata.codecs.first { $0.name == error.codec }
            let code: EngineError.Code = error.code == .unsupported ? .unsupported : .metadata
            return .failure(
                EngineError(
                    code,
                    at: spec?.location ?? location,
                    error.description,
                    cause: error
                )
            )
        }
    }
}
