public import JSONValue

/// The metadata documents of a whole hierarchy, gathered in one place.
///
/// A copy: the nodes' own documents are what counts where the two differ.
public struct ConsolidatedMetadata: Hashable, Sendable {
    /// What the copy holds of one node.
    public struct Node: Hashable, Sendable {
        /// v3: `zarr.json`. v2: `.zarray` or `.zgroup`.
        public var document: JSONValue
        /// v2: whether `document` is a `.zarray`. v3: what `node_type` says.
        public var isArray: Bool
        /// v2: `.zattrs`, where the copy has one.
        public var attributes: JSONValue?

        /// Makes a node.
        public init(document: JSONValue, isArray: Bool, attributes: JSONValue? = nil) {
            self.document = document
            self.isArray = isArray
            self.attributes = attributes
        }
    }

    /// The version of the documents.
    public var version: FormatVersion
    /// The nodes by their path below the one that carries the copy, which is the root here.
    public var nodes: [NodePath: Node]
    /// What is odd about it.
    public var diagnostics: [Diagnostic]

    init(version: FormatVersion, nodes: [NodePath: Node]) {
        self.version = version
        self.nodes = nodes
        diagnostics = []
    }

    /// Reads a v2 `.zmetadata`. O(bytes).
    public init(v2 zmetadata: [UInt8]) throws(MetadataError) {
        let reader = try DocumentReader(zmetadata, name: ".zmetadata")
        guard let metadata = try reader.required("metadata").objectValue else {
            throw MetadataError(at: reader.location("metadata"), "metadata is an object")
        }
        version = .v2
        nodes = [:]
        diagnostics = reader.diagnostics
        var attributes: [NodePath: JSONValue] = [:]
        for member in metadata.members {
            var segments = Self.segments(of: member.key)
            let document = segments.popLast() ?? ""
            let path = NodePath(segments: segments)
            switch document {
            case ".zarray": nodes[path] = Node(document: member.value, isArray: true)
            case ".zgroup":
                guard nodes[path]?.isArray != true else { continue }
                nodes[path] = Node(document: member.value, isArray: false)
            case ".zattrs": attributes[path] = member.value
            default:
                diagnostics.append(
                    Diagnostic(
                        .note,
                        at: ".zmetadata#/metadata/\(JSONPointer.escape(member.key))",
                        "this is no document of a node"
                    )
                )
            }
        }
        for (path, value) in attributes { nodes[path]?.attributes = value }
    }

    /// Reads the `consolidated_metadata` of a v3 group. O(nodes).
    public init(v3 value: JSONValue, at location: String) throws(MetadataError) {
        guard let object = value.objectValue else {
            throw MetadataError(
                at: location,
                "consolidated metadata is an object, not \(value.kindPhrase)"
            )
        }
        if let kind = object["kind"]?.stringValue, kind != "inline" {
            throw MetadataError(at: location + "/kind", "the kind \(kind) is not known")
        }
        guard let metadata = object["metadata"]?.objectValue else {
            throw MetadataError(at: location + "/metadata", "metadata is an object")
        }
        version = .v3
        nodes = [:]
        diagnostics = []
        for member in metadata.members {
            let path = NodePath(segments: Self.segments(of: member.key))
            let isArray = member.value["node_type"]?.stringValue == "array"
            nodes[path] = Node(document: member.value, isArray: isArray)
        }
    }

    /// The names in a key. By bytes: a combining mark behind a `/` makes another `Character` of it.
    private static func segments(of key: String) -> [String] {
        key.utf8.split(separator: UInt8(ascii: "/")).map { String(decoding: $0, as: UTF8.self) }
    }

    /// The names of the nodes directly below `path`, sorted; deeper nodes count for their parents.
    /// O(nodes).
    public func children(of path: NodePath) -> [String] {
        var names: Set<String> = []
        for candidate in nodes.keys
        where candidate.segments.count > path.segments.count
            && candidate.segments.starts(with: path.segments)
        {
            names.insert(candidate.segments[path.segments.count])
        }
        return names.sorted()
    }
}
