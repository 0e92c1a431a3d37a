/// Text on the way to the clipboard of the machine that shows the terminal (OSC 52).
package enum Clipboard {
    /// The most bytes of text; terminals drop longer sequences.
    package static let longest = 74_000

    /// The bytes to write; `nil` if the text is too long. tmux passes them on only in an envelope.
    package static func sequence(_ text: String, inTmux: Bool) -> [UInt8]? {
        guard text.utf8.count <= longest else { return nil }
        let plain = Array("\u{1b}]52;c;".utf8) + base64(Array(text.utf8)) + [7]
        guard inTmux else { return plain }
        let envelope = Array("\u{1b}Ptmux;\u{1b}".utf8) + plain + Array("\u{1b}\\".utf8)
        return plain + envelope
    }

    static func base64(_ bytes: [UInt8]) -> [UInt8] {
        let signs = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var result: [UInt8] = []
        result.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let value = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
            for index in 0..<4 {
                let isUsed = index <= group.count
                result.append(isUsed ? signs[value >> (18 - 6 * index) & 63] : UInt8(ascii: "="))
            }
        }
        return result
    }
}
