import ZarrModel

/// Which chunks a person means: `bytes < 40`, `state = short or corrupt`, `t in 3..9 and x = 0`.
indirect enum ChunkExpression: Hashable, Sendable {
    /// A number of a chunk.
    enum Field: Hashable, Sendable {
        case bytes, ratio, age, mean, minimum, maximum, nanShare

        /// Whether only decoding tells it; then it is known to seven figures.
        var isFigure: Bool {
            [.mean, .minimum, .maximum, .nanShare].contains(self)
        }
    }

    /// How two numbers compare.
    enum Relation: String, Hashable, Sendable {
        case less = "<"
        case atMost = "<="
        case more = ">"
        case atLeast = ">="
        case equal = "="
        case other = "!="

        func holds(_ left: Double, _ right: Double) -> Bool {
            switch self {
            case .less: left < right
            case .atMost: left <= right
            case .more: left > right
            case .atLeast: left >= right
            case .equal: left == right
            case .other: left != right
            }
        }
    }

    /// Something that holds of a chunk or does not.
    enum Flag: String, Hashable, Sendable, CaseIterable {
        case finding, anomaly, partial, slow, verified, marked, constant
    }

    case all([ChunkExpression])
    case any([ChunkExpression])
    case not(ChunkExpression)
    case states(Set<ChunkState>)
    case flag(Flag)
    case number(Field, Relation, Double)
    case axis(Int, Relation, Int)
    case axisRange(Int, ClosedRange<Int>)

    /// Whether it asks for what only decoding tells.
    var needsValues: Bool {
        switch self {
        case .all(let parts), .any(let parts): parts.contains(where: \.needsValues)
        case .not(let part): part.needsValues
        case .number(let field, _, _): field.isFigure
        case .flag(let flag): flag == .constant
        case .states, .axis, .axisRange: false
        }
    }

    // MARK: Holding

    /// Whether it holds of a chunk. What is not known of a chunk compares with nothing.
    func holds(_ index: Int, _ census: Census, _ units: MapUnits) -> Bool {
        switch self {
        case .all(let parts): parts.allSatisfy { $0.holds(index, census, units) }
        case .any(let parts): parts.contains { $0.holds(index, census, units) }
        case .not(let part): !part.holds(index, census, units)
        case .states(let states): states.contains(census.state(index))
        case .flag(let flag): Self.holds(flag, index, census)
        case .number(let field, let relation, let number):
            Self.value(field, index, census, units).map {
                relation.holds($0, field.isFigure ? Double(Float(number)) : number)
            } ?? false
        case .axis(let axis, let relation, let place):
            relation.holds(Double(Self.coordinate(axis, index, census)), Double(place))
        case .axisRange(let axis, let range): range.contains(Self.coordinate(axis, index, census))
        }
    }

    private static func coordinate(_ axis: Int, _ index: Int, _ census: Census) -> Int {
        let stride = census.grid[(axis + 1)...].reduce(1, *)
        return stride > 0 ? index / stride % max(1, census.grid[axis]) : 0
    }

    private static func holds(_ flag: Flag, _ index: Int, _ census: Census) -> Bool {
        let bits = census.bits(index)
        return switch flag {
        case .finding, .anomaly: Census.isAnomaly(bits)
        case .partial: bits & Census.partialBit != 0
        case .slow: bits & Census.slowBit != 0
        case .verified: bits & Census.soundBit != 0
        case .marked: bits & Census.markBit != 0
        case .constant: census.figures(index)?.isConstant ?? false
        }
    }

    private static func value(
        _ field: Field,
        _ index: Int,
        _ census: Census,
        _ units: MapUnits
    ) -> Double? {
        switch field {
        case .bytes: return census.size(index).map(Double.init)
        case .ratio:
            guard let bytes = units.chunkBytes, let size = census.size(index), size > 0 else {
                return nil
            }
            return Double(bytes) / Double(size)
        case .age:
            guard let now = units.takenAt, let time = census.time(index) else { return nil }
            return Double(max(0, now - time))
        case .mean: return finite(census.figures(index)?.mean)
        case .minimum: return finite(census.figures(index)?.minimum)
        case .maximum: return finite(census.figures(index)?.maximum)
        case .nanShare: return finite(census.figures(index)?.nanShare)
        }
    }

    private static func finite(_ number: Float?) -> Double? {
        number.flatMap { $0.isNaN ? nil : Double($0) }
    }

    // MARK: Finding

    /// The part of the grid outside of which it cannot hold.
    func box(of grid: [Int]) -> [Range<Int>] {
        var box = grid.map { 0..<$0 }
        switch self {
        case .all(let parts):
            for part in parts {
                box = zip(box, part.box(of: grid)).map { $0.clamped(to: $1) }
            }
        case .axisRange(let axis, let range):
            box[axis] = box[axis].clamped(to: range.lowerBound..<range.upperBound + 1)
        case .axis(let axis, .equal, let place):
            box[axis] = box[axis].clamped(to: place..<place + 1)
        default: break
        }
        return box
    }

    /// The chunks of which it holds, ascending; `nil` where these are too many to look at one by
    /// one. Cost: the part of the grid that its axes leave, or what is kept.
    func chunks(_ census: Census, _ units: MapUnits) -> [Int]? {
        let box = box(of: census.grid)
        if (GridOrder.product(box.map(\.count)) ?? .max) <= Census.markLimit {
            return GridOrder.find(in: box, of: census.grid, limit: .max) { index in
                holds(index, census, units)
            }
        }
        // Chunks that are not kept are all alike, apart from where they lie.
        guard !mayHold(of: census.base) else { return nil }
        return census.indexes { _ in true }.filter { holds($0, census, units) }
    }

    /// Whether it may hold of a chunk of which nothing is known but its state.
    private func mayHold(of state: ChunkState) -> Bool {
        switch self {
        case .all(let parts): parts.allSatisfy { $0.mayHold(of: state) }
        case .any(let parts): parts.contains { $0.mayHold(of: state) }
        case .not: true
        case .states(let states): states.contains(state)
        case .flag(let flag): (flag == .finding || flag == .anomaly) && state.isAnomaly
        case .number: false
        case .axis, .axisRange: true
        }
    }
}
