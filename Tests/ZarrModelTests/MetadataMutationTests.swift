import JSONValue
import Testing
import ZarrModel

/// A small generator whose numbers depend on the seed alone.
private struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}

/// Documents are changed value by value and byte by byte; reading them ends in a value or an error.
struct MetadataMutationTests {
    private static let arrays = [
        #"""
        {"zarr_format":3,"node_type":"array","shape":[10,20],"data_type":"float16",
        "chunk_grid":{"name":"regular","configuration":{"chunk_shape":[4,5]}},
        "chunk_key_encoding":{"name":"default","configuration":{"separator":"/"}},"fill_value":"NaN",
        "codecs":[{"name":"transpose","configuration":{"order":[1,0]}},{"name":"sharding_indexed",
        "configuration":{"chunk_shape":[5,2],"codecs":["bytes"],"index_codecs":["bytes","crc32c"]}}],
        "dimension_names":["x",null],"attributes":{"a":[1,{"b":null}]},"storage_transformers":[]}
        """#,
        #"""
        {"zarr_format":3,"node_type":"array","shape":[3],"data_type":{"name":"struct","configuration":
        {"fields":[{"name":"a","data_type":"complex64"},{"name":"b","data_type":
        {"name":"numpy.datetime64","configuration":{"unit":"ms","scale_factor":10}}}]}},
        "chunk_grid":{"name":"regular","configuration":{"chunk_shape":[2]}},
        "chunk_key_encoding":"v2","fill_value":{"a":[1,"NaN"],"b":"NaT"},"codecs":["bytes"]}
        """#,
        #"""
        {"zarr_format":2,"shape":[10,20],"chunks":[4,5],"dtype":[["a",">i2"],["b","<f4",[2,2]]],
        "fill_value":"AAEAAIA/AAAAQAAAgD8AAABA","order":"F","filters":[{"id":"delta","dtype":"<u2"}],
        "compressor":{"id":"blosc"},"dimension_separator":"/"}
        """#,
    ]

    private static let values: [JSONValue] = [
        nil, true, 0, -1, .integer(Int.max), .integer(Int.min), 1.5, 1e308,
        .number(JSONNumber(verbatim: "18446744073709551616")), "", "NaN", "0x", "r8",
        "|S4611686018427387904",
        "<M8[9223372036854775807D]", [], [[]], [.integer(Int.max)], [:],
        ["name": "r9223372036854775800"],
        ["name": "sharding_indexed"], .array([JSONValue](repeating: 1, count: 70)),
        ["name": "raw_bytes", "configuration": ["length_bytes": .integer(Int.max)]],
    ]

    @Test(arguments: 0..<4)
    func `no document traps the reader`(seed: UInt64) throws {
        var generator = SeededGenerator(state: seed)
        for _ in 0..<500 {
            let text = Self.arrays.randomElement(using: &generator) ?? ""
            var value = try JSONParser.parse(Array(text.utf8)).value
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                value = mutated(value, &generator)
            }
            read(Array(value.text().utf8))
            var bytes = Array(text.utf8)
            for _ in 0..<3 {
                bytes[Int.random(in: bytes.indices, using: &generator)] = UInt8.random(
                    in: 0x20...0x7e,
                    using: &generator
                )
            }
            read(bytes)
        }
    }

    /// Reads `bytes` as every kind of document and asks the result what others will.
    private func read(_ bytes: [UInt8]) {
        _ = try? GroupMetadata(v3: bytes)
        _ = try? ConsolidatedMetadata(v2: bytes)
        _ = try? ArrayMetadata(v2: [0x7b, 0x7d], zattrs: bytes)
        for metadata in [try? ArrayMetadata(v3: bytes), try? ArrayMetadata(v2: bytes)] {
            guard let metadata else { continue }
            _ = metadata.elementCount
            _ = metadata.chunkByteCount
            _ = metadata.innerGridShape
            _ = metadata.dataType.leaves
            _ = ElementText.text(metadata.fillValue.bytes[...], metadata.dataType)
            if metadata.gridShape.total > 0 {
                let last = metadata.gridShape.index(at: metadata.gridShape.total - 1)
                let key = metadata.key(for: last)
                _ = metadata.chunkRegion(last)
                if !key.contains(where: { $0.isNumber }) || metadata.gridShape.total < 1 << 50 {
                    #expect(
                        metadata.keyEncoding.linearIndex(
                            of: Array(key.utf8)[...],
                            in: metadata.gridShape
                        )
                            == .inside(metadata.gridShape.total - 1)
                    )
                }
            }
            if let count = metadata.dataType.byteCount {
                #expect(metadata.fillValue.bytes.count == count)
            }
        }
    }

    /// `value` with one of its parts replaced or taken away.
    private func mutated(_ value: JSONValue, _ generator: inout SeededGenerator) -> JSONValue {
        let replacement = Self.values.randomElement(using: &generator) ?? nil
        switch value {
        case .object(var object) where !object.isEmpty:
            guard let member = object.members.randomElement(using: &generator) else { return value }
            switch Int.random(in: 0..<4, using: &generator) {
            case 0: object[member.key] = replacement
            case 1: object[member.key] = nil
            default: object[member.key] = mutated(member.value, &generator)
            }
            return .object(object)
        case .array(var elements) where !elements.isEmpty:
            let position = Int.random(in: elements.indices, using: &generator)
            switch Int.random(in: 0..<4, using: &generator) {
            case 0: elements.remove(at: position)
            case 1: elements.append(replacement)
            default: elements[position] = mutated(elements[position], &generator)
            }
            return .array(elements)
        default:
            return replacement
        }
    }
}
