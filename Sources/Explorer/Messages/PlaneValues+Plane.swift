public import Raster

extension PlaneValues {
    /// Takes what was read as numbers so far, its figures included.
    public mutating func take(_ tally: PlaneTally) {
        numbers = tally.means
        if request.isReduced {
            minima = tally.minima
            maxima = tally.maxima
            absentCounts = tally.absentCounts
            failedCounts = tally.failedCounts
            rowPlaces = tally.rowPlaces
            columnPlaces = tally.columnPlaces
        }
        let marks = tally.marks
        sources = marks.allSatisfy { $0 <= .notANumber } ? [] : marks.map(Source.init)
        statistics = tally.statistics
        spread = tally.spread
    }

    /// Gives rows and columns after so many what the last of those have: at the end of an array whose
    /// level was rounded down there is nothing of their own.
    public mutating func repeatEdge(afterRows rows: Int, columns: Int) {
        let size = (rows: request.rows.count, columns: request.columns.count)
        guard rows > 0, columns > 0, rows < size.rows || columns < size.columns else { return }
        let from = (0..<size.rows * size.columns).map { place in
            min(place / size.columns, rows - 1) * size.columns
                + min(place % size.columns, columns - 1)
        }
        func repeated<Element>(_ list: [Element]) -> [Element] {
            list.count == from.count ? from.map { list[$0] } : list
        }
        numbers = repeated(numbers)
        minima = repeated(minima)
        maxima = repeated(maxima)
        sources = repeated(sources)
        absentCounts = repeated(absentCounts)
        failedCounts = repeated(failedCounts)
        rowPlaces = rowPlaces.indices.map { rowPlaces[min($0, rows - 1)] }
        columnPlaces = columnPlaces.indices.map { columnPlaces[min($0, columns - 1)] }
    }

    /// The numbers as a plane, each place with the one that stands for it. `known` is what else is
    /// known of the places: it speaks where not every element was read.
    public func plane(_ choice: Reduction.Choice, known: [Source] = []) -> Plane {
        let isBlind = request.isBlind
        let marks = numbers.indices.map { place -> PlaneMark in
            var source = source(place)
            if place < known.count, source == .unread || isBlind {
                source = max(source, known[place])
            }
            return PlaneMark(source)
        }
        return Plane(
            rows: request.rows.count,
            columns: request.columns.count,
            values: numbers(choice),
            marks: marks
        )
    }

    /// The number that stands for each place.
    private func numbers(_ choice: Reduction.Choice) -> [Double] {
        guard minima.count == numbers.count, maxima.count == numbers.count else { return numbers }
        switch choice {
        case .mean: return numbers
        case .minimum: return minima
        case .maximum: return maxima
        case .extreme:
            let center = statistics?.mean ?? 0
            return numbers.indices.map { place in
                let (low, high) = (minima[place], maxima[place])
                return center - low > high - center ? low : high
            }
        }
    }
}

extension PlaneValues.Source {
    /// What stands behind a place, its number aside.
    public init(_ mark: PlaneMark) {
        switch mark {
        case .value, .notANumber: self = .stored
        case .unread: self = .unread
        case .absent: self = .absent
        case .failed: self = .failed
        }
    }
}

extension PlaneMark {
    /// What stands behind a place, before its number is looked at.
    public init(_ source: PlaneValues.Source) {
        switch source {
        case .stored: self = .value
        case .unread: self = .unread
        case .absent: self = .absent
        case .failed: self = .failed
        }
    }
}
