import Codecs
import JSONValue
import Testing
import ZarrModel

/// The files that numcodecs keeps to notice when a codec changes.
@Suite(.enabled(if: TestFiles.isFolder(TestFiles.suites + "/numcodecs")))
struct NumcodecsSuiteTests {
    static let folder = TestFiles.suites + "/numcodecs"

    private static let fixed = [
        "adler32", "base64", "blosc", "bz2", "crc32", "crc32c",
        "delta/bool", "delta/float32", "delta/float64", "delta/int32", "delta/uint16", "gzip",
        "lz4", "lzma", "packbits", "shuffle", "zlib", "zstd",
    ]

    private static let lossy = ["astype/f", "astype/i", "fixedscaleoffset", "quantize"]
    private static let objects = ["json2", "msgpack2", "vlen-array"]
    private static let items = ["vlen-utf8", "vlen-bytes"]
    private static let others = ["categorize/O", "categorize/U", "zfpy"]

    @Test
    func `every codec of the suite is read, or there is a reason why it is not`() throws {
        let read = Set(
            (Self.fixed + Self.lossy + Self.objects + Self.items + Self.others).map {
                String($0.prefix { $0 != "/" })
            }
        )
        let all = TestFiles.names(in: Self.folder)
        #expect(all.count == 26)
        for name in all where !read.contains(name) {
            #expect(UnreadCodec.find(name, in: .v2)?.reason.isEmpty == false, "\(name)")
            let error = #expect(throws: CodecError.self) {
                try CodecChain(
                    specs: [.bytes(), .v2(name)],
                    shape: [4],
                    type: .integer(.int32)
                )
            }
            #expect(error?.code == .unsupported)
        }
        #expect(all.filter { !read.contains($0) }.sorted() == ["pcodec", "pickle"])
    }

    private static func spec(_ folder: String) throws -> CodecSpec? {
        guard let config = TestFiles.read(folder + "config.json") else { return nil }
        return try CodecSpec(v2: try JSONParser.parse(config).value, at: folder)
    }

    private static func folders(of codec: String) -> [String] {
        (0..<100).map { "\(folder)/\(codec)/codec.\($0 < 10 ? "0" : "")\($0)/" }
            .filter { TestFiles.isFolder($0) }
    }

    @Test(arguments: fixed)
    func `what numcodecs encoded decodes to the array it came from`(_ codec: String) throws {
        let arrays = TestFiles.numbered("\(Self.folder)/\(codec)/array.", ".npy")
        var compared = 0
        for folder in Self.folders(of: codec) {
            let spec = try #require(try Self.spec(folder))
            for (number, encoded) in TestFiles.numbered(folder + "encoded.", ".dat") {
                let file = try #require(arrays.first { $0.number == number })
                let array = try #require(NumPyFile(file.bytes))
                guard array.type != "|O" else { continue }
                let chain = try CodecChain(
                    specs: [.v3("bytes"), spec],
                    shape: [array.payload.count],
                    type: .integer(.uint8)
                )
                let decoded = try ChunkDecoder(chain).decode(encoded)
                #expect(decoded == array.payload, "\(folder)encoded.\(number).dat")
                let again = try ChunkEncoder(chain).encode(decoded)
                #expect(try ChunkDecoder(chain).decode(again) == decoded, "\(folder) \(number)")
                compared += 1
            }
        }
        #expect(compared > 0)
    }

    @Test(arguments: lossy)
    func `what a lossy filter encoded decodes to something that encodes to the same`(
        _ codec: String
    ) throws {
        let arrays = TestFiles.numbered("\(Self.folder)/\(codec)/array.", ".npy")
        var compared = 0
        for folder in Self.folders(of: codec) {
            let spec = try #require(try Self.spec(folder))
            for (number, encoded) in TestFiles.numbered(folder + "encoded.", ".dat") {
                let file = try #require(arrays.first { $0.number == number })
                let array = try #require(NumPyFile(file.bytes))
                let chain = try CodecChain(
                    specs: [.v3("bytes"), spec],
                    shape: [array.payload.count],
                    type: .integer(.uint8)
                )
                let decoded = try ChunkDecoder(chain).decode(encoded)
                #expect(try ChunkEncoder(chain).encode(decoded) == encoded, "\(folder) \(number)")
                #expect(
                    try ChunkEncoder(chain).encode(array.payload) == encoded,
                    "\(folder) \(number)"
                )
                compared += 1
            }
        }
        #expect(compared > 0)
    }

    @Test(arguments: objects)
    func `objects decode, and what they are encoded to decodes to the same`(
        _ codec: String
    ) throws {
        var compared = 0
        for folder in Self.folders(of: codec) {
            let arrays = TestFiles.numbered("\(Self.folder)/\(codec)/array.", ".npy")
            let spec = try #require(try Self.spec(folder))
            for (number, encoded) in TestFiles.numbered(folder + "encoded.", ".dat") {
                let file = try #require(arrays.first { $0.number == number })
                let array = try #require(NumPyFile(file.bytes))
                let chain = try CodecChain(specs: [spec], shape: array.shape, type: .object)
                let decoded = try ChunkDecoder(chain).decodeVariable(encoded)
                let again = try ChunkEncoder(chain).encodeVariable(decoded)
                #expect(
                    try ChunkDecoder(chain).decodeVariable(again) == decoded,
                    "\(folder) \(number)"
                )
                if codec == "vlen-array" { #expect(again == encoded) }
                compared += 1
            }
        }
        #expect(compared > 0)
    }

    @Test(arguments: items)
    func `items of any length decode, and encode to the same bytes`(_ codec: String) throws {
        var compared = 0
        for folder in Self.folders(of: codec) {
            let spec = try #require(try Self.spec(folder))
            for (_, encoded) in TestFiles.numbered(folder + "encoded.", ".dat") {
                let count = encoded.prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
                let chain = try CodecChain(specs: [spec], shape: [count], type: .string)
                let decoded = try ChunkDecoder(chain).decodeVariable(encoded)
                #expect(try ChunkEncoder(chain).encodeVariable(decoded) == encoded)
                compared += 1
            }
        }
        #expect(compared > 0)
    }

    @Test
    func `what zfpy encoded decodes to the array it came from`() throws {
        let arrays = TestFiles.numbered("\(Self.folder)/zfpy/array.", ".npy")
        var compared = 0
        for folder in Self.folders(of: "zfpy") {
            let spec = try #require(try Self.spec(folder))
            for (number, encoded) in TestFiles.numbered(folder + "encoded.", ".dat") {
                let file = try #require(arrays.first { $0.number == number })
                let array = try #require(NumPyFile(file.bytes))
                // These were made of flat arrays, whatever the shape.
                let chain = try CodecChain(
                    specs: [.bytes(), spec],
                    shape: [array.shape.reduce(1, *)],
                    type: try DataTypeV2(.string(array.type), at: "").type
                )
                let decoded = try ChunkDecoder(chain).decode(encoded)
                #expect(decoded == array.payload, "\(folder)encoded.\(number).dat")
                #expect(try ChunkEncoder(chain).encode(decoded) == encoded, "\(folder) \(number)")
                let whole = try CodecChain(
                    specs: [.bytes(), spec],
                    shape: array.shape,
                    type: chain.type
                )
                #expect(try ChunkDecoder(whole).decode(encoded) == decoded)
                compared += 1
            }
        }
        #expect(compared == 32)
    }

    @Test(arguments: ["O", "U"])
    func `labels decode from their numbers, and encode to the same`(_ kind: String) throws {
        var compared = 0
        let arrays = TestFiles.numbered("\(Self.folder)/categorize/\(kind)/array.", ".npy")
        for folder in Self.folders(of: "categorize/" + kind) {
            let spec = try #require(try Self.spec(folder))
            for (number, encoded) in TestFiles.numbered(folder + "encoded.", ".dat") {
                let file = try #require(arrays.first { $0.number == number })
                let array = try #require(NumPyFile(file.bytes))
                let type = try DataTypeV2(.string(array.type), at: "").type
                if kind == "U" {
                    let specs = [.bytes(), spec]
                    let chain = try CodecChain(specs: specs, shape: array.shape, type: type)
                    #expect(try ChunkDecoder(chain).decode(encoded) == array.payload)
                    #expect(try ChunkEncoder(chain).encode(array.payload) == encoded)
                } else {
                    let chain = try CodecChain(specs: [spec], shape: array.shape, type: .string)
                    let texts = try ChunkDecoder(chain).decodeVariable(encoded)
                    #expect(try ChunkEncoder(chain).encodeVariable(texts) == encoded)
                }
                compared += 1
            }
        }
        #expect(compared == 4)
    }
}
