public import Raster
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

    /// Which parts so many elements belong to that are read from `first` on. O(parts · log elements).
    public func runs(from first: Int, count: Int) -> [PixelRun] {
        var runs: [PixelRun] = []
        var number = 0
        while number < count {
            let part = part(holding: first + number * stride)
            var (low, high) = (number + 1, count)
            while low < high {
                let middle = low + (high - low) / 2
                if self.part(holding: first + middle * stride) > part {
                    high = middle
                } else {
                    low = middle + 1
                }
            }
            runs.append(PixelRun(pixel: part, count: low - number))
            number = low
        }
        return runs
    }

    /// How many elements are read.
    public var count: Int {
        end > start ? (end - 1 - start) / stride + 1 : 0
    }

    /// How many elements are read for each part. O(parts · log elements).
    public var places: [Int] {
        var places = [Int](repeating: 0, count: run.count)
        for run in runs(from: start, count: count) where places.indices.contains(run.pixel) {
            places[run.pixel] += run.count
        }
        return places
    }
}
