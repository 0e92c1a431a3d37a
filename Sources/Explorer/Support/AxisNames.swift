/// What the axes of an array are called.
struct AxisNames: Hashable, Sendable {
    /// One name per axis: the dimension's, or its number.
    let names: [String]

    /// Takes the dimensions' names where there are any.
    init(_ details: ArrayDetails?, rank: Int) {
        names = (0..<rank).map { axis in
            let named = details?.dimensionNames ?? []
            guard axis < named.count, let name = named[axis], !name.isEmpty else {
                return "dim\(axis)"
            }
            return name
        }
    }

    /// The name of an axis.
    subscript(axis: Int) -> String {
        names.indices.contains(axis) ? names[axis] : "dim\(axis)"
    }

    /// `time 20  level 2  lat 12`.
    func describe(_ coordinates: [Int]) -> String {
        guard !coordinates.isEmpty else { return "the only chunk" }
        return zip(names, coordinates).map { "\($0) \($1)" }.joined(separator: "  ")
    }
}

extension GridProjection {
    /// Which axes run where: `lat ↓  lon →`.
    func axesText(_ names: AxisNames) -> String {
        isWrapped
            ? names[0] + (rowCount > 1 ? ", in lines" : " →")
            : "\(names[rowAxis]) ↓  \(names[columnAxis]) →"
    }
}
