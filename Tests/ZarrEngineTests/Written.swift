import JSONValue
import Storage
import StorageBackends
import Testing
import ZarrEngine
import ZarrModel

/// An array of int16 that the tests write themselves: element `n` in C order is `n`.
struct Written {
    let store: any Store
    let array: ArrayNode
    let shape: [Int]

    /// Codecs by a short name.
    static let codecs: [String: String] = [
        "raw": #"[{"name":"bytes","configuration":{"endian":"little"}}]"#,
        "big": #"[{"name":"bytes","configuration":{"endian":"big"}}]"#,
        "zstd": #"""
        [{"name":"bytes","configuration":{"endian":"little"}},
        {"name":"zstd","configuration":{"level":1,"checksum":true}}]
        """#,
    ]

    /// The codecs of shards whose inner chunks have `inner` shape.
    static func shards(_ inner: [Int], location: String = "end", outer: String = "") -> String {
        """
        [\(outer){"name":"sharding_indexed","configuration":{"chunk_shape":\(inner),
        "codecs":\(codecs["zstd"] ?? ""),"index_location":"\(location)",
        "index_codecs":[{"name":"bytes","configuration":{"endian":"little"}},{"name":"crc32c"}]}}]
        """
    }

    /// Writes every chunk but those that `skips` picks, every element by `offset` more than its number.
    init(
        shape: [Int],
        chunks: [Int],
        codecs: String,
        fill: String = "-1",
        in store: any Store = MemoryStore(),
        plus offset: Int = 0,
        skips: (ChunkIndex) -> Bool = { _ in false }
    ) async throws {
        let text = Fixture.v3(shape: shape, chunks: chunks, fill: fill, codecs: codecs)
        let document = MetadataDocument(Array(text.utf8), version: .v3)
        let writer = try await ArrayWriter(creating: document, in: store)
        for number in 0..<writer.array.grid.total {
            let index = writer.array.grid.index(at: number)
            guard !skips(index) else { continue }
            try await writer.write(index, Self.chunk(index, chunks, of: shape, plus: offset))
        }
        self.store = store
        self.shape = shape
        array = writer.array
    }

    /// The chunk's elements, -1 past the edge.
    private static func chunk(
        _ index: ChunkIndex,
        _ lengths: [Int],
        of shape: [Int],
        plus offset: Int
    ) -> [UInt8] {
        var bytes: [UInt8] = []
        let count = lengths.reduce(1, *)
        for position in 0..<count {
            var rest = position
            var place = [Int](repeating: 0, count: shape.count)
            for dimension in shape.indices.reversed() {
                place[dimension] =
                    index.coordinates[dimension] * lengths[dimension] + rest % lengths[dimension]
                rest /= lengths[dimension]
            }
            let isInside = zip(place, shape).allSatisfy { $0 < $1 }
            let value = isInside ? Self.value(at: place, in: shape) + offset : -1
            bytes.append(UInt8(truncatingIfNeeded: value))
            bytes.append(UInt8(truncatingIfNeeded: value >> 8))
        }
        return bytes
    }

    static func value(at place: [Int], in shape: [Int]) -> Int {
        zip(place, shape).reduce(0) { $0 * $1.1 + $1.0 }
    }

    /// What `selection` must read as, where nothing is missing.
    func expected(_ selection: ResolvedSelection) -> [Int] {
        var places: [[Int]] = [[]]
        if case .points(let points) = selection.form {
            places = (0..<points.count).map { number in points.coordinates.map { $0[number] } }
        }
        for axis in selection.axes {
            places = places.flatMap { place in (0..<axis.count).map { place + [axis[$0]] } }
        }
        return places.map { Self.value(at: $0, in: shape) }
    }
}

extension ArrayValues {
    /// The values as integers.
    var integers: [Int] {
        (0..<count).map { json($0).intValue ?? .min }
    }
}
