import JSONValue
import ZarrModel

extension FuzzTarget {
    /// Bytes as JSON: what is read is written so that it reads back equal.
    static let json = FuzzTarget(
        name: "json",
        seeds: {
            [#"{"a":[1,-2.5e-3,true,null,"\u00e9\ud834\udd1e"],"b":{}}"#, "[NaN,-Infinity]"]
                .map { Array($0.utf8) } + Documents.all
        },
        words: [
            "{\"a\":", "[[", "\\ud834\\udd1e", "1e400", "NaN", "-Infinity", "\u{feff}", "null",
        ],
        make: {
            { input in
                _ = try? JSONParser.parse(input, mode: .lenient)
                guard let value = try? JSONParser.parse(input).value else { return }
                for style in [JSONStyle.compact, .pretty] {
                    let again = try? JSONParser.parse(Array(value.text(style).utf8)).value
                    require(again == value, "JSON that was read and written reads back equal")
                }
            }
        }
    )

    /// `zarr.json` of arrays and groups.
    static let metadataV3 = FuzzTarget(
        name: "metadata-v3",
        seeds: { Documents.v3 + Documents.groups },
        words: Documents.words,
        make: {
            { input in
                _ = try? GroupMetadata(v3: input)
                if let metadata = try? ArrayMetadata(v3: input) { ask(metadata) }
            }
        }
    )

    /// `.zarray`, `.zgroup` and `.zattrs`.
    static let metadataV2 = FuzzTarget(
        name: "metadata-v2",
        seeds: { Documents.v2 + Documents.groups },
        words: Documents.words,
        make: {
            { input in
                _ = try? GroupMetadata(v2: input)
                _ = try? GroupMetadata(v2: Array(#"{"zarr_format":2}"#.utf8), zattrs: input)
                _ = try? ArrayMetadata(v2: Documents.plainV2, zattrs: input)
                if let metadata = try? ArrayMetadata(v2: input) { ask(metadata) }
            }
        }
    )

    /// Consolidated metadata of both versions.
    static let consolidated = FuzzTarget(
        name: "consolidated",
        seeds: { Documents.consolidated },
        words: Documents.words,
        make: {
            { input in
                let metadata = [
                    try? ConsolidatedMetadata(v2: input),
                    try? (try? JSONParser.parse(input, mode: .lenient)).map {
                        try ConsolidatedMetadata(v3: $0.value, at: "zarr.json")
                    },
                ]
                for case let metadata? in metadata { _ = metadata.children(of: .root) }
            }
        }
    )

    /// Asks everything of an array that others will.
    private static func ask(_ metadata: ArrayMetadata) {
        _ = metadata.elementCount
        _ = metadata.chunkByteCount
        _ = metadata.innerGridShape
        _ = metadata.dataType.leaves
        _ = metadata.dataType.summary
        _ = metadata.fillValue.json.text()
        _ = ElementText.text(metadata.fillValue.bytes[...], metadata.dataType)
        if let count = metadata.dataType.byteCount {
            require(metadata.fillValue.bytes.count == count, "a fill value is one element")
        }
        guard metadata.gridShape.total > 0 else { return }
        for number in [0, metadata.gridShape.total / 2, metadata.gridShape.total - 1] {
            let index = metadata.gridShape.index(at: number)
            require(metadata.gridShape.contains(index), "an index of the grid is inside it")
            let region = metadata.chunkRegion(index)
            for (range, length) in zip(region.ranges, metadata.shape) {
                require(
                    range.lowerBound >= 0 && range.upperBound <= length,
                    "a chunk's region is inside the array"
                )
            }
            // Keys have numbers of at most 18 digits, which no grid in a store exceeds.
            guard metadata.gridShape.total < 1 << 50 else { continue }
            let key = Array(metadata.key(for: index).utf8)
            let parsed = metadata.keyEncoding.linearIndex(of: key[...], in: metadata.gridShape)
            require(parsed == .inside(number), "a chunk's key names the chunk")
        }
    }
}
