import Explorer
import StorageLayers

extension BreakerStanding {
    /// How one side of a breaker stands at `now`, in milliseconds of whatever `until` is to be told in.
    init(_ standing: Breaker.Standing, at now: Int) {
        let phase: Phase =
            switch standing.state {
            case .closed: .closed
            case .halfOpen: .halfOpen
            case .open: .open
            }
        self.init(side: standing.side.rawValue, phase: phase)
        until = Int64(now) + Int64((standing.wait / .milliseconds(1)).rounded(.up))
        opened = standing.counts.opened
        refused = standing.counts.refused
        reason = standing.reason
    }
}
