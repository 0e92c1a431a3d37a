/// `text` with everything made visible that could steer a terminal or mislead a reader.
///
/// Whatever comes from a store passes through here before it reaches a screen, standard output as
/// text, or standard error. Control characters, bidirectional controls, invisible characters, line
/// and paragraph separators, private use, unassigned characters, and combining marks after the
/// fourth appear as `\u{1b}`. Plain text stays as it is. O(bytes).
public func visible(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7f }) { return text }
    if text.unicodeScalars.allSatisfy(isPlain) { return text }
    var result = ""
    var marks = 0
    for scalar in text.unicodeScalars {
        marks = isMark(scalar) ? marks + 1 : 0
        if isHidden(scalar) || marks > 4 {
            result += "\\u{" + String(scalar.value, radix: 16) + "}"
        } else {
            result.unicodeScalars.append(scalar)
        }
    }
    return result
}

/// Letters of Latin, dashes, quotes, arrows, signs of mathematics, lines and blocks: what most text is made
/// of, told without a look at the tables of Unicode.
private func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20..<0x7f, 0xa1..<0xad, 0xae..<0x300, 0x2010..<0x2028, 0x2190..<0x2300, 0x2500..<0x25a0:
        true
    default: false
    }
}

private func isMark(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .spacingMark: true
    default: false
    }
}

private func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse,
        .unassigned:
        return true
    case .spaceSeparator:
        return scalar != " "
    default:
        // Fillers and variation selectors take no room; the replacement character stands for bytes
        // that were no text.
        return scalar.properties.isDefaultIgnorableCodePoint || scalar.value == 0xfffd
            || scalar.value == 0x2800
    }
}
