internal import ZarrModel

/// How the selected elements of one axis fall on the chunks of that axis.
///
/// The pieces are computed when asked for: a run of any length costs nothing.
struct AxisPlan: Hashable, Sendable {
    /// The selected elements that lie in one chunk.
    struct Piece: Hashable, Sendable {
        /// The chunk's coordinate on this axis.
        var chunk: Int
        /// The elements, counted from the start of the chunk; at least one.
        var places: AxisPlaces
    }

    /// The selected elements, counted from the start of the axis.
    let places: AxisPlaces
    /// How the axis is cut.
    let cut: ChunkAxis
    /// Where the elements of each piece begin, of listed ones.
    private let starts: [Int]
    /// The parts of a run that lie on chunks of one length each, where chunks differ; else none.
    private let stretches: [Stretch]

    /// Elements of a run on neighbouring chunks of one length, and the pieces that they make.
    private struct Stretch: Hashable, Sendable {
        /// The number of the first element in the run.
        var first: Int
        var count: Int
        /// The number of the first piece.
        var firstPiece: Int
        /// Whether each element is a piece of its own.
        var isSparse: Bool
    }

    /// Requires that every selected element lies on the axis. O(count) for listed elements, O(runs of
    /// chunks) for others.
    init(_ places: AxisPlaces, _ cut: ChunkAxis) {
        self.places = places
        self.cut = cut
        guard case .listed(let positions, _, let origin) = places else {
            starts = []
            (stretches, pieceCount) = Self.stretches(places, cut)
            return
        }
        stretches = []
        var starts: [Int] = []
        var end = Int.min
        for (number, position) in zip(positions.indices, positions) where position - origin >= end {
            starts.append(number)
            end = Self.range(of: cut.chunk(containing: position - origin), cut).upperBound
        }
        self.starts = starts
        pieceCount = starts.count
    }

    /// The elements of a chunk, past the end of the axis too.
    private static func range(of chunk: Int, _ cut: ChunkAxis) -> Range<Int> {
        let low = cut.start(of: chunk)
        let (high, overflow) = low.addingReportingOverflow(cut.storedLength(of: chunk))
        return low..<(overflow ? Int.max : high)
    }

    /// How many chunks are touched.
    let pieceCount: Int

    /// A step that leaps over short chunks and not over long ones makes pieces of two kinds: those of
    /// each length are counted by themselves, so that none is empty, however many are leapt over.
    private static func stretches(_ places: AxisPlaces, _ cut: ChunkAxis) -> ([Stretch], Int) {
        guard case .run(let start, let step, let count, _) = places, count > 0 else {
            return ([], 0)
        }
        func chunks(_ first: Int, _ count: Int) -> Int {
            let last = start + (first + count - 1) * step
            return abs(
                cut.chunk(containing: last) - cut.chunk(containing: start + first * step)
            ) + 1
        }
        guard let runs = cut.runs, step.magnitude > 1 else {
            return ([], isSparse(step, cut.chunkLength) ? count : chunks(0, count))
        }
        var stretches: [Stretch] = []
        var pieces = 0
        var first = 0
        while first < count {
            let element = start + first * step
            let run = runs.run(containing: element)
            let low = runs.start(ofRun: run)
            let reach =
                step > 0
                ? low + runs.runs[run].length * runs.runs[run].count - 1 - element : element - low
            let inside = min(count - first, reach / abs(step) + 1)
            let isSparse = isSparse(step, runs.runs[run].length)
            stretches.append(
                Stretch(first: first, count: inside, firstPiece: pieces, isSparse: isSparse)
            )
            pieces += isSparse ? inside : chunks(first, inside)
            first += inside
        }
        return (stretches, pieces)
    }

    /// Whether no two selected elements share a chunk for certain: one piece per element.
    private static func isSparse(_ step: Int, _ length: Int) -> Bool {
        step.magnitude >= UInt(length)
    }

    /// Piece `number`, in the order of the selection. Requires `0 <= number < pieceCount`.
    func piece(_ number: Int) -> Piece {
        switch places {
        case .run(let start, let step, let count, let output):
            guard let stretch = stretch(of: number) else {
                return Self.isSparse(step, cut.chunkLength)
                    ? sparsePiece(start + number * step, output: output + number)
                    : piece(number, start, step, count, output)
            }
            let (begin, place) = (start + stretch.first * step, output + stretch.first)
            let inside = number - stretch.firstPiece
            return stretch.isSparse
                ? sparsePiece(begin + inside * step, output: place + inside)
                : piece(inside, begin, step, stretch.count, place)
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

    /// The stretch that piece `number` lies in; `nil` where there are none.
    private func stretch(of number: Int) -> Stretch? {
        var (low, high) = (0, stretches.count)
        while high - low > 1 {
            let middle = low + (high - low) / 2
            if stretches[middle].firstPiece <= number { low = middle } else { high = middle }
        }
        return stretches.isEmpty ? nil : stretches[low]
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
            count: through - before,
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
