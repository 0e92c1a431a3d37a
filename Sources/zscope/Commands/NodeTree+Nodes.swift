import ZarrEngine

extension NodeTree {
    /// Every node, a node before those below it. O(nodes).
    var nodes: [Node] {
        [node] + (children ?? []).flatMap(\.nodes)
    }

    /// The arrays among the nodes, in the order of the tree.
    var arrays: [ArrayNode] {
        nodes.compactMap(\.array)
    }

    /// Whether a node is broken.
    var isBroken: Bool {
        node.error != nil || (children ?? []).contains(where: \.isBroken)
    }
}
