import Glibc

/// Waiting on several descriptors at once.
enum Poll {
    /// What became of one descriptor.
    struct State {
        /// There is something to read, or the end of it.
        var isReadable: Bool
        /// The other side is gone.
        var isGone: Bool
    }

    /// Sleeps until one of `descriptors` has something; `nil` if the time ran out. One that is
    /// negative never has.
    static func wait(on descriptors: [Int32], timeout: Duration?) -> [State]? {
        var set = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        let deadline = timeout.map { ContinuousClock.now.advanced(by: $0) }
        while true {
            let wait = deadline.map { milliseconds(until: $0) } ?? -1
            let ready = unsafe poll(&set, nfds_t(set.count), wait)
            if ready == 0 { return nil }
            if ready > 0 { break }
            guard errno == EINTR else {
                return descriptors.map { _ in State(isReadable: false, isGone: true) }
            }
        }
        return set.map {
            State(
                isReadable: $0.revents & Int16(POLLIN) != 0,
                isGone: $0.revents & Int16(POLLHUP | POLLERR | POLLNVAL) != 0
            )
        }
    }

    /// How many bytes can be read at once; 0 at the end.
    static func bytesWaiting(on descriptor: Int32) -> Int {
        var count: Int32 = 0
        let answer = unsafe ioctl(descriptor, UInt(FIONREAD), &count)
        return answer == 0 ? Int(count) : 0
    }

    /// Rounded up, so that a wait is never repeated for a part of a millisecond.
    private static func milliseconds(until deadline: ContinuousClock.Instant) -> Int32 {
        let left = (deadline - .now).components
        guard left.seconds >= 0, left.attoseconds >= 0 else { return 0 }
        let parts = (left.attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
        return Int32(clamping: min(left.seconds, 1 << 20) * 1000 + parts)
    }
}
