import ZarrModel

/// Reads an expression: `or` binds less than `and`, `and` less than `not`.
struct ExpressionParser {
    private let tokens: [ExpressionToken]
    private var next = 0
    private var depth = 0
    private let axes: [String]

    /// More parentheses in each other than these are not read.
    private static let deepest = 32

    private init(_ tokens: [ExpressionToken], _ axes: [String]) {
        self.tokens = tokens
        self.axes = axes
    }

    /// The expression that a text is. Axes have the names given, or `dim0`, `dim1` and so on.
    static func parse(
        _ text: String,
        axes: [String]
    ) throws(ExpressionError) -> ChunkExpression {
        var parser = ExpressionParser(try ExpressionToken.all(of: text), axes)
        let expression = try parser.alternatives()
        guard parser.token.kind == .end else {
            throw parser.error("'and', 'or' or the end is wanted here")
        }
        return expression
    }

    private var token: ExpressionToken {
        tokens[min(next, tokens.count - 1)]
    }

    private func error(_ message: String) -> ExpressionError {
        ExpressionError(at: token.at, message: message)
    }

    private mutating func takes(_ kind: ExpressionToken.Kind) -> Bool {
        guard token.kind == kind else { return false }
        next += 1
        return true
    }

    // MARK: Grammar

    private mutating func alternatives() throws(ExpressionError) -> ChunkExpression {
        var parts = [try conjunction()]
        while takes(.word("or")) { parts.append(try conjunction()) }
        return parts.count == 1 ? parts[0] : .any(parts)
    }

    private mutating func conjunction() throws(ExpressionError) -> ChunkExpression {
        var parts = [try unary()]
        while takes(.word("and")) { parts.append(try unary()) }
        return parts.count == 1 ? parts[0] : .all(parts)
    }

    private mutating func unary() throws(ExpressionError) -> ChunkExpression {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.deepest else { throw error("this is nested too deeply") }
        if takes(.word("not")) { return .not(try unary()) }
        guard takes(.sign("(")) else { return try comparison() }
        let inner = try alternatives()
        guard takes(.sign(")")) else { throw error("')' is wanted here") }
        return inner
    }

    private mutating func comparison() throws(ExpressionError) -> ChunkExpression {
        guard case .word(let name) = token.kind else {
            throw error("a name is wanted here, such as bytes or state")
        }
        if name == "state" {
            next += 1
            return try states()
        }
        if let state = Self.state(name) {
            next += 1
            return .states([state])
        }
        if let flag = ChunkExpression.Flag(rawValue: name) {
            next += 1
            return .flag(flag)
        }
        if let field = Self.field(name) {
            next += 1
            let relation = try relation()
            return .number(field, relation, try number(for: field))
        }
        guard let axis = axis(name) else {
            throw error("'\(visible(name))' is neither an axis nor a word that is known")
        }
        next += 1
        return try place(on: axis)
    }

    private mutating func states() throws(ExpressionError) -> ChunkExpression {
        let relation = try relation()
        guard relation == .equal || relation == .other else {
            next -= 1
            throw error("a state is = or != another")
        }
        var states: Set<ChunkState> = []
        repeat {
            guard case .word(let name) = token.kind, let state = Self.state(name) else {
                throw error("a state is wanted: " + Self.stateWords)
            }
            states.insert(state)
            next += 1
        } while takesStateSeparator()
        return relation == .equal ? .states(states) : .not(.states(states))
    }

    /// Whether another state follows: after a comma, or after `or` if a state stands there.
    private mutating func takesStateSeparator() -> Bool {
        if takes(.sign(",")) { return true }
        guard token.kind == .word("or"), next + 1 < tokens.count,
            case .word(let name) = tokens[next + 1].kind, Self.state(name) != nil
        else { return false }
        next += 1
        return true
    }

    private mutating func place(on axis: Int) throws(ExpressionError) -> ChunkExpression {
        if takes(.word("in")) {
            let low = try whole()
            guard takes(.sign("..")) else { throw error("'..' is wanted: \(axes[axis]) in 3..9") }
            let high = try whole()
            guard low <= high else {
                next -= 1
                throw error("the range ends before it begins")
            }
            return .axisRange(axis, low...high)
        }
        let relation = try relation()
        return .axis(axis, relation, try whole())
    }

    private mutating func relation() throws(ExpressionError) -> ChunkExpression.Relation {
        guard case .sign(let sign) = token.kind,
            let relation = ChunkExpression.Relation(rawValue: sign)
        else { throw error("one of = != < <= > >= is wanted here") }
        next += 1
        return relation
    }

    private mutating func whole() throws(ExpressionError) -> Int {
        guard case .number(let value, let unit) = token.kind, unit.isEmpty,
            let whole = Int(exactly: value), whole >= 0, whole < 1 << 53
        else { throw error("the number of a chunk is wanted here") }
        next += 1
        return whole
    }

    private mutating func number(
        for field: ChunkExpression.Field
    ) throws(ExpressionError) -> Double {
        guard case .number(let value, let unit) = token.kind else {
            throw error("a number is wanted here")
        }
        guard let factor = Self.factor(unit, for: field) else {
            throw error(Self.unitHelp(field))
        }
        next += 1
        guard unit.isEmpty, case .word(let word) = token.kind,
            let spaced = Self.factor(word, for: field)
        else { return value * factor }
        next += 1
        return value * spaced
    }

    // MARK: Words

    private static func state(_ word: String) -> ChunkState? {
        ChunkState.allCases.first { $0.word == word }
    }

    private static var stateWords: String {
        ChunkState.allCases.filter { $0 != .orphan }.map(\.word).joined(separator: " ")
    }

    private static func field(_ word: String) -> ChunkExpression.Field? {
        switch word {
        case "bytes", "size": .bytes
        case "ratio": .ratio
        case "age": .age
        case "mean": .mean
        case "min": .minimum
        case "max": .maximum
        case "nan": .nanShare
        default: nil
        }
    }

    private func axis(_ name: String) -> Int? {
        if let axis = axes.firstIndex(of: name) { return axis }
        guard name.hasPrefix("dim"), let axis = Int(name.dropFirst(3)), axes.indices.contains(axis)
        else { return nil }
        return axis
    }

    private static func factor(_ unit: String, for field: ChunkExpression.Field) -> Double? {
        switch (field, unit.lowercased()) {
        case (_, ""): 1
        case (.bytes, "b"): 1
        case (.bytes, "k"), (.bytes, "kib"): 1024
        case (.bytes, "m"), (.bytes, "mib"): 1024 * 1024
        case (.bytes, "g"), (.bytes, "gib"): 1024 * 1024 * 1024
        case (.bytes, "kb"): 1e3
        case (.bytes, "mb"): 1e6
        case (.bytes, "gb"): 1e9
        case (.ratio, "x"): 1
        case (.nanShare, "%"): 0.01
        case (.age, "s"): 1
        case (.age, "min"): 60
        case (.age, "h"): 3600
        case (.age, "d"): 86400
        case (.age, "w"): 7 * 86400
        case (.age, "y"): 365.25 * 86400
        default: nil
        }
    }

    private static func unitHelp(_ field: ChunkExpression.Field) -> String {
        switch field {
        case .bytes: "bytes are counted in B, KiB, MiB or GiB"
        case .age: "ages are told in s, min, h, d, w or y"
        case .nanShare: "a share is from 0 to 1, or in %"
        case .ratio, .mean, .minimum, .maximum: "this number has no unit"
        }
    }
}
