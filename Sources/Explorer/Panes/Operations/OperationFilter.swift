import ZarrModel

/// Which operations are shown: all words that were typed must hold.
///
/// `error`, `absent`, `done`, `stopped`, `unknown` and `retried` are about how it ended, `>100ms` and `<5ms` about
/// how long it took; any other word stands somewhere in the operation, the key or the error.
struct OperationFilter: Hashable, Sendable {
    /// One word.
    private enum Term: Hashable {
        case outcome(OperationEntry.Outcome)
        case retried
        case unknown
        case slower(Int)
        case quicker(Int)
        case text(String)
    }

    /// As it was typed.
    let text: String
    private let terms: [Term]

    /// Reads what was typed.
    init(_ text: String = "") {
        self.text = text
        terms = text.lowercased().split(separator: " ").map { Self.term(String($0)) }
    }

    /// Whether everything is shown.
    var isEmpty: Bool {
        terms.isEmpty
    }

    /// Whether `entry` is shown.
    func matches(_ entry: OperationEntry) -> Bool {
        terms.allSatisfy { term in
            switch term {
            case .outcome(let outcome): entry.outcome == outcome
            case .retried: entry.retries > 0
            case .unknown: entry.isUnknown
            case .slower(let least): entry.microseconds > least
            case .quicker(let most): entry.microseconds < most
            case .text(let word):
                [entry.operation, entry.key, entry.code, entry.message]
                    .contains { $0.lowercased().mentions(word) }
            }
        }
    }

    private static func term(_ word: String) -> Term {
        switch word {
        case "error", "errors", "failed": return .outcome(.failed)
        case "absent", "missing": return .outcome(.absent)
        case "done", "ok": return .outcome(.done)
        case "stopped": return .outcome(.stopped)
        case "unknown": return .unknown
        case "retried", "retries", "retry": return .retried
        default: break
        }
        if word.hasPrefix(">"), let time = microseconds(word.dropFirst()) { return .slower(time) }
        if word.hasPrefix("<"), let time = microseconds(word.dropFirst()) { return .quicker(time) }
        return .text(word)
    }

    /// `100ms`, `1.5s`, `800us`, `2m`; a bare number is milliseconds.
    private static func microseconds(_ text: Substring) -> Int? {
        let units: [(String, Double)] = [
            ("us", 1), ("µs", 1), ("ms", 1000), ("s", 1e6), ("m", 6e7),
        ]
        let unit = units.first { text.hasSuffix($0.0) }
        let digits = text.dropLast(unit?.0.count ?? 0)
        guard let number = Double(digits), number >= 0 else { return nil }
        let scaled = number * (unit?.1 ?? 1000)
        return scaled < 1e15 ? Int(scaled) : nil
    }
}
