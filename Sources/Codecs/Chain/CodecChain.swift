public import ZarrModel

/// An array's codecs, ready to decode and encode chunks of one shape and type.
///
/// Making one reads the configuration and allocates nothing that grows with the chunk.
public struct CodecChain: Sendable {
    /// One codec that turns bytes into bytes, and what is known of its decoded side.
    struct ByteStage: Sendable {
        var name: String
        var codec: any BytesToBytesCodec
        var envelope: (any EnvelopeCodec)?
        var checksum: ChecksumCodec?
        var decodedSize: SizeBound

        init(name: String, codec: any BytesToBytesCodec, decodedSize: SizeBound) {
            self.name = name
            self.codec = codec
            envelope = codec as? any EnvelopeCodec
            checksum = codec as? ChecksumCodec
            self.decodedSize = decodedSize
        }
    }

    /// The specs it was made from, in the order of encoding.
    public let specs: [CodecSpec]
    /// How much memory decoding may ask for.
    public let limits: CodecLimits

    let form: ArrayForm
    /// In the order of encoding.
    let arrays: [any ArrayToArrayCodec]
    let serializer: any ArrayToBytesCodec
    let serializerName: String
    /// In the order of encoding.
    let byteStages: [ByteStage]
    let depth: Int

    /// Makes the chain of `specs`, in the order of encoding, for chunks of `shape`.
    ///
    /// `fill` is one element in canonical form. Throws `.unsupported` where a codec is not known,
    /// `.configuration` where the chain makes no sense for such chunks.
    public init(
        specs: [CodecSpec],
        shape: [Int],
        type: DataType,
        fill: [UInt8] = [],
        limits: CodecLimits = .standard
    ) throws(CodecError) {
        try self.init(
            specs: specs,
            form: try ArrayForm(shape: shape, type: type, fill: fill),
            limits: limits,
            depth: 0
        )
    }

    /// The same codecs for chunks of another shape. Throws where they make no sense for those.
    public func reshaped(_ shape: [Int]) throws(CodecError) -> CodecChain {
        if shape == form.shape { return self }
        return try CodecChain(
            specs: specs,
            form: try ArrayForm(shape: shape, type: form.type, fill: form.fill),
            limits: limits,
            depth: depth
        )
    }

    init(
        specs: [CodecSpec],
        form: ArrayForm,
        limits: CodecLimits,
        depth: Int
    ) throws(CodecError) {
        guard specs.count <= Self.lengthLimit else {
            throw CodecError(.configuration, codec: "codecs", "there are \(specs.count) codecs")
        }
        var building = Building(form: form, depth: depth, limits: limits)
        for spec in specs { try building.add(spec) }
        guard let serializer = building.serializer else {
            throw CodecError(
                .configuration,
                codec: "codecs",
                "no codec turns the array into bytes"
            )
        }
        self.specs = specs
        self.limits = limits
        self.form = form
        self.depth = depth
        arrays = building.arrays
        self.serializer = serializer
        serializerName = building.serializerName
        byteStages = building.byteStages
    }

    /// More codecs than this in a row are a mistake or an attack.
    static let lengthLimit = 64
    /// Shards in shards: more than this is a mistake or an attack.
    static let depthLimit = 16

    /// The shape of a chunk.
    public var shape: [Int] {
        form.shape
    }

    /// What an element is.
    public var type: DataType {
        form.type
    }

    /// Bytes of a decoded chunk; `nil` where elements have no fixed length.
    public var byteCount: Int? {
        form.byteCount
    }

    /// Bytes of an encoded chunk where every one has the same number: only then can an object be
    /// known to be short without decoding it.
    public var encodedByteCount: Int? {
        if case .exact(let count) = encodedSize { return count }
        return nil
    }

    /// Whether the array-to-bytes codec writes the chunk's elements in canonical form, in C order.
    var isCanonical: Bool {
        serializer.isCanonical && arrays.allSatisfy(\.isReshaping)
    }

    /// The array that reaches the array-to-bytes codec.
    var serializedForm: ArrayForm {
        arrays.last?.encodedForm ?? form
    }
}

extension CodecChain {
    /// A chain while it grows.
    private struct Building {
        var form: ArrayForm
        let depth: Int
        let limits: CodecLimits
        var arrays: [any ArrayToArrayCodec] = []
        var serializer: (any ArrayToBytesCodec)?
        var serializerName = ""
        var byteStages: [ByteStage] = []
        var size = SizeBound.exact(0)
        var numbers: NumberType?

        init(form: ArrayForm, depth: Int, limits: CodecLimits) {
            self.form = form
            self.depth = depth
            self.limits = limits
        }

        mutating func add(_ spec: CodecSpec) throws(CodecError) {
            // The document itself says that its values can be had without such a codec.
            if !spec.mustUnderstand, CodecDescriptor.find(spec.name, in: spec.dialect) == nil {
                return
            }
            let place = CodecPlace(
                form: form,
                isBytes: serializer != nil,
                numberSize: form.elementSize ?? 1,
                numbers: numbers,
                size: size,
                depth: depth,
                limits: limits
            )
            switch try CodecDescriptor.make(spec, place) {
            case .array(let codec):
                guard serializer == nil else { throw misplaced(spec, "works on arrays") }
                arrays.append(codec)
                form = codec.encodedForm
            case .serializer(let codec):
                guard serializer == nil else { throw misplaced(spec, "works on arrays") }
                serializer = codec
                serializerName = spec.name
                size = codec.encodedSize
                numbers = (codec as? BytesCodec)?.numbers
            case .bytes(let codec):
                guard serializer != nil else { throw misplaced(spec, "works on bytes") }
                byteStages.append(ByteStage(name: spec.name, codec: codec, decodedSize: size))
                size = codec.encodedSize(of: size)
                numbers = (codec as? ByteFilter)?.filter.encodedType
                if let numbers { form = try numbers.form(of: size, codec: spec.name) ?? form }
            }
        }

        private func misplaced(_ spec: CodecSpec, _ what: String) -> CodecError {
            CodecError(.configuration, codec: spec.name, "it \(what) and stands in the wrong place")
        }
    }
}
