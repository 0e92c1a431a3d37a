import Explorer
import Raster
import ZarrEngine
import ZarrModel

/// Reads a selection of at most two dimensions as numbers for so many pixels.
struct SliceReading {
    private let selection: ResolvedSelection
    private let array: ArrayNode

    init(_ selection: ResolvedSelection, _ array: ArrayNode) {
        self.selection = selection
        self.array = array
    }

    /// What is behind each pixel. In memory by pixels, where the selection goes forward in steps; else
    /// all of it is read first.
    func values(rows: Int, columns: Int) async throws -> PlaneValues {
        if let request = request(rows: rows, columns: columns) {
            return try await PlaneReading(request, array).values()
        }
        let read = try await array.read(selection, ReadOptions(onProblem: .report))
        let shape = selection.resultShape
        let height = shape.count > 1 ? shape[0] : 1
        let width = shape.last ?? 1
        let marks = ValueMarks(read, selection, array)
        guard let numbers = read.numbers else { throw ToolError("these are no numbers") }
        let each = max(height > 1 ? Self.each(height, rows) : 1, Self.each(width, columns))
        let sides = (side(height, each), side(width, each))
        var tally = PlaneTally(rowPlaces: sides.0.places, columnPlaces: sides.1.places)
        tally.add(
            numbers,
            marks.marks,
            rowPixels: sides.0.parts,
            columnPixels: sides.1.parts
        )
        let runs = (sides.0.places.count, sides.1.places.count)
        var answer = PlaneValues(
            request: PlaneRequest(
                path: "/",
                rowAxis: nil,
                columnAxis: nil,
                fixed: [],
                rows: .init(start: 0, count: runs.0, step: sides.0.step),
                columns: .init(start: 0, count: runs.1, step: sides.1.step),
                form: .numbers
            )
        )
        answer.take(tally)
        let conventions = ArrayConventions(array.metadata.attributes)
        answer.unit = conventions.isPacked ? "" : conventions.unit ?? ""
        answer.problems = read.problems.map { "\($0.key): \($0.reason)" }
        answer.chunksFailed = read.problems.count
        return answer
    }

    /// Which pixel each place of a side belongs to.
    private func side(_ length: Int, _ step: Int) -> (parts: [Int], places: [Int], step: Int) {
        let parts = (0..<length).map { $0 / step }
        let count = (length + step - 1) / step
        return (parts, (0..<count).map { min(step, length - $0 * step) }, step)
    }

    private func request(rows: Int, columns: Int) -> PlaneRequest? {
        guard selection.field == nil, case .axes(let axes) = selection.form,
            axes.allSatisfy({ $0.positions == nil && $0.step > 0 })
        else { return nil }
        let kept = axes.indices.filter { !axes[$0].isDropped }
        guard kept.count == 2 || kept.count == 1 else { return nil }
        // As many of both sides to a pixel, so that nothing is stretched.
        let last = axes[kept[kept.count - 1]]
        var each = Self.each(last.count, columns)
        if kept.count == 2, axes[kept[0]].count > 1 {
            each = max(each, Self.each(axes[kept[0]].count, rows))
        }
        func run(_ axis: ResolvedSelection.Axis) -> PlaneRequest.Run {
            var run = PlaneRequest.Run(
                start: axis.start,
                count: (axis.count + each - 1) / each,
                step: each * axis.step,
                stride: axis.step
            )
            run.limit = axis.bounds.upperBound
            return run
        }
        let row = kept.count == 2 ? kept[0] : nil
        return PlaneRequest(
            path: array.path.description,
            rowAxis: row,
            columnAxis: kept[kept.count - 1],
            fixed: axes.map(\.start),
            rows: row.map { run(axes[$0]) } ?? .init(start: 0, count: 1),
            columns: run(last),
            form: .numbers
        )
    }

    /// Elements to a pixel, where so many are to fit.
    private static func each(_ length: Int, _ pixels: Int) -> Int {
        max(1, (length - 1) / max(1, pixels) + 1)
    }
}
