/// What a watch has found since its last report, and how it goes on.
public struct WatchReport: Hashable, Sendable {
    /// Chunks that came, went (missing) or were written again.
    public var changes = CensusPage()
    /// Chunks that came since the watch began.
    public var appeared = 0
    /// Chunks that went since the watch began.
    public var vanished = 0
    /// Chunks that are there now.
    public var present: Int
    /// Chunks in the grid.
    public var total: Int
    /// Chunks that come in a minute.
    public var perMinute = 0.0
    /// Seconds until everything is there at that rate; `nil` where that cannot be said.
    public var secondsLeft: Int?
    /// Milliseconds since the watch began.
    public var elapsedMilliseconds = 0
    /// How it is known, in a few words.
    public var means = ""
    /// Whether it is the answer to `.unwatch`: what a last listing found.
    public var isLast = false
    /// Why the watch ended by itself; `nil` while it goes on.
    public var problem: String?

    /// Makes a report without changes.
    public init(total: Int, present: Int) {
        self.total = total
        self.present = present
    }
}
