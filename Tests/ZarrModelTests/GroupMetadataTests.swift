import JSONValue
import Testing
import ZarrModel

private func group(_ text: String) throws -> GroupMetadata {
    try GroupMetadata(v3: Array(text.utf8))
}

struct GroupMetadataTests {
    @Test func `a v3 group is read with its attributes`() throws {
        let metadata = try group(#"{"zarr_format":3,"node_type":"group","attributes":{"a":1}}"#)
        #expect(metadata.attributes["a"] == 1)
        #expect(metadata.consolidated == nil)
        #expect(throws: MetadataError.self) { try group(#"{"zarr_format":3,"node_type":"array"}"#) }
        #expect(throws: MetadataError.self) {
            try group(#"{"zarr_format":3,"node_type":"group","x":1}"#)
        }
        #expect(throws: MetadataError.self) { try group(#"{"node_type":"group"}"#) }
    }

    @Test func `a v2 group has its attributes beside it`() throws {
        let metadata = try GroupMetadata(
            v2: Array(#"{"zarr_format":2,"x":1}"#.utf8),
            zattrs: Array(#"{"a":[1]}"#.utf8)
        )
        #expect(metadata.version == .v2)
        #expect(metadata.attributes["a"] == [1])
        let broken = try GroupMetadata(v2: Array(#"{"zarr_format":2}"#.utf8), zattrs: [0x7b])
        #expect(broken.diagnostics.map(\.severity) == [.error])
    }

    @Test(arguments: [
        "null", #"{"metadata":{}}"#, #"{"kind":"inline","metadata":{},"must_understand":false}"#,
    ])
    func `consolidated metadata may be null, or an object without a name`(text: String) throws {
        let metadata = try group(
            #"{"zarr_format":3,"node_type":"group","consolidated_metadata":\#(text)}"#
        )
        #expect((metadata.consolidated == nil) == (text == "null"))
        #expect(metadata.diagnostics.isEmpty)
    }

    @Test(arguments: ["1", "[]", "{}", #"{"kind":"other","metadata":{}}"#, #"{"metadata":1}"#])
    func `broken consolidated metadata does not close the group`(text: String) throws {
        let metadata = try group(
            #"{"zarr_format":3,"node_type":"group","consolidated_metadata":\#(text)}"#
        )
        #expect(metadata.consolidated == nil)
        #expect(metadata.diagnostics.map(\.severity) == [.error])
        #expect(metadata.diagnostics[0].location.hasPrefix("zarr.json#/consolidated_metadata"))
    }

    @Test func `inline consolidated metadata lists the nodes below`() throws {
        let metadata = try group(
            #"""
            {"zarr_format":3,"node_type":"group","consolidated_metadata":{"kind":"inline","metadata":{
            "g":{"node_type":"group"},"g/a":{"node_type":"array"},"h/deep/b":{"node_type":"array"}}}}
            """#
        )
        let consolidated = try #require(metadata.consolidated)
        #expect(consolidated.nodes.count == 3)
        #expect(consolidated.children(of: .root) == ["g", "h"])
        #expect(consolidated.children(of: NodePath(segments: ["g"])) == ["a"])
        #expect(consolidated.nodes[NodePath(segments: ["g", "a"])]?.isArray == true)
        #expect(consolidated.nodes[NodePath(segments: ["h"])] == nil)
    }

    @Test func `a v2 zmetadata joins each node's documents`() throws {
        let text = #"""
            {"zarr_consolidated_format":1,"metadata":{".zgroup":{"zarr_format":2},".zattrs":{"r":1},
            "a/.zattrs":{"x":1},"a/.zarray":{"zarr_format":2},"b/c/.zgroup":{"zarr_format":2},"odd":1}}
            """#
        let consolidated = try ConsolidatedMetadata(v2: Array(text.utf8))
        #expect(consolidated.nodes.count == 3)
        #expect(consolidated.nodes[.root]?.attributes == ["r": 1])
        #expect(consolidated.nodes[NodePath(segments: ["a"])]?.isArray == true)
        #expect(consolidated.nodes[NodePath(segments: ["a"])]?.attributes == ["x": 1])
        #expect(consolidated.children(of: .root) == ["a", "b"])
        #expect(consolidated.diagnostics.map(\.location) == [".zmetadata#/metadata/odd"])
    }

    @Test func `a node is whichever its document says`() throws {
        let node = try NodeMetadata(v3: Array(#"{"zarr_format":3,"node_type":"group"}"#.utf8))
        guard case .group = node else { throw MetadataError(at: "", "not a group") }
        #expect(throws: MetadataError.self) {
            try NodeMetadata(v3: Array(#"{"zarr_format":3}"#.utf8))
        }
    }
}
