public import Storage
internal import Synchronization

extension LayerDescriptor {
    /// What was done, when, how long it took and how it ended.
    public static let journal = LayerDescriptor(
        id: "journal",
        summary: "keeps a log of the latest operations with their times and outcomes",
        options: [
            OptionDescriptor(
                "entries",
                .integer,
                default: "1000",
                help: "how many operations are kept; older ones are dropped"
            )
        ],
        example: "journal:entries=1000"
    ) { storage, configuration in
        let limit = configuration.options.integer("entries") ?? 1000
        return storage.intercepted(by: Journal(limit: limit, clock: configuration.clock))
    }
}

/// A bounded log of operations. Holds no bytes of any object.
///
/// Found on open storage by ``Storage/OpenedStorage/journals``.
public final class Journal: Interceptor {
    /// One operation that ended.
    public struct Entry: Hashable, Sendable {
        /// Its number, from 0; those of dropped entries are missing.
        public var number: Int
        /// What was done. The key is untrusted text.
        public var call: StorageCall
        /// When it began, on the journal's clock.
        public var start: Duration
        /// How long it took.
        public var latency: Duration
        /// How it ended.
        public var outcome: Outcome
    }

    /// How an operation ended.
    public enum Outcome: Hashable, Sendable {
        /// It succeeded; with the bytes that came back, for a read.
        case done(byteCount: Int?)
        /// The object is definitely absent.
        case absent
        /// It failed.
        case failed(StorageError.Code)
    }

    private struct State {
        var entries: [Entry] = []
        /// Where the oldest entry is, once the log is full.
        var oldest = 0
        var count = 0
    }

    /// Entries kept.
    public let limit: Int
    private let clock: StorageClock
    private let state = Mutex(State())

    /// Makes an empty journal of at most `limit` entries (at least one, at most a million).
    public init(limit: Int = 1000, clock: StorageClock = .system) {
        self.limit = min(max(1, limit), 1_000_000)
        self.clock = clock
    }

    /// The latest entries, oldest first.
    public var entries: [Entry] {
        state.withLock { Array($0.entries[$0.oldest...] + $0.entries[..<$0.oldest]) }
    }

    /// How many operations there were, dropped ones included.
    public var count: Int {
        state.withLock { $0.count }
    }

    /// Performs the operation and notes how it ended.
    public func intercept<Answer: Sendable>(
        _ call: StorageCall,
        _ next: @escaping @Sendable () async throws(StorageError) -> Answer
    ) async throws(StorageError) -> Answer {
        let start = clock.now()
        do throws(StorageError) {
            let answer = try await next()
            note(call, start, Self.outcome(answer))
            return answer
        } catch {
            note(call, start, .failed(error.code))
            throw error
        }
    }

    private static func outcome(_ answer: some Sendable) -> Outcome {
        switch answer {
        case let bytes as [UInt8]?: bytes.map { .done(byteCount: $0.count) } ?? .absent
        case let read as ObjectRead?: read.map { .done(byteCount: $0.bytes.count) } ?? .absent
        case let info as ObjectInfo?: info == nil ? .absent : .done(byteCount: nil)
        case let document as MetadataDocument?:
            document.map { .done(byteCount: $0.bytes.count) } ?? .absent
        default: .done(byteCount: nil)
        }
    }

    private func note(_ call: StorageCall, _ start: Duration, _ outcome: Outcome) {
        let latency = clock.now() - start
        state.withLock { state in
            let entry = Entry(
                number: state.count,
                call: call,
                start: start,
                latency: latency,
                outcome: outcome
            )
            state.count += 1
            if state.entries.count < limit {
                state.entries.append(entry)
            } else {
                state.entries[state.oldest] = entry
                state.oldest = (state.oldest + 1) % limit
            }
        }
    }
}

extension OpenedStorage {
    /// The journals around the storage, outermost first.
    public var journals: [Journal] {
        interceptors.compactMap { $0 as? Journal }
    }
}
