import Raster
import Synchronization
import ZarrEngine
import ZarrModel

/// Figures over the values of a selection, which passes through memory chunk by chunk.
struct SelectionFigures: Sendable {
    /// Of an element of the selection, or of a value of its field.
    let type: DataType
    /// What the values have in common.
    private(set) var tally: ElementTally
    /// How the finite values that are stored are spread.
    private(set) var histogram = Histogram(lower: 0, upper: 0, parts: parts)
    /// The first few chunks that failed, in the order of the grid.
    private(set) var problems: [ChunkProblem] = []
    /// How many chunks failed, inner chunks by themselves.
    private(set) var failedChunks = 0

    /// Parts of the histogram.
    private static let parts = 32
    /// The chunks that are named.
    private static let named = 8

    /// Passes through `selection`, and once more for the histogram where the elements are not few enough
    /// to be counted each. Throws for elements that are no numbers.
    init(
        _ selection: ResolvedSelection,
        of array: ArrayNode,
        _ options: ReadOptions
    ) async throws {
        type = selection.field?.type ?? array.metadata.dataType
        guard let empty = ElementTally(type, fill: Self.fill(array, selection)) else {
            var remedy: String?
            if case .structure(let fields) = type, let first = fields.first {
                remedy = "--field \(ShellWord.quoted(first.name)) takes one of its fields"
            }
            throw ToolError("elements of type \(type.name) are no numbers", remedy: remedy)
        }
        let pass = FiguresPass(array, empty)
        let absent = try await array.fold(selection, options, from: FiguresPass.Part()) {
            (part: inout FiguresPass.Part, read: SelectedPart, bytes: RawSpan) in
            pass.add(read, bytes, to: &part)
        } merge: { part in
            pass.merge(part, naming: Self.named)
        }
        (tally, problems, failedChunks) = pass.result
        tally.addAbsent(absent)
        let statistics = tally.statistics
        guard let low = statistics.minimum, let high = statistics.maximum else { return }
        histogram = Histogram(lower: low, upper: high, parts: Self.parts)
        if tally.knowsSpread {
            tally.add(to: &histogram)
        } else {
            try await spread(selection, of: array, options, pass)
        }
    }

    /// The second pass. Nothing of it shows in which order chunks come.
    private mutating func spread(
        _ selection: ResolvedSelection,
        of array: ArrayNode,
        _ options: ReadOptions,
        _ pass: FiguresPass
    ) async throws {
        let type = type
        let empty = histogram
        let all = Mutex(empty)
        _ = try await array.fold(selection, options, from: empty) {
            (part: inout Histogram, read: SelectedPart, bytes: RawSpan) in
            if read.isLost { return }
            pass.forEachBlock(of: bytes, read) { block, marks in
                guard let numbers = Plane.numbers(of: block, type) else { return }
                part.add(
                    marks.isEmpty
                        ? numbers : zip(numbers, marks).filter { $0.1 < .absent }.map(\.0)
                )
            }
        } merge: { part in
            all.withLock { _ = $0.merge(part) }
        }
        histogram = all.withLock { $0 }
    }

    /// The bytes of a value that is fill; none for a field of which an element has several.
    private static func fill(_ array: ArrayNode, _ selection: ResolvedSelection) -> [UInt8] {
        let element = array.metadata.fillValue.bytes
        guard let field = selection.field else { return element }
        guard field.shape.isEmpty, field.offset + field.byteCount <= element.count else {
            return []
        }
        return Array(element[field.offset..<(field.offset + field.byteCount)])
    }
}

/// What the workers of one pass share.
private final class FiguresPass: Sendable {
    /// What was found in one chunk.
    struct Part: Sendable {
        /// `nil` where elements are counted by what they are: those tallies are large, and go from chunk
        /// to chunk.
        var tally: ElementTally?
        var problems: [ChunkProblem] = []
    }

    private struct State {
        var tally: ElementTally
        var problems: [ChunkProblem] = []
        var failedChunks = 0
        var idle: [ElementTally] = []
    }

    private let array: ArrayNode
    private let empty: ElementTally
    private let size: Int
    private let state: Mutex<State>

    /// Bytes that are made numbers at a time.
    private static let blockBytes = 1 << 16

    init(_ array: ArrayNode, _ empty: ElementTally) {
        self.array = array
        self.empty = empty
        size = empty.elementSize
        state = Mutex(State(tally: empty))
    }

    /// Adds what was read of a chunk, on whatever thread.
    func add(_ read: SelectedPart, _ bytes: RawSpan, to part: inout Part) {
        part.problems += read.report.problems
        var tally: ElementTally
        if empty.knowsSpread {
            tally = state.withLock { $0.idle.popLast() } ?? empty
        } else {
            tally = part.tally ?? empty
            part.tally = nil
        }
        if read.isLost {
            tally.addFailed(read.count)
        } else {
            forEachBlock(of: bytes, read) { tally.add($0, $1) }
        }
        if empty.knowsSpread {
            state.withLock { $0.idle.append(tally) }
        } else {
            part.tally = tally
        }
    }

    /// Takes what was found in the chunk that follows.
    func merge(_ part: Part, naming most: Int) {
        state.withLock { state in
            if let tally = part.tally { state.tally.merge(tally) }
            state.failedChunks += part.problems.count
            state.problems += part.problems.prefix(max(0, most - state.problems.count))
        }
    }

    /// Everything together.
    var result: (ElementTally, [ChunkProblem], Int) {
        state.withLock { state in
            for tally in state.idle { state.tally.merge(tally) }
            state.idle = []
            return (state.tally, state.problems, state.failedChunks)
        }
    }

    /// Calls `body` with what was read in blocks of whole elements, and what stands behind each.
    func forEachBlock(
        of bytes: RawSpan,
        _ read: SelectedPart,
        _ body: ([UInt8], [PlaneMark]) -> Void
    ) {
        let marks =
            read.report.problems.isEmpty
            ? [] : ValueMarks(read, array).marks
        let step = max(1, Self.blockBytes / max(1, size)) * size
        let end = min(read.report.byteCount, bytes.byteCount)
        guard step > 0 else { return }
        for start in stride(from: 0, to: end, by: step) {
            let range = start..<min(end, start + step)
            var block: [UInt8] = []
            unsafe bytes.extracting(range).withUnsafeBytes {
                unsafe block.append(contentsOf: $0)
            }
            let places = (range.lowerBound / size)..<(range.upperBound / size)
            body(block, marks.isEmpty ? [] : Array(marks[places.clamped(to: marks.indices)]))
        }
    }
}
