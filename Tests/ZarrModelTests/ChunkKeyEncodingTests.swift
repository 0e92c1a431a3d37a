import JSONValue
import Testing
import ZarrModel

struct ChunkKeyEncodingTests {
    @Test(arguments: [
        (ChunkKeyEncoding(.default, separator: .slash), [1, 0], "c/1/0"),
        (ChunkKeyEncoding(.default, separator: .dot), [1, 0], "c.1.0"),
        (ChunkKeyEncoding(.v2, separator: .dot), [1, 0], "1.0"),
        (ChunkKeyEncoding(.v2, separator: .slash), [1, 0], "1/0"),
        (ChunkKeyEncoding(.default, separator: .slash), [], "c"),
        (ChunkKeyEncoding(.v2, separator: .dot), [], "0"),
        (ChunkKeyEncoding(.v2, separator: .slash), [12], "12"),
        (ChunkKeyEncoding(.default, separator: .slash, suffix: ".tiff"), [7, 8], "c/7/8.tiff"),
        (ChunkKeyEncoding(.default, separator: .slash, suffix: ".tiff"), [], "c.tiff"),
        (ChunkKeyEncoding(.v2, separator: .dot), [999_999_999_999_999_999], "999999999999999999"),
        (ChunkKeyEncoding(.v2, separator: .dot), [Int.max, 7], "9223372036854775807.7"),
    ])
    func `a key reads back as the chunk it names`(
        encoding: ChunkKeyEncoding,
        coordinates: [Int],
        key: String
    ) {
        let index = ChunkIndex(coordinates)
        #expect(encoding.key(for: index) == key)
        #expect(encoding.parse(Array(key.utf8)[...], rank: coordinates.count) == index)
    }

    @Test(arguments: [
        "", "c", "c/", "c/1", "c/1/", "c//1", "c/1/0/", "c/1/0/0", "c/01/0", "c/1/00", "c/-1/0",
        "c/1.0", "c.1.0", "1/0", "C/1/0", "c/1/0.tmp", "c/ 1/0", "c/1/0x", "c/1/\u{661}",
        "zarr.json", "c/1/9999999999999999999", "c/1/18446744073709551616",
        "c/1/9223372036854775808", "/c/1/0", "c/+1/0",
    ])
    func `what differs in one letter is no chunk key`(key: String) throws {
        let encoding = ChunkKeyEncoding(.default, separator: .slash)
        let grid = try #require(GridShape(counts: [4, 4]))
        #expect(encoding.parse(Array(key.utf8)[...], rank: 2) == nil)
        #expect(encoding.linearIndex(of: Array(key.utf8)[...], in: grid) == .notAChunk)
    }

    @Test(arguments: ["", ".", "0.", ".0", "0..0", "00.0", ".zarray", "0/0", "0.0.0", "c.0.0"])
    func `v2 keys are as strict`(key: String) throws {
        let encoding = ChunkKeyEncoding(.v2, separator: .dot)
        let grid = try #require(GridShape(counts: [4, 4]))
        #expect(encoding.parse(Array(key.utf8)[...], rank: 2) == nil)
        #expect(encoding.linearIndex(of: Array(key.utf8)[...], in: grid) == .notAChunk)
    }

    @Test func `a slice of a longer buffer is read from where it starts`() throws {
        let buffer = Array("xxc/2/3yy".utf8)
        let grid = try #require(GridShape(counts: [4, 5]))
        #expect(ChunkKeyEncoding().linearIndex(of: buffer[2..<7], in: grid) == .inside(13))
        #expect(ChunkKeyEncoding().parse(buffer[2..<7], rank: 2) == ChunkIndex([2, 3]))
    }

    @Test func `a chunk outside the grid is told apart from what is no chunk`() throws {
        let grid = try #require(GridShape(counts: [3, 2]))
        let encoding = ChunkKeyEncoding(.v2, separator: .slash)
        #expect(encoding.linearIndex(of: Array("2/1".utf8)[...], in: grid) == .inside(5))
        #expect(
            encoding.linearIndex(of: Array("3/0".utf8)[...], in: grid)
                == .outside(ChunkIndex([3, 0]))
        )
        #expect(
            encoding.linearIndex(of: Array("0/2".utf8)[...], in: grid)
                == .outside(ChunkIndex([0, 2]))
        )
        let scalar = try #require(GridShape(counts: []))
        #expect(encoding.linearIndex(of: Array("0".utf8)[...], in: scalar) == .inside(0))
        #expect(encoding.linearIndex(of: Array("1".utf8)[...], in: scalar) == .notAChunk)
        let empty = try #require(GridShape(counts: [0]))
        #expect(
            encoding.linearIndex(of: Array("0".utf8)[...], in: empty)
                == .outside(ChunkIndex([0]))
        )
    }

    @Test func `the fast path agrees with keys written for every chunk`() throws {
        for suffix in ["", ".x"] {
            for style in [ChunkKeyEncoding.Style.default, .v2] {
                for separator in [ChunkKeyEncoding.Separator.dot, .slash] {
                    let encoding = ChunkKeyEncoding(style, separator: separator, suffix: suffix)
                    let grid = try #require(GridShape(counts: [11, 3, 12]))
                    for linear in 0..<grid.total {
                        let key = encoding.key(for: grid.index(at: linear))
                        #expect(
                            encoding.linearIndex(of: Array(key.utf8)[...], in: grid)
                                == .inside(linear)
                        )
                    }
                }
            }
        }
    }

    @Test func `metadata names an encoding by an object or by its name alone`() throws {
        func read(_ value: JSONValue) throws -> ChunkKeyEncoding {
            try ChunkKeyEncoding(v3: value, at: "zarr.json#/chunk_key_encoding")
        }
        #expect(try read("default") == ChunkKeyEncoding(.default, separator: .slash))
        #expect(try read("v2") == ChunkKeyEncoding(.v2, separator: .dot))
        #expect(
            try read(["name": "v2", "configuration": ["separator": "/"]])
                == ChunkKeyEncoding(.v2, separator: .slash)
        )
        #expect(
            try read([
                "name": "suffix",
                "configuration": ["suffix": ".zip", "base_encoding": ["name": "v2"]],
            ]) == ChunkKeyEncoding(.v2, separator: .dot, suffix: ".zip")
        )
        for style in [ChunkKeyEncoding.Style.default, .v2] {
            let written = ChunkKeyEncoding(style, separator: .dot, suffix: ".x")
            #expect(try read(written.json) == written)
        }
        #expect(throws: MetadataError.self) { try read(["name": "hilbert"]) }
        #expect(throws: MetadataError.self) {
            try read(["name": "default", "configuration": ["separator": "-"]])
        }
        #expect(throws: MetadataError.self) {
            try read(["name": "default_with_suffix", "configuration": ["suffix": "/../x"]])
        }
    }
}
