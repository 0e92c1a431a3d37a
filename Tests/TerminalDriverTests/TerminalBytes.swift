/// What was sent to a terminal, taken apart as a terminal does it.
struct TerminalBytes {
    /// Which printable scalars there are, by number.
    private(set) var text = Array(repeating: false, count: 0x110000)
    /// Which single controls there are, such as a carriage return.
    private(set) var controls: Set<UInt32> = []
    /// The last bytes of sequences `ESC [ …`.
    private(set) var finals: Set<UInt32> = []
    /// Numbers that choose attributes and colours.
    private(set) var attributes: Set<Int> = []
    /// What is no such thing: cut off, or of a form that only foreign text has.
    private(set) var strange: [String] = []

    init(_ bytes: [UInt8]) {
        add(bytes)
    }

    /// Takes more bytes, from the start of a scalar or sequence.
    mutating func add(_ bytes: [UInt8]) {
        var at = 0
        while at < bytes.count {
            let byte = bytes[at]
            if byte == 0x1B {
                at = sequence(bytes, at + 1)
            } else if byte < 0x20 || byte == 0x7F {
                controls.insert(UInt32(byte))
                at += 1
            } else {
                at = scalar(bytes, at)
            }
        }
    }

    func contains(_ scalar: Unicode.Scalar) -> Bool {
        text[Int(scalar.value)]
    }

    private mutating func scalar(_ bytes: [UInt8], _ at: Int) -> Int {
        let first = bytes[at]
        let length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
        guard at + length <= bytes.count else {
            strange.append("unfinished scalar")
            return bytes.count
        }
        var value = length == 1 ? Int(first) : Int(first) & (0xFF >> (length + 1))
        for next in at + 1..<at + length { value = value << 6 | Int(bytes[next] & 0x3F) }
        text[value] = true
        return at + length
    }

    private mutating func sequence(_ bytes: [UInt8], _ at: Int) -> Int {
        guard at < bytes.count else {
            strange.append("ESC at the end")
            return at
        }
        switch bytes[at] {
        case 0x5B:
            guard let end = bytes[(at + 1)...].firstIndex(where: { $0 >= 0x40 }) else {
                strange.append("unfinished ESC [")
                return bytes.count
            }
            finals.insert(UInt32(bytes[end]))
            if bytes[end] == 0x6D { note(bytes[at + 1..<end]) }
            return end + 1
        case 0x28, 0x29:
            return at + 2
        case 0x3D, 0x3E, 0x37, 0x38, 0x4D:
            return at + 1
        default:
            strange.append("ESC \(bytes[at])")
            return at + 1
        }
    }

    private mutating func note(_ parameters: ArraySlice<UInt8>) {
        for digits in parameters.split(separator: 0x3B, omittingEmptySubsequences: false) {
            attributes.insert(digits.reduce(0) { $0 * 10 + Int($1 & 0x0F) })
        }
    }
}
