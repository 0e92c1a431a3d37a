internal import JSONValue
internal import Storage
public import ZarrModel

/// How a hierarchy and the consolidated copy of its metadata compare.
public struct ConsolidationPlan: Sendable {
    /// How the copy differs from the documents at one place.
    public struct Difference: Hashable, Sendable {
        /// What differs.
        public enum Kind: String, Hashable, Sendable {
            /// The copy does not have the node.
            case missing
            /// The copy has a node that is not there.
            case extra
            /// The copy says something else than the node's documents.
            case differs
        }

        /// The node.
        public var path: NodePath
        /// What differs.
        public var kind: Kind
    }

    /// The group that carries the copy.
    public let path: NodePath
    /// The version of the documents.
    public let version: FormatVersion
    /// Nodes that the copy must have; for v2 the group itself among them.
    public let nodeCount: Int
    /// Whether there is a copy, readable or not.
    public let hasCopy: Bool
    /// Why the copy that is there cannot be read; `nil` where it can, or where there is none.
    public let problem: MetadataError?
    /// Where the copy differs, by path; everything where there is none.
    public let differences: [Difference]
    /// Nodes without a document, and nodes of the other version: the copy cannot have them.
    public let leftOut: [NodePath]

    let copy: ConsolidatedMetadata
    /// The document that holds the copy, as it was read.
    let document: [UInt8]?

    /// Whether the copy says what the documents say.
    public var isCurrent: Bool {
        hasCopy && problem == nil && differences.isEmpty
    }
}

extension ZarrHierarchy {
    /// Compares the documents of every node at and below the group at `path` with the consolidated
    /// copy that it carries, and changes nothing. O(nodes).
    ///
    /// Throws where there is no group, and `.metadata` or `.storage` for a node that cannot be read:
    /// a copy without it would hide it.
    public func consolidationPlan(
        at path: NodePath
    ) async throws(EngineError) -> ConsolidationPlan {
        guard case .store(let store) = storage else {
            throw EngineError(.wrongKind, at: path.description, "this storage holds a single array")
        }
        let tree = try await tree(at: path)
        guard let group = tree.node.group, let metadata = group.metadata else {
            throw EngineError(
                .wrongKind,
                at: path.description,
                "consolidated metadata is kept by a group that has a document"
            )
        }
        var gathering = Gathering(store: store, root: path, version: metadata.version)
        try await gathering.add(tree)
        let copy = gathering.copy
        let place = DocumentPlace(storage: storage, path: path)
        let name = metadata.version == .v2 ? ".zmetadata" : "zarr.json"
        let document = try await place.read(name)
        var old = metadata.consolidated
        var problem = metadata.consolidatedError
        if metadata.version == .v2 {
            old = nil
            do throws(MetadataError) {
                if let document { old = try ConsolidatedMetadata(v2: document) }
            } catch {
                problem = error
            }
        }
        return ConsolidationPlan(
            path: path,
            version: metadata.version,
            nodeCount: copy.nodes.count,
            hasCopy: old != nil || problem != nil,
            problem: problem,
            differences: Self.differences(old, copy, path),
            leftOut: gathering.leftOut,
            copy: copy,
            document: document
        )
    }

    /// Writes the copy that the plan worked out: `.zmetadata` (v2), or into the group's `zarr.json`,
    /// of which everything else stays as it is. Only while that is what was read.
    public func consolidate(_ plan: ConsolidationPlan) async throws(EngineError) {
        let place = DocumentPlace(storage: storage, path: plan.path)
        guard plan.version == .v3 else {
            try await place.replace(".zmetadata", plan.document, with: plan.copy.json)
            return
        }
        guard var document = try await place.value("zarr.json")?.value.objectValue else {
            throw EngineError(
                .notFound,
                at: plan.path.location("zarr.json"),
                "the document is gone"
            )
        }
        document["consolidated_metadata"] = plan.copy.json
        try await place.replace("zarr.json", plan.document, with: .object(document))
    }

    private static func differences(
        _ old: ConsolidatedMetadata?,
        _ new: ConsolidatedMetadata,
        _ root: NodePath
    ) -> [ConsolidationPlan.Difference] {
        let known = old?.nodes ?? [:]
        var found: [ConsolidationPlan.Difference] = []
        for (path, node) in new.nodes {
            if let copy = known[path] {
                guard !isSame(copy, node) else { continue }
                found.append(.init(path: root.appending(path), kind: .differs))
            } else {
                found.append(.init(path: root.appending(path), kind: .missing))
            }
        }
        for path in known.keys where new.nodes[path] == nil {
            found.append(.init(path: root.appending(path), kind: .extra))
        }
        return found.sorted { $0.path < $1.path }
    }

    private static func isSame(
        _ copy: ConsolidatedMetadata.Node,
        _ node: ConsolidatedMetadata.Node
    ) -> Bool {
        // What is written is strict JSON, where the documents may have a bare NaN.
        let attributes = (copy.attributes?.objectValue, node.attributes?.objectValue)
        let documents = (copy.document.withoutConsolidated, node.document.withoutConsolidated)
        return copy.isArray == node.isArray
            && documents.0.standard == documents.1.standard
            && (attributes.0 ?? [:]).standard == (attributes.1 ?? [:]).standard
    }
}

/// The documents of a tree on their way into one.
private struct Gathering {
    let store: any Store
    let root: NodePath
    let version: FormatVersion
    private var nodes: [NodePath: [WrittenDocument]] = [:]
    var leftOut: [NodePath] = []

    init(store: any Store, root: NodePath, version: FormatVersion) {
        self.store = store
        self.root = root
        self.version = version
    }

    var copy: ConsolidatedMetadata {
        ConsolidatedMetadata(version, documents: nodes)
    }

    mutating func add(_ tree: NodeTree) async throws(EngineError) {
        let node = tree.node
        switch node.content {
        case .foreign: return
        case .error(let error): throw error
        case .array, .group: break
        }
        if node.version == version {
            let inside = NodePath(
                segments: Array(node.path.segments.dropFirst(root.segments.count))
            )
            if version == .v2 || !inside.segments.isEmpty {
                nodes[inside] = try await documents(of: node)
            }
        } else {
            leftOut.append(node.path)
        }
        guard let children = tree.children else {
            throw EngineError(.tooLarge, at: node.path.description, "the hierarchy is too deep")
        }
        for child in children { try await add(child) }
    }

    private func documents(of node: Node) async throws(EngineError) -> [WrittenDocument] {
        let place = DocumentPlace(storage: .store(store), path: node.path)
        switch node.content {
        case .array(let array) where version == .v3:
            return [WrittenDocument(name: "zarr.json", value: array.metadata.document)]
        case .group(let group) where version == .v3:
            let document = group.metadata?.document.withoutConsolidated ?? .null
            return [WrittenDocument(name: "zarr.json", value: document)]
        case .array(let array):
            return [WrittenDocument(name: ".zarray", value: array.metadata.document)]
                + (try await attributes(place))
        case .group(let group):
            return [WrittenDocument(name: ".zgroup", value: group.metadata?.document ?? .null)]
                + (try await attributes(place))
        case .error, .foreign:
            return []
        }
    }

    private func attributes(_ place: DocumentPlace) async throws(EngineError) -> [WrittenDocument] {
        guard let value = try await place.value(".zattrs")?.value else { return [] }
        return [WrittenDocument(name: ".zattrs", value: value)]
    }
}

extension JSONValue {
    /// A group's document without its own copy of what lies below it.
    fileprivate var withoutConsolidated: JSONValue {
        guard var object = objectValue, object["consolidated_metadata"] != nil else { return self }
        object["consolidated_metadata"] = nil
        return .object(object)
    }
}
