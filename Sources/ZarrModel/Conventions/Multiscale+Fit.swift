/// Whether one level of an image can stand for another one.
public enum LevelFit: Hashable, Sendable {
    /// It is as fine or finer.
    case finer
    /// It is coarser, and so it lies.
    case coarser([LevelAxis])
    /// It cannot, and why.
    case unfit(String)
}

extension Multiscale {
    /// Whether `level`, an array of `shape`, can stand for the finer level `other` of shape `whole`:
    /// by the ratio of their scales, or of their shapes where an array's scale is not said.
    public static func fit(
        _ level: Level,
        _ shape: [Int],
        to other: Level,
        _ whole: [Int]
    ) -> LevelFit {
        guard shape.count == whole.count else {
            return .unfit("it has \(shape.count) dimensions, not \(whole.count)")
        }
        let factors = factors(of: level, shape, to: other, whole)
        guard factors.contains(where: { $0 > 1.001 }) else { return .finer }
        var axes: [LevelAxis] = []
        for axis in whole.indices {
            let found = LevelAxis(whole: whole[axis], length: shape[axis], factor: factors[axis])
            guard let found else {
                let (own, all) = (text(shape), text(whole))
                return .unfit("its shape \(own) does not fit \(all) by \(text(factors))")
            }
            axes.append(found)
        }
        if let axis = moved(level, other, whole.count) {
            return .unfit("it begins elsewhere on dimension \(axis)")
        }
        return .coarser(axes)
    }

    /// Elements of `other` to one of `level` as the scales say; `nil` where they do not.
    public static func factors(of level: Level, to other: Level, rank: Int) -> [Double]? {
        guard level.scale.count == rank, other.scale.count == rank else { return nil }
        let ratios = zip(level.scale, other.scale).map { $0 / $1 }
        return ratios.allSatisfy { $0.isFinite && $0 > 0 } ? ratios : nil
    }

    private static func factors(
        of level: Level,
        _ shape: [Int],
        to other: Level,
        _ whole: [Int]
    ) -> [Double] {
        factors(of: level, to: other, rank: whole.count)
            ?? zip(whole, shape).map { $0 == $1 ? 1 : Double($0) / Double(max(1, $1)) }
    }

    /// The first dimension along which `level` begins more than one of its elements away from where
    /// `other` does. Less than that comes from where in an element its place is said to be.
    private static func moved(_ level: Level, _ other: Level, _ rank: Int) -> Int? {
        guard factors(of: level, to: other, rank: rank) != nil else { return nil }
        func begin(_ level: Level, _ axis: Int) -> Double {
            axis < level.translation.count ? level.translation[axis] : 0
        }
        return (0..<rank).first { axis in
            abs(begin(level, axis) - begin(other, axis)) > abs(level.scale[axis]) * 1.001
        }
    }

    private static func text(_ extents: [Int]) -> String {
        extents.map(String.init).joined(separator: "×")
    }

    private static func text(_ factors: [Double]) -> String {
        factors.map { Int(exactly: $0).map(String.init) ?? "\($0)" }.joined(separator: "×")
    }
}
