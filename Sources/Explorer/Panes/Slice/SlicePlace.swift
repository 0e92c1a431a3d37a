import ZarrModel

/// A place that a person typed: indexes, or coordinates where the store has them.
struct SlicePlace {
    /// What cannot be understood, in words for a person.
    struct Fault: Error {
        var message: String
    }

    /// One index per dimension.
    private(set) var indexes: [Int]

    /// Reads `40,4,32,17`, `[40, 4]` (the first dimensions), `lat=32 lon=-1`, `lat@45.5`, or one index
    /// of the dimension that is picked; what is not named stays where it is.
    init(
        typed: String,
        from indexes: [Int],
        picked: Int,
        _ details: ArrayDetails,
        _ coordinates: [Int: AxisCoordinates]
    ) throws(Fault) {
        self.indexes = indexes
        let names = AxisNames(details, rank: details.shape.count)
        let words = typed.split { " ,[]()".contains($0) }.map(String.init)
        guard !words.isEmpty else { throw Fault(message: "Type an index, or name=index") }
        let isNamed = words.contains { $0.contains("=") || $0.contains("@") }
        guard isNamed || words.count <= details.shape.count else {
            throw Fault(message: "The array has \(Format.plural(details.shape.count, "dimension"))")
        }
        for (position, word) in words.enumerated() {
            guard isNamed else {
                let axis = words.count == 1 ? picked : position
                try set(axis, word, details, coordinates[axis])
                continue
            }
            guard let sign = word.firstIndex(where: { $0 == "=" || $0 == "@" }) else {
                throw Fault(message: "\(word) has no name: name=index or name@coordinate")
            }
            let name = String(word[..<sign])
            let value = String(word[word.index(after: sign)...])
            let axis = names.names.firstIndex { $0.utf8.elementsEqual(name.utf8) }
            guard let axis else { throw Fault(message: "No dimension is called \(name)") }
            if word[sign] == "@" {
                try setCoordinate(axis, value, coordinates[axis])
            } else {
                try set(axis, value, details, coordinates[axis])
            }
        }
    }

    private mutating func set(
        _ axis: Int,
        _ text: String,
        _ details: ArrayDetails,
        _ coordinates: AxisCoordinates?
    ) throws(Fault) {
        guard indexes.indices.contains(axis), axis < details.shape.count else {
            throw Fault(message: "There is no dimension \(axis)")
        }
        guard let index = Int(text) else {
            try setCoordinate(axis, text, coordinates)
            return
        }
        let length = details.shape[axis]
        let place = index < 0 ? index &+ length : index
        guard place >= 0, place < length else {
            throw Fault(message: "\(index) is outside 0…\(max(0, length - 1))")
        }
        indexes[axis] = place
    }

    /// The element whose coordinate is nearest, or whose text begins with what was typed.
    private mutating func setCoordinate(
        _ axis: Int,
        _ text: String,
        _ coordinates: AxisCoordinates?
    ) throws(Fault) {
        guard let coordinates, indexes.indices.contains(axis) else {
            throw Fault(message: "\(text) is no index, and there are no coordinates")
        }
        guard coordinates.count <= Self.searched else {
            throw Fault(message: "The dimension is too long to look for a coordinate")
        }
        var best: (index: Int, distance: Double)?
        let wanted = Double(text)
        for index in 0..<coordinates.count {
            if wanted == nil, coordinates.text(at: index)?.hasPrefix(text) ?? false {
                indexes[axis] = index
                return
            }
            guard let wanted, let number = coordinates.number(at: index) else { continue }
            let distance = abs(number - wanted)
            if distance < best?.distance ?? .infinity { best = (index, distance) }
        }
        guard let best else { throw Fault(message: "No coordinate begins with \(text)") }
        indexes[axis] = best.index
    }

    /// Longer dimensions are not searched.
    private static let searched = 1 << 20
}
