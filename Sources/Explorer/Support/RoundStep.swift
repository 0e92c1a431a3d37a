/// Steps between the ticks of an axis: 1, 2 or 5 times a power of ten.
enum RoundStep {
    /// The least such step that is not less than `number`.
    static func atLeast(_ number: Int) -> Int {
        var power = 1
        while true {
            for factor in [1, 2, 5] {
                let (step, isOver) = power.multipliedReportingOverflow(by: factor)
                if isOver { return Int.max }
                if step >= number { return step }
            }
            let (next, isOver) = power.multipliedReportingOverflow(by: 10)
            if isOver { return Int.max }
            power = next
        }
    }

    /// The first multiple of `step` from `start` on. Requires `start >= 0` and `step > 0`.
    static func first(from start: Int, _ step: Int) -> Int {
        let rest = start % step
        let (next, isOver) = start.addingReportingOverflow(rest == 0 ? 0 : step - rest)
        return isOver ? Int.max : next
    }
}
