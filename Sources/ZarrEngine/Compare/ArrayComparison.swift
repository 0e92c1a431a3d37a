internal import Codecs
internal import Storage
public import ZarrModel

/// Two arrays of one shape, to be compared chunk by chunk of the left one's grid: first by their
/// listings, then, where that is wanted, by their values.
///
/// Where the grids differ, a chunk of the left array is compared with the region of the right one
/// that lies behind it.
public struct ArrayComparison: Sendable {
    /// The array whose grid counts.
    public let left: ArrayNode
    /// The array that it is compared with.
    public let right: ArrayNode
    /// Whether both are cut into chunks alike.
    public let sharesGrid: Bool
    /// Whether sizes of chunks can be compared: the same grid, the same codecs.
    public let comparesSizes: Bool

    /// Larger grids are not compared where the two differ.
    private static let regionLimit = 1 << 26

    /// Throws `.refused` with the reason where the arrays cannot be compared.
    public init(_ left: ArrayNode, _ right: ArrayNode) throws(EngineError) {
        let (one, other) = (left.metadata, right.metadata)
        guard one.shape == other.shape else {
            throw Self.refusal(left, "their shapes differ: \(one.shape) and \(other.shape)")
        }
        self.left = left
        self.right = right
        sharesGrid = one.axes == other.axes
        comparesSizes =
            sharesGrid && one.dataType == other.dataType && one.codecs == other.codecs
        guard sharesGrid || left.grid.total <= Self.regionLimit else {
            throw Self.refusal(
                left,
                "their chunks differ, \(one.chunkShape) and \(other.chunkShape), and there are too "
                    + "many to compare them by region"
            )
        }
    }

    /// Why values cannot be compared; `nil` where they can.
    public var reasonNoValues: String? {
        let (one, other) = (left.metadata.dataType, right.metadata.dataType)
        guard one == other else {
            return "their types differ: \(one.name) and \(other.name)"
        }
        return (left.codecError ?? right.codecError)?.message
    }

    /// Whether chunks that are absent on both sides read differently.
    public var fillsDiffer: Bool {
        left.metadata.fillValue.bytes != right.metadata.fillValue.bytes
    }

    /// The chunks of the right array that lie behind a chunk of the left one.
    public func counterparts(of chunk: ChunkIndex) -> Region {
        let region = left.metadata.chunkRegion(chunk)
        return Region(
            zip(right.metadata.axes, region.ranges).map { $0.chunks(touching: $1) }
        )
    }

    /// Reads a chunk from both sides and says whether the values are the same, bit for bit.
    ///
    /// A chunk that is absent reads as the fill value: where that agrees with what the other side has
    /// stored, the two are equal. `presence` is what the listings said.
    public func compareValues(
        of chunk: ChunkIndex,
        _ presence: ChunkDifference
    ) async -> ValueComparison {
        let region = left.metadata.chunkRegion(chunk)
        let selection = ResolvedSelection(
            axes: region.ranges.map { range in
                ResolvedSelection.Axis(
                    start: range.lowerBound,
                    step: 1,
                    count: range.count,
                    isDropped: false
                )
            }
        )
        let options = ReadOptions(onProblem: .report, workerCount: 1)
        do throws(EngineError) {
            let one = try await left.read(selection, options)
            let other = try await right.read(selection, options)
            if let problem = one.problems.first {
                return ValueComparison(.unreadable, "left: \(problem.reason)")
            }
            if let problem = other.problems.first {
                return ValueComparison(.unreadable, "right: \(problem.reason)")
            }
            return Self.compared(one, other, presence)
        } catch {
            return ValueComparison(.unreadable, error.message)
        }
    }

    private static func compared(
        _ one: ArrayValues,
        _ other: ArrayValues,
        _ presence: ChunkDifference
    ) -> ValueComparison {
        let places = one.places(differingFrom: other)
        let isOneSided = presence == .onlyLeft || presence == .onlyRight
        var found = ValueComparison(places.count == 0 ? .equal : isOneSided ? presence : .values)
        found.elements = one.count
        found.differing = places.count
        if let first = places.first { found.example = (first, one, other) }
        return found
    }

    private static func refusal(_ array: ArrayNode, _ message: String) -> EngineError {
        EngineError(.refused, at: array.path.description, "they cannot be compared: \(message)")
    }
}

/// What comparing the values of one chunk found.
public struct ValueComparison: Sendable {
    /// Equal, differing, stored on one side with other values than fill, or unreadable.
    public var difference: ChunkDifference
    /// Why it is unreadable. May hold untrusted text.
    public var reason: String?
    /// Elements that differ.
    public var differing = 0
    /// Elements that were compared.
    public var elements = 0
    /// The first element that differs, by its place in the chunk, and both sides' values.
    public var example: (place: Int, left: ArrayValues, right: ArrayValues)?

    init(_ difference: ChunkDifference, _ reason: String? = nil) {
        self.difference = difference
        self.reason = reason
    }

    /// The first element that differs, by its place in the chunk, with both values as text.
    public var exampleTexts: (place: Int, left: String, right: String)? {
        example.map { place, left, right in
            (
                place,
                ElementText.text(left.element(place)[...], left.dataType),
                ElementText.text(right.element(place)[...], right.dataType)
            )
        }
    }
}

extension ArrayValues {
    /// How many elements differ from those of another, and the first of them.
    fileprivate func places(differingFrom other: ArrayValues) -> (count: Int, first: Int?) {
        guard count == other.count else { return (max(count, other.count), nil) }
        guard let size = elementSize, size > 0, other.elementSize == size else {
            let different = (0..<count).filter { element($0) != other.element($0) }
            return (different.count, different.first)
        }
        return withBytes { one in
            other.withBytes { two in one.elements(ofSize: size, differingFrom: two) }
        }
    }
}
