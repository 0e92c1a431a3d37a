public import ZarrModel

/// What a new shape does to an array: worked out before anything is changed.
public struct ResizePlan: Sendable {
    /// The array as it is.
    public let array: ArrayNode
    /// The array as it will be; nothing of it is written yet.
    public let resized: ArrayNode
    /// Stored chunks that lie outside then. They are not read any more, and stay unless they are
    /// deleted.
    public internal(set) var outside = DeletePlan(items: [])
    /// Stored chunks that lie outside now and inside then: what an earlier array left there would be
    /// read again.
    public internal(set) var returning = DeletePlan(items: [])
    /// Stored chunks at the edge whose padding, which would be read then, is not fill. They are
    /// rewritten, with fill there, where old values are not to return.
    public internal(set) var edges = DeletePlan(items: [])

    /// The document that says the new shape, as it was read.
    let document: [UInt8]

    init(array: ArrayNode, resized: ArrayNode, document: [UInt8]) {
        self.array = array
        self.resized = resized
        self.document = document
    }

    /// Where the chunks at the edge that would bring back old values lie in the grid.
    public var returningEdges: [ChunkIndex] {
        edges.items.map(\.index)
    }

    /// Whether the array has the shape already.
    public var keepsShape: Bool {
        array.metadata.shape == resized.metadata.shape
    }

    /// Whether old values would appear in the array.
    public var bringsBack: Bool {
        !returning.items.isEmpty || !edges.items.isEmpty
    }
}
