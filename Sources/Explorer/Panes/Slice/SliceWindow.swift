import ZarrModel

/// What it costs to read a part of a plane: chunks are read whole.
struct SliceCost: Hashable, Sendable {
    /// Elements of a chunk along the rows and the columns of the plane.
    var rowChunk = 1
    var columnChunk = 1
    /// Elements of a chunk along all other dimensions together.
    var depth = 1

    /// Elements that must be decoded for so many rows and columns, about.
    func elements(rows: Int, columns: Int) -> Int {
        let parts = [Self.whole(rows, rowChunk), Self.whole(columns, columnChunk), depth]
        return parts.reduce(1) { $0.multipliedOrMost(by: $1) }
    }

    /// The same, where finding a chunk costs as much as so many elements, however small it is.
    func work(rows: Int, columns: Int) -> Int {
        let counts = [(rows, rowChunk), (columns, columnChunk)].map { count, chunk in
            (max(0, count) - 1) / max(1, chunk) + 1
        }
        let chunks = counts.reduce(1) { $0.multipliedOrMost(by: $1) }
        return max(
            elements(rows: rows, columns: columns),
            chunks.multipliedOrMost(by: Self.elementsToFindChunk)
        )
    }

    private static let elementsToFindChunk = 1024

    private static func whole(_ count: Int, _ chunk: Int) -> Int {
        let chunk = max(1, chunk)
        return ((max(0, count) - 1) / chunk + 1).multipliedOrMost(by: chunk)
    }
}

/// A coarser level that can be read in the array's place, and what that costs.
struct SliceLevel: Hashable, Sendable {
    let level: PlaneLevel
    /// Elements of the array to one of the level, down and across.
    let rowFactor: Double
    let columnFactor: Double
    let cost: SliceCost

    /// Elements that must be decoded for so many rows and columns of the array, about.
    fileprivate func elements(rows: Int, columns: Int) -> Int {
        cost.elements(
            rows: Int((Double(rows) / rowFactor).rounded(.up)),
            columns: Int((Double(columns) / columnFactor).rounded(.up))
        )
    }
}

/// Which part of a plane is on the screen: where it begins, and how many elements a pixel holds.
struct SliceWindow: Hashable, Sendable {
    /// The first element in view.
    var row = 0
    var column = 0
    /// Elements behind a pixel along each axis, at least 1.
    private(set) var step = 1
    /// Pixels to an element, at least 1. One of this and `step` is 1.
    private(set) var magnification = 1

    /// The most pixels that an element takes.
    static let largest = 32
    /// More elements than this are not decoded for one image unless a person zooms out to them.
    static let easy = 16 << 20
    /// Beyond so many, not every element is read but one of each pixel.
    static let most = 256 << 20
    /// So many elements are read before it is known whether a coarser level would do.
    static let little = 1 << 20

    /// Rows and columns of a plane, and the pixels that there is room for.
    struct Room: Hashable, Sendable {
        var rows: Int
        var columns: Int
        var pixelRows: Int
        var pixelColumns: Int
        var cost = SliceCost()
        /// The coarser levels that may be read, the finest first.
        var levels: [SliceLevel] = []

        /// The level to read where so many elements share a pixel: the coarsest of which each pixel has
        /// an element of its own; `nil` is the array itself.
        func level(at step: Int) -> PlaneLevel? {
            own(at: step)?.level
        }

        private func own(at step: Int) -> SliceLevel? {
            levels.last { $0.level.factor <= Double(step) }
        }

        /// Elements that must be decoded for what is in view, about.
        func cost(of step: Int) -> Int {
            let rows = min(rows, pixelRows.multipliedOrMost(by: step))
            let columns = min(columns, pixelColumns.multipliedOrMost(by: step))
            return own(at: step)?.elements(rows: rows, columns: columns)
                ?? cost.elements(rows: rows, columns: columns)
        }

        /// What reading all elements in view would cost, in elements.
        fileprivate func work(of step: Int) -> Int {
            let rows = min(rows, pixelRows.multipliedOrMost(by: step))
            let columns = min(columns, pixelColumns.multipliedOrMost(by: step))
            return own(at: step)?.elements(rows: rows, columns: columns)
                ?? cost.work(rows: rows, columns: columns)
        }

        fileprivate func isAll(at step: Int) -> Bool {
            pixelRows.multipliedOrMost(by: step) >= rows
                && pixelColumns.multipliedOrMost(by: step) >= columns
        }
    }

    /// Shows everything, as large as it fits; less where that would be too much to read.
    mutating func fit(_ room: Room) {
        row = 0
        column = 0
        let down = max(1, room.pixelRows)
        let across = max(1, room.pixelColumns)
        let (rows, columns) = (max(1, room.rows), max(1, room.columns))
        magnification = max(1, min(Self.largest, down / rows, across / columns))
        step = max(1, (rows - 1) / down + 1, (columns - 1) / across + 1)
        while step > 1, room.cost(of: step) > Self.easy { step /= 2 }
    }

    /// Shows twice as much or half as much.
    mutating func zoom(in isIn: Bool, _ room: Room) {
        if isIn {
            if step > 1 { step /= 2 } else { magnification = min(Self.largest, magnification * 2) }
        } else if magnification > 1 {
            magnification /= 2
        } else if !room.isAll(at: step) {
            step *= 2
        }
    }

    /// From one element that is read to the next: 1, unless that would be too much.
    func stride(_ room: Room) -> Int {
        step > 1 && room.work(of: step) > Self.most ? step : 1
    }

    /// The elements of an axis that so many pixels show, from `start`.
    func run(from start: Int, count: Int, pixels: Int, stride: Int) -> PlaneRequest.Run {
        let shown = max(1, (pixels + magnification - 1) / magnification)
        let left = max(1, count - start)
        return PlaneRequest.Run(
            start: start,
            count: min(shown, (left - 1) / step + 1),
            step: step,
            stride: stride
        )
    }

    /// Moves so that an element is in view, and nothing beyond the end is.
    mutating func reveal(row wanted: Int, column across: Int, _ room: Room) {
        row = moved(row, to: wanted, count: room.rows, pixels: room.pixelRows)
        column = moved(column, to: across, count: room.columns, pixels: room.pixelColumns)
    }

    private func moved(_ start: Int, to wanted: Int, count: Int, pixels: Int) -> Int {
        let shown = max(1, pixels / magnification).multipliedOrMost(by: step)
        var start = max(0, min(start, count - 1))
        if wanted < start { start = wanted }
        if wanted - start >= shown { start = wanted - shown + step }
        let last = max(0, count - shown)
        return max(0, min(start / step, last == 0 ? 0 : (last - 1) / step + 1)) * step
    }
}
