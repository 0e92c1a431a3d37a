internal import Glibc
public import Storage
internal import Synchronization

extension LayerDescriptor {
    /// Slowness with a given shape.
    public static let latency = LayerDescriptor(
        id: "latency",
        summary: "makes every operation wait, by a seeded distribution",
        options: [
            OptionDescriptor("p50", .duration, default: "20ms", help: "half wait less than this"),
            OptionDescriptor(
                "p99",
                .duration,
                help: "one in a hundred waits longer; without it, all wait p50"
            ),
            OptionDescriptor("max", .duration, default: "10s", help: "none waits longer"),
            OptionDescriptor("seed", .integer, default: "0", help: "decides who waits how long"),
        ],
        example: "latency:p50=20ms,p99=200ms"
    ) { storage, configuration throws(StorageError) in
        let options = configuration.options
        let p50 = options.duration("p50") ?? .zero
        let p99 = options.duration("p99") ?? p50
        guard p99 >= p50 else {
            throw StorageError(
                .invalidConfiguration,
                .open,
                "latency: p99 cannot be shorter than p50"
            )
        }
        let layer = Latency(
            p50: p50,
            p99: p99,
            max: options.duration("max") ?? .seconds(10),
            seed: UInt64(options.integer("seed") ?? 0),
            clock: configuration.clock
        )
        return storage.intercepted(by: layer)
    }
}

/// Waits before every operation: log-normal through two percentiles, as networks are.
///
/// How long depends on the seed, the operation, the key and how often that operation hit that key.
public final class Latency: Interceptor {
    private let p50: Double
    private let sigma: Double
    private let longest: Double
    private let draw: KeyedDraw
    private let clock: StorageClock
    private let hits = Mutex<[UInt64: Int]>([:])

    /// Makes a layer whose waits have these percentiles; equal ones make every wait `p50`.
    public init(
        p50: Duration,
        p99: Duration,
        max longest: Duration = .seconds(10),
        seed: UInt64 = 0,
        clock: StorageClock = .system
    ) {
        let median = max(0, p50 / .nanoseconds(1))
        self.p50 = median
        // 2.3263 standard deviations above the middle lie 99 %.
        let ratio = median > 0 ? (p99 / .nanoseconds(1)) / median : 1
        sigma = ratio > 1 ? log(ratio) / 2.326_347_874 : 0
        self.longest = max(0, longest / .nanoseconds(1))
        draw = KeyedDraw(seed: seed)
        self.clock = clock
    }

    /// Waits, then goes on.
    public func intercept<Answer: Sendable>(
        _ call: StorageCall,
        _ next: @escaping @Sendable () async throws(StorageError) -> Answer
    ) async throws(StorageError) -> Answer {
        let identity = draw.bits(call.operation, key: call.key, count: 0, purpose: 1)
        let hit = hits.withLock { hits in
            defer { hits[identity, default: 0] += 1 }
            return hits[identity, default: 0]
        }
        try await clock.pause(wait(call, hit), before: call)
        return try await next()
    }

    /// How long the `hit`-th time of `call` waits.
    func wait(_ call: StorageCall, _ hit: Int) -> Duration {
        // Box and Muller: two uniform numbers make a normal one.
        let first = draw.unit(call.operation, key: call.key, count: hit, purpose: 2)
        let second = draw.unit(call.operation, key: call.key, count: hit, purpose: 3)
        let normal = sqrt(-2 * log(1 - first)) * cos(2 * .pi * second)
        let nanoseconds = min(longest, p50 * exp(sigma * normal))
        return .nanoseconds(Int64(nanoseconds))
    }
}
