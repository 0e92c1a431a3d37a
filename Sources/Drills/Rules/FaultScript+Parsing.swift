internal import Storage

extension FaultScript {
    /// Reads a script of one or more lines. Throws with line and column where it is none.
    public init(parsing text: String) throws(FaultScriptError) {
        self.init()
        var number = 0
        var names: Set<String> = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            number += 1
            var reader = RuleReader(line, number)
            guard !reader.isAtEnd else { continue }
            guard try !readDirective(&reader) else { continue }
            let rule = try reader.rule()
            guard names.insert(rule.label).inserted else {
                let message = "two rules are called [\(rule.label)]"
                throw FaultScriptError(message, line: number, column: 1)
            }
            rules.append(rule)
        }
    }

    private mutating func readDirective(_ reader: inout RuleReader) throws(FaultScriptError) -> Bool
    {
        switch reader.peek {
        case "seed":
            reader.advance()
            seed = try reader.seed()
        case "clock":
            reader.advance()
            try reader.word(of: ["virtual", "real"], "the clock")
        case "workload":
            reader.advance()
            try reader.word(of: ["mixed"], "the workload")
            operationCount = try reader.count("a number of operations")
        default: return false
        }
        try reader.end()
        return true
    }
}

/// Reads one line, word by word.
struct RuleReader {
    struct Word {
        var text: Substring
        var column: Int
    }

    private let words: [Word]
    private let line: Int
    private let endColumn: Int
    private var position = 0

    /// Splits at spaces. `#` at the start of a word begins a remark; `\` takes the next character
    /// as it is. A `:` at the end of a word, `->` and `+` are words of their own.
    init(_ text: Substring, _ line: Int) {
        self.line = line
        var words: [Word] = []
        var start: Substring.Index?
        var column = 0
        var startColumn = 0
        var isEscaped = false
        for index in text.indices {
            column += 1
            let character = text[index]
            if !isEscaped, character == " " || character == "\t" || character == "\r" {
                if let begin = start {
                    words.append(Word(text: text[begin..<index], column: startColumn))
                }
                start = nil
            } else if start == nil {
                if character == "#" { break }
                start = index
                startColumn = column
            }
            isEscaped = character == "\\" && !isEscaped
        }
        if let begin = start {
            let end = text[begin...].endIndex
            words.append(Word(text: text[begin..<end], column: startColumn))
        }
        endColumn = column + 1
        self.words = words.flatMap(Self.split)
    }

    private static func split(_ word: Word) -> [Word] {
        guard word.text.count > 1, word.text.last == ":", !word.text.hasSuffix("\\:") else {
            return [word]
        }
        let colon = word.text.index(before: word.text.endIndex)
        return [
            Word(text: word.text[..<colon], column: word.column),
            Word(text: word.text[colon...], column: word.column + word.text.count - 1),
        ]
    }

    var isAtEnd: Bool { position >= words.count }

    var peek: Substring? {
        isAtEnd ? nil : words[position].text
    }

    /// The words read since `start`, joined by single spaces.
    func text(since start: Int) -> String {
        words[start..<position].map { String($0.text) }.joined(separator: " ")
    }

    var mark: Int { position }

    mutating func advance() {
        position += 1
    }

    mutating func next(_ what: String) throws(FaultScriptError) -> Substring {
        guard let word = peek else { throw failure("\(what) is missing") }
        advance()
        return word
    }

    /// An error at the word to come, or at the one just read.
    func failure(_ message: String, back: Int = 0) -> FaultScriptError {
        let index = position - back
        let column = words.indices.contains(index) ? words[index].column : endColumn
        return FaultScriptError(message, line: line, column: column)
    }

    func end() throws(FaultScriptError) {
        guard isAtEnd else { throw failure("'\(peek ?? "")' is not expected here") }
    }

    mutating func word(of known: [String], _ what: String) throws(FaultScriptError) {
        let word = try next(what)
        guard known.contains(String(word)) else {
            throw failure(
                "\(what) is one of \(known.joined(separator: ", ")), not '\(word)'",
                back: 1
            )
        }
    }

    mutating func seed() throws(FaultScriptError) -> UInt64 {
        let word = try next("a seed")
        let value = word.hasPrefix("0x") ? UInt64(word.dropFirst(2), radix: 16) : UInt64(word)
        guard let value else { throw failure("'\(word)' is no seed", back: 1) }
        return value
    }

    mutating func count(_ what: String) throws(FaultScriptError) -> Int {
        let word = try next(what)
        guard let value = Int(word), value > 0, value <= 1_000_000_000 else {
            throw failure("'\(word)' is not \(what), from 1 to 1,000,000,000", back: 1)
        }
        return value
    }

    mutating func duration() throws(FaultScriptError) -> Duration {
        let word = try next("a time")
        guard let value = Quantity.duration(String(word)) else {
            throw failure("'\(word)' is no time, such as 20ms or 2s", back: 1)
        }
        return value
    }

    mutating func byteCount(_ what: String) throws(FaultScriptError) -> Int {
        let word = try next(what)
        guard let value = Quantity.byteCount(String(word)) else {
            throw failure("'\(word)' is no number of bytes, such as 64KiB", back: 1)
        }
        return value
    }
}
