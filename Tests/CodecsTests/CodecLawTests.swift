import Codecs
import Testing
import ZarrModel

extension Sample: CustomTestStringConvertible {
    var testDescription: String {
        name
    }
}

/// What holds for every codec.
struct CodecLawTests {
    @Test(arguments: Sample.all)
    func `what was encoded decodes to what it was`(_ sample: Sample) throws {
        let encoded = try sample.encoded()
        let decoder = ChunkDecoder(try sample.chain())
        let expected = try sample.whole()
        #expect(try sample.decode(encoded, with: decoder) == expected)
        #expect(try sample.decode(encoded, with: decoder) == expected, "a second time")
    }

    @Test(arguments: Sample.all)
    func `a chunk that was cut anywhere does not decode`(_ sample: Sample) throws {
        let encoded = try sample.encoded()
        let decoder = ChunkDecoder(try sample.chain())
        for length in 0..<(encoded.count - sample.padding) {
            #expect(throws: CodecError.self, "cut to \(length)") {
                try sample.decode(Array(encoded[..<length]), with: decoder)
            }
        }
    }

    @Test(arguments: Sample.all.filter { !$0.allowsMore })
    func `bytes behind a chunk are an error`(_ sample: Sample) throws {
        let encoded = try sample.encoded()
        let decoder = ChunkDecoder(try sample.chain())
        for more: [UInt8] in [[1], [7, 0, 0, 0], [UInt8](repeating: 0x2c, count: 100)] {
            #expect(throws: CodecError.self) {
                try sample.decode(encoded + more, with: decoder)
            }
        }
    }

    @Test(arguments: Sample.all)
    func `no change of any bit traps, and a checksum notices it`(_ sample: Sample) throws {
        let encoded = try sample.encoded()
        let expected = try sample.whole()
        let decoder = ChunkDecoder(try sample.chain())
        var generator = SeededGenerator(seed: 42)
        var silent = 0
        let bits = 8 * encoded.count
        for round in 0..<bits + 1000 {
            var changed = encoded
            if round < bits {
                changed[round / 8] ^= 1 << (round % 8)
            } else {
                for _ in 0...1 + round % 2 {
                    let place = Int.random(in: 0..<changed.count, using: &generator)
                    changed[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
                }
            }
            guard changed != encoded else { continue }
            do throws(CodecError) {
                if try sample.decode(changed, with: decoder) != expected { silent += 1 }
            } catch {
                #expect(!error.message.isEmpty)
            }
        }
        if sample.isChecked { #expect(silent == 0) }
        #expect(try sample.decode(encoded, with: decoder) == expected, "and the decoder goes on")
    }

    @Test(arguments: Sample.all)
    func `no bytes at random trap`(_ sample: Sample) throws {
        let decoder = ChunkDecoder(try sample.chain())
        let encoded = try sample.encoded()
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<500 {
            let length = Int.random(in: 0...64, using: &generator)
            // A header that is right, so that some get past it.
            let header = Int.random(in: 0...min(24, encoded.count), using: &generator)
            var bytes = Array(encoded[..<header])
            bytes += (0..<length).map { _ in UInt8.random(in: 0...255, using: &generator) }
            _ = try? sample.decode(bytes, with: decoder)
        }
    }

    @Test(arguments: Sample.all)
    func `the stages lead from the encoded to the decoded size`(_ sample: Sample) throws {
        let encoded = try sample.encoded()
        let chain = try sample.chain()
        let reports = ChunkDecoder(chain).stages(of: encoded)
        #expect(reports.map(\.codec) == chain.specs.map(\.name).reversed())
        #expect(reports.allSatisfy { $0.error == nil })
        #expect(reports.first?.bytesIn == encoded.count)
        #expect(reports.last?.bytesOut == (try sample.whole().count))
        for (before, after) in zip(reports, reports.dropFirst()) {
            #expect(before.bytesOut == after.bytesIn)
        }
    }

    @Test(arguments: Sample.all)
    func `a size that is said to be fixed is the size`(_ sample: Sample) throws {
        guard let size = try sample.chain().encodedByteCount else { return }
        #expect(try sample.encoded().count == size)
    }
}

extension ChunkDecoder {
    func stages(of encoded: [UInt8]) -> [StageReport] {
        encoded.withRawBytes { stages(of: $0) }
    }
}
