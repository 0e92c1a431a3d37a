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
        var answer = PlaneValues(request: request)
        switch request.form {
        case .numbers:
            answer.numbers = rows(of: try numbers(read))
        case .texts:
            answer.texts = rows(
                of: (0..<read.count).map { place in
                    ElementText.text(read.element(place)[...], read.dataType)
                }
            )
        }
        let marks = ValueMarks(read, selection, array)
        answer.sources = rows(of: marks.marks.map(PlaneValues.Source.init))
        answer.chunksRead = marks.chunkCount
        answer.chunksAbsent = read.absentChunks.count
        answer.chunksFailed = read.problems.count
        answer.problems = read.problems.prefix(5).map { "\($0.key): \($0.reason)" }
        answer.milliseconds = Int((clock.now - start) / .milliseconds(1))
        return answer
    }

    /// `elements` in C order of the array, row by row of the plane: the plane may want the dimension
    /// that comes later to run down.
    private func rows<Element>(of elements: [Element]) -> [Element] {
        guard let row = request.rowAxis, let column = request.columnAxis, row > column else {
            return elements
        }
        let (height, width) = (request.rows.count, request.columns.count)
        guard elements.count == height * width else { return elements }
        var rows: [Element] = []
        rows.reserveCapacity(elements.count)
        for row in 0..<height {
            for column in 0..<width { rows.append(elements[column * height + row]) }
        }
        return rows
    }

    private func numbers(_ read: ArrayValues) throws -> [Double] {
        guard let numbers = read.numbers else {
            throw ToolError("elements of type \(read.dataType.name) are no numbers")
        }
        return numbers
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
}

extension PlaneValues.Source {
    /// What the explorer calls it.
    init(_ mark: PlaneMark) {
        switch mark {
        case .value, .notANumber: self = .stored
        case .absent: self = .absent
        case .failed: self = .failed
        }
    }
}
