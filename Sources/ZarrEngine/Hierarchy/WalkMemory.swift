internal import Arena
internal import Storage
internal import ZarrModel

/// What one worker keeps from node to node of a walk.
///
/// Siblings often have the same documents byte for byte, the thousands of images of a plate for one:
/// what the documents before said is then not worked out again, and is held in memory once.
final class WalkMemory {
    /// Where documents are read.
    let arena = Arena()
    private var last: (documents: NodeDocuments, node: Node)?

    /// The node that `documents` describe.
    func node(
        at path: NodePath,
        _ documents: NodeDocuments,
        place: ChunkSource.Place
    ) -> Node {
        guard let last, last.documents == documents else {
            let node = NodeReader.node(at: path, documents, place: place)
            // The place of an error is in its words.
            last = node.error == nil ? (documents, node) : nil
            return node
        }
        var node = last.node
        node.path = path
        if let twin = last.node.array {
            node.content = .array(ArrayNode(path: path, like: twin, place: place))
        }
        return node
    }
}
