import CCurses
import Canvas

extension KeyDecoder {
    /// The key of a scalar that stands alone; `nil` if it is none.
    static func key(_ value: UInt32) -> Key? {
        switch value {
        case 10, 13: return .enter
        case 9: return .tab
        case 8, 127: return .backspace
        case 27: return .escape
        case 0: return .control(" ")
        case 1...26: return Unicode.Scalar(value + 96).map { .control(Character($0)) }
        case 28...31: return Unicode.Scalar(value + 64).map { .control(Character($0)) }
        case 128...159: return nil
        default: return Unicode.Scalar(value).map { .character(Character($0)) }
        }
    }

    /// The key that ncurses knows by name; `nil` if it means nothing here.
    static func key(named name: Int) -> Key? {
        switch Int32(clamping: name) {
        case Int32(NCX_UP): .up
        case Int32(NCX_DOWN): .down
        case Int32(NCX_LEFT): .left
        case Int32(NCX_RIGHT): .right
        case Int32(NCX_HOME): .home
        case Int32(NCX_END): .end
        case Int32(NCX_PAGE_UP): .pageUp
        case Int32(NCX_PAGE_DOWN): .pageDown
        case Int32(NCX_BACKSPACE): .backspace
        case Int32(NCX_DELETE): .delete
        case Int32(NCX_INSERT): .insert
        case Int32(NCX_ENTER): .enter
        case Int32(NCX_BACK_TAB): .backTab
        case Int32(NCX_FUNCTION) + 1...Int32(NCX_FUNCTION) + 63: .function(name - Int(NCX_FUNCTION))
        default: nil
        }
    }

    /// The key of a sequence `ESC [` or `ESC O`, its numbers, and a last byte. Modifiers are dropped.
    static func key(final: UInt8, _ numbers: [Int]) -> Key? {
        switch Character(Unicode.Scalar(final)) {
        case "A": .up
        case "B": .down
        case "C": .right
        case "D": .left
        case "H": .home
        case "F": .end
        case "Z": .backTab
        case "M": .enter
        case "P": .function(1)
        case "Q": .function(2)
        case "R": .function(3)
        case "S": .function(4)
        case "u": key(unified: numbers)
        case "~": key(numbered: numbers.first ?? 0)
        default: nil
        }
    }

    private static func key(numbered number: Int) -> Key? {
        switch number {
        case 1, 7: .home
        case 2: .insert
        case 3: .delete
        case 4, 8: .end
        case 5: .pageUp
        case 6: .pageDown
        case 11...15: .function(number - 10)
        case 17...21: .function(number - 11)
        case 23, 24: .function(number - 12)
        default: nil
        }
    }

    /// `ESC [ scalar ; modifiers u`, as newer terminals send keys that had no sequence.
    private static func key(unified numbers: [Int]) -> Key? {
        guard let first = numbers.first, let value = UInt32(exactly: first) else { return nil }
        let modifiers = max(0, (numbers.count > 1 ? numbers[1] : 1) - 1)
        guard case .character(let character)? = key(value) else { return key(value) }
        if modifiers & 4 != 0 { return .control(character) }
        return modifiers & 2 != 0 ? .alt(character) : .character(character)
    }

    /// A mouse report: button with modifiers, column and row from 1.
    static func mouse(_ numbers: [Int], isRelease: Bool) -> Key? {
        let point = Point(row: max(0, numbers[2] - 1), column: max(0, numbers[1] - 1))
        // 4, 8 and 16 are Shift, Meta and Control.
        switch (numbers[0] & ~28, isRelease) {
        case (0, false): return .mouse(.press, point)
        case (0, true): return .mouse(.release, point)
        case (32, false): return .mouse(.drag, point)
        case (2, false): return .mouse(.secondary, point)
        case (64, _): return .mouse(.wheelUp, point)
        case (65, _): return .mouse(.wheelDown, point)
        default: return nil
        }
    }
}
