import Explorer
import Storage
import Synchronization
import ZarrEngine
import ZarrModel

/// What is kept between a plan, its confirmation and its work: the plan that was reviewed, how the chunks
/// were when they were counted, and the questions that wait for an answer.
final class ChangeDesk: Sendable {
    /// A plan that was shown, and not carried out yet.
    struct HeldPlan {
        var id: String
        var request: PlanRequest
        var array: ArrayNode
        /// The store that it is of.
        var store: OpenStore
        var parts: [(action: ChunkAction, change: ChunkChange)]
        var vacuum: VacuumPlan?
        /// Chunks that changed since they were counted.
        var changed: [ZarrEngine::DeletePlan.Item]
        var count: Int
    }

    private struct State {
        var plan: HeldPlan?
        var gates: [Int: FailureGate] = [:]
        var seen: [String: SeenChunks] = [:]
    }

    private let state = Mutex(State())

    /// Keeps the newest plan, in the place of the one before.
    func hold(_ plan: HeldPlan) {
        state.withLock { $0.plan = plan }
    }

    /// The plan of that name; `nil` where there is a newer one.
    func plan(_ id: String) -> HeldPlan? {
        state.withLock { $0.plan?.id == id ? $0.plan : nil }
    }

    /// Forgets the plan: it is being carried out.
    func drop() {
        state.withLock { $0.plan = nil }
    }

    /// The gate of a piece of work, made as it begins.
    func open(_ gate: FailureGate, _ number: Int) {
        state.withLock { $0.gates[number] = gate }
    }

    /// Forgets the gate of work that has ended.
    func closeGate(_ number: Int) {
        state.withLock { $0.gates[number] = nil }
    }

    /// Answers the question of a piece of work.
    func settle(_ number: Int, _ answer: FailureAnswer) {
        state.withLock { $0.gates[number] }?.answer(answer)
    }

    /// Notes how chunks were when they were counted.
    func remember(_ seen: SeenChunks?, of array: String) {
        state.withLock { $0.seen[array] = seen }
    }

    /// How the chunks of an array were when they were counted.
    func seen(_ array: String) -> SeenChunks? {
        state.withLock { $0.seen[array] }
    }

    /// Forgets how chunks were that this program has changed itself.
    func forget(_ chunks: [Int], of array: String) {
        state.withLock { state in
            for chunk in chunks { state.seen[array]?.forget(chunk) }
        }
    }
}

/// Size and time of every chunk of an array as a census saw them, in four bytes each.
struct SeenChunks: Sendable {
    private static let limit = 16 << 20
    private var prints: [UInt32]
    private var hasModified = false
    private var hasSizes = false

    /// Nothing seen of `count` chunks; `nil` for more than 16 million.
    init?(count: Int) {
        guard count <= Self.limit else { return nil }
        prints = Array(repeating: 0, count: count)
    }

    /// Notes what a page of a census says.
    mutating func add(_ page: ZarrEngine::CensusPage) {
        for place in 0..<page.count where prints.indices.contains(page.chunks[place]) {
            let info = page.info(place)
            hasModified = hasModified || info.modified != nil
            hasSizes = hasSizes || info.size != nil
            prints[page.chunks[place]] = Self.print(info.size, info.modified)
        }
    }

    /// Forgets a chunk.
    mutating func forget(_ chunk: Int) {
        if prints.indices.contains(chunk) { prints[chunk] = 0 }
    }

    /// Whether a chunk is not as it was seen. What was not seen has not changed.
    func isChanged(_ chunk: Int, now: ObjectInfo?) -> Bool {
        guard prints.indices.contains(chunk), prints[chunk] != 0 else { return false }
        guard let now else { return true }
        if hasModified, now.modified == nil { return false }
        if hasSizes, now.size == nil { return false }
        return prints[chunk]
            != Self.print(hasSizes ? now.size : nil, hasModified ? now.modified : nil)
    }

    private static func print(_ size: Int?, _ modified: Int64?) -> UInt32 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for word in [UInt64(truncatingIfNeeded: size ?? -1), UInt64(bitPattern: modified ?? .min)] {
            hash = (hash ^ word) &* 0x9e37_79b9_7f4a_7c15
            hash ^= hash >> 32
        }
        return max(1, UInt32(truncatingIfNeeded: hash))
    }
}

/// Holds work up after an object failed, until a person has said what is to become of the rest.
final class FailureGate: Sendable {
    private struct State {
        /// What holds for all that is still to come.
        var lasting: FailureAnswer?
        var isAsking = false
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let ask: @Sendable (ItemFailure) -> Void
    private let stop: @Sendable () -> Void
    private let state = Mutex(State())

    /// Makes a gate that asks with `ask`, and ends the work with `stop`.
    init(
        ask: @escaping @Sendable (ItemFailure) -> Void,
        stop: @escaping @Sendable () -> Void
    ) {
        self.ask = ask
        self.stop = stop
    }

    /// Returns when the work may go on; asks first where something failed.
    func pass(_ failure: ItemFailure?) async {
        var isAsked = failure == nil
        while true {
            let mustAsk = state.withLock { state -> Bool? in
                if state.lasting != nil { return nil }
                if state.isAsking { return false }
                if isAsked { return nil }
                state.isAsking = true
                return true
            }
            guard let mustAsk else { return }
            if mustAsk, let failure {
                isAsked = true
                ask(failure)
            }
            await answered()
        }
    }

    /// Takes a person's answer.
    func answer(_ answer: FailureAnswer) {
        let waiting = state.withLock { state -> [CheckedContinuation<Void, Never>] in
            state.isAsking = false
            if answer != .skip { state.lasting = answer }
            defer { state.waiting = [] }
            return state.waiting
        }
        if answer == .stop { stop() }
        for one in waiting { one.resume() }
    }

    private func answered() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state -> Bool in
                    guard state.isAsking, state.lasting == nil, !Task.isCancelled else {
                        return true
                    }
                    state.waiting.append(continuation)
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            self.answer(.stop)
        }
    }
}
