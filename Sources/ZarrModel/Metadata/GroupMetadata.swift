public import JSONValue

/// Everything that a metadata document says of a group.
public struct GroupMetadata: Hashable, Sendable {
    /// The version of the format.
    public var version: FormatVersion
    /// What people wrote about the group.
    public var attributes: JSONObject
    /// The metadata of everything below, where the document carries it (v3 inline).
    public var consolidated: ConsolidatedMetadata?
    /// The document as it was read.
    public var document: JSONValue
    /// What is odd about it.
    public var diagnostics: [Diagnostic]

    /// Why the copy of other nodes' metadata that the document carries cannot be read; `nil` where it can,
    /// or where there is none.
    public var consolidatedError: MetadataError? {
        diagnostics.first {
            $0.severity == .error && $0.location.mentions("#/consolidated_metadata")
        }
        .map { MetadataError(at: $0.location, $0.message) }
    }

    /// Reads a v3 `zarr.json` of a group. Throws where it cannot be used, with the place.
    public init(v3 bytes: [UInt8]) throws(MetadataError) {
        try self.init(v3: try DocumentReader(bytes, name: "zarr.json"))
    }

    /// Reads a v3 document that was parsed already; `name` is what messages call it.
    public init(v3 document: JSONValue, name: String = "zarr.json") throws(MetadataError) {
        try self.init(v3: try DocumentReader(document, name: name))
    }

    init(v3 reader: consuming DocumentReader) throws(MetadataError) {
        var reader = reader
        try reader.checkFormat(.v3, nodeType: "group")
        consolidated = reader.consolidated()
        try reader.checkUnknownMembers(known: [
            "zarr_format", "node_type", "attributes", "consolidated_metadata",
        ])
        version = .v3
        attributes = try reader.attributes()
        document = .object(reader.object)
        diagnostics = reader.diagnostics
    }

    /// Reads a v2 `.zgroup` and, where there is one, the `.zattrs` beside it.
    public init(v2 zgroup: [UInt8], zattrs: [UInt8]? = nil) throws(MetadataError) {
        let reader = try DocumentReader(zgroup, name: ".zgroup")
        try self.init(v2: reader, attributes: AttributesV2(zattrs))
    }

    /// Reads v2 documents that were parsed already.
    public init(
        v2 zgroup: JSONValue,
        zattrs: JSONValue?,
        name: String = ".zgroup"
    ) throws(MetadataError) {
        try self.init(
            v2: try DocumentReader(zgroup, name: name),
            attributes: AttributesV2(parsed: zattrs)
        )
    }

    private init(v2 reader: DocumentReader, attributes: AttributesV2) throws(MetadataError) {
        var reader = reader
        try reader.checkFormat(.v2, nodeType: nil)
        version = .v2
        self.attributes = attributes.object
        consolidated = nil
        document = .object(reader.object)
        diagnostics = reader.diagnostics + attributes.diagnostics
    }

    /// A group without a document of its own: something lies below it.
    public static func implicit(_ version: FormatVersion) -> GroupMetadata {
        GroupMetadata(implicit: version)
    }

    private init(implicit version: FormatVersion) {
        self.version = version
        attributes = [:]
        consolidated = nil
        document = .null
        diagnostics = []
    }
}

extension DocumentReader {
    /// The inline form of v3: an object, with or without a name, or `null`.
    fileprivate mutating func consolidated() -> ConsolidatedMetadata? {
        guard let value = object["consolidated_metadata"], !value.isNull else { return nil }
        do throws(MetadataError) {
            return try ConsolidatedMetadata(v3: value, at: location("consolidated_metadata"))
        } catch {
            diagnostics.append(Diagnostic(.error, at: error.location, error.message))
            return nil
        }
    }
}

/// What a v3 `zarr.json` or the documents of a v2 node are about.
public enum NodeMetadata: Hashable, Sendable {
    /// An array.
    case array(ArrayMetadata)
    /// A group.
    case group(GroupMetadata)

    /// Reads a v3 `zarr.json`, whichever it is.
    public init(v3 bytes: [UInt8]) throws(MetadataError) {
        try self.init(DocumentReader(bytes, name: "zarr.json"))
    }

    init(_ reader: DocumentReader) throws(MetadataError) {
        if reader.object["node_type"]?.stringValue == "group" {
            self = .group(try GroupMetadata(v3: reader))
        } else {
            self = .array(try ArrayMetadata(v3: reader))
        }
    }

    /// Reads a v3 document that was parsed already; `name` is what messages call it.
    public init(v3 document: JSONValue, name: String = "zarr.json") throws(MetadataError) {
        if document["node_type"]?.stringValue == "group" {
            self = .group(try GroupMetadata(v3: document, name: name))
        } else {
            self = .array(try ArrayMetadata(v3: document, name: name))
        }
    }
}
