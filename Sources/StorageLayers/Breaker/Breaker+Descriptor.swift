public import Storage

extension LayerDescriptor {
    /// No more calls to storage that fails.
    public static let breaker = LayerDescriptor(
        id: "breaker",
        summary:
            "stops asking storage that fails or is slow, until probes say that it answers again",
        options: [
            OptionDescriptor(
                "failures",
                .text,
                default: "50%",
                help: "share of failed calls that opens it"
            ),
            OptionDescriptor(
                "slow",
                .text,
                default: "80%",
                help: "share of slow calls that opens it"
            ),
            OptionDescriptor(
                "slow_after",
                .duration,
                default: "2s",
                help: "a call that takes longer is slow"
            ),
            OptionDescriptor(
                "window",
                .text,
                default: "20",
                help: "the latest calls that are looked at, or those of a time such as 10s"
            ),
            OptionDescriptor(
                "min_calls",
                .integer,
                default: "10",
                help: "calls without which nothing is decided"
            ),
            OptionDescriptor(
                "open",
                .duration,
                default: "5s",
                help: "how long it is open at first; doubles each time in a row"
            ),
            OptionDescriptor("longest", .duration, default: "60s", help: "longest time open"),
            OptionDescriptor(
                "probes",
                .integer,
                default: "3",
                help: "calls let through to see whether it may close"
            ),
            OptionDescriptor(
                "half_open",
                .duration,
                default: "10s",
                help: "how long these may be on their way"
            ),
            OptionDescriptor("seed", .integer, default: "0", help: "decides the times open"),
        ],
        example: "breaker:failures=50%"
    ) { storage, configuration throws(StorageError) in
        let options = configuration.options
        let seed = UInt64(options.integer("seed") ?? 0)
        let policy = try BreakerPolicy(options)
        return storage.intercepted(by: Breaker(policy, seed: seed, clock: configuration.clock))
    }
}

extension BreakerPolicy {
    /// The policy that options ask for. Throws where one is out of bounds.
    fileprivate init(_ options: OptionValues) throws(StorageError) {
        self.init()
        failures = try Self.share("failures", options)
        slow = try Self.share("slow", options)
        window = try Self.window(options)
        leastCalls = try Self.count("min_calls", options, upTo: 10_000)
        probes = try Self.count("probes", options, upTo: 100)
        slowAfter = try Self.time("slow_after", options)
        open = try Self.time("open", options)
        longestOpen = try Self.time("longest", options)
        probeLimit = try Self.time("half_open", options)
        guard open <= longestOpen else { throw Self.wrong("open cannot be longer than longest") }
    }

    private static func share(
        _ name: String,
        _ options: OptionValues
    ) throws(StorageError) -> Double {
        let text = options.text(name) ?? ""
        let digits = text.hasSuffix("%") ? String(text.dropLast()) : text
        guard let percent = Double(digits), percent > 0, percent <= 100 else {
            throw wrong("\(name) is a share of the calls from above 0 to 100%, not '\(text)'")
        }
        return percent / 100
    }

    private static func window(_ options: OptionValues) throws(StorageError) -> Window {
        let text = options.text("window") ?? ""
        if let count = Int(text), (1...10_000).contains(count) { return .calls(count) }
        let isTime = Int(text) == nil
        if isTime, let time = Quantity.duration(text),
            (.seconds(1)...(.seconds(600))).contains(time)
        {
            return .seconds(Int((time / .seconds(1)).rounded(.up)))
        }
        throw wrong("window is from 1 to 10000 calls, or a time from 1s to 10m, not '\(text)'")
    }

    private static func count(
        _ name: String,
        _ options: OptionValues,
        upTo most: Int
    ) throws(StorageError) -> Int {
        let count = options.integer(name) ?? 0
        guard (1...most).contains(count) else {
            throw wrong("\(name) is from 1 to \(most), not \(count)")
        }
        return count
    }

    private static func time(
        _ name: String,
        _ options: OptionValues
    ) throws(StorageError) -> Duration {
        let time = options.duration(name) ?? .zero
        guard time > .zero, time <= .seconds(86_400) else {
            throw wrong("\(name) is a time of more than 0 and at most a day")
        }
        return time
    }

    private static func wrong(_ message: String) -> StorageError {
        StorageError(.invalidConfiguration, .open, "breaker: \(message)")
    }
}
