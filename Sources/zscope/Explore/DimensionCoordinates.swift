import Explorer
import JSONValue
import Raster
import ZarrEngine
import ZarrModel

extension OpenStore {
    /// Longer dimensions have their indexes shown alone: more would be kept than is looked at.
    private static let longest = 1 << 16

    /// The coordinates of an array's dimensions: those that an array of one dimension has which is
    /// called like it, beside the array or above.
    func sliceCoordinates(of path: String) async throws -> [SliceCoordinates] {
        let array = try await array(path)
        var found: [SliceCoordinates] = []
        for (axis, name) in (array.metadata.dimensionNames ?? []).enumerated() {
            try Task.checkCancellation()
            guard let name, axis < array.metadata.rank else { continue }
            let length = array.metadata.shape[axis]
            guard length > 0, length <= Self.longest,
                let source = await coordinateArray(name, length, below: array.path),
                let read = try? await source.read(
                    ResolvedSelection(wholeOf: source.metadata.shape)
                ), read.absentChunks.isEmpty
            else { continue }
            found.append(Self.coordinates(axis, read, source))
        }
        return found
    }

    private func coordinateArray(
        _ name: String,
        _ length: Int,
        below path: NodePath
    ) async -> ArrayNode? {
        var segments = path.segments
        while !segments.isEmpty {
            segments.removeLast()
            let text = "/" + (segments + [name]).joined(separator: "/")
            guard let place = NodePath(text), place != path else { continue }
            if let node = await hierarchy.node(at: place).array, node.metadata.shape == [length] {
                return node
            }
        }
        return nil
    }

    private static func coordinates(
        _ axis: Int,
        _ read: ArrayValues,
        _ source: ArrayNode
    ) -> SliceCoordinates {
        let attributes = source.metadata.attributes
        let numbers = read.numbers ?? []
        let times = CalendarTime(attributes)
        let texts = (0..<read.count).map { place in
            if let times, place < numbers.count, let text = times.text(numbers[place]) {
                return text
            }
            return ElementText.text(read.element(place)[...], read.dataType, digits: 7)
        }
        let unit = times == nil ? attributes["units"]?.stringValue ?? "" : ""
        return SliceCoordinates(axis: axis, numbers: numbers, texts: texts, unit: unit)
    }
}
