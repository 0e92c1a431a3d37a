public import JSONValue

extension ConsolidatedMetadata {
    /// Gathers the documents of a tree: those of every node by its path below the one that carries
    /// the copy; for v2 the root's own among them. O(documents).
    public init(
        _ version: FormatVersion,
        documents: [NodePath: [WrittenDocument]]
    ) {
        var nodes: [NodePath: Node] = [:]
        for (path, written) in documents {
            let attributes = written.first { $0.name == ".zattrs" }?.value
            guard let own = written.first(where: { $0.name != ".zattrs" }) else { continue }
            let isArray =
                version == .v3
                ? own.value["node_type"]?.stringValue == "array" : own.name == ".zarray"
            nodes[path] = Node(document: own.value, isArray: isArray, attributes: attributes)
        }
        self.init(version: version, nodes: nodes)
    }

    /// What v3 carries in a group's document; for v2 what `.zmetadata` says. Nodes stand in the order
    /// of their paths. O(nodes · log nodes).
    public var json: JSONValue {
        var metadata: JSONObject = [:]
        for (path, node) in nodes.sorted(by: { $0.key < $1.key }) {
            switch version {
            case .v3:
                guard !path.segments.isEmpty else { continue }
                metadata[path.keyPrefix] = node.document
            case .v2:
                let prefix = path.segments.isEmpty ? "" : path.keyPrefix + "/"
                metadata[prefix + (node.isArray ? ".zarray" : ".zgroup")] = node.document
                if let attributes = node.attributes { metadata[prefix + ".zattrs"] = attributes }
            }
        }
        switch version {
        case .v3:
            return ["kind": "inline", "must_understand": false, "metadata": .object(metadata)]
        case .v2: return ["zarr_consolidated_format": 1, "metadata": .object(metadata)]
        }
    }

    /// The `.zmetadata` of v2; `nil` for v3, where a group's own document carries the copy.
    public func document() -> WrittenDocument? {
        version == .v2 ? WrittenDocument(name: ".zmetadata", value: json) : nil
    }
}
