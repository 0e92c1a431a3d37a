internal import JSONValue

/// A v3 document of an array that was read, to read others like it by.
///
/// Arrays beside one another often differ in their attributes alone: then these are all that has to be
/// read of the next document.
public struct SiblingDocument: Sendable {
    /// What the document says.
    public let metadata: ArrayMetadata
    private let bytes: [UInt8]
    /// Where the value of `attributes` stands.
    private let attributes: Range<Int>

    /// Longer documents are always read whole.
    private static let limit = 1 << 20

    /// Reads a v3 `zarr.json`, whichever it is; `document` is there where others can be read by it.
    public static func read(
        _ bytes: [UInt8]
    ) throws(MetadataError) -> (metadata: NodeMetadata, document: SiblingDocument?) {
        let reader = try DocumentReader(bytes, name: "zarr.json")
        let metadata = try NodeMetadata(reader)
        guard case .array(let array) = metadata else { return (metadata, nil) }
        return (metadata, SiblingDocument(array, bytes, reader))
    }

    private init?(_ metadata: ArrayMetadata, _ bytes: [UInt8], _ reader: DocumentReader) {
        let members = reader.object.members
        // Without remarks no name stands there twice, and there are as many places as members.
        guard metadata.diagnostics.isEmpty, bytes.count <= Self.limit,
            reader.places.count == members.count,
            let place = members.firstIndex(where: { $0.key == "attributes" })
        else { return nil }
        self.metadata = metadata
        self.bytes = bytes
        attributes = reader.places[place]
    }

    /// What another document says that differs from this one in the value of `attributes` and in
    /// nothing else; `nil` for all others, and where there is something odd about it. O(bytes).
    public func metadata(of other: [UInt8]) -> ArrayMetadata? {
        let tail = bytes.count - attributes.upperBound
        let end = other.count - tail
        guard other.count <= Self.limit, end > attributes.lowerBound,
            Self.isSame(bytes, other, 0..<attributes.lowerBound, 0),
            Self.isSame(bytes, other, attributes.upperBound..<bytes.count, end)
        else { return nil }
        var limits = JSONLimits.standard
        limits.depth -= 1
        let value = Array(other[attributes.lowerBound..<end])
        // Parsed alone, it is a value and nothing else: what stands around it is known to be.
        guard let read = try? JSONParser.parse(value, mode: .lenient, limits: limits),
            read.notes.isEmpty, let object = read.value.objectValue,
            // These are compared with the names of dimensions.
            !object.contains("_ARRAY_DIMENSIONS"),
            var document = metadata.document.objectValue
        else { return nil }
        var metadata = metadata
        document["attributes"] = read.value
        metadata.document = .object(document)
        metadata.attributes = object
        return metadata
    }

    /// Whether the bytes of `left` in `range` are those of `right` from `start` on.
    private static func isSame(
        _ left: [UInt8],
        _ right: [UInt8],
        _ range: Range<Int>,
        _ start: Int
    ) -> Bool {
        guard start >= 0, range.count <= right.count - start else { return false }
        return left[range] == right[start..<start + range.count]
    }
}
