import Storage
import StorageBackends
import Testing
import ZarrEngine
import ZarrModel

/// Reading into memory that the caller keeps.
struct BufferReadTests {
    private static func written(_ codecs: String) async throws -> Written {
        try await Written(
            shape: [9, 10],
            chunks: [4, 4],
            codecs: Written.codecs[codecs] ?? codecs,
            skips: { $0 == ChunkIndex([1, 1]) }
        )
    }

    private static func integers(_ buffer: ValueBuffer, _ count: Int) -> [Int] {
        buffer.withBytes { bytes in
            (0..<count).map { place in
                let low = Int(bytes.byte(2 * place)), high = Int(bytes.byte(2 * place + 1))
                return Int(Int16(truncatingIfNeeded: high << 8 | low))
            }
        }
    }

    @Test(arguments: ["raw", "big", "zstd"])
    func `one buffer takes one read after the other, and holds the last`(
        codecs: String
    ) async throws {
        let array = try await Self.written(codecs).array
        let buffer = try #require(ValueBuffer(byteCount: 2 * 90))
        for text in ["[:, :]", "[3:8, 2:9]", "[8, ::-1]", "[:, 4]", "[0:0, :]"] {
            let selection = try Selection(parsing: text).resolve(for: array.metadata)
            let expected = try await array.read(selection)
            let report = try await array.read(selection, into: buffer)
            #expect(report.byteCount == 2 * expected.count)
            #expect(report.absentChunks == expected.absentChunks && report.problems.isEmpty)
            #expect(Self.integers(buffer, expected.count) == expected.integers)
        }
    }

    @Test func `what does not fit is refused, and the buffer stays`() async throws {
        let array = try await Self.written("zstd").array
        let buffer = try #require(ValueBuffer(byteCount: 10))
        let fits = try Selection(parsing: "[0, :5]").resolve(for: array.metadata)
        _ = try await array.read(fits, into: buffer)
        let larger = try Selection(parsing: "[0, :6]").resolve(for: array.metadata)
        let error = await #expect(throws: EngineError.self) {
            try await array.read(larger, into: buffer)
        }
        #expect(error?.code == .tooLarge && Self.integers(buffer, 5) == [0, 1, 2, 3, 4])
        let text = Fixture.v3(
            shape: [2],
            chunks: [2],
            type: "string",
            fill: #""""#,
            codecs: #"["vlen-utf8"]"#
        )
        let texts = try await Fixture.array(Fixture.store(["zarr.json": text]))
        let all = try Selection.all.resolve(for: texts.metadata)
        let refused = await #expect(throws: EngineError.self) {
            try await texts.read(all, into: buffer)
        }
        #expect(refused?.code == .unsupported)
    }

    @Test func `places of a chunk that fails keep what they held, and are told`() async throws {
        let written = try await Self.written("zstd")
        let buffer = try #require(ValueBuffer(byteCount: 2 * 90))
        let all = try Selection.all.resolve(for: written.array.metadata)
        _ = try await written.array.read(all, into: buffer)
        try await written.store.write(StoreKey("c/0/0"), [1, 2, 3])
        var options = ReadOptions()
        options.onProblem = .report
        let report = try await written.array.read(all, into: buffer, options)
        #expect(report.problems.map(\.key) == ["c/0/0"])
        #expect(Self.integers(buffer, 4) == [0, 1, 2, 3])
    }
}

extension RawSpan {
    fileprivate func byte(_ place: Int) -> UInt8 {
        unsafe unsafeLoad(fromByteOffset: place, as: UInt8.self)
    }
}
