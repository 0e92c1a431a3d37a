internal import ZarrModel

/// How the selected elements of one axis fall on the chunks of that axis.
///
/// The pieces are computed when asked for: a run of any length costs nothing.
struct AxisPlan: Hashable, Sendable {
    /// The selected elements that lie in one chunk.
    struct Piece: Hashable, Sendable {
        /// The chunk's coordinate on this axis.
        var chunk: Int
        /// The elements, counted from the start of the chunk. None where the step leaps over it.
        var places: AxisPlaces
    }

    /// The selected elements, counted from the start of the axis.
    let places: AxisPlaces
    /// How the axis is cut.
    let cut: ChunkAxis
    /// Where the elements of each piece begin, of listed ones.
    private let starts: [Int]

    /// Requires that every selected element lies on the axis. O(count) for listed elements.
    init(_ places: AxisPlaces, _ cut: ChunkAxis) {
        self.places = places
        self.cut = cut
        guard case .listed(let positions, _, let origin) = places else {
            starts = []
            return
        }
        var starts: [Int] = []
        var end = Int.min
        for (number, position) in zip(positions.indices, positions) where position - origin >= end {
            starts.append(number)
            end = Self.range(of: cut.chunk(containing: position - origin), cut).upperBound
        }
        self.starts = starts
    }

    /// The elements of a chunk, past the end of the axis too.
    private static func range(of chunk: Int, _ cut: ChunkAxis) -> Range<Int> {
        let low = cut.start(of: chunk)
        let (high, overflow) = low.addingReportingOverflow(cut.storedLength(of: chunk))
        return low..<(overflow ? Int.max : high)
    }

    /// How many chunks are touched, or leapt over on the way.
    var pieceCount: Int {
        guard case .run(let start, let step, let count, _) = places else { return starts.count }
        guard count > 0 else { return 0 }
        if isSparse(step) { return count }
        let last = start + (count - 1) * step
        return abs(cut.chunk(containing: last) - cut.chunk(containing: start)) + 1
    }

    /// Whether no two selected elements share a chunk for certain: one piece per element.
    private func isSparse(_ step: Int) -> Bool {
        step.magnitude >= UInt(cut.chunkLength)
    }

    /// Piece `number`, in the order of the selection. Requires `0 <= number < pieceCount`.
    func piece(_ number: Int) -> Piece {
        switch places {
        case .run(let start, let step, let count, let output):
            return isSparse(step)
                ? sparsePiece(start + number * step, output: output + number)
                : piece(number, start, step, count, output)
        case .listed(let positions, let outputs, let origin):
            let end = number + 1 < starts.count ? starts[number + 1] : positions.endIndex
            let range = starts[number]..<end
            let chunk = cut.chunk(containing: positions[range.lowerBound] - origin)
            // Both lists have the same indices only where nothing was cut off either.
            let shift = outputs.startIndex - positions.startIndex
            let places = AxisPlaces.listed(
                positions: positions[range],
                outputs: outputs[(range.lowerBound + shift)..<(range.upperBound + shift)],
                origin: origin + cut.start(of: chunk)
            )
            return Piece(chunk: chunk, places: places)
        }
    }

    private func sparsePiece(_ element: Int, output: Int) -> Piece {
        let chunk = cut.chunk(containing: element)
        let start = element - cut.start(of: chunk)
        return Piece(chunk: chunk, places: .run(start: start, step: 1, count: 1, output: output))
    }

    private func piece(
        _ number: Int,
        _ start: Int,
        _ step: Int,
        _ count: Int,
        _ output: Int
    ) -> Piece {
        let first = cut.chunk(containing: start)
        let chunk = step > 0 ? first + number : first - number
        let range = Self.range(of: chunk, cut)
        let (low, end) = (range.lowerBound, range.upperBound)
        /// How many steps until the selection is at `place` or past it.
        func steps(toReach place: Int) -> Int {
            let distance = step > 0 ? place - start : start - place
            return distance <= 0 ? 0 : (distance - 1) / abs(step) + 1
        }
        // The elements before this chunk in the order of the selection, and those up to its end.
        let before = number == 0 ? 0 : steps(toReach: step > 0 ? low : end - 1)
        let through = min(count, steps(toReach: step > 0 ? end : low - 1))
        let places = AxisPlaces.run(
            start: start + before * step - low,
            step: step,
            count: max(0, through - before),
            output: output + before
        )
        return Piece(chunk: chunk, places: places)
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
        // Beside an empty axis the others may have any number of pieces.
        let counts = axes.map(\.pieceCount)
        pieceCount = counts.contains(0) ? 0 : counts.reduce(1, *)
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
