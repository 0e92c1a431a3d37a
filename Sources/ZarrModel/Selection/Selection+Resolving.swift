extension Selection {
    /// Works the selection out for an array.
    ///
    /// Slices are clipped as in Python. Throws for a position outside the array, for more items than
    /// dimensions, for a name that no or more than one dimension has, for a mask of another shape,
    /// and for a field that elements do not have. O(positions) where they are listed or marked.
    public func resolve(for array: ArrayMetadata) throws(SelectionError) -> ResolvedSelection {
        try resolve(
            shape: array.shape,
            dimensionNames: array.dimensionNames,
            grid: array.grid,
            dataType: array.dataType
        )
    }

    /// The same for an array of `shape`. Without `grid` it throws for blocks, without `dataType` for
    /// fields.
    public func resolve(
        shape: [Int],
        dimensionNames: [String?]? = nil,
        grid: ChunkGrid? = nil,
        dataType: DataType? = nil
    ) throws(SelectionError) -> ResolvedSelection {
        let dimensions = DimensionList(shape: shape, names: dimensionNames)
        return ResolvedSelection(
            try form(dimensions, grid),
            field: try fieldSelection(of: dataType)
        )
    }

    private func fieldSelection(
        of dataType: DataType?
    ) throws(SelectionError) -> FieldSelection? {
        guard let field else { return nil }
        guard let dataType else { throw SelectionError("elements have no fields here") }
        return try FieldSelection(field, of: dataType)
    }

    private func form(
        _ dimensions: DimensionList,
        _ grid: ChunkGrid?
    ) throws(SelectionError) -> ResolvedSelection.Form {
        switch kind {
        case .elements(let terms):
            var axes: [ResolvedSelection.Axis] = []
            for (dimension, item) in try dimensions.items(terms).enumerated() {
                let length = dimensions.shape[dimension]
                axes.append(try item.axis(length: length, dimension: dimension))
            }
            return .axes(axes)
        case .blocks(let terms):
            guard let grid, let counts = grid.gridShape(for: dimensions.shape)?.counts else {
                throw SelectionError("there are no chunks to choose from")
            }
            var axes: [ResolvedSelection.Axis] = []
            for (dimension, item) in try dimensions.items(terms).enumerated() {
                let blocks = try item.blocks(count: counts[dimension], dimension: dimension)
                axes.append(grid.axis(of: blocks, dimension: dimension, in: dimensions.shape))
            }
            return .axes(axes)
        case .points(let points): return .points(try points.resolve(dimensions))
        case .mask(let mask): return .points(try mask.resolve(shape: dimensions.shape))
        }
    }
}

/// The dimensions that a selection is worked out for.
struct DimensionList {
    let shape: [Int]
    let names: [String?]?

    /// The item for each dimension, whole where nothing is said.
    func items(_ terms: [Selection.Term]) throws(SelectionError) -> [Selection.Item] {
        if terms.first?.dimension != nil { return try namedItems(terms) }
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

    private static let whole = Selection.Item.slice(start: nil, stop: nil, step: nil)

    private func namedItems(
        _ terms: [Selection.Term]
    ) throws(SelectionError) -> [Selection.Item] {
        var items = Array(repeating: Self.whole, count: shape.count)
        for term in terms {
            guard let name = term.dimension else { continue }
            items[try place(of: name)] = term.item
        }
        return items
    }

    /// The dimension that is called `name`.
    func place(of name: String) throws(SelectionError) -> Int {
        guard let names, names.count == shape.count else {
            throw SelectionError("the dimensions of this array have no names")
        }
        let found = names.indices.filter { names[$0] == name }
        guard let position = found.first else {
            let known = names.compactMap(\.self).joined(separator: ", ")
            throw SelectionError("no dimension is called \(name); there are: \(known)")
        }
        guard found.count == 1 else {
            throw SelectionError("more than one dimension is called \(name)")
        }
        return position
    }
}

extension PointSelection {
    /// Works the points out for the dimensions.
    func resolve(_ dimensions: DimensionList) throws(SelectionError) -> ResolvedSelection.Points {
        let lists = try inOrder(dimensions)
        let counts = Set(lists.map(\.count)).subtracting([1])
        guard counts.count <= 1 else {
            throw SelectionError("points have as many coordinates in each dimension")
        }
        let own = shape?.checkedProduct()
        let count = counts.first ?? (lists.isEmpty ? own ?? 1 : 1)
        var coordinates: [[Int]] = []
        for (dimension, list) in lists.enumerated() {
            let length = dimensions.shape[dimension]
            var positions = list
            for number in positions.indices {
                positions[number] = try place(list[number], length: length, dimension: dimension)
            }
            let isOne = positions.count == 1 && count != 1
            coordinates.append(
                isOne ? [Int](repeating: positions[0], count: count) : positions
            )
        }
        guard let points = ResolvedSelection.Points(coordinates, shape: shape ?? [count]) else {
            throw SelectionError("\(count) points do not make the shape \(shape ?? [])")
        }
        return points
    }

    /// A list for each dimension in the array's order.
    private func inOrder(_ dimensions: DimensionList) throws(SelectionError) -> [[Int]] {
        let rank = dimensions.shape.count
        guard coordinates.count == rank, names?.count ?? rank == rank else {
            throw SelectionError(
                "points have \(coordinates.count) coordinates, the array \(rank) dimensions"
            )
        }
        guard let names else { return coordinates }
        var lists = [[Int]?](repeating: nil, count: rank)
        for (name, list) in zip(names, coordinates) {
            let place = try dimensions.place(of: name)
            guard lists[place] == nil else {
                throw SelectionError("a dimension is chosen twice")
            }
            lists[place] = list
        }
        return lists.compactMap(\.self)
    }

    private var names: [String]? { dimensions }
}

extension MaskSelection {
    /// The marked elements of an array of `shape`, in C order.
    func resolve(shape: [Int]) throws(SelectionError) -> ResolvedSelection.Points {
        guard self.shape == shape, shape.checkedProduct() == flags.count else {
            throw SelectionError("the mask has the shape \(self.shape), the array \(shape)")
        }
        let count = flags.count { $0 }
        var coordinates = shape.map { _ in [Int]() }
        for dimension in shape.indices { coordinates[dimension].reserveCapacity(count) }
        for number in flags.indices where flags[number] {
            var rest = number
            for dimension in shape.indices.reversed() {
                let (quotient, place) = rest.quotientAndRemainder(dividingBy: shape[dimension])
                coordinates[dimension].append(place)
                rest = quotient
            }
        }
        guard let points = ResolvedSelection.Points(coordinates, shape: [count]) else {
            throw SelectionError("the mask does not fit the array")
        }
        return points
    }
}

/// `position`, counted from the end where it is negative. Throws outside the dimension.
func place(_ position: Int, length: Int, dimension: Int) throws(SelectionError) -> Int {
    let place = position < 0 ? position + length : position
    guard place >= 0, place < length else {
        throw SelectionError(
            "\(position) is outside dimension \(dimension), whose length is \(length)"
        )
    }
    return place
}
