/// How one axis of an array is cut into chunks.
///
/// A value of a few words; asking an even axis costs a division, an uneven one a binary search.
public struct ChunkAxis: Hashable, Sendable {
    /// Elements of the array along the axis.
    public let length: Int
    /// Elements of every stored chunk; of the longest, where they differ.
    public let chunkLength: Int
    /// The chunks, where they differ in length; they cover the array. `nil` where they do not.
    public let runs: ChunkRuns?
    /// How many chunks hold a part of the array.
    public let count: Int
    /// Whether the last chunk ends where the array ends, instead of reaching past it.
    public let isBounded: Bool

    /// Chunks of `chunkLength` elements. Requires `length >= 0` and `chunkLength >= 1`.
    public init(length: Int, chunkLength: Int, isBounded: Bool = false) {
        self.length = length
        self.chunkLength = isBounded && length > 0 ? min(chunkLength, length) : chunkLength
        self.isBounded = isBounded
        runs = nil
        count = length / chunkLength + (length % chunkLength == 0 ? 0 : 1)
    }

    /// Chunks of `runs`, or `nil` where they do not cover `length` elements. Chunks that lie wholly
    /// past the array's end do not count. O(runs).
    public init?(length: Int, runs: ChunkRuns) {
        guard length >= 0, runs.total >= length else { return nil }
        self.length = length
        isBounded = false
        count = length == 0 ? 0 : runs.chunk(containing: length - 1) + 1
        let touched = length == 0 ? 0 : runs.run(containing: length - 1) + 1
        var longest = 0
        for number in 0..<touched { longest = max(longest, runs.runs[number].length) }
        chunkLength = longest > 0 ? longest : runs.runs.first?.length ?? 1
        self.runs = touched > 1 ? runs : nil
    }

    /// Whether all stored chunks have one length.
    public var isUniform: Bool {
        runs == nil && (!isBounded || length % chunkLength == 0)
    }

    /// The lengths that stored chunks have, each once, the longest first. O(runs · log runs).
    public var storedLengths: [Int] {
        if let runs {
            let touched = runs.run(containing: length - 1) + 1
            return runs.lengths(ofFirst: touched).sorted(by: >)
        }
        return isUniform ? [chunkLength] : [chunkLength, length % chunkLength]
    }

    /// The element at which `chunk` starts. Requires `0 <= chunk < count`.
    public func start(of chunk: Int) -> Int {
        runs?.start(of: chunk) ?? chunk * chunkLength
    }

    /// Elements of the stored `chunk`, those past the array's end included. Requires
    /// `0 <= chunk < count`.
    public func storedLength(of chunk: Int) -> Int {
        if let runs { return runs.length(of: chunk) }
        return isBounded ? min(chunkLength, length - chunk * chunkLength) : chunkLength
    }

    /// The elements of the array that `chunk` holds; empty, at the array's end, outside the grid.
    public func range(of chunk: Int) -> Range<Int> {
        guard chunk >= 0, chunk < count else { return length..<length }
        let start = start(of: chunk)
        return start..<(start + min(storedLength(of: chunk), length - start))
    }

    /// The chunk that holds `element`. Requires `0 <= element < length`.
    public func chunk(containing element: Int) -> Int {
        runs?.chunk(containing: element) ?? element / chunkLength
    }

    /// The chunks that hold a part of `elements`, which are clipped to the array.
    public func chunks(touching elements: Range<Int>) -> Range<Int> {
        let inside = elements.clamped(to: 0..<length)
        guard let first = inside.first, let last = inside.last else { return 0..<0 }
        return chunk(containing: first)..<(chunk(containing: last) + 1)
    }
}
