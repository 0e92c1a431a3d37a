import ZarrModel

/// What the codecs of a chunk say of its checksums.
enum Checksums {
    /// One codec that keeps a checksum.
    struct Fact: Hashable, Sendable {
        /// The codec, and the checksum where the codec is no checksum itself.
        var name: String
        /// Whether it matched; `nil` where decoding did not come that far.
        var isRight: Bool?
        /// What the codec said where it did not.
        var problem: String?
    }

    /// The checksums of the chain, in the order of decoding.
    static func facts(_ report: ChunkReport, _ codecs: [CodecCard]) -> [Fact] {
        codecs.reversed().compactMap { codec in
            guard let name = codec.checksum else { return nil }
            guard let stage = report.stages.first(where: { $0.codec == codec.name }) else {
                return Fact(name: name)
            }
            return Fact(name: name, isRight: stage.bytesOut != nil, problem: stage.problem)
        }
    }
}
