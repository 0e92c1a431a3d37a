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
    mutating func add(_ calls: DrillProgress.Calls, at place: Int) {
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
