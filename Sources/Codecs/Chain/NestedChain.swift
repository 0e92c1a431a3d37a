import ZarrModel

extension CodecPlace {
    /// The specs that the configuration has under `key`.
    func specs(_ reader: SpecReader, _ key: String) throws(CodecError) -> [CodecSpec] {
        do throws(MetadataError) {
            return try reader.spec.nestedCodecs(key)
        } catch {
            throw reader.wrong(error.message)
        }
    }

    /// A chain inside the codec at this place, for arrays of `form`. Throws where chains are nested too
    /// deep.
    func chain(
        _ reader: SpecReader,
        _ specs: [CodecSpec],
        _ form: ArrayForm
    ) throws(CodecError) -> CodecChain {
        guard depth < CodecChain.depthLimit else {
            throw reader.wrong("chains are nested more than \(CodecChain.depthLimit) deep")
        }
        return try CodecChain(specs: specs, form: form, limits: limits, depth: depth + 1)
    }
}

extension CodecChain {
    /// What is known of how many bytes an encoded chunk has.
    var encodedSize: SizeBound {
        byteStages.last.map { $0.codec.encodedSize(of: $0.decodedSize) } ?? serializer.encodedSize
    }
}
