/// What one step of a datetime or timedelta is, as NumPy names it.
public enum TimeUnit: String, Hashable, Sendable, CaseIterable {
    case generic
    case year = "Y"
    case month = "M"
    case week = "W"
    case day = "D"
    case hour = "h"
    case minute = "m"
    case second = "s"
    case millisecond = "ms"
    case microsecond = "us"
    case nanosecond = "ns"
    case picosecond = "ps"
    case femtosecond = "fs"
    case attosecond = "as"

    /// Reads a name; `μs` and `µs` are microseconds as well.
    public init?(name: String) {
        switch name {
        case "\u{3bc}s", "\u{b5}s": self = .microsecond
        default: self.init(rawValue: name)
        }
    }
}
