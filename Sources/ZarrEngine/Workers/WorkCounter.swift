import Synchronization

/// Hands out the numbers `0..<count`, each once, to any number of workers, until it is stopped.
final class WorkCounter: Sendable {
    private let following: Atomic<Int>
    private let stopped = Atomic<Bool>(false)
    private let count: Int

    /// A counter over `0..<count`.
    init(count: Int) {
        self.count = count
        following = Atomic(0)
    }

    /// The next number, or `nil` when all are given out or the work was stopped.
    func next() -> Int? {
        guard !isStopped else { return nil }
        // `count` is far below `Int.max`, so the few extra additions at the end cannot overflow.
        let number = following.add(1, ordering: .relaxed).oldValue
        return number < count ? number : nil
    }

    /// Gives out no more numbers.
    func stop() {
        stopped.store(true, ordering: .releasing)
    }

    /// Whether `stop` was called.
    var isStopped: Bool {
        stopped.load(ordering: .acquiring)
    }
}
