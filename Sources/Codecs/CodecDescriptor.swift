import ZarrModel

/// One codec as the list of codecs has it.
public struct CodecDescriptor: Sendable {
    /// Where in a chain a codec stands.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// An array becomes another.
        case arrayToArray = "array-to-array"
        /// An array becomes bytes.
        case arrayToBytes = "array-to-bytes"
        /// Bytes become bytes.
        case bytesToBytes = "bytes-to-bytes"
    }

    /// Its names in v3 metadata, the proper one first; empty where v3 has none.
    public let v3Names: [String]
    /// Its ids in v2 metadata, the proper one first; empty where v2 has none.
    public let v2Names: [String]
    /// Where it stands in v3; v2's filters and compressors all turn bytes into bytes, or an array
    /// of objects into bytes.
    public let kind: Kind
    /// What it does, without a full stop.
    public let summary: String
    /// The library that does the work; `nil` where none does.
    public let library: String?
    let make: @Sendable (CodecSpec, CodecPlace) throws(CodecError) -> AnyCodec

    init(
        v3 v3Names: [String] = [],
        v2 v2Names: [String] = [],
        _ kind: Kind,
        _ summary: String,
        library: String? = nil,
        make: @escaping @Sendable (CodecSpec, CodecPlace) throws(CodecError) -> AnyCodec
    ) {
        self.v3Names = v3Names
        self.v2Names = v2Names
        self.kind = kind
        self.summary = summary
        self.library = library
        self.make = make
    }

    /// The proper name: v3's, or v2's where v3 has none.
    public var name: String {
        v3Names.first ?? v2Names.first ?? ""
    }

    /// Makes the codec that `spec` names. Throws `.unsupported`, with the reason where there is one, where
    /// there is none of that name.
    static func make(_ spec: CodecSpec, _ place: CodecPlace) throws(CodecError) -> AnyCodec {
        if let descriptor = find(spec.name, in: spec.dialect) {
            return try descriptor.make(spec, place)
        }
        let reason = UnreadCodec.find(spec.name, in: spec.dialect)?.reason
        throw CodecError(
            .unsupported,
            codec: spec.name,
            reason.map { "this codec is not read: \($0)" } ?? "this codec is not known"
        )
    }
}

/// Where in a chain a codec is to be made.
struct CodecPlace: Sendable {
    /// The array that reaches this place when it is encoded; past the array-to-bytes codec, the
    /// last one that was an array.
    var form: ArrayForm
    /// Whether the array has become bytes already.
    var isBytes: Bool
    /// Bytes of the numbers in there, as far as is known: what a shuffle would work on.
    var numberSize: Int
    /// The numbers in there, where the bytes are nothing else; `nil` for an array, and behind a codec
    /// that leaves none.
    var numbers: NumberType?
    /// What is known of how many bytes there are.
    var size: SizeBound
    /// Levels of sharding outside.
    var depth: Int
    /// How much memory decoding may ask for.
    var limits: CodecLimits
}

/// A codec that was made.
enum AnyCodec: Sendable {
    case array(any ArrayToArrayCodec)
    case serializer(any ArrayToBytesCodec)
    case bytes(any BytesToBytesCodec)
}
