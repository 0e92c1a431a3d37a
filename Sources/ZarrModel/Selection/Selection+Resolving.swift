extension Selection {
    /// Works the selection out for an array of `shape`.
    ///
    /// Slices are clipped as in Python. Throws for a position outside the array, for more items
    /// than dimensions, and for a name that no or more than one dimension has.
    public func resolve(
        shape: [Int],
        dimensionNames: [String?]? = nil
    ) throws(SelectionError) -> ResolvedSelection {
        let items = try itemPerDimension(shape: shape, names: dimensionNames)
        var axes: [ResolvedSelection.Axis] = []
        for (dimension, item) in items.enumerated() {
            axes.append(try Self.axis(item, length: shape[dimension], dimension: dimension))
        }
        return ResolvedSelection(axes: axes)
    }

    private static let whole = Item.slice(start: nil, stop: nil, step: nil)

    private func itemPerDimension(
        shape: [Int],
        names: [String?]?
    ) throws(SelectionError) -> [Item] {
        if terms.first?.dimension != nil { return try namedItems(shape: shape, names: names) }
        var items = terms.map(\.item)
        let given = items.count { $0 != .ellipsis }
        guard given <= shape.count else {
            throw SelectionError("\(given) items for \(dimensions(shape.count))")
        }
        let rest = Array(repeating: Self.whole, count: shape.count - given)
        if let position = items.firstIndex(of: .ellipsis) {
            items.replaceSubrange(position...position, with: rest)
        } else {
            items += rest
        }
        return items
    }

    private func namedItems(shape: [Int], names: [String?]?) throws(SelectionError) -> [Item] {
        guard let names, names.count == shape.count else {
            throw SelectionError("the dimensions of this array have no names")
        }
        var items = Array(repeating: Self.whole, count: shape.count)
        for term in terms {
            guard let name = term.dimension else { continue }
            let found = names.indices.filter { names[$0] == name }
            guard let position = found.first else {
                let known = names.compactMap(\.self).joined(separator: ", ")
                throw SelectionError("no dimension is called \(name); there are: \(known)")
            }
            guard found.count == 1 else {
                throw SelectionError("more than one dimension is called \(name)")
            }
            items[position] = term.item
        }
        return items
    }

    private static func axis(
        _ item: Item,
        length: Int,
        dimension: Int
    ) throws(SelectionError) -> ResolvedSelection.Axis {
        switch item {
        case .index(let index):
            let position = index < 0 ? index + length : index
            guard position >= 0, position < length else {
                throw SelectionError(
                    "\(index) is outside dimension \(dimension), whose length is \(length)"
                )
            }
            return .init(start: position, count: 1, isDropped: true)
        case .slice(let start, let stop, let step):
            return slice(start, stop, step ?? 1, length: length)
        case .ellipsis:
            return .init(start: 0, count: length)
        }
    }

    /// Python's `slice.indices`.
    private static func slice(
        _ start: Int?,
        _ stop: Int?,
        _ step: Int,
        length: Int
    ) -> ResolvedSelection.Axis {
        let isBackwards = step < 0
        let lowest = isBackwards ? -1 : 0
        let highest = isBackwards ? length - 1 : length
        func clip(_ bound: Int?, _ preset: Int) -> Int {
            guard let bound else { return preset }
            return min(max(bound < 0 ? bound + length : bound, lowest), highest)
        }
        let first = clip(start, isBackwards ? highest : lowest)
        let end = clip(stop, isBackwards ? lowest : highest)
        let distance = isBackwards ? first - end : end - first
        guard distance > 0 else { return .init(start: 0, step: step, count: 0) }
        let stride = step.magnitude
        let count = Int((UInt(distance) - 1) / stride) + 1
        return .init(start: first, step: count == 1 ? 1 : step, count: count)
    }
}
