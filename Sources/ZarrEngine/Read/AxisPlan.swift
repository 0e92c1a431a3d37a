internal import ZarrModel

/// How the selected elements of one axis fall on the chunks of that axis.
///
/// Elements are `start, start + step, …`, `count` of them; the step may be negative, never 0. The
/// pieces are computed when asked for: an axis of any length costs nothing.
struct AxisPlan: Hashable, Sendable {
    /// The selected elements that lie in one chunk.
    struct Piece: Hashable, Sendable {
        /// The chunk's coordinate on this axis.
        var chunk: Int
        /// The first selected element, counted from the start of the chunk.
        var start: Int
        /// How many are selected.
        var count: Int
        /// Where the first lies in the result.
        var output: Int
    }

    let start: Int
    let step: Int
    let count: Int
    let chunkLength: Int

    /// Requires that every selected element is in `0..<Int.max`, `step != 0`, `chunkLength >= 1`.
    init(start: Int, step: Int, count: Int, chunkLength: Int) {
        self.start = start
        self.step = step
        self.count = count
        self.chunkLength = chunkLength
    }

    /// Whether no two selected elements share a chunk for certain: one piece per element.
    private var isSparse: Bool {
        step.magnitude >= UInt(chunkLength)
    }

    /// How many chunks are touched.
    var pieceCount: Int {
        guard count > 0 else { return 0 }
        if isSparse { return count }
        let last = start + (count - 1) * step
        return abs(last / chunkLength - start / chunkLength) + 1
    }

    /// Piece `number`, in the order of the selection. Requires `0 <= number < pieceCount`.
    func piece(_ number: Int) -> Piece {
        if isSparse {
            let element = start + number * step
            let chunk = element / chunkLength
            return Piece(
                chunk: chunk,
                start: element - chunk * chunkLength,
                count: 1,
                output: number
            )
        }
        let first = start / chunkLength
        let chunk = step > 0 ? first + number : first - number
        let low = chunk * chunkLength
        let (high, overflow) = low.addingReportingOverflow(chunkLength)
        let end = overflow ? Int.max : high
        // The elements before this chunk in the order of the selection, and those up to its end.
        let before = number == 0 ? 0 : steps(toReach: step > 0 ? low : end - 1)
        let through = min(count, steps(toReach: step > 0 ? end : low - 1))
        let element = start + before * step
        return Piece(chunk: chunk, start: element - low, count: through - before, output: before)
    }

    /// How many steps until the selection is at `place` or past it.
    private func steps(toReach place: Int) -> Int {
        let distance = step > 0 ? place - start : start - place
        let size = abs(step)
        return distance <= 0 ? 0 : (distance - 1) / size + 1
    }

    /// Whether every element of every touched chunk is selected, in order.
    var isWhole: Bool {
        step == 1 && start % chunkLength == 0 && count % chunkLength == 0
    }
}

/// How a selection falls on the chunks of a grid: every combination of the axes' pieces.
struct BoxPlan: Hashable, Sendable {
    let axes: [AxisPlan]
    /// How many chunks are touched.
    let pieceCount: Int

    /// Requires that the number of selected elements fits in an `Int`.
    init(_ axes: [AxisPlan]) {
        self.axes = axes
        // Of an empty selection the other axes may be of any length.
        pieceCount = axes.reduce(1) { $0 &* $1.pieceCount }
    }

    /// How a selection falls on the stored chunks of an array. Requires that it lies in the array.
    init(_ selection: ResolvedSelection, _ metadata: ArrayMetadata) {
        self.init(
            zip(selection.axes, metadata.chunkShape).map { axis, length in
                AxisPlan(
                    start: axis.start,
                    step: axis.step,
                    count: axis.count,
                    chunkLength: length
                )
            }
        )
    }

    /// Piece `number` in C order: one axis piece per dimension. Requires `0 <= number < pieceCount`.
    func piece(_ number: Int) -> [AxisPlan.Piece] {
        var rest = number
        var pieces: [AxisPlan.Piece] = []
        pieces.reserveCapacity(axes.count)
        for axis in axes.reversed() {
            let (quotient, remainder) = rest.quotientAndRemainder(dividingBy: axis.pieceCount)
            pieces.append(axis.piece(remainder))
            rest = quotient
        }
        pieces.reverse()
        return pieces
    }
}
