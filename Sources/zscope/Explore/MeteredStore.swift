import Arena
import Storage
import StorageLayers

extension OpenedStorage {
    /// The storage with every operation noted by `recorder`.
    func metered(by recorder: OperationRecorder) -> OpenedStorage {
        let countsRetries = interceptors.contains { $0 is Retry }
        let meter = StorageMeter(recorder: recorder, countsRetries: countsRetries)
        switch self {
        case .store(let store): return .store(Self.metered(store, meter))
        case .array(let array): return .array(MeteredBackend(base: array, meter: meter))
        }
    }

    private static func metered<Base: Store>(_ store: Base, _ meter: StorageMeter) -> any Store {
        MeteredStore(base: store, meter: meter)
    }
}

/// Times operations and notes how they ended.
struct StorageMeter: Sendable {
    let recorder: OperationRecorder
    /// Whether a layer underneath tries again.
    let countsRetries: Bool

    /// Performs `body` and notes what `ending` says of its answer.
    func measure<Answer: Sendable>(
        _ call: OperationRecorder.Call,
        _ ending: (Answer) -> OperationRecorder.Ending,
        _ body: () async throws(StorageError) -> Answer
    ) async throws(StorageError) -> Answer {
        let watch = recorder.begin()
        let tally = countsRetries ? RetryTally() : nil
        do throws(StorageError) {
            let answer = try await counted(tally, body)
            recorder.end(watch, call, ending(answer), retries: tally?.count ?? 0)
            return answer
        } catch {
            recorder.end(watch, call, .failed(error), retries: tally?.count ?? 0)
            throw error
        }
    }

    private func counted<Answer: Sendable>(
        _ tally: RetryTally?,
        _ body: () async throws(StorageError) -> Answer
    ) async throws(StorageError) -> Answer {
        guard let tally else { return try await body() }
        let result: Result<Answer, StorageError> = await RetryTally.$current.withValue(tally) {
            do throws(StorageError) {
                return .success(try await body())
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    /// The same on the thread that calls.
    func measureBlocking<Answer>(
        _ call: OperationRecorder.Call,
        _ ending: (Answer) -> OperationRecorder.Ending,
        _ body: () throws(StorageError) -> Answer
    ) throws(StorageError) -> Answer {
        let watch = recorder.begin()
        do throws(StorageError) {
            let answer = try body()
            recorder.end(watch, call, ending(answer))
            return answer
        } catch {
            recorder.end(watch, call, .failed(error))
            throw error
        }
    }

    /// Performs the beginning of a listing, of which only a failure is noted: its pages come later.
    func opening<Answer>(
        _ call: OperationRecorder.Call,
        _ body: () async throws(StorageError) -> Answer
    ) async throws(StorageError) -> Answer {
        do throws(StorageError) {
            return try await body()
        } catch {
            recorder.end(recorder.begin(), call, .failed(error))
            throw error
        }
    }

    /// How a read ended.
    static func read(_ bytes: [UInt8]?) -> OperationRecorder.Ending {
        bytes.map { .done(bytes: $0.count) } ?? .absent
    }
}

/// A store of which every operation is noted. Blocking stores stay blocking stores.
struct MeteredStore<Base: Store>: Store, Layered {
    let base: Base
    let meter: StorageMeter

    var inner: OpenedStorage { .store(base) }
    var interceptor: (any Interceptor)? { nil }
    var capabilities: Capabilities { base.capabilities }
    var location: String { base.location }

    func read(_ key: StoreKey, _ range: ByteRange) async throws(StorageError) -> [UInt8]? {
        let call = OperationRecorder.Call(operation: .read, key: key.text, range: range)
        return try await meter.measure(call, StorageMeter.read) { () async throws(StorageError) in
            try await base.read(key, range)
        }
    }

    func readWithInfo(
        _ key: StoreKey,
        _ range: ByteRange
    ) async throws(StorageError) -> (bytes: [UInt8], info: ObjectInfo)? {
        let call = OperationRecorder.Call(operation: .read, key: key.text, range: range)
        return try await meter.measure(call, { StorageMeter.read($0?.bytes) }) {
            () async throws(StorageError) in try await base.readWithInfo(key, range)
        }
    }

    func write(_ key: StoreKey, _ bytes: [UInt8]) async throws(StorageError) {
        let call = OperationRecorder.Call(
            operation: .write,
            key: key.text,
            byteCount: bytes.count
        )
        try await meter.measure(call, { _ in .done() }) { () async throws(StorageError) in
            try await base.write(key, bytes)
        }
    }

    func delete(_ key: StoreKey) async throws(StorageError) {
        let call = OperationRecorder.Call(operation: .delete, key: key.text)
        try await meter.measure(call, { _ in .done() }) { () async throws(StorageError) in
            try await base.delete(key)
        }
    }

    func info(_ key: StoreKey) async throws(StorageError) -> ObjectInfo? {
        let call = OperationRecorder.Call(operation: .info, key: key.text)
        return try await meter.measure(call, { $0 == nil ? .absent : .done() }) {
            () async throws(StorageError) in try await base.info(key)
        }
    }

    func list(
        _ prefix: StorePrefix,
        _ options: ListingOptions
    ) async throws(StorageError) -> any Listing<ListingPage> {
        let call = OperationRecorder.Call(operation: .list, key: prefix.description)
        let pages = try await meter.opening(call) { () async throws(StorageError) in
            try await base.list(prefix, options)
        }
        return MeteredListing(base: pages, call: call, meter: meter) { $0.count }
    }

    func children(_ prefix: StorePrefix) async throws(StorageError) -> any Listing<ChildPage> {
        let call = OperationRecorder.Call(operation: .list, key: prefix.description)
        let pages = try await meter.opening(call) { () async throws(StorageError) in
            try await base.children(prefix)
        }
        return MeteredListing(base: pages, call: call, meter: meter) {
            $0.objects.count + $0.prefixes.count
        }
    }

    var leftoverStore: (any LeftoverStore)? {
        base.leftoverStore.map { MeteredLeftovers(base: $0, meter: meter) }
    }
}

extension MeteredStore: BlockingStore where Base: BlockingStore {
    func readBlocking(
        _ key: StoreKey,
        _ range: ByteRange,
        into arena: Arena
    ) throws(StorageError) -> Bool {
        let call = OperationRecorder.Call(operation: .read, key: key.text, range: range)
        return try meter.measureBlocking(call, { $0 ? .done(bytes: arena.count) : .absent }) {
            () throws(StorageError) in try base.readBlocking(key, range, into: arena)
        }
    }

    func readBlockingWithInfo(
        _ key: StoreKey,
        _ range: ByteRange,
        into arena: Arena
    ) throws(StorageError) -> ObjectInfo? {
        let call = OperationRecorder.Call(operation: .read, key: key.text, range: range)
        return try meter.measureBlocking(
            call,
            { $0 == nil ? .absent : .done(bytes: arena.count) }
        ) { () throws(StorageError) in
            try base.readBlockingWithInfo(key, range, into: arena)
        }
    }
}

extension MeteredStore: BlockingWritableStore where Base: BlockingWritableStore {
    func writeBlocking(_ key: StoreKey, _ bytes: RawSpan) throws(StorageError) {
        let call = OperationRecorder.Call(
            operation: .write,
            key: key.text,
            byteCount: bytes.byteCount
        )
        let watch = meter.recorder.begin()
        do throws(StorageError) {
            try base.writeBlocking(key, bytes)
            meter.recorder.end(watch, call, .done())
        } catch {
            meter.recorder.end(watch, call, .failed(error))
            throw error
        }
    }

    func deleteBlocking(_ key: StoreKey) throws(StorageError) {
        let call = OperationRecorder.Call(operation: .delete, key: key.text)
        try meter.measureBlocking(call, { _ in .done() }) { () throws(StorageError) in
            try base.deleteBlocking(key)
        }
    }
}

/// Traces of killed writers, with every request for them noted.
private struct MeteredLeftovers: LeftoverStore {
    let base: any LeftoverStore
    let meter: StorageMeter

    func leftovers(_ prefix: StorePrefix) async throws(StorageError) -> any Listing<ListingPage> {
        let call = OperationRecorder.Call(operation: .list, key: prefix.description)
        let pages = try await meter.opening(call) { () async throws(StorageError) in
            try await base.leftovers(prefix)
        }
        return MeteredListing(base: pages, call: call, meter: meter) { $0.count }
    }

    func removeLeftover(
        _ key: StoreKey,
        unchangedSince moment: Int64
    ) async throws(StorageError) -> Bool {
        let call = OperationRecorder.Call(operation: .delete, key: key.text)
        return try await meter.measure(call, { $0 ? .done() : .absent }) {
            () async throws(StorageError) in
            try await base.removeLeftover(key, unchangedSince: moment)
        }
    }
}

/// A listing of which every page is noted.
struct MeteredListing<Page: Sendable>: Listing {
    let base: any Listing<Page>
    let call: OperationRecorder.Call
    let meter: StorageMeter
    let count: @Sendable (Page) -> Int

    func next() async throws(StorageError) -> Page? {
        let watch = meter.recorder.begin()
        do throws(StorageError) {
            let page = try await base.next()
            meter.recorder.end(watch, call, .done(names: page.map(count) ?? 0))
            return page
        } catch {
            meter.recorder.end(watch, call, .failed(error))
            throw error
        }
    }
}
