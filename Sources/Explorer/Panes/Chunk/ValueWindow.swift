import Canvas

/// Which of a chunk's values are held as text, and which are in view: of the plane of the last two
/// dimensions, or of a plain list.
struct ValueWindow: Hashable, Sendable {
    /// Rows of the whole plane, or the number of values of a list.
    let rows: Int
    /// Columns of the whole plane; 0 for a list.
    let columns: Int
    private var held: ChunkPreview?
    /// The widest value that was held so far, so that columns stay where they are.
    private(set) var widest = 1

    /// Nothing is held, of nothing.
    init() {
        rows = 0
        columns = 0
    }

    /// Begins with what a direct look at a chunk told.
    init(_ report: ChunkReport) {
        let isPlane = report.previewWidth > 0 && report.shape.count >= 2
        rows =
            isPlane
            ? report.shape[report.shape.count - 2]
            : report.shape.count < 2
                ? max(report.preview.count, report.shape.first ?? 0) : report.preview.count
        columns = isPlane ? report.shape[report.shape.count - 1] : 0
        guard !report.preview.isEmpty else { return }
        take(
            ChunkPreview(
                chunk: report.chunk,
                row: 0,
                column: 0,
                width: isPlane ? report.previewWidth : 0,
                texts: report.preview
            )
        )
    }

    /// Takes another window of the same chunk.
    mutating func take(_ preview: ChunkPreview) {
        held = preview
        widest = preview.texts.reduce(widest) { max($0, TextWidth.of($1)) }
    }

    /// The value at a row and column, or at a place of a list; `nil` where it is not held.
    func text(row: Int, column: Int = 0) -> String? {
        guard let held, row >= held.row else { return nil }
        guard columns > 0 else {
            let place = row - held.row
            return place < held.texts.count ? held.texts[place] : nil
        }
        guard column >= held.column, column < held.column + held.width else { return nil }
        let (start, overflow) = (row - held.row).multipliedReportingOverflow(by: held.width)
        let place = start + column - held.column
        return !overflow && place < held.texts.count ? held.texts[place] : nil
    }

    /// Where to begin to read so that what is in view is held; `nil` where it is.
    func wanted(_ inView: Range<Int>, _ across: Range<Int>) -> (row: Int, column: Int)? {
        let down = inView.clamped(to: 0..<rows)
        guard held != nil, !down.isEmpty else { return nil }
        guard columns > 0 else {
            let isHeld = text(row: down.lowerBound) != nil && text(row: down.upperBound - 1) != nil
            return isHeld ? nil : (max(0, down.lowerBound - ChunkPreview.listLimit / 4), 0)
        }
        let wide = across.clamped(to: 0..<columns)
        guard !wide.isEmpty else { return nil }
        let isHeld =
            text(row: down.lowerBound, column: wide.lowerBound) != nil
            && text(row: down.upperBound - 1, column: wide.upperBound - 1) != nil
        guard !isHeld else { return nil }
        func start(_ range: Range<Int>) -> Int {
            let spare = max(0, ChunkPreview.planeLimit - range.count) / 2
            return max(0, range.lowerBound - spare)
        }
        return (start(down), start(wide))
    }
}
