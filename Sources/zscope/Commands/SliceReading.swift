import Explorer
import Raster
import ZarrEngine
import ZarrModel

/// Reads a selection of at most two dimensions as numbers for so many pixels.
struct SliceReading {
    private let selection: ResolvedSelection
    private let array: ArrayNode
    private let isDecoded: Bool

    init(_ selection: ResolvedSelection, _ array: ArrayNode, isDecoded: Bool) {
        self.selection = selection
        self.array = array
        self.isDecoded = isDecoded
    }

    /// What is behind each pixel. In memory by pixels, where the selection goes forward in steps; else
    /// all of it is read first.
    func values(rows: Int, columns: Int) async throws -> PlaneValues {
        if let request = request(rows: rows, columns: columns) {
            return try await PlaneReading(request, array).values()
        }
        guard selection.elementCount ?? .max <= Self.mostAtOnce else {
            throw ToolError(
                "a selection of this kind is read at once, and this one has more than "
                    + "\(Wording.count(Self.mostAtOnce)) elements; select fewer of them"
            )
        }
        let read = try await array.read(selection, ReadOptions(onProblem: .report))
        let shape = selection.resultShape
        let height = shape.count > 1 ? shape[0] : 1
        let width = shape.last ?? 1
        let marks = ValueMarks(read, selection, array)
        guard let numbers = read.numbers else { throw ToolError("these are no numbers") }
        let each = max(height > 1 ? Self.each(height, rows) : 1, Self.each(width, columns))
        let sides = (
            PixelRun.runs(of: height, step: each), PixelRun.runs(of: width, step: each)
        )
        var tally = PlaneTally(
            rowPlaces: sides.0.map(\.count),
            columnPlaces: sides.1.map(\.count)
        )
        let meaning = ValueMeaning(array.metadata, isDecoded: isDecoded)
        tally.add(
            meaning.decoding.map { numbers.map($0.value) } ?? numbers,
            marks.marks,
            rowRuns: sides.0,
            columnRuns: sides.1
        )
        var answer = PlaneValues(
            request: PlaneRequest(
                path: "/",
                rowAxis: nil,
                columnAxis: nil,
                fixed: [],
                rows: .init(start: 0, count: sides.0.count, step: each),
                columns: .init(start: 0, count: sides.1.count, step: each),
                form: .numbers
            )
        )
        answer.take(tally)
        answer.unit = meaning.unit
        answer.noneCount = meaning.noneCount(numbers, marks.marks)
        answer.problems = read.problems.map { "\($0.key): \($0.reason)" }
        answer.chunksFailed = read.problems.count
        return answer
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
        let apart = apart(kept.map { axes[$0] }, kept, each)
        func run(_ axis: ResolvedSelection.Axis) -> PlaneRequest.Run {
            var run = PlaneRequest.Run(
                start: axis.start,
                count: max(0, axis.count - 1) / each + 1,
                step: each.multipliedOrMost(by: axis.step),
                stride: apart.multipliedOrMost(by: axis.step)
            )
            run.limit = axis.bounds.upperBound
            return run
        }
        let row = kept.count == 2 ? kept[0] : nil
        var request = PlaneRequest(
            path: array.path.description,
            rowAxis: row,
            columnAxis: kept[kept.count - 1],
            fixed: axes.map(\.start),
            rows: row.map { run(axes[$0]) } ?? .init(start: 0, count: 1),
            columns: run(last),
            form: .numbers
        )
        request.isDecoded = isDecoded
        return request
    }

    /// More elements than these are not decoded for one picture: then some of each pixel stand for all.
    private static let most = 256 << 20
    /// What looking for a chunk costs, in elements.
    private static let least = 1024
    /// What is no plane of forward steps is in memory as a whole.
    private static let mostAtOnce = 1 << 26

    /// From one element that is read to the next: 1, unless that would be too much.
    private func apart(
        _ axes: [ResolvedSelection.Axis],
        _ dimensions: [Int],
        _ each: Int
    ) -> Int {
        let cuts = PlaneReading.cuts(array.metadata)
        let volume = max(Self.least, cuts.map(\.chunkLength).checkedProduct() ?? .max)
        var (chunks, pixels) = (1, 1)
        for (axis, dimension) in zip(axes, dimensions) {
            let touched = min(axis.count, cuts[dimension].chunks(touching: axis.bounds).count)
            chunks = chunks.multipliedOrMost(by: touched)
            pixels = pixels.multipliedOrMost(by: max(0, axis.count - 1) / each + 1)
        }
        guard each > 1, chunks.multipliedOrMost(by: volume) > Self.most else { return 1 }
        let perPixel = Double(Self.most / volume) / Double(max(1, pixels))
        let perSide = axes.count > 1 ? perPixel.squareRoot() : perPixel
        return max(1, each / max(1, Int(perSide)))
    }

    /// Elements to a pixel, where so many are to fit.
    private static func each(_ length: Int, _ pixels: Int) -> Int {
        max(1, (length - 1) / max(1, pixels) + 1)
    }
}
