import JSONValue
import Testing

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

struct JSONMutationTests {
    private static let documents = [
        #"{"zarr_format":3,"shape":[10,20],"fill_value":"NaN","attributes":{"é":[1e5,-0.5,null]}}"#,
        #"[[[["\ud83d\ude00\\\"\n"]]],{"a":{"b":{"c":true}}},[],{},0,-12.25E+10]"#,
        "\u{feff}{\"a\":NaN,\"a\":-Infinity}",
    ]

    @Test(arguments: 0..<8)
    func `no bytes trap the reader, and what it accepts reads back the same`(seed: UInt64) throws {
        var generator = SeededGenerator(state: seed)
        for _ in 0..<4000 {
            var bytes = Array((Self.documents.randomElement(using: &generator) ?? "").utf8)
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                mutate(&bytes, &generator)
            }
            for mode in [JSONParser.Mode.strict, .lenient] {
                guard let document = try? JSONParser.parse(bytes, mode: mode) else { continue }
                let again = try JSONParser.parse(Array(document.value.text().utf8), mode: mode)
                #expect(again.value == document.value)
            }
        }
    }

    private func mutate(_ bytes: inout [UInt8], _ generator: inout SeededGenerator) {
        guard let position = bytes.indices.randomElement(using: &generator) else { return }
        switch Int.random(in: 0..<5, using: &generator) {
        case 0: bytes[position] = UInt8.random(in: 0...255, using: &generator)
        case 1: bytes.remove(at: position)
        case 2:
            bytes.insert(
                Array("{}[]\",:\\u09.eE-+NIt".utf8).randomElement(using: &generator) ?? 0,
                at: position
            )
        case 3: bytes.removeLast(bytes.count - position)
        default: bytes += bytes[position...]
        }
    }
}
