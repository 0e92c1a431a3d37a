extension SlicePane {
    func plain(_ context: Context) -> [String]? {
        guard let details = context.arrayDetails(path) else { return nil }
        let names = AxisNames(details, rank: details.shape.count)
        var lines = indexes.indices.map { axis in
            let role = axis == rowAxis ? "runs down, " : axis == columnAxis ? "runs across, " : ""
            let place = coordinate(axis, isUnicode: false).map { ", " + $0 } ?? ""
            let count = Format.count(details.shape[axis])
            return "\(names[axis]): \(role)\(indexes[axis]) of \(count)\(place)"
        }
        if let problem { lines.append(problem.message) }
        guard let values else { return lines }
        if let level = shownLevel {
            lines.append("values of \(word(level, isUnicode: false)), not of the array itself")
        }
        if isMixed {
            if let text = elementText(context) {
                lines.append("value of the element here: \(text)")
            }
            lines.append("below, each value is the mean of \(mixtureWords(values)) elements")
        }
        lines += rows(of: values)
        return lines
    }

    private static let mostRows = 20
    private static let mostColumns = 10

    /// The values from the cursor on, a row to a line.
    private func rows(of values: PlaneValues) -> [String] {
        let request = values.request
        let firstRow = Self.place(cursor.row, request.rows)
        let firstColumn = Self.place(cursor.column, request.columns)
        let rows = firstRow..<min(request.rows.count, firstRow + Self.mostRows)
        let columns = firstColumn..<min(request.columns.count, firstColumn + Self.mostColumns)
        return rows.map { row in
            let texts = columns.map { Self.text(values, row * request.columns.count + $0) }
            let start = request.columns.start + firstColumn * request.columns.step
            return "row \(request.rows.start + row * request.rows.step), columns from \(start): "
                + texts.joined(separator: ", ")
        }
    }

    /// Where an index stands in a run; 0 where it lies outside.
    private static func place(_ index: Int, _ run: PlaneRequest.Run) -> Int {
        guard run.step > 0, index >= run.start else { return 0 }
        let place = (index - run.start) / run.step
        return place < run.count ? place : 0
    }

    private static func text(_ values: PlaneValues, _ place: Int) -> String {
        switch values.source(place) {
        case .unread: return "not read yet"
        case .absent: return "missing"
        case .failed: return "unreadable"
        case .stored: break
        }
        if values.texts.indices.contains(place) { return values.texts[place] }
        guard values.numbers.indices.contains(place) else { return "unknown" }
        return Format.value(values.numbers[place])
    }
}
