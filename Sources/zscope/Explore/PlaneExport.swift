import Explorer
import ZarrEngine
import ZarrModel

/// Every value of a plane, as stored, into a file: read and written piece by piece.
struct PlaneExport {
    /// More elements than this are not written from the explorer.
    static let most = 100_000_000
    /// Of elements without a fixed length NumPy's format must know the longest first.
    private static let mostVariable = 1_000_000
    /// Elements that are in memory at a time.
    private static let piece = 4 << 20

    private let request: PlaneRequest
    private let array: ArrayNode
    private let isTable: Bool

    /// Checks that the plane can be written: as lines of text if `isTable`, else in NumPy's format.
    init(_ request: PlaneRequest, _ array: ArrayNode, isTable: Bool) throws {
        self.request = request
        self.array = array
        self.isTable = isTable
        let shape = array.metadata.shape
        guard request.fixed.count == shape.count, !shape.contains(0) else {
            throw ToolError("there are no values to write")
        }
        let isWhole = isTable || !array.metadata.dataType.isVariableLength
        let limit = isWhole ? Self.most : Self.mostVariable
        let rows = request.rowAxis.map { shape[$0] } ?? 1
        let columns = request.columnAxis.map { shape[$0] } ?? 1
        guard rows <= limit / columns else {
            throw ToolError(
                "this plane has more than \(Wording.count(limit)) elements: zscope read writes any number"
            )
        }
    }

    private func length(_ axis: Int?) -> Int {
        axis.map { array.metadata.shape[$0] } ?? 1
    }

    /// The dimensions of what is written, in its order.
    private var shape: [Int] {
        [request.rowAxis, request.columnAxis].compactMap { $0 }.map(length)
    }

    /// Whether rows lie closer together in the array than columns do.
    private var isTransposed: Bool {
        request.rowAxis.map { $0 > request.columnAxis ?? -1 } ?? false
    }

    /// Writes it, and answers how many of the array's chunks are missing: what they would hold is
    /// written as the fill value. A chunk that cannot be read ends it, and nothing is written.
    func write(to path: String) async throws -> Int {
        let output = try Output(path: path)
        do {
            let missing = try await write(output)
            try output.finish()
            return missing
        } catch {
            output.discard()
            throw error
        }
    }

    private func write(_ output: Output) async throws -> Int {
        let type = array.metadata.dataType
        let isWhole = !isTable && type.isVariableLength
        if !isTable, !isWhole {
            try ValuesReport.npyHead(type, shape, isFortran: isTransposed, to: output)
        }
        // A table is written by rows, NumPy's file in the order in which elements are stored.
        let lead =
            isTable || !isTransposed ? request.rowAxis ?? request.columnAxis : request.columnAxis
        var missing: Set<Int> = []
        for part in parts(lead, isWhole: isWhole) {
            try Task.checkCancellation()
            let values = try await array.read(selection(lead, part), ReadOptions())
            missing.formUnion(values.absentChunks)
            let report = ValuesReport(values: values, output: output)
            if isTable {
                try report.csv(isTransposed: isTransposed)
            } else if isWhole {
                try report.npy(as: shape, isFortran: isTransposed)
            } else {
                try report.raw()
            }
        }
        return missing.count
    }

    /// Where the plane is cut: along chunks, as far as they are not too large.
    private func parts(_ lead: Int?, isWhole: Bool) -> [Range<Int>] {
        guard let lead, !isWhole else { return [0..<length(lead)] }
        let across = shape.reduce(1, *) / max(1, length(lead))
        let chunk = max(1, array.metadata.chunkShape[lead])
        let room = max(1, Self.piece / max(1, across))
        let step = room >= chunk ? room / chunk * chunk : room
        return stride(from: 0, to: length(lead), by: step).map { start in
            start..<min(length(lead), start + step)
        }
    }

    private func selection(_ lead: Int?, _ part: Range<Int>) -> ResolvedSelection {
        ResolvedSelection(
            axes: array.metadata.shape.indices.map { axis in
                if axis == lead {
                    return ResolvedSelection.Axis(start: part.lowerBound, count: part.count)
                }
                if axis == request.rowAxis || axis == request.columnAxis {
                    return ResolvedSelection.Axis(start: 0, count: length(axis))
                }
                return ResolvedSelection.Axis(
                    start: request.fixed[axis],
                    count: 1,
                    isDropped: true
                )
            }
        )
    }
}
