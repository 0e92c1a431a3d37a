import Explorer
import Storage
import ZarrEngine
import ZarrModel

extension EffectRunner {
    /// Opens a locator beside what is open, and says whether it answers and how fast. Changes nothing.
    func connect(_ locator: String, _ number: Int) async throws -> News {
        var test = ConnectTest(locator) { self.report(number, .connecting($0)) }
        await test.run()
        try Task.checkCancellation()
        return .connected(test.report)
    }
}

/// A few requests to a store that change nothing, with what came of each.
private struct ConnectTest {
    private(set) var report: ConnectReport
    private let tell: @Sendable (ConnectReport) -> Void
    private let clock = ContinuousClock()

    /// How many small requests are made.
    private static let requests = 24
    /// Censuses that take longer are given up.
    private static let patience = Duration.seconds(3)

    init(_ locator: String, _ tell: @escaping @Sendable (ConnectReport) -> Void) {
        report = ConnectReport(locator: locator)
        self.tell = tell
    }

    mutating func run() async {
        let start = clock.now
        do {
            let named = try StoreLocator(report.locator)
            let location = try await Composition.opener.open(named.absolute)
            report.backend = location.backend.id
            report.capabilities = location.storage.capabilities.words
            add("open", .passed, Self.words(clock.now - start))
            let recorder = OperationRecorder { _ in }
            await look(OpenStore(location, recorder: recorder), location)
        } catch {
            add("open", .failed, ToolError(reporting: error).message)
        }
    }

    private mutating func look(_ store: OpenStore, _ location: OpenedLocation) async {
        let start = clock.now
        let path = (try? OpenStore.path(location.node)) ?? .root
        let node = await store.hierarchy.node(at: path)
        if let error = node.error {
            add("node", .failed, error.message)
        } else {
            let version = node.array?.metadata.version ?? node.group?.metadata?.version
            let kind = version.map { "v\($0.rawValue) " } ?? ""
            add("node", .passed, Self.words(clock.now - start) + "   \(kind)\(node.kind)")
        }
        await list(location.storage, path)
        await measure(location.storage, path)
        await compare(store)
    }

    private mutating func list(_ storage: OpenedStorage, _ path: NodePath) async {
        guard storage.capabilities.contains(.list) else {
            add("list", .noticed, "this storage cannot list: nothing can be counted")
            return
        }
        let start = clock.now
        do {
            switch storage {
            case .store(let store):
                let page = try await store.children(StorePrefix(path.keyPrefix)).next()
                let count = (page?.objects.count ?? 0) + (page?.prefixes.count ?? 0)
                let words = Wording.count(count, "name") + " on the first page"
                add("list", .passed, Self.words(clock.now - start) + "   " + words)
            case .array(let array):
                _ = try await array.listChunks().next()
                add("list", .passed, Self.words(clock.now - start))
            }
        } catch {
            add("list", .failed, ToolError(reporting: error).message)
        }
    }

    /// Asks for an object's size again and again: the smallest request there is.
    private mutating func measure(_ storage: OpenedStorage, _ path: NodePath) async {
        var problem: String?
        for _ in 0..<Self.requests {
            guard !Task.isCancelled else { return }
            let start = clock.now
            do {
                switch storage {
                case .store(let store):
                    _ = try await store.info(StorePrefix(path.keyPrefix).key("zarr.json"))
                case .array(let array):
                    _ = try await array.exists()
                }
                report.latencies.append(max(1, Int((clock.now - start) / .microseconds(1))))
            } catch {
                report.failures += 1
                problem = ToolError(reporting: error).message
            }
            if report.latencies.count % 8 == 0 { tell(report) }
        }
        if let problem { add("requests", .failed, problem) }
    }

    /// Whether the censuses that are remembered of this store still hold.
    private mutating func compare(_ store: OpenStore) async {
        let locator = "\(store.location.locator)"
        let known = RecentStores().censuses(of: locator)
        guard !known.isEmpty, store.location.storage.capabilities.contains(.list) else { return }
        let start = clock.now
        var compared = 0
        for census in known where clock.now - start < Self.patience && !Task.isCancelled {
            guard let found = await present(census.path, store, until: start + Self.patience) else {
                continue
            }
            compared += 1
            let more = found - census.counts.present
            guard more != 0 else { continue }
            let words = Wording.count(abs(more), "chunk") + (more > 0 ? " more" : " fewer")
            RecentStores().remember([(census.path, nil)], of: locator)
            add("censuses", .noticed, "stale: \(census.path) has \(words) than when it was counted")
            return
        }
        guard compared > 0 else {
            add("censuses", .noticed, "too many chunks to compare in a few seconds")
            return
        }
        let arrays = compared == known.count ? "all" : "\(compared) of \(known.count)"
        add("censuses", .passed, "\(arrays) compared: nothing changed")
    }

    private func present(
        _ path: String,
        _ store: OpenStore,
        until end: ContinuousClock.Instant
    ) async -> Int? {
        guard let place = try? OpenStore.path(path),
            let array = try? await store.array(at: place),
            let census = try? await array.census(includesInfo: false)
        else { return nil }
        var count = 0
        do {
            while let page = try await census.next() {
                count += page.count
                guard clock.now < end else {
                    census.cancel()
                    return nil
                }
            }
            return count
        } catch {
            return nil
        }
    }

    private mutating func add(_ name: String, _ outcome: ConnectStep.Outcome, _ text: String) {
        report.steps.append(ConnectStep(name, outcome, text))
        tell(report)
    }

    /// `0.42 ms`, `1.20 s`.
    private static func words(_ duration: Duration) -> String {
        let microseconds = Int(duration / .microseconds(1))
        if microseconds < 1_000_000 { return Self.fixed(Double(microseconds) / 1000) + " ms" }
        return Self.fixed(Double(microseconds) / 1_000_000) + " s"
    }

    private static func fixed(_ number: Double) -> String {
        let hundredths = Int((number * 100).rounded())
        let rest = hundredths % 100
        return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
    }
}
