import Canvas

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
        coordinates.isEmpty ? "the only chunk" : parts(coordinates).joined(separator: "  ")
    }

    /// The same without the names where they do not fit in so many columns: `[20,2,12]`.
    func describe(_ coordinates: [Int], columns: Int) -> String {
        let text = describe(coordinates)
        return TextWidth.of(text) <= columns
            ? text : "[" + coordinates.map(String.init).joined(separator: ",") + "]"
    }

    /// A text for each axis: `time 20`.
    func parts(_ coordinates: [Int]) -> [String] {
        zip(names, coordinates).map { "\($0) \($1)" }
    }
}

extension GridProjection {
    /// Which axes run where: `lat ↓  lon →`.
    func axesText(_ names: AxisNames) -> String {
        isWrapped
            ? names[0] + (rowCount > 1 ? ", in lines" : " →")
            : "\(names[rowAxis]) ↓  \(names[columnAxis]) →"
    }

    /// The same with names shortened to fit in so many columns; `nil` where nothing of them is left.
    func axesText(_ names: AxisNames, columns: Int) -> String? {
        let whole = axesText(names)
        guard TextWidth.of(whole) > columns else { return whole }
        guard !isWrapped else { return nil }
        let room = (columns - 6) / 2
        guard room >= 4 else { return nil }
        let shown = [rowAxis, columnAxis].map {
            TextWidth.fitted(names[$0], columns: room, cut: .middle)
        }
        return "\(shown[0]) ↓  \(shown[1]) →"
    }
}
