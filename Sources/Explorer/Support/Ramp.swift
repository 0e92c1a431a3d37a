import Canvas

/// Colours from low to high, 16 steps: few enough that a pan costs little on a slow line.
enum Ramp: String, Hashable, Sendable, CaseIterable {
    case cividis, viridis, magma, grey

    /// The next one.
    var next: Ramp {
        let all = Ramp.allCases
        return all[((all.firstIndex(of: self) ?? 0) + 1) % all.count]
    }

    /// The colour of a share from 0 to 1.
    func tint(_ share: Double) -> Tint {
        let steps = Ramp.steps
        let step = max(0, min(steps - 1, Int(share * Double(steps))))
        let low = 40 + step * 12
        return Tint(UInt8(low), UInt8(low), UInt8(max(60, 160 - step * 6)))
    }

    /// Steps of a ramp.
    static let steps = 16
}
