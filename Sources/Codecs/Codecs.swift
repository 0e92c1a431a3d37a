public import ZarrModel

extension CodecDescriptor {
    /// Every codec there is. The one place to register another.
    public static let all: [CodecDescriptor] = [
        BytesCodec.descriptor,
        VlenCodec.utf8,
        VlenCodec.bytes,
        VlenArrayCodec.descriptor,
        IndexedVlenCodec.descriptor,
        ObjectCodec.json,
        ObjectCodec.messagePack,
        PackBitsCodec.descriptor,
        OptionalCodec.descriptor,
        N5Codec.descriptor,
        ZfpCodec.zfp,
        ZfpCodec.zfpy,
        ShardingCodec.descriptor,
        TransposeCodec.descriptor,
        ReshapeCodec.reshape,
        ReshapeCodec.squeeze,
        BloscCodec.descriptor,
        ZstdCodec.descriptor,
        DeflateCodec.gzip,
        DeflateCodec.zlib,
        Lz4Codec.descriptor,
        Bz2Codec.descriptor,
        LzmaCodec.descriptor,
        ChecksumCodec.crc32c,
        ChecksumCodec.numcodecsCrc32c,
        ChecksumCodec.crc32,
        ChecksumCodec.adler32,
        ChecksumCodec.fletcher32,
        ChecksumCodec.lookup3,
        ShuffleCodec.descriptor,
        BooleanBitsCodec.descriptor,
        Base64Codec.descriptor,
        ConditionalCodec.descriptor,
        DeltaFilter.descriptor,
        FixedScaleOffsetFilter.descriptor,
        AsTypeFilter.descriptor,
        QuantizeFilter.descriptor,
        BitRoundFilter.descriptor,
        ScaleOffsetCodec.descriptor,
        CastValueCodec.descriptor,
        CategorizeCodec.descriptor,
    ]

    /// The codec that metadata of `dialect` calls `name`.
    public static func find(_ name: String, in dialect: CodecSpec.Dialect) -> CodecDescriptor? {
        (dialect == .v3 ? v3 : v2)[name]
    }

    private static let v3 = named(in: .v3)
    private static let v2 = named(in: .v2)

    /// The codecs by name; of two with one name the first counts.
    private static func named(in dialect: CodecSpec.Dialect) -> [String: CodecDescriptor] {
        let names = all.flatMap { descriptor in
            (dialect == .v3 ? descriptor.v3Names : descriptor.v2Names).map { ($0, descriptor) }
        }
        return Dictionary(names, uniquingKeysWith: { first, _ in first })
    }
}
