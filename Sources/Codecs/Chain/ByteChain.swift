import Arena
public import ZarrModel

/// Codecs that turn bytes into bytes, without an array around them: for bytes of any number.
///
/// v2's filters of numbers count, where their configuration says what the numbers are.
public struct ByteChain: Sendable {
    private let stages: [CodecChain.ByteStage]
    private let limits: CodecLimits

    /// Makes the chain of `specs`, in the order of encoding, for the bytes of elements of `type`.
    ///
    /// Throws `.unsupported` where a codec is not known, `.configuration` where one does not turn bytes
    /// into bytes, or its configuration makes no sense.
    public init(
        specs: [CodecSpec],
        type: DataType = .integer(.uint8),
        limits: CodecLimits = .standard
    ) throws(CodecError) {
        guard specs.count <= CodecChain.lengthLimit else {
            throw CodecError(.configuration, codec: "codecs", "there are \(specs.count) codecs")
        }
        var place = CodecPlace(
            form: try ArrayForm(shape: [0], type: type, fill: []),
            isBytes: true,
            numberSize: type.byteCount ?? 1,
            numbers: Scalar(type).map { NumberType($0) },
            size: .atMost(limits.most),
            depth: 0,
            limits: limits
        )
        var stages: [CodecChain.ByteStage] = []
        for spec in specs {
            guard case .bytes(let codec) = try CodecDescriptor.make(spec, place) else {
                throw CodecError(
                    .configuration,
                    codec: spec.name,
                    "it works on arrays: their type and shape are needed"
                )
            }
            stages.append(
                CodecChain.ByteStage(name: spec.name, codec: codec, decodedSize: place.size)
            )
            place.size = codec.encodedSize(of: place.size)
            place.numbers = (codec as? ByteFilter)?.filter.encodedType
        }
        self.stages = stages
        self.limits = limits
    }

    /// Whether every codec can be in such a chain, as far as the list of codecs says.
    public static func fits(_ specs: [CodecSpec]) -> Bool {
        specs.allSatisfy { spec in
            guard let descriptor = CodecDescriptor.find(spec.name, in: spec.dialect) else {
                return true
            }
            return descriptor.kind == .bytesToBytes
                || (spec.dialect == .v2 && descriptor.kind == .arrayToArray)
        }
    }

    /// The encoded bytes.
    public func encode(_ decoded: [UInt8]) throws(CodecError) -> [UInt8] {
        let contexts = CodecContexts()
        var from = decoded
        for stage in stages {
            let output = Arena(capacity: 1)
            try from.withRawBytes { (bytes: RawSpan) throws(CodecError) in
                try stage.codec.encode(bytes, into: output, contexts)
            }
            from = output.bytes
        }
        return from
    }

    /// The decoded bytes. Throws where they are more than the limits allow.
    public func decode(_ encoded: [UInt8]) throws(CodecError) -> [UInt8] {
        let contexts = CodecContexts()
        var from = encoded
        for stage in stages.reversed() {
            let output = Arena(capacity: 1)
            try from.withRawBytes { (bytes: RawSpan) throws(CodecError) in
                try ByteDecoding.decode(stage, bytes, into: output, limits, contexts)
            }
            from = output.bytes
        }
        return from
    }
}
