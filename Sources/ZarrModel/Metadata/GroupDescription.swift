public import JSONValue

/// What a group shall be: everything that its metadata documents say, for either version.
public struct GroupDescription: Hashable, Sendable {
    /// The version of the format.
    public var version: FormatVersion
    /// What people write about the group, in their order.
    public var attributes: JSONObject
    /// The metadata of everything below, to be carried in the v3 document; `nil` for none. v2 keeps
    /// it in a document of its own: ``ConsolidatedMetadata/document()``.
    public var consolidated: ConsolidatedMetadata?

    /// Describes a group.
    public init(
        _ version: FormatVersion = .v3,
        attributes: JSONObject = [:],
        consolidated: ConsolidatedMetadata? = nil
    ) {
        self.version = version
        self.attributes = attributes
        self.consolidated = consolidated
    }

    /// Describes a group that is there, without what it carries of the nodes below. Bare `NaN` and
    /// `Infinity` in attributes, which are no JSON, become strings.
    public init(_ metadata: GroupMetadata) {
        self.init(metadata.version, attributes: metadata.attributes.standard)
    }

    /// The documents that make the group: v3 `zarr.json`; v2 `.zgroup`, and `.zattrs` where there are
    /// attributes.
    ///
    /// Throws, with the place, where something is no JSON or the version has no words for it.
    public func documents() throws(MetadataError) -> [WrittenDocument] {
        let place = version == .v3 ? "zarr.json#/attributes" : ".zattrs#"
        if let odd = attributes.firstBareNumber(at: place) {
            throw MetadataError(at: odd, "JSON has no NaN and no Infinity")
        }
        switch version {
        case .v3:
            var document: JSONObject = ["zarr_format": 3, "node_type": "group"]
            document["attributes"] = .object(attributes)
            if let consolidated {
                guard consolidated.version == .v3 else {
                    throw MetadataError(
                        at: "zarr.json#/consolidated_metadata",
                        "a v3 group carries documents of v3 only"
                    )
                }
                document["consolidated_metadata"] = consolidated.json
            }
            return [WrittenDocument(name: "zarr.json", value: .object(document))]
        case .v2:
            guard consolidated == nil else {
                throw MetadataError(
                    at: ".zgroup",
                    "a v2 group carries no other documents; .zmetadata does"
                )
            }
            let group = WrittenDocument(name: ".zgroup", value: ["zarr_format": 2])
            guard !attributes.isEmpty else { return [group] }
            return [group, WrittenDocument(name: ".zattrs", value: .object(attributes))]
        }
    }
}
