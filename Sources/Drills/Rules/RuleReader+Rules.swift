internal import Storage

extension RuleReader {
    /// A whole rule.
    mutating func rule() throws(FaultScriptError) -> FaultRule {
        let start = mark
        let name = try ruleName()
        let operations = try operations()
        let keys = KeyPattern(String(try next("a pattern of keys")))
        guard try next("':' after the keys") == ":" else {
            throw failure("':' follows the keys", back: 1)
        }
        var conditions = [try condition()]
        while peek == "and" {
            advance()
            conditions.append(try condition())
        }
        guard try next("'->' after the conditions") == "->" else {
            throw failure("'and' or '->' follows a condition", back: 1)
        }
        var effects = [try effect()]
        while peek == "+" {
            advance()
            effects.append(try effect())
        }
        try end()
        return FaultRule(
            name: name,
            operations: operations,
            keys: keys,
            conditions: conditions,
            effects: effects,
            text: text(since: start)
        )
    }

    private mutating func ruleName() throws(FaultScriptError) -> String? {
        guard let word = peek, word.hasPrefix("[") else { return nil }
        advance()
        let name = word.dropFirst().dropLast()
        guard word.hasSuffix("]"), !name.isEmpty,
            name.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f && $0 != UInt8(ascii: "]") })
        else { throw failure("a name is letters in brackets, such as [slow]", back: 1) }
        return String(name)
    }

    mutating func operations() throws(FaultScriptError) -> Set<FaultOperation> {
        let word = try next("an operation")
        var operations: Set<FaultOperation> = []
        for part in word.split(separator: ",", omittingEmptySubsequences: false) {
            guard let known = FaultOperation.set(named: part) else {
                let names = FaultOperation.allCases.map(\.rawValue).joined(separator: ", ")
                throw failure(
                    "no operation is called '\(part)'; there are: \(names), reads, writes, *",
                    back: 1
                )
            }
            operations.formUnion(known)
        }
        return operations
    }

    private mutating func condition() throws(FaultScriptError) -> FaultCondition {
        let word = try next("a condition")
        switch word {
        case "always": return .always
        case "once": return .nth(1...1)
        case "every": return .every(try count("a number of calls"))
        case "nth": return .nth(try ordinals())
        case "burst":
            let count = try count("a number of calls")
            try self.word(of: ["of"], "the word after a burst")
            let period = try self.count("a number of calls")
            guard count <= period else {
                throw failure("a burst is not longer than its period", back: 1)
            }
            return .burst(count: count, period: period)
        case "after":
            return .after(try operations(), KeyPattern(String(try next("a pattern of keys"))))
        default: break
        }
        if let share = Self.share(word) { return .share(share) }
        if let window = Self.window(word) { return .window(window) }
        throw failure(
            "'\(word)' is no condition; there are: always, once, P%, nth A[..B], every N, "
                + "T1..T2, after OPS KEY, burst N of M",
            back: 1
        )
    }

    private mutating func ordinals() throws(FaultScriptError) -> ClosedRange<Int> {
        let word = try next("a number of a call")
        let bounds = Self.bounds(word) ?? (word, word)
        guard let first = Int(bounds.0), let last = Int(bounds.1), first > 0, first <= last else {
            throw failure("'\(word)' is no number of a call, such as 37 or 3..9", back: 1)
        }
        return first...last
    }

    /// `P%`.
    static func share(_ word: Substring) -> Double? {
        guard word.hasSuffix("%"), let number = Double(word.dropLast()), number >= 0, number <= 100,
            word.utf8.dropLast().allSatisfy({
                ($0 >= 0x30 && $0 <= 0x39) || $0 == UInt8(ascii: ".")
            })
        else { return nil }
        return number / 100
    }

    private static func window(_ word: Substring) -> Range<Duration>? {
        guard let (first, last) = bounds(word), let from = Quantity.duration(String(first)),
            let to = Quantity.duration(String(last)), from < to
        else { return nil }
        return from..<to
    }

    /// What stands before and after the first `..`.
    static func bounds(_ word: Substring) -> (Substring, Substring)? {
        guard let points = word.indices.first(where: { word[$0...].hasPrefix("..") }) else {
            return nil
        }
        let (before, after) = (word[..<points], word[points...].dropFirst(2))
        return before.isEmpty || after.isEmpty ? nil : (before, after)
    }
}
