import Storage
import Synchronization

/// A clock that notes how long it was asked to wait, and does not wait.
final class Waits: Sendable {
    private let list = Mutex<[Duration]>([])

    var all: [Duration] {
        list.withLock { $0 }
    }

    var clock: StorageClock {
        StorageClock(now: { .zero }, sleep: { time in self.list.withLock { $0.append(time) } })
    }
}
