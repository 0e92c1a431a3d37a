import Drills
import Explorer

/// The calls of a drill in at most 60 columns of equal width, which doubles when there are more.
struct DrillCourse {
    private(set) var columns: [DrillProgress.Calls] = []
    /// Units in a column.
    private(set) var width: Int

    private static let limit = 60

    init(width: Int) {
        self.width = max(1, width)
    }

    /// Adds the calls of a step that lies at `place`, in units.
    mutating func add(_ calls: DrillStep.Calls, at place: Int) {
        while max(0, place) / width >= Self.limit { halve() }
        let column = max(0, place) / width
        while columns.count <= column { columns.append(.init()) }
        columns[column].add(calls)
    }

    private mutating func halve() {
        width *= 2
        var merged: [DrillProgress.Calls] = []
        for (place, calls) in columns.enumerated() {
            if place.isMultiple(of: 2) {
                merged.append(calls)
            } else {
                merged[place / 2].add(calls)
            }
        }
        columns = merged
    }
}

extension DrillProgress.Calls {
    /// Adds the calls of a step.
    mutating func add(_ calls: DrillStep.Calls) {
        good += calls.good
        failed += calls.failed
        wrong += calls.wrong
        retried += calls.retried
    }

    fileprivate mutating func add(_ other: DrillProgress.Calls) {
        good += other.good
        failed += other.failed
        wrong += other.wrong
        retried += other.retried
    }
}
