internal import Storage

extension RuleReader {
    /// One effect with its arguments.
    mutating func effect() throws(FaultScriptError) -> FaultEffect {
        let word = try next("an effect")
        switch word {
        case "error": return .error(try error())
        case "delay": return .delay(try delay())
        case "hang": return .hang
        case "drip", "rate": return .rate(try rate())
        case "cut": return .cut(try portion())
        case "reset": return .reset(try portion())
        case "torn": return .torn(try portion())
        case "flip": return .flip(try bitCount())
        case "zero": return .zero(try byteRange())
        case "pad": return .pad(try byteCount("how much to pad"))
        case "swap": return .swap(String(try next("a key")))
        case "bomb": return .bomb(try byteCount("how many zeros"))
        case "dropack": return .dropAcknowledgement
        case "dup": return .duplicate(try count("how often"))
        case "hide": return .hide
        case "ghost": return .ghost(String(try next("a key")))
        case "page": return .page(try pageShare())
        case "quota": return .quota(try byteCount("a quota"))
        case "crash": return .crash
        default:
            throw failure(
                "'\(word)' is no effect; there are: error, delay, hang, drip, rate, cut, reset, torn, "
                    + "flip, zero, pad, swap, bomb, dropack, dup, hide, ghost, page, quota, crash",
                back: 1
            )
        }
    }

    private mutating func error() throws(FaultScriptError) -> FaultError {
        let word = try next("what the error is")
        guard var error = FaultError(String(word)) else {
            throw failure(
                "no error is called '\(word)'; there are: \(FaultError.words.joined(separator: ", "))",
                back: 1
            )
        }
        if let option = peek, option.hasPrefix("retry-after=") {
            advance()
            error.retryAfter = try time(option.dropFirst("retry-after=".count))
        }
        return error
    }

    private func time(_ text: Substring) throws(FaultScriptError) -> Duration {
        guard let time = Quantity.duration(String(text)) else {
            throw failure("'\(text)' is no time, such as 20ms or 2s", back: 1)
        }
        return time
    }

    /// `20ms`, `10ms..50ms`, `p50=20ms [p99=800ms] [max=3s]`.
    private mutating func delay() throws(FaultScriptError) -> DelayDistribution {
        let word = try next("a time")
        if word.hasPrefix("p50=") {
            let p50 = try time(word.dropFirst(4))
            var p99 = p50
            var longest = Duration.seconds(60)
            while let option = peek, option.hasPrefix("p99=") || option.hasPrefix("max=") {
                advance()
                let value = try time(option.dropFirst(4))
                if option.hasPrefix("p99=") { p99 = value } else { longest = value }
            }
            guard p50 <= p99, p50 <= longest else {
                throw failure("p50 is not above p99 and max", back: 1)
            }
            return .percentiles(p50: p50, p99: p99, max: longest)
        }
        if let (first, last) = Self.bounds(word) {
            let range = (try time(first), try time(last))
            guard range.0 < range.1 else {
                throw failure("the first time is the shorter one", back: 1)
            }
            return .uniform(range.0..<range.1)
        }
        return .fixed(try time(word))
    }

    /// `60%` or `1KiB`.
    private mutating func portion() throws(FaultScriptError) -> Portion {
        let word = try next("where")
        if let share = Self.share(word) { return .share(share) }
        guard let bytes = Quantity.byteCount(String(word)) else {
            throw failure("'\(word)' is no place, such as 60% or 1KiB", back: 1)
        }
        return .bytes(bytes)
    }

    /// `1MiB`, also `1MiB/s`.
    private mutating func rate() throws(FaultScriptError) -> Int {
        let word = try next("a rate")
        let text = word.hasSuffix("/s") ? word.dropLast(2) : word
        guard let bytes = Quantity.byteCount(String(text)), bytes > 0 else {
            throw failure("'\(word)' is no rate, such as 1MiB (a second)", back: 1)
        }
        return bytes
    }

    /// `3`, `1bit`, `2bits`, `1byte`.
    private mutating func bitCount() throws(FaultScriptError) -> Int {
        let word = try next("how many bits")
        let digits = word.prefix { $0.isASCII && $0.isNumber }
        let units = ["": 1, "bit": 1, "bits": 1, "byte": 8, "bytes": 8]
        guard let number = Int(digits), (1...1_000_000).contains(number),
            let unit = units[String(word.dropFirst(digits.count))]
        else { throw failure("'\(word)' is no number of bits, such as 1bit", back: 1) }
        return number * unit
    }

    /// `0..4KiB`, or `4KiB` from the start.
    private mutating func byteRange() throws(FaultScriptError) -> Range<Int> {
        let word = try next("a range of bytes")
        let (first, last) = Self.bounds(word) ?? ("0", word)
        guard let start = Quantity.byteCount(String(first)),
            let end = Quantity.byteCount(String(last)),
            start < end
        else { throw failure("'\(word)' is no range of bytes, such as 0..4KiB", back: 1) }
        return start..<end
    }

    private mutating func pageShare() throws(FaultScriptError) -> Double {
        let word = try next("a share")
        guard let share = Self.share(word) else {
            throw failure("'\(word)' is no share, such as 50%", back: 1)
        }
        return share
    }
}
