/// Which faults happen when: rules, one a line, and a few directives.
///
///     seed 0x7f3a                       # decides every draw
///     workload mixed 10000
///     [slow]  reads c/**  : always      -> delay p50=20ms p99=800ms max=3s
///     [flaky] *     **    : 2%          -> error 503 retry-after=2s
///     [torn]  write c/**  : nth 37      -> torn 60% + crash
///
/// A rule is an optional name in brackets, operations, a pattern of keys, `:`, conditions joined by
/// `and`, `->`, effects joined by `+`. Words after `#` are remarks. `docs/drills.md` has it all.
public struct FaultScript: Hashable, Sendable {
    /// What every draw depends on, where the script says.
    public var seed: UInt64?
    /// How many operations the workload has, where the script says.
    public var operationCount: Int?
    /// The rules, in order. Every rule that matches applies; of several errors the first wins.
    public var rules: [FaultRule]

    /// Makes a script from rules.
    public init(_ rules: [FaultRule] = []) {
        self.rules = rules
    }
}

/// One rule: what happens to which operations on which keys, and when.
public struct FaultRule: Hashable, Sendable {
    /// Its name; rules without one are called by their text.
    public var name: String?
    /// The operations it is about.
    public var operations: Set<FaultOperation>
    /// The keys it is about.
    public var keys: KeyPattern
    /// All of these must hold.
    public var conditions: [FaultCondition]
    /// What happens.
    public var effects: [FaultEffect]
    /// The rule as it was written, without remarks and needless spaces.
    public var text: String

    /// The name, or the text where it has none.
    public var label: String {
        name ?? text
    }
}

/// Why a script cannot be read, and where.
public struct FaultScriptError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong, in one sentence.
    public var message: String
    /// The line, from 1.
    public var line: Int
    /// The character in the line, from 1.
    public var column: Int

    /// Makes an error.
    public init(_ message: String, line: Int, column: Int) {
        self.message = message
        self.line = line
        self.column = column
    }

    /// The place, then the message.
    public var description: String {
        "line \(line), column \(column): \(message)"
    }
}
