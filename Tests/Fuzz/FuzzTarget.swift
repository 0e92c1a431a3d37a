/// Something that takes bytes from outside, and what has to hold of it whatever they are.
struct FuzzTarget: Sendable {
    /// How it is chosen: `metadata-v3`, `codec-zstd`.
    let name: String
    /// Inputs to start from, which get past the first checks.
    let seeds: @Sendable () throws -> [[UInt8]]
    /// Words that inputs are made of.
    var words: [String] = []
    /// Makes what runs one input; what it needs is made once.
    let make: @Sendable () throws -> ([UInt8]) -> Void
}

/// Ends the run, with the input kept, unless `condition` holds.
func require(_ condition: Bool, _ rule: @autoclosure () -> String) {
    if !condition { fatalError(rule()) }
}

/// Takes an input apart from its front.
struct InputReader {
    private(set) var rest: ArraySlice<UInt8>

    init(_ input: [UInt8]) {
        rest = input[...]
    }

    /// The next byte, 0 behind the end.
    mutating func byte() -> Int {
        Int(rest.popFirst() ?? 0)
    }

    /// A number in `range`.
    mutating func number(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + byte() % range.count
    }

    /// What is left as text, broken UTF-8 mended.
    var text: String {
        String(decoding: rest, as: UTF8.self)
    }
}
