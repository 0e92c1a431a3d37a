import CCurses
package import Canvas

/// Turns what ncurses reads into keys: mouse reports, pasted text, Alt, and the sequences that it does
/// not know. What is not understood is dropped whole, never passed on as the letters it is made of.
package struct KeyDecoder {
    /// What ncurses hands over: a scalar, or the name of a key.
    package enum Raw: Hashable {
        case character(UInt32)
        case named(Int)
    }

    private enum State {
        case plain
        case escape
        /// After `ESC [` or `ESC O`: what came since.
        case sequence([UInt8])
        /// After `ESC [ <`.
        case mouse([UInt8])
        /// After `ESC [ M`: numbers still without their offset.
        case oldMouse([Int])
        case paste
    }

    /// The most that is kept of one sequence, and of one paste.
    package static let longestSequence = 64
    package static let longestPaste = 1 << 20

    private var state = State.plain
    /// Apart from the state, so that it grows in place.
    private var pasted = ""

    /// Nothing has come yet.
    package init() {}

    /// Takes one more piece and answers the keys that it completes.
    package mutating func decode(_ raw: Raw) -> [Key] {
        switch (state, raw) {
        case (.paste, _):
            return continuePaste(raw)
        case (.plain, .character(27)):
            state = .escape
            return []
        case (.plain, .character(let value)):
            return KeyDecoder.key(value).map { [$0] } ?? []
        case (.escape, .character(let value)):
            return afterEscape(value)
        case (.sequence(let bytes), .character(let value)):
            return continueSequence(bytes, value)
        case (.mouse(let bytes), .character(let value)):
            return continueMouse(bytes, value)
        case (.oldMouse(let values), .character(let value)):
            return continueOldMouse(values, value)
        case (_, .named(let name)):
            let before = flush()
            return before + named(name)
        }
    }

    /// Says that nothing more is there for now: an ESC that waited is the key itself.
    package mutating func flush() -> [Key] {
        switch state {
        case .escape:
            state = .plain
            return [.escape]
        case .sequence(let bytes) where bytes.count == 1:
            state = .plain
            return [.alt(Character(Unicode.Scalar(bytes[0])))]
        default:
            return []
        }
    }

    private mutating func afterEscape(_ value: UInt32) -> [Key] {
        switch value {
        case 27:
            return [.escape]
        case 0x5B, 0x4F:
            state = .sequence([UInt8(value)])
            return []
        default:
            state = .plain
            guard let key = KeyDecoder.key(value) else { return [.escape] }
            if case .character(let character) = key { return [.alt(character)] }
            return [.escape, key]
        }
    }

    private mutating func named(_ name: Int) -> [Key] {
        state = .plain
        switch name {
        case Int(NCX_MOUSE_SGR): state = .mouse([])
        case Int(NCX_MOUSE_X10): state = .oldMouse([])
        case Int(NCX_PASTE_BEGIN): state = .paste
        default: return KeyDecoder.key(named: name).map { [$0] } ?? []
        }
        return []
    }

    private mutating func continuePaste(_ raw: Raw) -> [Key] {
        switch raw {
        case .named(Int(NCX_PASTE_END)):
            state = .plain
            defer { pasted = "" }
            return [.paste(pasted)]
        case .character(let value) where pasted.utf8.count < KeyDecoder.longestPaste:
            guard let scalar = Unicode.Scalar(value) else { return [] }
            pasted.unicodeScalars.append(scalar == "\r" ? "\n" : scalar)
            return []
        default:
            return []
        }
    }

    private mutating func continueSequence(_ bytes: [UInt8], _ value: UInt32) -> [Key] {
        guard value >= 0x20, value < 0x7F, bytes.count < KeyDecoder.longestSequence else {
            state = .plain
            return value == 27 ? decode(.character(27)) : []
        }
        let byte = UInt8(value)
        if bytes.count == 1, bytes[0] == 0x5B, byte == 0x3C {
            state = .mouse([])
            return []
        }
        let isFinal = bytes[0] == 0x4F || byte >= 0x40
        guard isFinal else {
            state = .sequence(bytes + [byte])
            return []
        }
        state = .plain
        let parameters = KeyDecoder.numbers(bytes.dropFirst())
        switch (byte, parameters.first ?? 0) {
        case (0x4D, _) where bytes == [0x5B]: state = .oldMouse([])
        case (0x7E, 200): state = .paste
        default: return KeyDecoder.key(final: byte, parameters).map { [$0] } ?? []
        }
        return []
    }

    private mutating func continueMouse(_ bytes: [UInt8], _ value: UInt32) -> [Key] {
        switch value {
        case 0x4D, 0x6D:
            state = .plain
            let numbers = KeyDecoder.numbers(bytes[...])
            guard numbers.count == 3 else { return [] }
            return KeyDecoder.mouse(numbers, isRelease: value == 0x6D).map { [$0] } ?? []
        case 0x30...0x39, 0x3B:
            guard bytes.count < KeyDecoder.longestSequence else { fallthrough }
            state = .mouse(bytes + [UInt8(value)])
            return []
        default:
            state = .plain
            return []
        }
    }

    private mutating func continueOldMouse(_ values: [Int], _ value: UInt32) -> [Key] {
        let values = values + [Int(value) - 32]
        guard values.count == 3 else {
            state = .oldMouse(values)
            return []
        }
        state = .plain
        let isRelease = values[0] & 3 == 3 && values[0] & 64 == 0
        let button = isRelease ? values[0] & ~3 : values[0]
        return KeyDecoder.mouse([button, values[1], values[2]], isRelease: isRelease).map { [$0] }
            ?? []
    }

    /// Decimal numbers between semicolons; a missing or too long one is 0.
    private static func numbers(_ bytes: ArraySlice<UInt8>) -> [Int] {
        bytes.split(separator: 0x3B, omittingEmptySubsequences: false).map { digits in
            digits.count > 9 ? 0 : digits.reduce(0) { $0 * 10 + Int($1 & 0x0F) }
        }
    }
}
