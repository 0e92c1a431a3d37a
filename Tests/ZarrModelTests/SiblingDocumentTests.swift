import JSONValue
import Testing
import ZarrModel

/// Documents that are read by another one that they are like.
struct SiblingDocumentTests {
    private static func text(_ attributes: String, shape: String = "[10, 20]") -> String {
        """
        {"zarr_format": 3, "node_type": "array", "shape": \(shape), "data_type": "uint16",
        "chunk_grid": {"name": "regular", "configuration": {"chunk_shape": [4, 5]}},
        "attributes": \(attributes),
        "chunk_key_encoding": {"name": "default", "configuration": {"separator": "/"}},
        "fill_value": 7, "codecs": [{"name": "bytes", "configuration": {"endian": "little"}}]}
        """
    }

    private static func document(_ text: String) throws -> SiblingDocument {
        try #require(try SiblingDocument.read(Array(text.utf8)).document)
    }

    @Test(arguments: [
        "{}", #"{"units": "K"}"#,
        #"{"a": [1, {"b": "}\""}], "long": 123456789012345678901234567890}"#,
        #"{ "é": null }"#, #"{"attributes": {"attributes": 1}}"#,
    ])
    func `other attributes are read as if nothing were known of the rest`(text: String) throws {
        for first in ["{}", #"{"units": "some longer text than the other has"}"#] {
            let other = Array(Self.text(text).utf8)
            let read = try #require(try Self.document(Self.text(first)).metadata(of: other))
            let plain = try ArrayMetadata(v3: other)
            #expect(read == plain && read.diagnostics.isEmpty)
            #expect(read.document.text() == plain.document.text())
        }
    }

    @Test(arguments: [
        text("{}", shape: "[10, 21]"), text("[]"), text("null"), text("7"), text(#"{"a": 1"#),
        text(#"{"a": NaN}"#), text(#"{"a": 1, "a": 2}"#), text(#"{}, "node_type": "group""#),
        text(#"{"_ARRAY_DIMENSIONS": ["y", "x"]}"#), text("{} }"), text("{}") + " ", "{}", "",
        text(#"{}, "shape": [1, 2]"#), text(#"{"a": "b"}, "more": {}"#),
    ])
    func `a document that differs in anything else is read by itself`(text: String) throws {
        let document = try Self.document(Self.text(#"{"units": "K"}"#))
        #expect(document.metadata(of: Array(text.utf8)) == nil)
    }

    @Test func `nothing is read by a document that has something odd, or by a group`() throws {
        for text in [
            Self.text(#"{"a": NaN}"#), Self.text(#"{"a": 1}, "attributes": {}"#),
            #"{"zarr_format": 3, "node_type": "group", "attributes": {}}"#,
        ] {
            #expect(try SiblingDocument.read(Array(text.utf8)).document == nil)
        }
    }
}
