internal import JSONValue
internal import Storage
internal import StorageLayers
internal import ZarrModel

/// One drill while it runs: the storage in its layers, the model, the counts and the log.
final class DrillRun {
    let drill: Drill
    let clock = VirtualClock()
    let injector: FaultInjector
    /// What tries again, where the layers have such.
    let retries: [Retry]
    /// Looks whether breakers, where the layers have such, do what they are for.
    let breakerWatch: BreakerWatch
    /// The overlay without faults: the truth.
    let bare: any StorageBackend
    /// The overlay with faults, and layers around them.
    let top: any StorageBackend
    let draw: KeyedDraw
    let chunks: [ChunkIndex]
    /// What each chunk that was touched should hold; `nil` inside is absent.
    var model: [ChunkIndex: [UInt8]?] = [:]
    /// Every chunk that should be listed; `nil` where the array is too long to be listed.
    var listed: Set<ChunkIndex>?
    var found: DrillVerdict
    /// What whoever asks for the chunks must take each for.
    var beliefs: [ChunkIndex: ChunkBelief] = [:]
    /// Chunks of which the last answer was wrong and did not say so.
    var deceived: Set<ChunkIndex> = []
    /// The operation that was performed last.
    private(set) var lastPerformed = Performed()
    private var succeeded = 0
    private var latencies: [Duration] = []
    private var hash = SHA256()

    init(
        _ drill: Drill,
        _ target: DrillTarget,
        _ layers: Drill.Layers,
        logLimit: Int = 0
    ) async throws(StorageError) {
        self.drill = drill
        let clock = clock.storageClock
        injector = FaultInjector(drill.script, seed: drill.seed, clock: clock, logLimit: logLimit)
        let storage = target.overlaid(injector)
        bare = target.array(in: storage.bare)
        let watch = BreakerWatch()
        let faulty = storage.faulty.intercepted(by: watch)
        var layered = try await layers(faulty, clock)
        if drill.hasBreaker, layered.breakers.isEmpty {
            let breaker = Breaker(seed: drill.seed, clock: clock)
            layered = try await layers(faulty.intercepted(by: breaker), clock)
        }
        watch.begin(layered.breakers)
        breakerWatch = watch
        top = target.array(in: layered)
        retries = layered.interceptors.compactMap { $0 as? Retry }
        // Another stream than the faults': which chunk is read says nothing of what fails.
        draw = KeyedDraw(seed: drill.seed ^ 0x6472_696c_6c00_0000)
        chunks = target.chunks(drill.chunkLimit, draw)
        found = DrillVerdict(
            scenario: drill.scenario,
            seed: drill.seed,
            operations: drill.operationCount
        )
    }

    /// Learns what is there before the first fault.
    func prepare() async throws(StorageError) {
        guard bare.capabilities.contains(.list) else { return }
        var indexes: Set<ChunkIndex> = []
        let listing = try await bare.listChunks()
        while let page = try await listing.next() {
            indexes.formUnion(page.entries.map(\.index))
            if indexes.count > drill.listingLimit { return }
        }
        listed = indexes
    }

    /// Adds a line to the log.
    func log(_ line: JSONValue) -> String {
        let text = line.text()
        hash.update(text.utf8)
        hash.update(CollectionOfOne(UInt8(ascii: "\n")))
        return text
    }

    /// Performs operation `number` of the workload and checks what came of it.
    func perform(_ number: Int) async throws(StorageError) -> JSONValue {
        let operation = operation(number)
        let index = chunks[min(chunks.count - 1, Int(unit(number, 2) * Double(chunks.count)))]
        let start = clock.now
        let outcome =
            switch operation {
            case .write: try await write(index, payload(number))
            case .delete: try await delete(index)
            case .list: try await list()
            case .readMetadata: try await readMetadata()
            case .exists: try await exists()
            default: try await read(index)
            }
        let latency = clock.now - start
        latencies.append(latency)
        if outcome.isSuccess { succeeded += 1 }
        let isOfChunk = operation == .read || operation == .write || operation == .delete
        lastPerformed = Performed(
            operation: operation,
            chunk: isOfChunk ? index : nil,
            start: start,
            latency: latency,
            outcome: outcome
        )
        found.count(outcome.finding)
        if outcome.isRefused {
            // Who is refused at once comes back a little later; else time would stand still.
            try await clock.storageClock.pause(Self.refusedPause, before: StorageCall(operation))
        }
        var line: JSONObject = ["n": .integer(number), "op": .string(operation.rawValue)]
        if isOfChunk {
            line["chunk"] = .string(index.description)
        }
        line["t_us"] = .integer(Self.microseconds(start))
        line["us"] = .integer(Self.microseconds(latency))
        line["result"] = .string(outcome.word)
        if let finding = outcome.finding { line["finding"] = .string(finding.rawValue) }
        return .object(line)
    }

    /// How long the workload waits after an operation that a breaker refused.
    private static let refusedPause = Duration.milliseconds(100)

    func verdict() -> DrillVerdict {
        var verdict = found
        let calls = injector.counts
        let failed = calls.failed + calls.unacknowledged
        verdict.attempts = calls.operations
        verdict.retries = retries.reduce(0) { $0 + $1.counts.attempts - $1.counts.calls }
        verdict.availability.backend = Self.share(calls.operations - failed, of: calls.operations)
        verdict.availability.layers = Self.share(succeeded, of: drill.operationCount)
        verdict.breaker = breakerWatch.verdict(mustOpen: drill.hasBreaker)
        verdict.latency = DrillVerdict.Latency(of: latencies)
        verdict.rules = injector.firings.map { DrillVerdict.Rule(name: $0.name, fired: $0.fired) }
        verdict.logSHA256 = hash.finish()
        return verdict
    }

    /// The share of `count` operations that succeeded.
    func share(ofPerformed count: Int) -> Double {
        Self.share(succeeded, of: count)
    }

    // MARK: The workload

    private func operation(_ number: Int) -> StorageOperation {
        switch unit(number, 1) {
        case ..<0.25: .write
        case ..<0.33: .delete
        case ..<0.38: listed == nil ? .read : .list
        case ..<0.46: .readMetadata
        case ..<0.50: .exists
        default: .read
        }
    }

    private func unit(_ number: Int, _ purpose: UInt64) -> Double {
        draw.unit(rule: "workload", .write, key: "", count: number, purpose: purpose)
    }

    /// 1 to 512 bytes that no other operation writes.
    private func payload(_ number: Int) -> [UInt8] {
        let count = 1 + Int(unit(number, 3) * 511)
        var bytes: [UInt8] = []
        var purpose: UInt64 = 16
        while bytes.count < count {
            let bits = draw.bits(rule: "payload", .write, key: "", count: number, purpose: purpose)
            for shift in stride(from: UInt64(0), to: 64, by: 8) {
                bytes.append(UInt8(truncatingIfNeeded: bits >> shift))
            }
            purpose += 1
        }
        return Array(bytes.prefix(count))
    }

    private static func microseconds(_ duration: Duration) -> Int64 {
        let (seconds, attoseconds) = duration.components
        return seconds * 1_000_000 + attoseconds / 1_000_000_000_000
    }

    /// With four digits, so that it reads well and is the same everywhere.
    private static func share(_ part: Int, of whole: Int) -> Double {
        whole == 0 ? 1 : (Double(part) / Double(whole) * 10_000).rounded() / 10_000
    }
}

extension DrillRun {
    /// An operation of the workload that was performed.
    struct Performed {
        var operation = StorageOperation.read
        var chunk: ChunkIndex?
        var start = Duration.zero
        var latency = Duration.zero
        var outcome = DrillOutcome.success()
    }
}
