public import ZarrModel

/// An open array in storage of any shape: the contract that a new backend implements.
///
/// `backend_id`, `create` and `open` of the contract are in ``BackendDescriptor``; the other
/// operations are here. Chunk bytes are already encoded: a backend stores and returns them as they are.
///
/// - `readChunk` and `readMetadata` answer `nil` only when the object is *definitely* absent.
/// - `writeChunk` is all or nothing; `deleteChunk` of an absent chunk succeeds.
/// - An operation outside `capabilities` throws `.unsupported` and changes nothing.
public protocol StorageBackend: Sendable {
    /// What this backend can do, as opened.
    var capabilities: Capabilities { get }

    /// How a person would name it, without secrets. Untrusted text.
    var location: String { get }

    /// The encoded bytes of a chunk in `range`, or `nil` when it is definitely absent.
    func readChunk(_ index: ChunkIndex, range: ByteRange) async throws(StorageError) -> [UInt8]?

    /// Replaces a chunk as a whole.
    func writeChunk(_ index: ChunkIndex, _ bytes: [UInt8]) async throws(StorageError)

    /// The array's metadata document as stored, or `nil` when there definitely is none.
    func readMetadata() async throws(StorageError) -> MetadataDocument?

    /// Replaces the array's metadata document.
    func writeMetadata(_ document: MetadataDocument) async throws(StorageError)

    /// Every stored chunk, in pages and in no particular order. O(chunks) over all pages.
    func listChunks() async throws(StorageError) -> any Listing<ChunkPage>

    /// Removes a chunk; succeeds when it is already gone.
    func deleteChunk(_ index: ChunkIndex) async throws(StorageError)

    /// Whether the place that this names is there.
    func exists() async throws(StorageError) -> Bool
}

/// A metadata document, byte for byte, and the format version that says how to read it.
public struct MetadataDocument: Hashable, Sendable {
    /// The version of the Zarr format.
    public enum Version: Int, Hashable, Sendable, CaseIterable {
        case v2 = 2
        case v3 = 3
    }

    /// The document as stored: UTF-8 JSON, not yet checked.
    public var bytes: [UInt8]
    /// How to read it.
    public var version: Version

    /// Makes a document.
    public init(_ bytes: [UInt8], version: Version) {
        self.bytes = bytes
        self.version = version
    }
}

/// A page of stored chunks.
public struct ChunkPage: Sendable {
    /// One stored chunk.
    public struct Entry: Hashable, Sendable {
        /// Where it lies in the grid; may be outside it.
        public var index: ChunkIndex
        /// Size, time and tag, where the backend says.
        public var info: ObjectInfo

        /// Makes an entry.
        public init(_ index: ChunkIndex, _ info: ObjectInfo) {
            self.index = index
            self.info = info
        }
    }

    /// The chunks.
    public var entries: [Entry]
    /// Keys seen among the chunks that are no chunk keys and no metadata. Untrusted text.
    public var foreign: [String]

    /// Makes a page.
    public init(_ entries: [Entry] = [], foreign: [String] = []) {
        self.entries = entries
        self.foreign = foreign
    }
}
