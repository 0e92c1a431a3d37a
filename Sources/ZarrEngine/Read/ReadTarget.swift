internal import Arena
internal import Codecs
internal import ZarrModel

/// Where a read puts what it finds: the memory of the result, and how the result lies in it.
struct ReadTarget: Sendable {
    let block: ByteBlock
    let destination: Destination
    let layout: ItemLayout
    /// What stands in an item where nothing is stored.
    private let fill: [UInt8]
    /// Whether that is what stands there already: a place that nobody writes costs no memory.
    private let isFilled: Bool

    /// The result of `selection`, whose number of elements fits, in `block`, which is new unless it
    /// `isUsed`.
    init(
        _ selection: ResolvedSelection,
        of metadata: ArrayMetadata,
        in block: ByteBlock,
        isUsed: Bool = false
    ) {
        self.block = block
        destination = Destination(selection)
        layout = ItemLayout(elementSize: metadata.dataType.byteCount ?? 0, selection.field)
        var element = metadata.fillValue.bytes
        if element.count != layout.elementSize {
            element = [UInt8](repeating: 0, count: layout.elementSize)
        }
        fill = layout.item(of: element)
        isFilled = !isUsed && block.beganAsZeroes && fill.allSatisfy { $0 == 0 }
    }

    /// Sets `places` of a chunk that `decoder` decodes to the fill value.
    func fill(_ places: ChunkPlaces, _ decoder: ChunkDecoder) throws(CodecError) {
        if isFilled { return }
        let placement = destination.placement(places, in: decoder.chain.shape)
        try block.withMutableBytes { (output: inout MutableRawSpan) throws(CodecError) in
            switch placement {
            case .scatter(let scatter): try decoder.fill(scatter, into: &output)
            case .gather(let gather): try gather.fill(fill, into: &output)
            }
        }
    }

    /// Decodes a chunk and copies `places` of it to where they go, through `scratch` where the codecs
    /// cannot put them there themselves.
    func take(
        _ places: ChunkPlaces,
        of encoded: RawSpan,
        _ decoder: ChunkDecoder,
        over scratch: Arena
    ) throws(CodecError) {
        switch destination.placement(places, in: decoder.chain.shape) {
        case .scatter(let scatter):
            try block.withMutableBytes { (output: inout MutableRawSpan) throws(CodecError) in
                try decoder.decode(encoded, scatter: scatter, into: &output)
            }
        case .gather(let gather):
            scratch.resize(to: try decoder.decodedSize())
            try scratch.withMutableBytes { (chunk: inout MutableRawSpan) throws(CodecError) in
                try decoder.decode(encoded, into: &chunk)
            }
            try scratch.withBytes { (chunk: RawSpan) throws(CodecError) in
                try block.withMutableBytes { (output: inout MutableRawSpan) throws(CodecError) in
                    try gather.copy(chunk, layout, into: &output)
                }
            }
        }
    }
}
