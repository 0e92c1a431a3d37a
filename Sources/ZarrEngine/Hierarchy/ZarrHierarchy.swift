public import Storage
internal import Synchronization
public import ZarrModel

/// The nodes of open storage: groups and arrays of both versions, implicit groups, broken places
/// and what is not Zarr's.
///
/// Storage that holds a single array is a hierarchy of that one node.
public struct ZarrHierarchy: Sendable {
    /// The storage.
    public let storage: OpenedStorage
    /// The node from which the tree is shown, and at which consolidated metadata is looked for.
    public let root: NodePath

    private let consolidation: ConsolidatedCopy

    /// A view of `storage`; nothing is read yet.
    public init(_ storage: OpenedStorage, root: NodePath = .root) {
        self.storage = storage
        self.root = root
        consolidation = ConsolidatedCopy(root: root)
    }

    /// The node at `path`, never a wrong one: where there is none, and where the storage fails, it
    /// is a node with an error (`.notFound` only when there definitely is nothing).
    public func node(at path: NodePath) async -> Node {
        switch storage {
        case .array(let backend):
            guard path.segments.isEmpty else { return Self.nothing(at: path) }
            return await Self.node(of: backend)
        case .store(let store):
            let reader = NodeReader(store: store)
            guard var node = await reader.node(at: path) else {
                return await folder(at: path, reader)
            }
            if !node.isStorageFailure {
                node.issues += await consolidation.load(reader, node).issues(of: node)
            }
            return node
        }
    }

    /// The nodes directly below `path`, sorted by name: arrays, groups, broken ones, and what is not
    /// Zarr's. An array has none. That a node has documents of both versions is told by `node(at:)`
    /// alone. O(children).
    ///
    /// Where the storage cannot list, the consolidated metadata says what there is.
    ///
    /// Where there are many, `onPart` is given those that were looked at, in order, before all are.
    public func children(
        of path: NodePath,
        onPart: (@Sendable ([Node]) -> Void)? = nil
    ) async throws(EngineError) -> [Node] {
        guard case .store = storage else { return [] }
        return try await children(of: await node(at: path), onPart: onPart)
    }

    /// The nodes directly below `node`, which was read before.
    public func children(
        of node: Node,
        onPart: (@Sendable ([Node]) -> Void)? = nil
    ) async throws(EngineError) -> [Node] {
        guard case .store(let store) = storage else { return [] }
        if let error = node.error { throw error }
        if node.array != nil { return [] }
        return try await children(of: node.path, NodeReader(store: store), onPart: onPart)
    }

    /// So many nodes are looked at before they are shown.
    private static let partLength = 1024

    /// The node at `path` and those below it, `depth` levels of them; `nil` is all. O(nodes).
    public func tree(
        at path: NodePath? = nil,
        depth: Int? = nil
    ) async throws(EngineError) -> NodeTree {
        try await tree(of: await node(at: path ?? root), depth: depth)
    }

    /// The same of `node`, which was read before.
    public func tree(of node: Node, depth: Int? = nil) async throws(EngineError) -> NodeTree {
        if let error = node.error { throw error }
        return await tree(below: node, depth: min(depth ?? Self.depthLimit, Self.depthLimit))
    }

    /// Deeper than any real hierarchy; a store that goes deeper is cut off there.
    static let depthLimit = 100

    private func tree(below node: Node, depth: Int) async -> NodeTree {
        guard node.group != nil, case .store(let store) = storage else {
            return NodeTree(node: node, children: [])
        }
        guard depth > 0 else { return NodeTree(node: node, children: nil) }
        do throws(EngineError) {
            var subtrees: [NodeTree] = []
            for child in try await children(of: node.path, NodeReader(store: store)) {
                subtrees.append(await tree(below: child, depth: depth - 1))
            }
            return NodeTree(node: node, children: subtrees)
        } catch {
            return NodeTree(node: Node(path: node.path, error: error), children: [])
        }
    }

    private func children(
        of path: NodePath,
        _ reader: NodeReader,
        onPart: (@Sendable ([Node]) -> Void)? = nil
    ) async throws(EngineError) -> [Node] {
        let copy = await consolidation.load(reader)
        guard reader.store.capabilities.contains(.list) else {
            return await nodes(copy.childNames(of: path).map { ($0, true) }, of: path, reader, copy)
        }
        var names: [(String, Bool)] = []
        do throws(StorageError) {
            let listing = try await reader.store.children(StorePrefix(path.keyPrefix))
            while let page = try await listing.next() {
                names += page.prefixes.map { ($0, true) }
                names += page.objects.filter { !ReservedNames.documents.contains($0) }
                    .map { ($0, false) }
            }
        } catch {
            throw EngineError(error, at: path.description)
        }
        names.removeAll { ReservedNames.isHidden($0.0) }
        names.sort { $0.0 < $1.0 }
        guard let onPart, names.count > Self.partLength else {
            return await nodes(names, of: path, reader, copy)
        }
        var found: [Node] = []
        for start in stride(from: 0, to: names.count, by: Self.partLength) {
            guard !Task.isCancelled else {
                throw EngineError(.cancelled, at: path.description, "the listing was stopped")
            }
            let part = names[start..<min(names.count, start + Self.partLength)]
            let looked = await nodes(Array(part), of: path, reader, copy)
            found += looked
            if found.count < names.count { onPart(looked) }
        }
        return found
    }

    /// The nodes of these names; `true` marks a folder. Several are looked at together, on threads
    /// that may block.
    private func nodes(
        _ names: [(String, Bool)],
        of path: NodePath,
        _ reader: NodeReader,
        _ copy: ConsolidatedCopy.Contents
    ) async -> [Node] {
        let counter = WorkCounter(count: names.count)
        let found = Mutex([Node?](repeating: nil, count: names.count))
        let isBlocking = reader.store is any BlockingStore
        let tasks = min(isBlocking ? Machine.coreCount : 16, names.count)
        await onWorkers(tasks) { _ in
            let memory = WalkMemory()
            var nodes: [(Int, Node)] = []
            while let number = counter.next() {
                let (name, isFolder) = names[number]
                let place = path.appending(name)
                var node =
                    isFolder
                    ? await child(at: place, reader, memory)
                    : Node(path: place, content: .foreign(isFolder: false))
                node.issues += copy.issues(of: node)
                nodes.append((number, node))
            }
            found.withLock { found in
                for (number, node) in nodes { found[number] = node }
            }
        }
        return found.withLock { $0.compactMap(\.self) }
    }

    private func child(
        at path: NodePath,
        _ reader: NodeReader,
        _ memory: WalkMemory
    ) async -> Node {
        let node = await reader.node(at: path, looksForTwin: false, memory)
        if let node { return node }
        let folder = await reader.folder(at: path)
        // A listing has this sign in place of bytes that no text has: no key leads there.
        guard case .foreign = folder.content, path.name?.unicodeScalars.contains("\u{fffd}") == true
        else { return folder }
        let message = "the folder's name is no UTF-8, as names of nodes are: it cannot be looked at"
        return Node(path: path, error: EngineError(.unsupported, at: path.description, message))
    }

    /// What stands where there is no document: an implicit group, or nothing.
    private func folder(at path: NodePath, _ reader: NodeReader) async -> Node {
        let node = await reader.folder(at: path)
        if case .foreign = node.content { return Self.nothing(at: path) }
        return node
    }

    private static func nothing(at path: NodePath) -> Node {
        Node(
            path: path,
            error: EngineError(
                .notFound,
                at: path.description,
                "there is no array or group here (no zarr.json, .zarray or .zgroup)"
            )
        )
    }

    /// The one node of storage that holds an array.
    private static func node(of backend: any StorageBackend) async -> Node {
        do throws(StorageError) {
            guard let document = try await backend.readMetadata() else { return nothing(at: .root) }
            return NodeReader.node(at: .root, NodeDocuments(document), place: .backend(backend))
        } catch {
            return Node(path: .root, error: EngineError(error, at: backend.location))
        }
    }
}

extension Node {
    /// Whether nothing is known of it because the storage failed.
    var isStorageFailure: Bool {
        error?.code == .storage || error?.code == .cancelled
    }
}
