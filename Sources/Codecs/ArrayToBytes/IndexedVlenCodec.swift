import Arena
import JSONValue
import ZarrModel

/// **What**: elements of any length one behind the other, and where each one ends as a list of numbers;
/// both parts with chains of their own.
///
/// **Specification**: zarrs's codec `vlen`: the length of the encoded index in 8 bytes, little-endian, the
/// index, then the elements; or all that from the end.
///
/// **Names**: v3 `zarrs.vlen`; v2 has none.
///
/// **Configuration**: `{"name": "zarrs.vlen", "configuration": {"index_codecs": [...], "data_codecs": [...],
/// "index_data_type": "uint32", "index_location": "start"}}`.
///
/// **Interoperability**: zarrs alone has it. The index has one number more than there are elements, none
/// below the one before.
struct IndexedVlenCodec: VariableCodec {
    static let descriptor = CodecDescriptor(
        v3: ["zarrs.vlen", "https://codec.zarrs.dev/array_to_bytes/vlen"],
        .arrayToBytes,
        "elements of any length, and an index of where each ends, with chains of their own"
    ) { spec, place throws(CodecError) in
        .serializer(try IndexedVlenCodec(SpecReader(spec), place))
    }

    private static let lengthSize = 8

    let name: String
    let count: Int
    let encodedSize: SizeBound
    private let index: CodecChain
    private let dataSpecs: [CodecSpec]
    private let isIndexFirst: Bool

    private init(_ reader: SpecReader, _ place: CodecPlace) throws(CodecError) {
        name = reader.spec.name
        count = try place.variableForm(reader).count
        encodedSize = .atMost(place.limits.variableBytes)
        let type: IntegerType
        switch try reader.string("index_data_type") {
        case "uint32": type = .uint32
        case "uint64": type = .uint64
        default: throw reader.wrong("index_data_type must be uint32 or uint64")
        }
        let (offsets, overflowed) = count.addingReportingOverflow(1)
        guard !overflowed else { throw reader.wrong("the chunk has too many elements") }
        index = try place.chain(
            reader,
            try place.specs(reader, "index_codecs"),
            try ArrayForm(shape: [offsets], type: .integer(type), fill: [], codec: name)
        )
        dataSpecs = try place.specs(reader, "data_codecs")
        // Made here as well, so that metadata that makes no sense is refused before a chunk is read.
        _ = try place.chain(
            reader,
            dataSpecs,
            try ArrayForm(shape: [1], type: .integer(.uint8), fill: [0], codec: name)
        )
        switch try reader.string("index_location") ?? "start" {
        case "start": isIndexFirst = true
        case "end": isIndexFirst = false
        default: throw reader.wrong("index_location must be start or end")
        }
    }

    private func data(_ byteCount: Int) throws(CodecError) -> CodecChain {
        try CodecChain(
            specs: dataSpecs,
            form: try ArrayForm(
                shape: [byteCount],
                type: .integer(.uint8),
                fill: [0],
                codec: name
            ),
            limits: index.limits,
            depth: index.depth
        )
    }

    func decode(_ encoded: RawSpan) throws(CodecError) -> [[UInt8]] {
        let (indexRange, dataRange) = try parts(encoded)
        let offsets = try offsets(encoded.extracting(indexRange))
        let total = offsets.last ?? 0
        guard total <= index.limits.variableBytes else {
            throw CodecError(.tooLarge, codec: name, "its elements have \(total) bytes")
        }
        guard total > 0 else {
            guard dataRange.isEmpty else {
                throw CodecError(.long, codec: name, "there are bytes of elements that are empty")
            }
            return [[UInt8]](repeating: [], count: count)
        }
        var bytes = [UInt8](repeating: 0, count: total)
        let decoder = ChunkDecoder(try data(total))
        try bytes.withMutableRawBytes { (bytes: inout MutableRawSpan) throws(CodecError) in
            try decoder.decode(encoded.extracting(dataRange), into: &bytes)
        }
        return zip(offsets, offsets.dropFirst()).map { Array(bytes[$0..<$1]) }
    }

    /// Where the index and the elements lie.
    private func parts(
        _ encoded: RawSpan
    ) throws(CodecError) -> (index: Range<Int>, data: Range<Int>) {
        let end = encoded.byteCount
        let size = Self.lengthSize
        guard end >= size else {
            throw CodecError(.short, codec: name, "the bytes end within the length of the index")
        }
        let stored = Bytes.load(encoded, at: isIndexFirst ? 0 : end - size, as: UInt64.self)
        guard let length = Int(exactly: stored), length <= end - size else {
            throw CodecError(.short, codec: name, "it claims an index of \(stored) bytes")
        }
        return isIndexFirst
            ? (size..<(size + length), (size + length)..<end)
            : ((end - size - length)..<(end - size), 0..<(end - size - length))
    }

    private func offsets(_ encoded: RawSpan) throws(CodecError) -> [Int] {
        let byteCount = index.byteCount ?? 0
        try index.limits.check(byteCount, codec: name)
        let arena = Arena(capacity: 1)
        arena.reset(to: byteCount)
        try arena.withMutableBytes { (bytes: inout MutableRawSpan) throws(CodecError) in
            try ChunkDecoder(index).decode(encoded, into: &bytes)
        }
        let isWide = index.form.elementSize == 8
        var offsets: [Int] = []
        offsets.reserveCapacity(count + 1)
        for position in 0...count {
            let stored = arena.withBytes { bytes in
                isWide
                    ? Bytes.load(bytes, at: 8 * position, as: UInt64.self)
                    : UInt64(Bytes.load(bytes, at: 4 * position, as: UInt32.self))
            }
            guard let offset = Int(exactly: stored), offset >= offsets.last ?? 0,
                position > 0 || offset == 0
            else { throw CodecError(.corrupt, codec: name, "offset \(position) is out of order") }
            offsets.append(offset)
        }
        return offsets
    }

    func encodeVariable(
        _ elements: [[UInt8]],
        into output: Arena,
        _ contexts: CodecContexts
    ) throws(CodecError) {
        let offsets = Arena(capacity: 8 * (count + 1))
        let isWide = index.form.elementSize == 8
        var end = 0
        for position in 0...count {
            if position > 0 { end += elements[position - 1].count }
            if isWide {
                offsets.append(littleEndian: UInt64(end))
            } else if let offset = UInt32(exactly: end) {
                offsets.append(littleEndian: offset)
            } else {
                throw CodecError(.long, codec: name, "the elements have more bytes than 2^32")
            }
        }
        let start = output.count
        if isIndexFirst {
            output.append(littleEndian: UInt64(0))
            try encodeIndex(offsets, into: output)
            let length = UInt64(output.count - start - Self.lengthSize).littleEndian
            output.withMutableBytes {
                $0.storeBytes(of: length, toByteOffset: start, as: UInt64.self)
            }
        }
        if end > 0 {
            try Array(elements.joined()).withRawBytes { (bytes: RawSpan) throws(CodecError) in
                try ChunkEncoder(try data(end)).encode(bytes, into: output)
            }
        }
        if !isIndexFirst {
            let before = output.count
            try encodeIndex(offsets, into: output)
            output.append(littleEndian: UInt64(output.count - before))
        }
    }

    private func encodeIndex(_ offsets: Arena, into output: Arena) throws(CodecError) {
        try offsets.withBytes { (bytes: RawSpan) throws(CodecError) in
            try ChunkEncoder(index).encode(bytes, into: output)
        }
    }
}
