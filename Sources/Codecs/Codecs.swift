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
        all.first { $0.isNamed(name, in: dialect) }
    }
}
