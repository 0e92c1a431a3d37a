internal import Glibc

/// The time of day, for names and records that people read; never for measuring how long something took.
package enum WallClock {
    /// Seconds since 1970, and the nanoseconds of the second that has begun (0 to 999,999,999).
    package static func now() -> (seconds: Int64, nanoseconds: Int64) {
        var now = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &now)
        return (Int64(now.tv_sec), Int64(now.tv_nsec))
    }
}
