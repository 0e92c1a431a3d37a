public import JSONValue
public import ZarrModel

/// One place in a hierarchy, whatever is there. A broken place is a node too, with its error.
public struct Node: Sendable {
    /// What is at the place.
    public enum Content: Sendable {
        /// An array.
        case array(ArrayNode)
        /// A group.
        case group(GroupNode)
        /// Metadata that cannot be read, or storage that failed.
        case error(EngineError)
        /// Something that is not Zarr's: a file, or a folder without nodes in it.
        case foreign(isFolder: Bool)
    }

    /// Where it is.
    public var path: NodePath
    /// What is there.
    public var content: Content
    /// What is odd about it, the node's own metadata and its consolidated copy included.
    public var issues: [Diagnostic]

    /// Makes a node.
    public init(path: NodePath, content: Content, issues: [Diagnostic] = []) {
        self.path = path
        self.content = content
        self.issues = issues
    }

    /// The last part of the path; empty at the root. Untrusted text.
    public var name: String {
        path.name ?? ""
    }

    /// The array, where it is one.
    public var array: ArrayNode? {
        if case .array(let array) = content { array } else { nil }
    }

    /// The group, where it is one.
    public var group: GroupNode? {
        if case .group(let group) = content { group } else { nil }
    }

    /// The error, where it is one.
    public var error: EngineError? {
        if case .error(let error) = content { error } else { nil }
    }

    /// Why the attributes beside the node's document cannot be read (v2, `.zattrs`), and count as none;
    /// `nil` where they can be.
    public var attributesError: EngineError? {
        let odd = array?.metadata.diagnostics ?? group?.metadata?.diagnostics ?? []
        return odd.first { $0.severity == .error && $0.location.hasPrefix(".zattrs") }.map {
            EngineError(.metadata, at: path.location($0.location), $0.message)
        }
    }

    /// The word that commands and JSON use: `array`, `group`, `error`, `foreign`.
    public var kind: String {
        switch content {
        case .array: "array"
        case .group: "group"
        case .error: "error"
        case .foreign: "foreign"
        }
    }
}

/// A group: attributes, and nodes below.
public struct GroupNode: Sendable {
    /// Its document; `nil` for an implicit group, a folder that has nodes below and says nothing.
    public var metadata: GroupMetadata?

    /// Makes a group.
    public init(metadata: GroupMetadata?) {
        self.metadata = metadata
    }

    /// Whether it has no document of its own.
    public var isImplicit: Bool {
        metadata == nil
    }

    /// Its attributes; empty for an implicit group.
    public var attributes: JSONObject {
        metadata?.attributes ?? JSONObject()
    }
}

/// A node with those below it, to some depth.
public struct NodeTree: Sendable {
    /// The node.
    public var node: Node
    /// Those directly below, by name; `nil` where the depth ended before they were looked for.
    public var children: [NodeTree]?

    /// Makes a tree.
    public init(node: Node, children: [NodeTree]?) {
        self.node = node
        self.children = children
    }
}
