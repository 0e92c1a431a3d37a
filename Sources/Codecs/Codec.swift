import Arena

/// Turns an array into another of the same number of elements.
protocol ArrayToArrayCodec: Sendable {
    /// What it encodes to.
    var encodedForm: ArrayForm { get }

    /// The dimensions of the decoded array in the order in which the encoded one has them, where the
    /// codec does nothing but reorder; `nil` otherwise.
    var order: [Int]? { get }

    /// Whether the elements stay as they are, in the same order: the shape alone is another.
    var isReshaping: Bool { get }

    /// Decodes all elements, canonical and in C order on both sides.
    ///
    /// `encoded` holds exactly the encoded form, `output` room for exactly the decoded one.
    func decode(_ encoded: RawSpan, into output: inout MutableRawSpan) throws(CodecError)

    /// The way back, under the same conditions.
    func encode(_ decoded: RawSpan, into output: inout MutableRawSpan) throws(CodecError)
}

extension ArrayToArrayCodec {
    var isReshaping: Bool {
        false
    }
}

/// Turns an array into bytes.
protocol ArrayToBytesCodec: Sendable {
    /// How many bytes it makes.
    var encodedSize: SizeBound { get }

    /// Whether the encoded bytes are the elements in canonical form, one behind the other.
    var isCanonical: Bool { get }

    /// What one worker needs to decode: buffers, contexts. Nothing is shared between two of them.
    func makeDecoding(_ limits: CodecLimits) -> any ArrayDecoding

    /// Appends the encoded form of `decoded`, which holds exactly one array in canonical form.
    func encode(_ decoded: RawSpan, into output: Arena, _ contexts: CodecContexts)
        throws(CodecError)

    /// The same for elements without a fixed length, in C order.
    func encodeVariable(
        _ elements: [[UInt8]],
        into output: Arena,
        _ contexts: CodecContexts
    ) throws(CodecError)
}

/// The decoding side of an ``ArrayToBytesCodec``, owned by one worker.
protocol ArrayDecoding: AnyObject {
    /// Copies a box of the array into `output`. The scatter has been checked.
    func decode(
        _ encoded: RawSpan,
        _ scatter: Scatter,
        into output: inout MutableRawSpan
    ) throws(CodecError)

    /// All elements in C order, for types without a fixed length.
    func decodeVariable(_ encoded: RawSpan) throws(CodecError) -> [[UInt8]]
}

/// Turns bytes into bytes.
protocol BytesToBytesCodec: Sendable {
    /// How many bytes it makes of that many.
    func encodedSize(of decoded: SizeBound) -> SizeBound

    /// What the encoded bytes tell of the decoded size, cheaply; `nil` for nothing. Never less than
    /// what they decode to.
    func decodedSize(of encoded: RawSpan) throws(CodecError) -> SizeBound?

    /// Decodes into the start of `output` and answers how many bytes that were. Throws `.long` where
    /// they do not fit; writes nothing outside.
    func decode(
        _ encoded: RawSpan,
        into output: inout MutableRawSpan,
        _ contexts: CodecContexts
    ) throws(CodecError) -> Int

    /// Appends the encoded form to `output`.
    func encode(_ decoded: RawSpan, into output: Arena, _ contexts: CodecContexts)
        throws(CodecError)
}

/// Bytes wrapped in something that is checked and taken off, without a copy.
protocol EnvelopeCodec: BytesToBytesCodec {
    /// Where the payload lies. Throws where what surrounds it is wrong.
    func payload(of encoded: RawSpan) throws(CodecError) -> Range<Int>
}

extension EnvelopeCodec {
    func decode(
        _ encoded: RawSpan,
        into output: inout MutableRawSpan,
        _ contexts: CodecContexts
    ) throws(CodecError) -> Int {
        let range = try payload(of: encoded)
        guard range.count <= output.byteCount else {
            throw CodecError(.long, codec: "checksum", "\(range.count) bytes of payload")
        }
        Bytes.copy(encoded.extracting(range), into: &output, at: 0)
        return range.count
    }
}
