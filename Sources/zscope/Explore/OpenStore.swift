import Explorer
import JSONValue
import Storage
import StorageBackends
import StorageLayers
import Synchronization
import ZarrEngine
import ZarrModel

/// The store that the explorer has open, with the arrays that were looked at.
final class OpenStore: Sendable {
    let location: OpenedLocation
    let hierarchy: ZarrHierarchy
    /// The mock around the storage, where there is one.
    let mock: MockOverlay?
    /// Notes every operation, those that go through a mock as that answers them.
    let recorder: OperationRecorder
    /// The newest comparison, for what is asked of it later.
    let comparison = Mutex<OpenComparison?>(nil)
    private let arrays = Mutex<[NodePath: ArrayNode]>([:])
    private let latest = Mutex(NodePath.root)
    /// The listing of keys that goes on, and the node that it is of.
    let keyListing = Mutex<(path: NodePath, listing: any Listing<ListingPage>)?>(nil)

    /// The values of the chunk that was inspected last.
    let decoded = Mutex<(path: String, place: ShardPlace, values: ArrayValues)?>(nil)

    /// What censuses came to that are not kept in a file yet.
    let censuses = Mutex<[String: CensusCounts]>([:])

    /// Looks at `location` through `storage`, which a mock may have been put around.
    init(
        _ location: OpenedLocation,
        recorder: OperationRecorder,
        storage: OpenedStorage? = nil,
        mock: MockOverlay? = nil
    ) {
        self.location = location
        self.mock = mock
        self.recorder = recorder
        recorder.look(at: location.storage.breakers)
        hierarchy = ZarrHierarchy((storage ?? location.storage).metered(by: recorder))
    }

    /// The array at `path`; read once, then remembered.
    func array(_ path: String) async throws -> ArrayNode {
        let place = try Self.path(path)
        latest.withLock { $0 = place }
        return try await array(at: place)
    }

    /// The array at `place`, without remembering that it was looked at.
    func array(at place: NodePath) async throws -> ArrayNode {
        if let known = arrays.withLock({ $0[place] }) { return known }
        let node = await hierarchy.node(at: place)
        if let error = node.error { throw error }
        guard let array = node.array else { throw ToolError("\(place) is not an array") }
        arrays.withLock { $0[place] = array }
        return array
    }

    /// The array that was looked at last; the root where none was.
    var latestArray: NodePath {
        latest.withLock { $0 }
    }

    /// The arrays that were looked at.
    var knownArrays: [ArrayNode] {
        arrays.withLock { Array($0.values) }
    }

    /// The nodes directly below `path`, for the tree, with what they are by a convention.
    /// Where there are many, `onPart` is given those that are known already.
    func children(
        of path: String,
        onPart: @escaping @Sendable ([NodeCard]) -> Void
    ) async throws -> [NodeCard] {
        let place = try Self.path(path)
        let parent = await hierarchy.node(at: place).group?.attributes
        let images = parent.map { Multiscale.all(in: $0) } ?? []
        let nodes = try await hierarchy.children(of: place) { part in
            onPart(part.map { Self.card($0, images) })
        }
        return nodes.map { Self.card($0, images) }
    }

    private static func card(_ node: Node, _ images: [Multiscale]) -> NodeCard {
        var card = NodeCard(node)
        card.note = node.array.map { $0.note(images) } ?? node.group?.note ?? ""
        return card
    }

    /// Everything known of the node at `path`.
    func details(of path: String) async throws -> NodeDetails {
        let node = await hierarchy.node(at: try Self.path(path))
        if case .foreign = node.content { return NodeDetails(path: path, kind: .foreign) }
        // What is asked of the array from now on is by what it says of itself now.
        arrays.withLock { known in
            if let array = node.array, known[node.path] != nil { known[node.path] = array }
        }
        var details = NodeDetails(node)
        if node.array != nil { await addImage(node.path, to: &details) }
        if node.group != nil { await addConventions(of: node, to: &details) }
        details.documents = await documents(at: node.path)
        if node.error?.isCutOff ?? false { details.documents = details.documents.map(\.marked) }
        await compareConsolidated(node, &details)
        return details
    }

    /// What the screen's title says.
    func opened(_ node: Node) -> OpenedStore {
        let text = "\(location.locator.at(node: nil))"
        var opened = OpenedStore(
            locator: text,
            name: location.locator.storeName ?? text,
            path: node.path.description,
            kind: NodeCard(node).kind
        )
        opened.backend = location.backend.id
        let capabilities = location.storage.capabilities
        opened.canDelete = capabilities.contains(.delete)
        opened.capabilities = capabilities.words
        opened.breakers = recorder.breakerStandings
        opened.record = location.storage.record.map { "F" + $0.reason.dropFirst() }
        opened.listing = location.storage.listing
        return opened
    }

    /// `text` as a path of a node.
    static func path(_ text: String) throws -> NodePath {
        guard let path = NodePath(text) else { throw ToolError("'\(text)' is no path of a node") }
        return path
    }

    /// The metadata documents at `path` as they are stored; those that cannot be read are left out.
    private func documents(at path: NodePath) async -> [StoredDocument] {
        switch hierarchy.storage {
        case .array(let backend):
            guard let document = try? await backend.readMetadata() else { return [] }
            let name = document.version == .v3 ? "zarr.json" : ".zarray"
            return [Self.document(name, document.bytes)]
        case .store(let store):
            var documents: [StoredDocument] = []
            for name in ["zarr.json", ".zarray", ".zgroup", ".zattrs", ".zmetadata"] {
                guard let prefix = try? StorePrefix(path.keyPrefix),
                    let key = try? prefix.key(name),
                    let bytes = try? await store.read(key, .all)
                else { continue }
                documents.append(Self.document(key.text, bytes))
            }
            return documents
        }
    }

    /// More of a document than this is not shown.
    private static let documentLimit = 256 << 10

    private static func document(_ key: String, _ bytes: [UInt8]) -> StoredDocument {
        let text = String(decoding: bytes.prefix(documentLimit), as: UTF8.self)
        let isCut = bytes.count > documentLimit
        return StoredDocument(key: key, text: isCut ? text + "\n… cut" : text)
    }
}

extension StoredDocument {
    /// The document, marked where it ends before it is complete.
    fileprivate var marked: StoredDocument {
        var document = self
        do throws(JSONError) {
            _ = try JSONParser.parse(Array(text.utf8), mode: .lenient)
        } catch {
            document.isCutOff = error.cut != nil
        }
        return document
    }
}

extension StoreLocator {
    /// What the store is called: the last part of its place; of a node that was opened by its own path, from
    /// the store that it lies in on: `my.zarr/t2m`. `nil` where the place has no name.
    fileprivate var storeName: String? {
        var parts = place.split(separator: "/")
        let isFile = scheme == nil || scheme == "file"
        if isFile, let last = parts.last, ArrayDocument.names.contains(String(last)) {
            parts.removeLast()
        }
        guard var start = parts.indices.last else { return nil }
        let root = place.first == "/" ? "/" : ""
        while isFile, start > 0 {
            let above = root + parts[..<start].joined(separator: "/")
            let isNode = ["zarr.json", ".zgroup"].contains {
                FileKind(path: above + "/" + $0) != nil
            }
            guard isNode else { break }
            start -= 1
        }
        return parts[start...].joined(separator: "/")
    }
}
