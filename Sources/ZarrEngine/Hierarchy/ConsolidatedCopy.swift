internal import JSONValue
internal import Storage
internal import Synchronization
internal import ZarrModel

/// The consolidated metadata of a hierarchy, read once when it is first needed.
///
/// It is a copy. The nodes' own documents are what counts, and where the two differ the node says so.
final class ConsolidatedCopy: Sendable {
    /// What was found.
    struct Contents: Sendable {
        /// The copy; `nil` where there is none or it cannot be read.
        var metadata: ConsolidatedMetadata?
        /// Where it is kept.
        var root = NodePath.root
        /// What is wrong with it; belongs to the root node.
        var diagnostics: [Diagnostic] = []
    }

    private let root: NodePath
    private let loaded = Mutex<Contents?>(nil)

    init(root: NodePath) {
        self.root = root
    }

    /// The copy, from `reader`'s store the first time. `node` is one that was just read: where it is the
    /// root, that is not read again.
    func load(_ reader: NodeReader, _ node: Node? = nil) async -> Contents {
        if let contents = loaded.withLock({ $0 }) { return contents }
        let known = node?.path == root ? node : nil
        let contents = await read(reader, known)
        loaded.withLock { $0 = contents }
        return contents
    }

    private func read(_ reader: NodeReader, _ known: Node?) async -> Contents {
        var contents = Contents(root: root)
        let node = if let known { known } else { await reader.node(at: root) }
        if case .group(let group)? = node?.content,
            let inline = group.metadata?.consolidated
        {
            contents.metadata = inline
            contents.diagnostics = inline.diagnostics
            return contents
        }
        do {
            let key = try StorePrefix(root.keyPrefix).key(".zmetadata")
            guard let bytes = try await reader.store.read(key, .all) else { return contents }
            let metadata = try ConsolidatedMetadata(v2: bytes)
            contents.metadata = metadata
            contents.diagnostics = metadata.diagnostics
        } catch let error as MetadataError {
            contents.diagnostics = [Diagnostic(.warning, at: error.location, error.message)]
        } catch {
            contents.diagnostics = [Diagnostic(.warning, at: ".zmetadata", "\(error)")]
        }
        return contents
    }
}

extension ConsolidatedCopy.Contents {
    /// The names below `path` that the copy knows.
    func childNames(of path: NodePath) -> [String] {
        guard let metadata, let inside = relative(path) else { return [] }
        return metadata.children(of: inside)
    }

    /// Where the copy of `node` differs from the node.
    func issues(of node: Node) -> [Diagnostic] {
        guard let metadata, let inside = relative(node.path), !node.isStorageFailure else {
            return metadata == nil && node.path == root ? diagnostics : []
        }
        var found = inside.segments.isEmpty ? diagnostics : []
        guard let copy = metadata.nodes[inside] else {
            if !inside.segments.isEmpty, node.version == metadata.version {
                found.append(warning(node, "the consolidated metadata does not have this node"))
            }
            return found
        }
        switch node.content {
        case .array(let array):
            found += differences(
                copy,
                array.metadata.document,
                array.metadata.attributes,
                node,
                isArray: true
            )
        case .group(let group):
            guard let truth = group.metadata else { break }
            found += differences(copy, truth.document, truth.attributes, node, isArray: false)
        case .foreign, .error:
            found.append(
                warning(node, "the consolidated metadata has a node here that is readable")
            )
        }
        return found
    }

    private func differences(
        _ copy: ConsolidatedMetadata.Node,
        _ document: JSONValue,
        _ attributes: JSONObject,
        _ node: Node,
        isArray: Bool
    ) -> [Diagnostic] {
        guard copy.isArray == isArray else {
            return [warning(node, "the consolidated metadata has another kind of node here")]
        }
        var found: [Diagnostic] = []
        if !Self.isSame(copy.document, document) {
            found.append(warning(node, "the consolidated copy of this document differs from it"))
        }
        if let copied = copy.attributes, copied.objectValue?.standard != attributes.standard {
            found.append(warning(node, "the consolidated copy of the attributes differs from them"))
        }
        return found
    }

    /// Whether two documents say the same; a group's own copy of what lies below it is not compared.
    private static func isSame(_ copy: JSONValue, _ truth: JSONValue) -> Bool {
        // A copy is strict JSON where the truth has a bare NaN.
        guard var left = copy.objectValue?.standard, var right = truth.objectValue?.standard else {
            return copy == truth
        }
        for key in ["consolidated_metadata", "attributes"] {
            let (a, b) = (left[key], right[key])
            if key == "attributes", a?.objectValue ?? [:] != b?.objectValue ?? [:] { return false }
            left[key] = nil
            right[key] = nil
        }
        return left == right
    }

    private func warning(_ node: Node, _ message: String) -> Diagnostic {
        Diagnostic(.warning, at: node.path.description, message)
    }

    private func relative(_ path: NodePath) -> NodePath? {
        guard path.segments.starts(with: root.segments) else { return nil }
        return NodePath(segments: Array(path.segments.dropFirst(root.segments.count)))
    }
}

extension Node {
    /// The version of its document; `nil` without one that can be read.
    var version: FormatVersion? {
        switch content {
        case .array(let array): array.metadata.version
        case .group(let group): group.metadata?.version
        case .foreign, .error: nil
        }
    }
}
