internal import Arena
internal import Storage
internal import ZarrModel

/// What one worker keeps from node to node of a walk.
///
/// Siblings often have the same documents byte for byte, the thousands of images of a plate for one,
/// or but for their attributes: what the documents before said is then not worked out again, and is
/// held in memory once.
final class WalkMemory {
    /// Where documents are read.
    let arena = Arena()
    private var last: Remembered?

    /// A node that was read: held by reference, since it is looked at far more often than replaced.
    private final class Remembered {
        let documents: NodeDocuments
        let node: Node
        let document: SiblingDocument?

        init(_ documents: NodeDocuments, _ node: Node, _ document: SiblingDocument?) {
            (self.documents, self.node, self.document) = (documents, node, document)
        }
    }

    /// The node that `documents` describe.
    func node(
        at path: NodePath,
        _ documents: NodeDocuments,
        place: ChunkSource.Place
    ) -> Node {
        guard let last, last.documents == documents else {
            if let node = sibling(at: path, documents, place: place) { return node }
            var document: SiblingDocument?
            let node = NodeReader.node(at: path, documents, place: place, document: &document)
            // The place of an error is in its words.
            last = node.error == nil ? Remembered(documents, node, document) : nil
            return node
        }
        var node = last.node
        node.path = path
        if let twin = last.node.array {
            node.content = .array(ArrayNode(path: path, like: twin, twin.metadata, place: place))
        }
        return node
    }

    /// The array of a document that differs from the last one in its attributes alone.
    private func sibling(
        at path: NodePath,
        _ documents: NodeDocuments,
        place: ChunkSource.Place
    ) -> Node? {
        guard let last, let twin = last.node.array, let bytes = documents.v3,
            documents.v2Array == nil, documents.v2Group == nil,
            let metadata = last.document?.metadata(of: bytes)
        else { return nil }
        let array = ArrayNode(path: path, like: twin, metadata, place: place)
        return Node(path: path, content: .array(array), issues: last.node.issues)
    }
}
