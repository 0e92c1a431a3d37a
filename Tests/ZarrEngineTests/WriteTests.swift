import Storage
import StorageBackends
import Testing
import ZarrEngine
import ZarrModel

/// Writing, against a plain array in memory.
struct WriteTests {
    /// A kind of array.
    struct Layout: Sendable, CustomTestStringConvertible {
        var name: String
        var isV3 = true
        var document: String

        var testDescription: String { name }

        init(_ name: String, v3 document: String) {
            self.name = name
            self.document = document
        }

        init(_ name: String, v2 document: String) {
            self.name = name
            self.document = document
            isV3 = false
        }

        func array(in store: any Store) async throws -> ArrayNode {
            let document = MetadataDocument(Array(document.utf8), version: isV3 ? .v3 : .v2)
            return try await ArrayWriter(creating: document, in: store).array
        }
    }

    private static let bytes = #"{"name":"bytes","configuration":{"endian":"little"}}"#
    private static let big = #"{"name":"bytes","configuration":{"endian":"big"}}"#
    private static let zstd = #"{"name":"zstd","configuration":{"level":1,"checksum":true}}"#

    private static func transpose(_ order: [Int]) -> String {
        #"{"name":"transpose","configuration":{"order":\#(order)}}"#
    }

    private static func shards(
        _ inner: [Int],
        _ codecs: String,
        location: String = "end"
    ) -> String {
        """
        {"name":"sharding_indexed","configuration":{"chunk_shape":\(inner),"codecs":[\(codecs)],
        "index_location":"\(location)","index_codecs":[\(bytes),{"name":"crc32c"}]}}
        """
    }

    private static func v3(
        _ shape: [Int],
        _ chunks: [Int],
        _ codecs: String,
        type: String = #""int16""#,
        fill: String = "7",
        grid: String? = nil
    ) -> String {
        let regular = #"{"name":"regular","configuration":{"chunk_shape":\#(chunks)}}"#
        return """
            {"zarr_format":3,"node_type":"array","shape":\(shape),"data_type":\(type),
            "chunk_grid":\(grid ?? regular),
            "chunk_key_encoding":{"name":"default","configuration":{"separator":"/"}},
            "fill_value":\(fill),"codecs":[\(codecs)],"attributes":{}}
            """
    }

    private static func v2(_ type: String, fill: String, _ more: String = "") -> String {
        let rest = more.isEmpty ? #""order":"C","filters":null,"compressor":null"# : more
        return """
            {"zarr_format":2,"shape":[7,5],"chunks":[3,2],"dtype":\(type),"fill_value":\(fill),
            \(rest)}
            """
    }

    static let layouts: [Layout] = [
        Layout("raw", v3: v3([7, 8, 9], [4, 3, 4], bytes)),
        Layout("big-endian", v3: v3([7, 8, 9], [4, 3, 4], big)),
        Layout("zstd", v3: v3([7, 8, 9], [4, 3, 4], bytes + "," + zstd)),
        Layout("transposed", v3: v3([7, 8, 9], [4, 3, 4], transpose([2, 0, 1]) + "," + big)),
        Layout(
            "chunks that differ",
            v3: v3(
                [9, 10],
                [],
                bytes + "," + zstd,
                grid: """
                    {"name":"rectilinear","configuration":{"kind":"inline",
                    "chunk_shapes":[[2,4,3],[[5,2]]]}}
                    """
            )
        ),
        Layout(
            "shards that differ",
            v3: v3(
                [9, 10],
                [],
                shards([2, 5], big),
                grid: """
                    {"name":"rectilinear","configuration":{"kind":"inline",
                    "chunk_shapes":[[2,4,6],[[5,2]]]}}
                    """
            )
        ),
        Layout(
            "bounded chunks",
            v3: v3(
                [7, 8],
                [],
                bytes,
                grid: """
                    {"name":"zarrs.regular_bounded","configuration":{"chunk_shape":[3,3]}}
                    """
            )
        ),
        Layout("one chunk", v3: v3([5, 6], [16, 16], bytes + "," + zstd)),
        Layout("no dimension", v3: v3([], [], bytes)),
        Layout("empty", v3: v3([4, 0], [2, 2], bytes)),
        Layout("shards", v3: v3([7, 8, 9], [4, 4, 6], shards([2, 1, 3], bytes + "," + zstd))),
        Layout("index first", v3: v3([7, 8], [4, 4], shards([2, 2], big, location: "start"))),
        Layout(
            "transposed shards",
            v3: v3([7, 8, 9], [4, 4, 6], transpose([1, 2, 0]) + "," + shards([2, 3, 1], bytes))
        ),
        Layout(
            "shards in shards",
            v3: v3([13, 9], [8, 8], shards([4, 8], shards([2, 2], bytes + "," + zstd)))
        ),
        Layout("compressed shards", v3: v3([7, 8], [4, 4], shards([2, 2], bytes) + "," + zstd)),
        Layout("booleans", v3: v3([7, 8], [3, 3], bytes, type: #""bool""#, fill: "false")),
        Layout("doubles", v3: v3([7, 8], [3, 3], big, type: #""float64""#, fill: #""NaN""#)),
        Layout("raw bits", v3: v3([7, 8], [3, 3], bytes, type: #""r24""#, fill: "[1,2,3]")),
        Layout(
            "texts",
            v3: v3([7, 8], [3, 3], #"{"name":"vlen-utf8"}"#, type: #""string""#, fill: #""x""#)
        ),
        Layout(
            "texts in shards",
            v3: v3(
                [7, 8],
                [4, 4],
                shards([2, 2], #"{"name":"vlen-utf8"},\#(zstd)"#),
                type: #""string""#,
                fill: #""""#
            )
        ),
        Layout("v2", v2: v2(#""<i4""#, fill: "3")),
        Layout("v2 without fill", v2: v2(#"">u2""#, fill: "null")),
        Layout(
            "v2 column by column",
            v2: v2(
                #"">f4""#,
                fill: "0",
                #""order":"F","filters":null,"compressor":{"id":"zlib","level":1}"#
            )
        ),
        Layout(
            "v2 filters",
            v2: v2(
                #""<i4""#,
                fill: "0",
                #"""
                "order":"F","filters":[{"id":"delta","dtype":"<i4"}],
                "compressor":{"id":"blosc","cname":"lz4","clevel":5,"shuffle":1,"blocksize":0}
                """#
            )
        ),
        Layout(
            "v2 fields",
            v2: v2(#"[["a","<i2"],["b",">f8"],["c","|S3"]]"#, fill: #""AAAAAAAAAAAAAAAAAA==""#)
        ),
        Layout("v2 texts", v2: v2(#""<U2""#, fill: #""""#)),
        Layout(
            "v2 objects",
            v2: v2(
                #""|O""#,
                fill: #""""#,
                #""order":"F","filters":[{"id":"vlen-utf8"}],"compressor":null"#
            )
        ),
    ]

    @Test(arguments: layouts, [false, true])
    func `after any writes the array reads as a plain one`(
        _ layout: Layout,
        inFiles: Bool
    ) async throws {
        for seed in 0..<6 {
            var generator = SeededGenerator(seed: seed)
            let scratch = inFiles ? EngineScratch() : nil
            let store: any Store =
                try scratch.map { try FileStore(path: $0.path, durability: .none) }
                ?? MemoryStore()
            var model = WriteModel(try await layout.array(in: store))
            let metadata = model.array.metadata
            for _ in 0..<10 {
                let selection = generator.selection(of: metadata.shape)
                var values = (0..<(selection.elementCount ?? 0)).map { _ in
                    generator.element(of: metadata.dataType)
                }
                switch UInt64.random(in: 0..<5, using: &generator) {
                case 0: values = [metadata.fillValue.bytes]
                case 1: values = [generator.element(of: metadata.dataType)]
                default: break
                }
                guard !values.isEmpty else { continue }
                try await model.write(values, to: selection)
            }
            #expect(try await model.read() == model.elements)
        }
    }
}
