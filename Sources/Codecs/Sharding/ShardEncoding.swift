import Arena
import ZarrModel

/// Encodes one shard behind what `output` holds.
struct ShardEncoding {
    private let codec: ShardingCodec
    private let layout: ShardLayout
    private let output: Arena
    private let inner: ChunkEncoder

    init(_ codec: ShardingCodec, _ output: Arena) {
        self.codec = codec
        layout = codec.layout
        self.output = output
        inner = ChunkEncoder(codec.layout.innerChain)
    }

    func encode(_ decoded: RawSpan) throws(CodecError) {
        let size = codec.form.elementSize ?? 0
        var copy = ElementCopy(shape: codec.form.shape, elementSize: size)
        let chunk = Arena(capacity: max(1, layout.innerChain.byteCount ?? 0))
        chunk.resize(to: layout.innerChain.byteCount ?? 0)
        try encodeAll { (coordinates: [Int]) throws(CodecError) in
            var scatter = Scatter(whole: layout.innerShape)
            for dimension in coordinates.indices {
                scatter.axes[dimension].start =
                    coordinates[dimension] * layout.innerShape[dimension]
            }
            try chunk.withMutableBytes { (bytes: inout MutableRawSpan) throws(CodecError) in
                try copy.copy(decoded, scatter, into: &bytes)
            }
            return try chunk.withBytes { (bytes: RawSpan) throws(CodecError) in
                if Bytes.repeats(bytes, codec.form.fill) { return false }
                try inner.encode(bytes, into: output)
                return true
            }
        }
    }

    func encodeVariable(_ elements: [[UInt8]]) throws(CodecError) {
        try encodeAll { (coordinates: [Int]) throws(CodecError) in
            let box = InnerBox(codec, coordinates)
            let chunk = (0..<layout.innerChain.form.count).map { elements[box.place(of: $0)] }
            if chunk.allSatisfy({ $0 == codec.form.fill }) { return false }
            try inner.encodeVariable(chunk, into: output)
            return true
        }
    }

    /// Lets `body` append each inner chunk, or answer `false` for one that is left out.
    private func encodeAll(
        _ body: ([Int]) throws(CodecError) -> Bool
    ) throws(CodecError) {
        let start = output.count
        if layout.indexLocation == .start { output.resize(to: start + layout.indexByteCount) }
        let words = Arena(capacity: max(1, 16 * layout.grid.total))
        for number in 0..<layout.grid.total {
            let before = output.count
            let isWritten = try body(layout.grid.index(at: number).coordinates)
            words.append(littleEndian: isWritten ? UInt64(before - start) : .max)
            words.append(littleEndian: isWritten ? UInt64(output.count - before) : .max)
        }
        let index = try words.withBytes { (bytes: RawSpan) throws(CodecError) in
            try ChunkEncoder(layout.indexChain).encode(bytes)
        }
        switch layout.indexLocation {
        case .end: output.append(index)
        case .start:
            output.withMutableBytes { bytes in
                index.withRawBytes { Bytes.copy($0, into: &bytes, at: start) }
            }
        }
    }
}
