import Storage
import StorageBackends
import Testing
import ZarrEngine
import ZarrModel

/// Numbers that are the same in every run.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: Int) {
        state = UInt64(truncatingIfNeeded: seed) &* 0x9e37_79b9_7f4a_7c15
    }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}

/// An array of the engine's beside a plain one in memory that is written in the same way.
struct WriteModel {
    let array: ArrayNode
    /// One byte string for each element, in C order.
    var elements: [[UInt8]]

    init(_ array: ArrayNode) {
        self.array = array
        let count = array.metadata.elementCount ?? 0
        elements = [[UInt8]](repeating: array.metadata.fillValue.bytes, count: count)
    }

    /// Writes the same values to both.
    mutating func write(
        _ new: [[UInt8]],
        to selection: ResolvedSelection,
        _ options: WriteOptions = WriteOptions()
    ) async throws {
        let isOne = new.count == 1
        let values: NewValues =
            switch (array.metadata.dataType.isVariableLength, isOne) {
            case (true, true): .repeatedVariable(new[0])
            case (true, false): .variable(new)
            case (false, true): .repeated(new[0])
            case (false, false): .packed(new.flatMap { $0 })
            }
        try await array.write(values, to: selection, options)
        set(new, to: selection)
    }

    /// Writes values to the plain one alone.
    mutating func set(_ new: [[UInt8]], to selection: ResolvedSelection) {
        let isOne = new.count == 1
        for (number, place) in Self.places(selection, array.metadata.shape).enumerated() {
            elements[place] = isOne ? new[0] : new[number]
        }
    }

    /// The place in C order of every selected element.
    static func places(_ selection: ResolvedSelection, _ shape: [Int]) -> [Int] {
        var places = [0]
        if case .points(let points) = selection.form {
            return (0..<points.count).map { number in
                zip(points.coordinates, shape).reduce(0) { $0 * $1.1 + $1.0[number] }
            }
        }
        for (axis, length) in zip(selection.axes, shape) {
            places = places.flatMap { place in
                (0..<axis.count).map { place * length + axis[$0] }
            }
        }
        return places
    }

    /// What the engine reads of all.
    func read() async throws -> [[UInt8]] {
        let values = try await array.read()
        return (0..<values.count).map { values.element($0) }
    }
}

extension SeededGenerator {
    /// A selection of an array of `shape`, not empty where the array is not.
    mutating func selection(of shape: [Int]) -> ResolvedSelection {
        if !shape.contains(0), !shape.isEmpty, Int.random(in: 0..<6, using: &self) == 0 {
            let count = Int.random(in: 1...20, using: &self)
            let points = shape.map { length in
                (0..<count).map { _ in Int.random(in: 0..<length, using: &self) }
            }
            if let points = ResolvedSelection.Points(points, shape: [count]) {
                return ResolvedSelection(.points(points))
            }
        }
        return ResolvedSelection(
            axes: shape.map { length in
                guard length > 0 else { return .init(start: 0, count: 0) }
                switch UInt64.random(in: 0..<5, using: &self) {
                case 4:
                    let count = Int.random(in: 1...length, using: &self)
                    let positions = (0..<count).map { _ in Int.random(in: 0..<length, using: &self)
                    }
                    return .init(positions: positions)
                case 0: return .init(start: 0, count: length)
                case 1: return .init(start: length - 1, step: -1, count: length)
                default:
                    let start = Int.random(in: 0..<length, using: &self)
                    let step =
                        Int.random(in: 1...3, using: &self) * (Bool.random(using: &self) ? 1 : -1)
                    let most = (step > 0 ? length - 1 - start : start) / abs(step) + 1
                    let count = Int.random(in: 1...most, using: &self)
                    return .init(start: start, step: count == 1 ? 1 : step, count: count)
                }
            }
        )
    }

    /// An element of `type`, of a kind that every codec keeps.
    mutating func element(of type: DataType) -> [UInt8] {
        if type == .bool { return [UInt8.random(in: 0...1, using: &self)] }
        let count = type.byteCount ?? Int.random(in: 0...5, using: &self)
        if type == .string {
            return (0..<count).map { _ in UInt8.random(in: 97...122, using: &self) }
        }
        return (0..<count).map { _ in UInt8.random(in: 0...255, using: &self) }
    }
}
