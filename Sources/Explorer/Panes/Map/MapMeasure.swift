/// What the ordinary tiles of a map show.
public enum MapMeasure: String, Hashable, Sendable, CaseIterable {
    case presence, state, size, ratio, age, mean, min, max, nan, constant

    /// The number that it shows; `nil` where it shows states.
    var number: MapNumber? {
        switch self {
        case .presence, .state: nil
        case .size, .ratio: .size
        case .age: .time
        case .mean: .mean
        case .min: .minimum
        case .max: .maximum
        case .nan: .nanShare
        case .constant: .constant
        }
    }

    /// Whether the chunks must be decoded for it.
    public var needsValues: Bool {
        switch self {
        case .presence, .state, .size, .ratio, .age: false
        case .mean, .min, .max, .nan, .constant: true
        }
    }

    /// Whether it is a share from 0 to 1.
    public var isShare: Bool {
        self == .nan || self == .constant
    }

    /// Whether equal steps are equal ratios, unless a person wants it otherwise.
    public var isLogarithmic: Bool {
        self == .size || self == .ratio || self == .age
    }

    /// What it is called.
    public var title: String {
        switch self {
        case .presence: "presence"
        case .state: "state"
        case .size: "stored bytes"
        case .ratio: "ratio"
        case .age: "age"
        case .mean: "mean"
        case .min: "least value"
        case .max: "greatest value"
        case .nan: "NaN share"
        case .constant: "constant"
        }
    }

    /// The next one.
    var next: MapMeasure {
        let all = Self.allCases
        let place = all.firstIndex(of: self) ?? 0
        return all[(place + 1) % all.count]
    }

    /// The command that chooses it.
    var command: Command {
        switch self {
        case .presence: .measurePresence
        case .state: .measureState
        case .size: .measureSize
        case .ratio: .measureRatio
        case .age: .measureAge
        case .mean: .measureMean
        case .min: .measureMinimum
        case .max: .measureMaximum
        case .nan: .measureNaN
        case .constant: .measureConstant
        }
    }

    /// A number of it, for a person.
    public func text(_ number: Double) -> String {
        switch self {
        case .presence, .state: ""
        case .size: Format.bytes(Int(number))
        case .ratio: Format.figures(number) + "×"
        case .age: Format.age(seconds: Int(number))
        case .mean, .min, .max: Format.value(number)
        case .nan, .constant: Format.share(number)
        }
    }
}

extension MapFold.Cell {
    /// The number that the cell shows; `nil` where none is known.
    func number(_ measure: MapMeasure, _ units: MapUnits) -> Double? {
        guard known > 0 else { return nil }
        let mean = sum / Double(known)
        switch measure {
        case .presence, .state: return nil
        case .size, .mean, .nan, .constant: return mean
        case .ratio:
            guard let bytes = units.chunkBytes, mean > 0 else { return nil }
            return Double(bytes) / mean
        case .age:
            guard let now = units.takenAt else { return nil }
            return Swift.max(0, Double(now) - mean)
        case .min: return Double(least)
        case .max: return Double(greatest)
        }
    }
}

/// What numbers of chunks are told against.
struct MapUnits: Hashable, Sendable {
    /// Bytes of a chunk's elements in memory; `nil` where elements vary.
    var chunkBytes: Int?
    /// Seconds since 1970 when the chunks were listed.
    var takenAt: Int?
}
