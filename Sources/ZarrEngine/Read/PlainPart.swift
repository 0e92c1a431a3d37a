internal import Codecs
internal import Storage
internal import ZarrModel

/// The part of a chunk that a read needs, where the chunk is stored as nothing but its elements: a few
/// whole rows (planes, …) that lie together, and that the same codec decodes as a chunk of their own.
struct PlainPart {
    /// The shape of the part.
    let shape: [Int]
    /// The places that are wanted, counted from the part's start.
    let places: ChunkPlaces
    /// Where the part lies in the stored chunk.
    let range: ByteRange
    /// Bytes of the part.
    let byteCount: Int
    /// Bytes of the whole chunk, as it is stored.
    let chunkByteCount: Int

    /// Smaller chunks are not worth a second look.
    static let leastChunk = 32 << 10

    /// The part of a chunk that holds `places`, which lie in it; `nil` where the chunk is stored in
    /// another way, or where so much of it is wanted that it may as well be read whole.
    init?(of places: ChunkPlaces, in chain: CodecChain) {
        guard let size = chain.byteCount, size >= Self.leastChunk,
            chain.specs.count == 1, chain.specs[0].name == "bytes",
            let box = places.enclosingBox
        else { return nil }
        var shape = chain.shape
        var start = shape.map { _ in 0 }
        for (dimension, range) in box.enumerated() {
            start[dimension] = range.lowerBound
            shape[dimension] = range.count
            // What follows a dimension of which there is more than one is needed whole.
            if range.count > 1 { break }
        }
        // The chunk's own number of bytes fits, and these are parts of it.
        let element = size / max(1, chain.shape.reduce(1, *))
        let count = shape.reduce(element, *)
        guard count <= size / 2 else { return nil }
        let first = zip(start, chain.shape).reduce(0) { $0 * $1.1 + $1.0 }
        self.shape = shape
        self.places = places.moved(by: start.map { -$0 })
        range = .bounded(offset: first * element, count: count)
        byteCount = count
        chunkByteCount = size
    }
}

extension ChunkPlaces {
    /// The smallest box that holds all places; `nil` where there are none.
    fileprivate var enclosingBox: [Range<Int>]? {
        var bounds: [Range<Int>] = []
        switch self {
        case .box(let axes):
            for axis in axes {
                switch axis {
                case .run(let start, let step, let count, _):
                    guard count > 0 else { return nil }
                    let last = start + (count - 1) * step
                    bounds.append(min(start, last)..<(max(start, last) + 1))
                case .listed(let positions, _, let origin):
                    guard let first = positions.first, let last = positions.last else { return nil }
                    bounds.append((first - origin)..<(last - origin + 1))
                }
            }
        case .points(let points):
            for (list, origin) in zip(points.coordinates, points.origin) {
                guard let first = list.min(), let last = list.max() else { return nil }
                bounds.append((first - origin)..<(last - origin + 1))
            }
        }
        return bounds
    }
}
