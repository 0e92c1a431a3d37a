import Canvas
import ZarrModel

extension SlicePane {
    /// Whether what was read is of the plane where the cursor is.
    var isCurrent: Bool {
        guard let request = values?.request else { return false }
        return request.rowAxis == shownAxes.row && request.columnAxis == shownAxes.column
            && request.fixed.count == indexes.count
            && indexes.indices.allSatisfy {
                $0 == shownAxes.row || $0 == shownAxes.column || indexes[$0] == request.fixed[$0]
            }
    }

    /// The dimensions that what is shown runs along.
    var shownAxes: (row: Int?, column: Int?) {
        mode == .plot ? (nil, plotAxis) : (rowAxis, columnAxis)
    }

    /// Where the cursor's part stands in what was read; `nil` where it was not.
    var cursorPlace: Int? {
        guard let request = values?.request, isCurrent else { return nil }
        let down = request.rows.part(holding: shownAxes.row.map { indexes[$0] } ?? 0)
        let across = request.columns.part(holding: shownAxes.column.map { indexes[$0] } ?? 0)
        guard down >= 0, down < request.rows.count, across >= 0, across < request.columns.count
        else { return nil }
        return down * request.columns.count + across
    }

    /// The cursor's value as text, exactly; `nil` where several elements share a place, or it was not
    /// read.
    var cursorText: String? {
        guard let values, let place = cursorPlace, !values.request.isReduced else { return nil }
        return text(at: place, values)
    }

    private func text(at place: Int, _ values: PlaneValues) -> String? {
        switch values.source(place) {
        case .failed: return "failed"
        case .unread: return nil
        case .stored, .absent: break
        }
        if values.request.form == .texts {
            return place < values.texts.count ? values.texts[place] : nil
        }
        return place < values.numbers.count ? Format.value(values.numbers[place]) : nil
    }

    /// The values of the cursor's row that are in view, with tabs between them.
    var rowText: String? {
        guard let values, let place = cursorPlace, !values.request.isReduced else { return nil }
        let width = values.request.columns.count
        let start = place / width * width
        return (start..<start + width).map { text(at: $0, values) ?? "" }.joined(separator: "\t")
    }

    /// What a place on an axis is called: its coordinate, or its index.
    func label(_ axis: Int?, _ index: Int, width: Int) -> String {
        let text = axis.flatMap { coordinates[$0]?.text(at: index) }
        guard let text, TextWidth.of(text) <= width else { return String(index) }
        return text
    }

    /// The coordinate of the cursor on a dimension, with its unit; `nil` without one.
    func coordinate(_ axis: Int, isUnicode: Bool) -> String? {
        guard indexes.indices.contains(axis) else { return nil }
        return coordinates[axis]?.place(at: indexes[axis], isUnicode: isUnicode)
    }

    /// The whole plane that is shown, or the whole line.
    func plane(_ context: Context) -> PlaneRequest? {
        guard isBegun, let details = context.arrayDetails(path), !details.shape.contains(0) else {
            return nil
        }
        let (row, column) = shownAxes
        return PlaneRequest(
            path: path,
            rowAxis: row,
            columnAxis: column,
            fixed: indexes,
            rows: PlaneRequest.Run(start: 0, count: row.map { details.shape[$0] } ?? 1),
            columns: PlaneRequest.Run(start: 0, count: column.map { details.shape[$0] } ?? 1),
            form: .texts
        )
    }

    // MARK: Mouse

    /// The indexes that a place of the pane stands for.
    func element(at point: Point, _ details: ArrayDetails) -> [Int: Int]? {
        guard layout.body.contains(point), let request = values?.request, isCurrent else {
            return nil
        }
        let down = point.row - layout.body.row
        let across = point.column - layout.body.column
        var found: [Int: Int] = [:]
        switch mode {
        case .histogram: return nil
        case .plot:
            let count = request.columns.count
            let part = across * count / max(1, layout.body.columns)
            let index = request.columns.start + min(part, count - 1) * request.columns.step
            if let plotAxis { found[plotAxis] = index }
        case .table:
            let column = min(across / max(1, cellWidth), request.columns.count - 1)
            if let rowAxis {
                found[rowAxis] = request.rows.start + min(down, request.rows.count - 1)
                if let columnAxis { found[columnAxis] = request.columns.start + column }
            } else if let columnAxis {
                found[columnAxis] = request.columns.start + down * lineLength + column
            }
        case .image:
            guard let picture else { return nil }
            let halves = picture.pixelColumns == 1 ? 2 : 1
            let row = rowAxis == nil ? 0 : down * halves / picture.key.magnification
            let column = across / picture.pixelColumns / picture.key.magnification
            guard row < request.rows.count, column < request.columns.count else { return nil }
            if let rowAxis { found[rowAxis] = request.rows.start + row * request.rows.step }
            if let columnAxis {
                found[columnAxis] = request.columns.start + column * request.columns.step
            }
        }
        return found
    }

    /// The tabs as they are drawn: with little room those that are not shown have their key alone.
    var tabs: [(mode: Mode, text: String)] {
        Mode.allCases.enumerated().map { number, own in
            // A level needs its room beside them.
            let isNarrow =
                layout.head.columns < (layout.panel.isEmpty ? 72 : shownLevel == nil ? 44 : 64)
            let isShort = own != mode && isNarrow
            return (own, isShort ? "\(number + 1)" : "\(number + 1) \(own.word)")
        }
    }

    /// The tab at a place of the pane.
    func tab(at point: Point) -> Mode? {
        guard point.row == layout.head.row else { return nil }
        var column = 1
        for (mode, text) in tabs {
            let end = column + text.count
            if (column..<end).contains(point.column) { return mode }
            column = end + 2
        }
        return nil
    }
}
