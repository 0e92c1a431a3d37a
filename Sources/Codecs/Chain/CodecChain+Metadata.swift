public import ZarrModel

extension CodecChain {
    /// Makes the chain of the array's stored chunks.
    ///
    /// Throws as ``init(specs:shape:type:fill:limits:)`` does.
    public init(
        metadata: ArrayMetadata,
        limits: CodecLimits = .standard
    ) throws(CodecError) {
        try self.init(
            specs: metadata.codecs,
            shape: metadata.chunkShape,
            type: metadata.dataType,
            fill: metadata.fillValue.bytes,
            limits: limits
        )
    }
}
