internal import Codecs
internal import Storage
public import ZarrModel

/// What stands where a node is to be made.
public struct ReplacePlan: Sendable {
    /// The node that is there; `nil` where there is none.
    public internal(set) var node: Node?
    /// The stored chunks that go with it, where it is an array.
    public internal(set) var chunks = DeletePlan(items: [])

    /// Nothing is there, or nobody has looked: then nothing may be replaced.
    public init(node: Node? = nil) {
        self.node = node
    }

    /// Whether nothing would be lost.
    public var isEmpty: Bool {
        node == nil
    }
}

extension ZarrHierarchy {
    /// Looks at what a new node at `path` would replace, and changes nothing.
    ///
    /// Throws `.refused` where something is there that is never replaced: a group with nodes below,
    /// and a node that cannot be read. O(chunks of an array that is there).
    public func replacePlan(at path: NodePath) async throws(EngineError) -> ReplacePlan {
        let node = await node(at: path)
        switch node.content {
        case .error(let error):
            guard error.code == .notFound else {
                throw EngineError(
                    error.code == .metadata ? .refused : error.code,
                    at: error.location,
                    "what is here cannot be read, so it is not replaced: \(error.message)",
                    cause: error
                )
            }
            return ReplacePlan()
        case .foreign:
            return ReplacePlan()
        case .group:
            let below = try await children(of: path).first { $0.kind != "foreign" }
            if let below {
                throw EngineError(
                    .refused,
                    at: path.description,
                    "a group with nodes in it, \(below.path) for one, is not replaced"
                )
            }
            return ReplacePlan(node: node)
        case .array(let array):
            var plan = ReplacePlan(node: node)
            plan.chunks = try await array.deletePlan(
                .states([.present, .short, .corrupt, .orphan, .unknown, .unreadable])
            )
            return plan
        }
    }

    /// Makes an array: its documents, and those of the groups above it that have none.
    ///
    /// Throws `.refused` where a node is there and `plan`, from ``replacePlan(at:)``, does not know of
    /// it; `.metadata` where the description breaks a rule; `.unsupported` for a codec or type that is
    /// not known. What is replaced is deleted for good, its chunks first.
    public func createArray(
        _ description: ArrayDescription,
        at path: NodePath,
        replacing plan: ReplacePlan = ReplacePlan()
    ) async throws(EngineError) -> ArrayNode {
        let documents: [WrittenDocument]
        do throws(MetadataError) {
            documents = try description.documents()
        } catch {
            throw EngineError(error, path)
        }
        let node = try make(documents, at: path)
        guard let array = node.array else {
            throw node.error ?? EngineError(.wrongKind, at: path.description, "this is no array")
        }
        if let error = array.codecError { throw error }
        try await create(documents, description.version, at: path, replacing: plan)
        return array
    }

    /// Makes a group, as ``createArray(_:at:replacing:)`` makes an array.
    public func createGroup(
        _ description: GroupDescription,
        at path: NodePath,
        replacing plan: ReplacePlan = ReplacePlan()
    ) async throws(EngineError) {
        let documents: [WrittenDocument]
        do throws(MetadataError) {
            documents = try description.documents()
        } catch {
            throw EngineError(error, path)
        }
        guard case .store = storage else {
            throw EngineError(
                .refused,
                at: path.description,
                "this storage holds one array and no groups"
            )
        }
        try await create(documents, description.version, at: path, replacing: plan)
    }

    /// The node that the documents describe, which nobody has written yet.
    func make(
        _ documents: [WrittenDocument],
        at path: NodePath
    ) throws(EngineError) -> Node {
        var found = NodeDocuments()
        for document in documents {
            switch document.name {
            case "zarr.json": found.v3 = document.bytes
            case ".zarray": found.v2Array = document.bytes
            case ".zattrs": found.v2Attributes = document.bytes
            default: break
            }
        }
        switch storage {
        case .array(let backend):
            guard path == .root, documents.count == 1 else {
                throw EngineError(
                    .refused,
                    at: path.description,
                    "this storage holds one array's own document: no groups, no .zattrs"
                )
            }
            return NodeReader.node(at: path, found, place: .backend(backend))
        case .store(let store):
            do throws(StorageError) {
                let place = ChunkSource.Place.store(store, try StorePrefix(path.keyPrefix))
                return NodeReader.node(at: path, found, place: place)
            } catch {
                throw EngineError(error, at: path.description)
            }
        }
    }

    private func create(
        _ documents: [WrittenDocument],
        _ version: FormatVersion,
        at path: NodePath,
        replacing plan: ReplacePlan
    ) async throws(EngineError) {
        try checkNames(path)
        let missing = try await missingGroups(above: path, version)
        if plan.isEmpty, try await !replacePlan(at: path).isEmpty {
            throw EngineError(.refused, at: path.description, "a node is here already")
        }
        if let old = plan.node?.array {
            if !plan.chunks.items.isEmpty { try await remove(plan.chunks, of: old) }
            try await removeEmptyPlaces(under: path)
        }
        for group in missing {
            let place = DocumentPlace(storage: storage, path: group)
            for document in try Self.emptyGroup(version) {
                try await place.write(document.name, document.bytes)
            }
        }
        let place = DocumentPlace(storage: storage, path: path)
        // Attributes first: a node without its own document is none yet.
        for document in documents.reversed() {
            try await place.write(document.name, document.bytes)
        }
        guard !plan.isEmpty else { return }
        for name in ReservedNames.documents where !documents.contains(where: { $0.name == name }) {
            try await place.delete(name)
        }
    }

    private func remove(_ chunks: DeletePlan, of old: ArrayNode) async throws(EngineError) {
        let outcome = try await old.delete(chunks, RepairOptions(usesTrash: false))
        if let left = outcome.items.first(where: { $0.result != .done }) {
            throw EngineError(
                .refused,
                at: left.key,
                "the array that is here was not removed: \(left.reason)"
            )
        }
    }

    /// Removes directories that hold nothing: keys of the new array may be where they are.
    private func removeEmptyPlaces(under path: NodePath) async throws(EngineError) {
        guard case .store(let store) = storage else { return }
        do throws(StorageError) {
            let prefix = try StorePrefix(path.keyPrefix)
            // What holds nothing but empty places is empty itself in the next round.
            for _ in 0..<65 {
                var places: [String] = []
                let listing = try await store.list(prefix, .keysOnly)
                while let page = try await listing.next() {
                    places += page.emptyPlaces.filter { !ReservedNames.isHidden($0) && !$0.isEmpty }
                }
                guard !places.isEmpty else { return }
                for place in places { try await store.delete(prefix.key(place)) }
            }
        } catch {
            throw EngineError(writing: error, at: path.description)
        }
    }

    private func checkNames(_ path: NodePath) throws(EngineError) {
        for name in path.segments {
            var problem = NodePath.problem(inName: name)
            if ReservedNames.documents.contains(name) || ReservedNames.isHidden(name) {
                problem = "this name is reserved"
            }
            if let problem {
                throw EngineError(.refused, at: path.description, "'\(name)': \(problem)")
            }
        }
    }

    /// The places above `path` that need a group's document, outermost first. Throws where an array
    /// or a node of another version stands there.
    func missingGroups(
        above path: NodePath,
        _ version: FormatVersion
    ) async throws(EngineError) -> [NodePath] {
        var missing: [NodePath] = []
        for depth in path.segments.indices {
            let place = NodePath(segments: Array(path.segments.prefix(depth)))
            let above = await node(at: place)
            switch above.content {
            case .foreign:
                missing.append(place)
            case .error(let error):
                guard error.code == .notFound else { throw error }
                missing.append(place)
            case .array:
                throw EngineError(
                    .refused,
                    at: place.description,
                    "this is an array: no node lies below it"
                )
            case .group(let group):
                guard let metadata = group.metadata else {
                    missing.append(place)
                    continue
                }
                guard metadata.version == version else {
                    throw EngineError(
                        .refused,
                        at: place.description,
                        "this group is of Zarr v\(metadata.version.rawValue), and what is below it "
                            + "must be too"
                    )
                }
            }
        }
        return missing
    }

    private static func emptyGroup(
        _ version: FormatVersion
    ) throws(EngineError) -> [WrittenDocument] {
        do throws(MetadataError) {
            return try GroupDescription(version).documents()
        } catch {
            throw EngineError(error, .root)
        }
    }
}
