import Explorer
import Raster
import ZarrEngine
import ZarrModel

/// Reads a part of a plane through an array, and says of every element where it comes from.
struct PlaneReading {
    private let request: PlaneRequest
    private let store: OpenStore

    init(_ request: PlaneRequest, _ store: OpenStore) {
        self.request = request
        self.store = store
    }

    /// The values, row by row.
    func values() async throws -> PlaneValues {
        let clock = ContinuousClock()
        let start = clock.now
        let array = try await store.array(request.path)
        let selection = try selection(in: array.metadata.shape)
        let read = try await array.read(selection, ReadOptions(onProblem: .report))
        try Task.checkCancellation()
        let order = PlaneOrder(request, isTransposed: isTransposed)
        var answer = PlaneValues(request: request)
        switch request.form {
        case .numbers:
            answer.numbers = order.rows(of: try numbers(read))
        case .texts:
            answer.texts = order.rows(
                of: (0..<read.count).map { place in
                    ElementText.text(read.element(place)[...], read.dataType)
                }
            )
        }
        sources(read, array, order, &answer)
        answer.milliseconds = Int((clock.now - start) / .milliseconds(1))
        return answer
    }

    /// Whether the dimension that runs across comes before the one that runs down.
    private var isTransposed: Bool {
        guard let row = request.rowAxis, let column = request.columnAxis else { return false }
        return row > column
    }

    private func selection(in shape: [Int]) throws -> ResolvedSelection {
        guard request.fixed.count == shape.count else {
            throw ToolError(
                "the slice has \(request.fixed.count) indices, the array \(shape.count)"
            )
        }
        var axes: [ResolvedSelection.Axis] = []
        for (axis, length) in shape.enumerated() {
            if axis == request.rowAxis {
                axes.append(try Self.axis(request.rows, length))
            } else if axis == request.columnAxis {
                axes.append(try Self.axis(request.columns, length))
            } else {
                let run = PlaneRequest.Run(start: request.fixed[axis], count: 1)
                axes.append(try Self.axis(run, length, isDropped: true))
            }
        }
        return ResolvedSelection(axes: axes)
    }

    private static func axis(
        _ run: PlaneRequest.Run,
        _ length: Int,
        isDropped: Bool = false
    ) throws -> ResolvedSelection.Axis {
        let (span, overflow) = max(0, run.count - 1).multipliedReportingOverflow(by: run.step)
        let fits = run.start >= 0 && run.step >= 1 && run.count >= 0 && !overflow
        guard fits, run.count == 0 || (run.start < length && span < length - run.start) else {
            throw ToolError("the slice lies outside the array")
        }
        return ResolvedSelection.Axis(
            start: run.start,
            step: run.step,
            count: run.count,
            isDropped: isDropped
        )
    }

    private func numbers(_ read: ArrayValues) throws -> [Double] {
        guard let numbers = read.numbers else {
            throw ToolError("elements of type \(read.dataType.name) are no numbers")
        }
        return numbers
    }

    /// Marks the elements of chunks that are absent or failed.
    private func sources(
        _ read: ArrayValues,
        _ array: ArrayNode,
        _ order: PlaneOrder,
        _ answer: inout PlaneValues
    ) {
        let chunks = ChunkSpans(request, array)
        answer.chunksRead = chunks.count
        answer.chunksAbsent = read.absentChunks.count
        answer.chunksFailed = read.problems.count
        answer.problems = read.problems.prefix(5).map { "\($0.key): \($0.reason)" }
        guard !read.absentChunks.isEmpty || !read.problems.isEmpty else { return }
        let absent = Set(read.absentChunks)
        var sources = [PlaneValues.Source](
            repeating: .stored,
            count: order.rowCount * order.columnCount
        )
        if !absent.isEmpty {
            for row in 0..<order.rowCount {
                for column in 0..<order.columnCount where absent.contains(chunks[row, column]) {
                    sources[row * order.columnCount + column] = .absent
                }
            }
        }
        for problem in read.problems {
            order.mark(problem.region, .failed, in: &sources)
        }
        answer.sources = sources
    }
}
