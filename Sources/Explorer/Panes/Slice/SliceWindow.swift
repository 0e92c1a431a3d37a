/// Which part of a plane is on the screen: where it begins, and how many elements a pixel holds.
struct SliceWindow: Hashable, Sendable {
    /// The first element in view.
    var row = 0
    var column = 0
    /// Elements from one pixel to the next, at least 1.
    private(set) var step = 1
    /// Pixels to an element, at least 1. One of this and `step` is 1.
    private(set) var magnification = 1

    /// More elements than this are not read for one image unless a person zooms out to them.
    static let easy = 16 << 20
    /// More are never read for one image.
    static let most = 256 << 20

    /// Shows everything, as large as it fits; less where that would be too much to read.
    mutating func fit(rows: Int, columns: Int, pixelRows: Int, pixelColumns: Int) {
        row = 0
        column = 0
        let down = max(1, pixelRows)
        let across = max(1, pixelColumns)
        magnification = max(1, min(16, down / max(1, rows), across / max(1, columns)))
        step = max(1, (rows + down - 1) / down, (columns + across - 1) / across)
        while step > 1, Self.cost(step, rows, columns, down, across) > Self.easy { step /= 2 }
    }

    /// Shows twice as much or half as much.
    mutating func zoom(in isIn: Bool, rows: Int, columns: Int, pixelRows: Int, pixelColumns: Int) {
        if isIn {
            if step > 1 { step /= 2 } else { magnification = min(16, magnification * 2) }
            return
        }
        if magnification > 1 {
            magnification /= 2
            return
        }
        let isAll = pixelRows * step >= rows && pixelColumns * step >= columns
        guard !isAll, Self.cost(step * 2, rows, columns, pixelRows, pixelColumns) <= Self.most
        else {
            return
        }
        step *= 2
    }

    /// Elements that must be read, those between the steps included.
    private static func cost(
        _ step: Int,
        _ rows: Int,
        _ columns: Int,
        _ pixelRows: Int,
        _ pixelColumns: Int
    ) -> Int {
        let down = min(rows, pixelRows.multipliedReportingOverflow(by: step).partialValue)
        let across = min(columns, pixelColumns.multipliedReportingOverflow(by: step).partialValue)
        let (cost, overflow) = down.multipliedReportingOverflow(by: across)
        return overflow || down < 0 || across < 0 ? .max : cost
    }

    /// The elements of an axis that so many pixels show, from about `start`: shifted by less than a
    /// step, so that `held` is one of them.
    func run(from start: Int, count: Int, pixels: Int, holding held: Int) -> PlaneRequest.Run {
        let shown = max(1, (pixels + magnification - 1) / magnification)
        let start = held >= start ? start + (held - start) % step : start
        let left = max(0, count - start)
        return PlaneRequest.Run(
            start: start,
            count: min(shown, (left + step - 1) / step),
            step: step
        )
    }

    /// Moves so that an element is in view, and nothing beyond the end is.
    mutating func reveal(
        row wanted: Int,
        column across: Int,
        rows: Int,
        columns: Int,
        pixelRows: Int,
        pixelColumns: Int
    ) {
        row = moved(row, to: wanted, count: rows, pixels: pixelRows)
        column = moved(column, to: across, count: columns, pixels: pixelColumns)
    }

    private func moved(_ start: Int, to wanted: Int, count: Int, pixels: Int) -> Int {
        let shown = max(1, pixels / magnification) * step
        var start = start
        if wanted < start { start = wanted }
        if wanted >= start + shown { start = wanted - shown + step }
        return max(0, min(start / step * step, (max(0, count - shown) + step - 1) / step * step))
    }
}
