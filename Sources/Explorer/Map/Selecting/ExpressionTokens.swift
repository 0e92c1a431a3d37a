/// Why a text is no expression, and where.
struct ExpressionError: Error, Hashable, Sendable {
    /// The character that it is about.
    var at: Int
    /// What is wrong.
    var message: String
}

/// One word of an expression.
struct ExpressionToken: Hashable, Sendable {
    /// What it is.
    enum Kind: Hashable, Sendable {
        /// A name or a keyword.
        case word(String)
        /// A number, and the unit that is written behind it.
        case number(Double, unit: String)
        /// A sign: `<`, `<=`, `=`, `!=`, `..`, `(`, `)`, `,`.
        case sign(String)
        case end
    }

    var kind: Kind
    /// Where it begins.
    var at: Int

    /// The words of a text. Throws where a character means nothing.
    static func all(of text: String) throws(ExpressionError) -> [ExpressionToken] {
        let characters = Array(text)
        var tokens: [ExpressionToken] = []
        var at = 0
        while at < characters.count {
            let start = at
            let character = characters[at]
            if character.isWhitespace {
                at += 1
            } else if character.isNumber
                || character == "-" && at + 1 < characters.count && characters[at + 1].isNumber
            {
                tokens.append(try number(characters, &at))
            } else if character.isLetter || character == "_" {
                while at < characters.count, isName(characters[at]) { at += 1 }
                tokens.append(.init(kind: .word(String(characters[start..<at])), at: start))
            } else if character == "\"" {
                tokens.append(try quoted(characters, &at))
            } else {
                let pair = String(characters[at..<min(at + 2, characters.count)])
                let sign = ["<=", ">=", "!=", "==", ".."].contains(pair) ? pair : String(character)
                guard sign.count == 2 || "<>=(),".contains(character) else {
                    throw ExpressionError(at: at, message: "'\(character)' means nothing here")
                }
                at += sign.count
                tokens.append(.init(kind: .sign(sign == "==" ? "=" : sign), at: start))
            }
        }
        tokens.append(.init(kind: .end, at: characters.count))
        return tokens
    }

    private static func isName(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || character == "_" || character == "-"
    }

    private static func quoted(
        _ characters: [Character],
        _ at: inout Int
    ) throws(ExpressionError) -> ExpressionToken {
        let start = at
        at += 1
        while at < characters.count, characters[at] != "\"" { at += 1 }
        guard at < characters.count else {
            throw ExpressionError(at: start, message: "the quotation mark is not closed")
        }
        at += 1
        return .init(kind: .word(String(characters[start + 1..<at - 1])), at: start)
    }

    private static func number(
        _ characters: [Character],
        _ at: inout Int
    ) throws(ExpressionError) -> ExpressionToken {
        let start = at
        at += 1
        while at < characters.count {
            let character = characters[at]
            let next = at + 1 < characters.count ? characters[at + 1] : " "
            let isExponent =
                (character == "e" || character == "E")
                && (next.isNumber
                    || (next == "-" || next == "+") && at + 2 < characters.count
                        && characters[at + 2].isNumber)
            if isExponent {
                at += 2
            } else if character.isNumber || character == "." && next != "." {
                at += 1
            } else {
                break
            }
        }
        guard let value = Double(String(characters[start..<at])) else {
            throw ExpressionError(at: start, message: "this is no number")
        }
        let unit = at
        while at < characters.count, characters[at].isLetter || characters[at] == "%" { at += 1 }
        let text = String(characters[unit..<at])
        return .init(kind: .number(value, unit: text), at: start)
    }
}
