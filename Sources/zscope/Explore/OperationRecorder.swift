import Explorer
import Glibc
import Storage
import StorageLayers
import Synchronization
import ZarrModel

/// Keeps the latest operations of the open store and figures of all of them, in bounded memory, and
/// reports them a few times a second while there are any: without operations nothing ever wakes.
final class OperationRecorder: Sendable {
    /// An operation that has begun.
    struct Watch {
        fileprivate var start: Int
    }

    /// What is done to what.
    struct Call {
        var operation: StorageOperation
        var key = ""
        var range = ByteRange.all
        /// Bytes that go in.
        var byteCount: Int?
    }

    /// How an operation ended.
    enum Ending {
        case done(bytes: Int? = nil, names: Int? = nil)
        case absent
        case failed(StorageError)
    }

    fileprivate struct Record {
        var number: Int
        var start: Int
        var call: Call
        var ending: Ending
        var nanoseconds: Int
        var retries: Int
    }

    fileprivate struct Tally {
        var failed = 0
        var unknown = 0
        var absent = 0
        var retries = 0
        var bytes = 0
        var latencies = LatencyHistogram()
    }

    fileprivate struct State {
        var records: [Record] = []
        var count = 0
        var reported = 0
        var tallies: [StorageOperation: Tally] = [:]
        var total = Tally()
        var seconds = [OperationMeter.Second](repeating: .init(), count: OperationRecorder.span)
        var second = 0
        var inFlight = 0
        var isScheduled = false
        var breakers: [Breaker] = []
        var isBreakerAwaited = false
    }

    /// How many operations are kept.
    static let limit = 4096
    private static let span = 60
    private static let pause = Duration.milliseconds(250)

    private let origin: Int
    private let originMilliseconds: Int64
    private let post: @Sendable (OperationReport) -> Void
    private let state = Mutex(State())

    /// Makes a recorder that brings its reports to `post`, which any thread may call.
    init(post: @escaping @Sendable (OperationReport) -> Void) {
        origin = Self.now()
        let time = WallClock.now()
        originMilliseconds = time.seconds * 1000 + time.nanoseconds / 1_000_000
        self.post = post
    }

    /// Reports with the figures how these stand, which lie around the storage.
    func look(at breakers: [Breaker]) {
        state.withLock { $0.breakers = breakers }
    }

    /// Notes that an operation begins.
    func begin() -> Watch {
        let isFirst = state.withLock { state in
            state.inFlight += 1
            return Self.schedules(&state)
        }
        if isFirst { reportSoon() }
        return Watch(start: Self.now())
    }

    /// Notes how an operation ended.
    func end(_ watch: Watch, _ call: Call, _ ending: Ending, retries: Int = 0) {
        let now = Self.now()
        let nanoseconds = max(0, now - watch.start)
        let second = max(0, now - origin) / 1_000_000_000
        let isFirst = state.withLock { state in
            state.inFlight -= 1
            let record = Record(
                number: state.count,
                start: watch.start - origin,
                call: call,
                ending: ending,
                nanoseconds: nanoseconds,
                retries: retries
            )
            if state.records.count < Self.limit {
                state.records.append(record)
            } else {
                state.records[state.count % Self.limit] = record
            }
            state.count += 1
            state.total.add(record)
            state.tallies[call.operation, default: Tally()].add(record)
            Self.turn(&state, to: second)
            state.seconds[second % Self.span].add(record.isFailed, record.bytes ?? 0)
            return Self.schedules(&state)
        }
        if isFirst { reportSoon() }
    }

    /// Forgets the seconds that have gone out of view.
    private static func turn(_ state: inout State, to second: Int) {
        guard second > state.second else { return }
        let first = max(state.second + 1, second - span + 1)
        for passed in first...second { state.seconds[passed % span] = .init() }
        state.second = second
    }

    private static func schedules(_ state: inout State) -> Bool {
        guard !state.isScheduled else { return false }
        state.isScheduled = true
        return true
    }

    private func reportSoon() {
        Task.detached { [weak self] in
            try? await Task.sleep(for: Self.pause)
            self?.report()
        }
    }

    /// Reports what happened since the last time.
    func report() {
        var report = taken()
        report.meter.breakers = breakerStandings
        post(report)
        awaitBreaker()
    }

    /// How the breakers around the storage stand.
    var breakerStandings: [BreakerStanding] {
        let time = WallClock.now()
        let now = Int(time.seconds) * 1000 + Int(time.nanoseconds) / 1_000_000
        return state.withLock { $0.breakers }.flatMap(\.standings)
            .map { BreakerStanding($0, at: now) }
    }

    /// A breaker that is open does not stay so, also when nothing is asked: then that is told.
    private func awaitBreaker() {
        let waits = state.withLock { $0.breakers }.flatMap(\.standings).map(\.wait)
        guard let wait = waits.filter({ $0 > .zero }).min() else { return }
        let isFirst = state.withLock { state in
            defer { state.isBreakerAwaited = true }
            return !state.isBreakerAwaited
        }
        guard isFirst else { return }
        Task.detached { [weak self] in
            try? await Task.sleep(for: wait + .milliseconds(20))
            self?.state.withLock { $0.isBreakerAwaited = false }
            self?.report()
        }
    }

    /// What happened since the last time, and all of it in figures.
    private func taken() -> OperationReport {
        let (records, meter) = state.withLock { state in
            state.isScheduled = false
            let first = max(state.reported, state.count - Self.limit)
            let records = (first..<state.count).map { state.records[$0 % Self.limit] }
            state.reported = state.count
            return (records, Self.meter(state))
        }
        return OperationReport(meter: meter, entries: records.map(entry))
    }

    private static func meter(_ state: State) -> OperationMeter {
        var meter = OperationMeter()
        meter.total = state.total.kind("")
        meter.kinds = state.tallies.map { $1.kind($0.rawValue) }
            .sorted { ($1.count, $0.operation) < ($0.count, $1.operation) }
        meter.inFlight = state.inFlight
        if state.count > 0 {
            meter.seconds = (1...span).map { state.seconds[(state.second + $0) % span] }
        }
        return meter
    }

    private func entry(_ record: Record) -> OperationEntry {
        let moment = originMilliseconds + Int64(record.start / 1_000_000)
        var entry = OperationEntry(
            number: record.number,
            moment: moment,
            operation: record.call.operation.rawValue,
            key: visible(record.call.key),
            microseconds: record.nanoseconds / 1000
        )
        entry.range = record.call.range.words
        entry.retries = record.retries
        entry.bytes = record.bytes
        switch record.ending {
        case .done(_, let names): entry.names = names
        case .absent: entry.outcome = .absent
        case .failed(let error):
            entry.outcome = record.isStopped ? .stopped : .failed
            entry.isUnknown = record.isUnknown
            entry.code = error.code.rawValue
            entry.message =
                record.isStopped
                ? Self.meaning(ofStop: record)
                : visible(String(error.message.prefix(Self.messageLimit)))
        }
        return entry
    }

    /// What it means that an operation was stopped.
    private static func meaning(ofStop record: Record) -> String {
        record.isUnknown
            ? "stopped on its way: whether it was done is not known"
            : "stopped: nobody waits for the answer any more"
    }

    private static let messageLimit = 300

    /// Nanoseconds since some fixed moment. Every operation asks twice, so it is the cheapest clock.
    private static func now() -> Int {
        var now = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &now)
        return now.tv_sec * 1_000_000_000 + now.tv_nsec
    }
}

extension OperationRecorder.Record {
    fileprivate var isFailed: Bool {
        if case .failed = ending { !isStopped } else { false }
    }

    fileprivate var isStopped: Bool {
        if case .failed(let error) = ending { error.code == .cancelled } else { false }
    }

    /// Whether it was stopped and may have changed something.
    fileprivate var isUnknown: Bool {
        switch call.operation {
        case .write, .delete, .create, .writeMetadata: isStopped
        case .open, .exists, .read, .list, .info, .readMetadata: false
        }
    }

    fileprivate var bytes: Int? {
        if case .done(let bytes?, _) = ending { return bytes }
        return call.byteCount
    }
}

extension OperationRecorder.Tally {
    fileprivate mutating func add(_ record: OperationRecorder.Record) {
        latencies.add(record.nanoseconds)
        retries += record.retries
        bytes += record.bytes ?? 0
        if record.isFailed { failed += 1 }
        if record.isUnknown { unknown += 1 }
        if case .absent = record.ending { absent += 1 }
    }

    fileprivate func kind(_ operation: String) -> OperationMeter.Kind {
        var kind = OperationMeter.Kind(operation)
        kind.count = latencies.count
        kind.failed = failed
        kind.unknown = unknown
        kind.absent = absent
        kind.retries = retries
        kind.bytes = bytes
        kind.p50 = latencies.percentile(0.5) / 1000
        kind.p90 = latencies.percentile(0.9) / 1000
        kind.p99 = latencies.percentile(0.99) / 1000
        kind.longest = latencies.longest / 1000
        return kind
    }
}

extension OperationMeter.Second {
    fileprivate mutating func add(_ isFailed: Bool, _ more: Int) {
        count += 1
        if isFailed { failed += 1 }
        bytes += more
    }
}

extension ByteRange {
    /// Which bytes, in words; empty for the whole object.
    fileprivate var words: String {
        switch self {
        case .all: ""
        case .bounded(let offset, let count):
            "\(offset)..\(offset.addingReportingOverflow(max(1, count) - 1).partialValue)"
        case .from(let offset): "from \(offset)"
        case .suffix(let count): "last \(count)"
        }
    }
}
