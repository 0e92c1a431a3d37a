import Explorer
import Storage
import ZarrEngine
import ZarrModel

extension OpenStore {
    /// Longer axes are not read whole.
    private static let longestAxis = 1 << 18
    /// More texts than this are not kept.
    private static let mostTexts = 1 << 14

    /// What stands along the axes of the array at `path`; axes of which nothing is known are left out.
    /// O(elements of the coordinate arrays).
    func coordinates(of path: String) async throws -> [AxisCoordinates] {
        let place = try Self.path(path)
        guard let array = try? await array(at: place) else { return [] }
        let names = array.metadata.dimensionNames ?? []
        let image = await levelOfImage(place)
        var found: [AxisCoordinates] = []
        for (axis, length) in array.metadata.shape.enumerated() {
            try Task.checkCancellation()
            let name = axis < names.count ? names[axis] : nil
            if let name, let read = await coordinates(of: name, length, for: place) {
                var read = read
                read.axis = axis
                found.append(read)
            } else if let steps = image?.steps(axis, of: length) {
                found.append(steps)
            }
        }
        return found
    }

    /// The coordinates of a dimension of the array at `place`, from the array that holds them.
    private func coordinates(
        of dimension: String,
        _ length: Int,
        for place: NodePath
    ) async -> AxisCoordinates? {
        for array in await arrays(namedAfter: dimension, for: place) {
            guard array.metadata.shape == [length], length > 0,
                let values = await values(of: array, length)
            else { continue }
            let conventions = ArrayConventions(array.metadata.attributes)
            var found = AxisCoordinates(axis: 0, name: dimension, values: values, count: length)
            found.path = place.parent == nil ? "" : array.path.description
            found.time = conventions.time
            if conventions.time == nil { found.units = conventions.unit ?? "" }
            return found
        }
        return nil
    }

    /// The arrays that may hold the coordinates of a dimension, likeliest first; beside the store where it
    /// is an array of itself.
    private func arrays(namedAfter dimension: String, for place: NodePath) async -> [ArrayNode] {
        var found: [ArrayNode] = []
        guard place.parent == nil else {
            for candidate in place.coordinatePlaces(of: dimension) {
                if let array = try? await array(at: candidate) { found.append(array) }
            }
            return found
        }
        guard let above = try? await hierarchyAbove(), let name = NodePath("/\(dimension)") else {
            return []
        }
        return await above.node(at: name).array.map { [$0] } ?? []
    }

    /// The group of files that the store lies in, so many folders up; `nil` where it lies in none, or is no
    /// folder of files.
    func hierarchyAbove(_ depth: Int = 1) async throws -> ZarrHierarchy? {
        guard location.backend.id == "file", mock == nil else { return nil }
        var locator = location.locator.at(node: nil)
        let parts = locator.place.split(separator: "/")
        guard locator.place.hasPrefix("/"), parts.count > depth else { return nil }
        locator.place = parts.dropLast(depth).map { "/" + $0 }.joined()
        let storage = try await Composition.opener.open(locator).storage
        let above = ZarrHierarchy(storage.metered(by: recorder))
        let group = await above.node(at: .root).group
        return group.map { $0.isImplicit ? nil : above } ?? nil
    }

    /// First and last of a coordinate array, with its unit: `2019-01-01 … 2019-12-31`; empty where
    /// they cannot be read.
    func ends(of array: ArrayNode) async -> String {
        guard let length = array.metadata.shape.first, length > 0,
            let first = await texts(of: array, 0..<1)?.first
        else { return "" }
        let last = length > 1 ? await texts(of: array, length - 1..<length)?.first : nil
        let conventions = ArrayConventions(array.metadata.attributes)
        let unit = conventions.time == nil ? conventions.unit.map { " " + $0 } ?? "" : ""
        return first + (last.map { " … " + $0 } ?? "") + unit
    }

    private func values(of array: ArrayNode, _ length: Int) async -> AxisCoordinates.Values? {
        let isNumeric =
            switch array.metadata.dataType {
            case .integer, .float: true
            default: false
            }
        guard length <= (isNumeric ? Self.longestAxis : Self.mostTexts) else {
            guard let first = await texts(of: array, 0..<1)?.first,
                let last = await texts(of: array, length - 1..<length)?.first
            else { return nil }
            return .ends(first: first, last: last)
        }
        guard isNumeric else { return await texts(of: array, 0..<length).map { .texts($0) } }
        guard let numbers = try? await array.read(.all).numbers else { return nil }
        let conventions = ArrayConventions(array.metadata.attributes)
        guard conventions.isPacked else { return .numbers(numbers) }
        return .numbers(numbers.map { conventions.value(of: $0) })
    }

    private func texts(of array: ArrayNode, _ range: Range<Int>) async -> [String]? {
        let selection = ResolvedSelection(region: Region([range]))
        guard let read = try? await array.read(selection) else { return nil }
        let conventions = ArrayConventions(array.metadata.attributes)
        if let time = conventions.time, let numbers = read.numbers {
            return numbers.map { time.text(conventions.value(of: $0)) ?? "\($0)" }
        }
        return (0..<read.count).map { ElementText.text(read.element($0)[...], read.dataType) }
    }
}

extension LevelOfImage {
    /// The even steps along an axis, where the image says how long they are.
    fileprivate func steps(_ axis: Int, of length: Int) -> AxisCoordinates? {
        guard axis < level.scale.count, axis < image.axes.count else { return nil }
        let known = image.axes[axis]
        // A channel has no place in space or time.
        guard known.kind != "channel" else { return nil }
        let origin = axis < level.translation.count ? level.translation[axis] : 0
        var found = AxisCoordinates(
            axis: axis,
            name: known.name,
            values: .steps(origin: origin, step: level.scale[axis]),
            count: length
        )
        found.units = known.unit ?? ""
        return found
    }
}
