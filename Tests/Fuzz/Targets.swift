import Codecs

extension FuzzTarget {
    /// Every target there is; each codec of the list of codecs has one of its own, and so has each
    /// kind of codec, which takes less time.
    static let all: [FuzzTarget] =
        [
            json, metadataV3, metadataV2, consolidated, keys, selections, locators, rules,
            shardIndex, archives, censusFiles, listingBlocks, chains,
        ]
        + CodecDescriptor.Kind.allCases.map { codecs(of: $0) }
        + CodecDescriptor.all.map { codec($0) }
}
