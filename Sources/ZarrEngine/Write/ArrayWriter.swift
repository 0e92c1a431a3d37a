internal import Codecs
internal import JSONValue
public import Storage
public import ZarrModel

/// Writes whole chunks of one array.
///
/// The document is checked before it is written: what another program could not read is not made.
public struct ArrayWriter: Sendable {
    /// The array, as it is read.
    public let array: ArrayNode

    /// Writes `document` (a v3 `zarr.json` or a v2 `.zarray`) to `path` of `store`, and makes a
    /// writer of the array's chunks.
    ///
    /// Throws `.metadata` for a document that cannot be read back or is odd in any way,
    /// `.unsupported` for a codec or type that is not known, and `.refused` where a node is already.
    public init(
        creating document: MetadataDocument,
        in store: any Store,
        at path: NodePath = .root
    ) async throws(EngineError) {
        let node = NodeReader.node(
            at: path,
            NodeDocuments(document),
            place: try Self.place(store, path)
        )
        if let error = node.error { throw error }
        guard let array = node.array else {
            throw EngineError(.wrongKind, at: path.description, "the document is not an array's")
        }
        if let error = array.codecError { throw error }
        if let oddity = node.issues.first(where: { $0.severity > .note }) {
            throw EngineError(.metadata, at: oddity.location, oddity.message)
        }
        do throws(StorageError) {
            let prefix = try StorePrefix(path.keyPrefix)
            guard try await NodeDocuments(store, prefix).isEmpty else {
                throw StorageError(
                    .exists,
                    .create,
                    key: prefix.description,
                    "a node is here already"
                )
            }
            let name = document.version == .v3 ? "zarr.json" : ".zarray"
            try await store.write(prefix.key(name), document.bytes)
        } catch {
            guard error.code == .exists else { throw EngineError(error, at: path.description) }
            throw EngineError(.refused, at: path.description, error.message, cause: error)
        }
        self.array = array
    }

    /// A writer of the chunks of an array that is there.
    public init(_ array: ArrayNode) {
        self.array = array
    }

    private static func place(
        _ store: any Store,
        _ path: NodePath
    ) throws(EngineError) -> ChunkSource.Place {
        do throws(StorageError) {
            return .store(store, try StorePrefix(path.keyPrefix))
        } catch {
            throw EngineError(error, at: path.description)
        }
    }

    /// Encodes and writes a chunk: packed, C order, little-endian, as long as a whole chunk even at
    /// the array's edge.
    public func write(_ index: ChunkIndex, _ elements: [UInt8]) async throws(EngineError) {
        let chain = try chain(of: index)
        try await store(index) { () throws(CodecError) in
            try elements.withRawBytes { (bytes: RawSpan) throws(CodecError) in
                try ChunkEncoder(chain).encode(bytes)
            }
        }
    }

    /// Encodes and writes a chunk of elements without a fixed length, in C order.
    public func writeVariable(
        _ index: ChunkIndex,
        _ elements: [[UInt8]]
    ) async throws(EngineError) {
        let chain = try chain(of: index)
        try await store(index) { () throws(CodecError) in
            try ChunkEncoder(chain).encodeVariable(elements)
        }
    }

    private func chain(of index: ChunkIndex) throws(EngineError) -> CodecChain {
        guard array.grid.contains(index) else {
            throw EngineError(
                .selection,
                at: array.path.description,
                "there is no chunk \(index) in a grid of \(array.grid.counts)"
            )
        }
        return try array.chain(of: index)
    }

    private func store(
        _ index: ChunkIndex,
        _ encode: () throws(CodecError) -> [UInt8]
    ) async throws(EngineError) {
        let bytes: [UInt8]
        do throws(CodecError) {
            bytes = try encode()
        } catch {
            throw EngineError(ChunkFailure(error), at: array.key(of: index))
        }
        do throws(StorageError) {
            try await array.source.write(index, bytes)
        } catch {
            throw EngineError(error, at: array.key(of: index))
        }
    }
}
