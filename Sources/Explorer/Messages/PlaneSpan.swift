public import ZarrModel

/// The elements along one axis that stand behind the parts of a run: the array's own, or those of a
/// coarser level.
///
/// An element belongs to one part. Every part has one at least as long as a part is no smaller than
/// an element of the level; only at the very end of an array that its level rounds down may a part
/// have none of its own.
public struct PlaneSpan: Hashable, Sendable {
    /// The first element.
    public let start: Int
    /// Where they end.
    public let end: Int
    /// From one that is read to the next, at least 1.
    public let stride: Int
    private let run: PlaneRequest.Run
    private let axis: LevelAxis?

    /// Lays `run` on an axis of `length` elements, or on that axis of a level of it.
    public init(_ run: PlaneRequest.Run, length: Int, in axis: LevelAxis? = nil) {
        self.run = run
        self.axis = axis
        guard let axis else {
            start = run.start
            end = max(run.start, run.end(in: length))
            stride = max(1, run.stride)
            return
        }
        start = axis.place(of: run.start)
        end = axis.place(of: max(run.start, run.end(in: axis.whole) - 1)) + 1
        stride = run.stride > 1 ? axis.count(in: run.stride) : 1
    }

    /// The part that an element belongs to.
    public func part(holding element: Int) -> Int {
        guard let axis else { return run.part(holding: element) }
        return max(0, min(run.count - 1, run.part(holding: axis.last(of: element))))
    }

    /// The first element that is read at or after `element`.
    public func read(from element: Int) -> Int {
        start + (max(0, element - start) + stride - 1) / stride * stride
    }

    /// How many elements are read for each part. O(elements that are read).
    public var places: [Int] {
        var places = [Int](repeating: 0, count: run.count)
        for element in Swift.stride(from: start, to: end, by: stride) {
            let part = part(holding: element)
            if places.indices.contains(part) { places[part] += 1 }
        }
        return places
    }
}
