/// Text as bytes, for documents with a line per chunk: a million lines cost no million strings.
struct ByteText {
    private(set) var bytes: [UInt8] = []

    mutating func append(_ text: StaticString) {
        text.withUTF8Buffer { unsafe bytes.append(contentsOf: $0) }
    }

    mutating func append(_ text: String) {
        bytes.append(contentsOf: text.utf8)
    }

    mutating func append(byte: UInt8) {
        bytes.append(byte)
    }

    /// The number in decimal.
    mutating func append(_ number: some BinaryInteger) {
        if let small = UInt8(exactly: number), small < 10 {
            bytes.append(UInt8(ascii: "0") + small)
        } else {
            append(String(number))
        }
    }

    /// The numbers with commas between them.
    mutating func append(list numbers: [Int]) {
        for (place, number) in numbers.enumerated() {
            if place > 0 { bytes.append(UInt8(ascii: ",")) }
            append(number)
        }
    }

    /// Hands the text over when it has grown, or in any case.
    mutating func flush(to output: Output, always: Bool = false) throws(ToolError) {
        guard always || bytes.count > 1 << 15 else { return }
        try output.write(bytes)
        bytes.removeAll(keepingCapacity: true)
    }
}
