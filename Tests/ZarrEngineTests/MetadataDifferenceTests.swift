import Glibc
import JSONValue
import Storage
import StorageBackends
import Testing
import ZarrEngine
import ZarrModel

/// Documents that deviate from the specification, judged by us and by the package zarr-metadata
/// (`Tests/Fixtures/documents.py`).
struct MetadataDifferenceTests {
    /// A document and what zarr-metadata says of it.
    struct Judged: CustomTestStringConvertible {
        var version: FormatVersion
        var text: String
        var deviations: [String]
        var isValid: Bool
        var problems: String

        var testDescription: String { deviations.joined(separator: " + ") }
    }

    private static let root: String = {
        let folder = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        return "/\(folder)/.build-fixtures"
    }()

    static let isThere = unsafe access(root + "/documents.json", R_OK) == 0

    private static func judged() async throws -> [Judged] {
        let store = try FileStore(path: root)
        let bytes = try #require(try await store.read(StoreKey("documents.json"), .all))
        let list = try JSONParser.parse(bytes, mode: .strict).value.arrayValue ?? []
        return try list.map { entry in
            Judged(
                version: entry["version"] == 3 ? .v3 : .v2,
                text: try #require(entry["text"]?.stringValue),
                deviations: (entry["deviations"]?.arrayValue ?? []).compactMap(\.stringValue),
                isValid: entry["valid"] == true,
                problems: entry["problems"]?.stringValue ?? ""
            )
        }
    }

    /// What we find wrong with a document: why it cannot be read, and every warning.
    private static func findings(_ document: Judged) async throws -> [String] {
        let name = document.version == .v3 ? "zarr.json" : ".zarray"
        let store = try await Fixture.store([name: document.text])
        let node = await ZarrHierarchy(.store(store)).node(at: .root)
        return node.issues.filter { $0.severity > .note }.map { "\($0.location): \($0.message)" }
    }

    @Test(.enabled(if: isThere, "no judged documents: make fixtures"))
    func `we and zarr-metadata differ on a document only for a reason that is known`() async throws
    {
        let documents = try await Self.judged()
        #expect(documents.count >= 500)
        var used: Set<String> = []
        for document in documents {
            let findings = try await Self.findings(document)
            guard findings.isEmpty != document.isValid else { continue }
            let reasons = document.deviations.filter {
                Self.known[$0]?.weAreStricter == document.isValid
            }
            used.formUnion(reasons)
            if reasons.isEmpty {
                Issue.record(
                    """
                    \(document.testDescription): we say \(findings), zarr-metadata \
                    "\(document.problems)" of \(document.text)
                    """
                )
            }
        }
        #expect(used.sorted() == Self.known.keys.sorted(), "a reason that explains nothing")
    }

    /// Why we differ on a deviation, with what the specification says.
    struct Reason {
        /// Whether it is we who find something wrong.
        var weAreStricter: Bool
        var words: String

        static func stricter(_ words: String) -> Reason {
            Reason(weAreStricter: true, words: words)
        }
        static func laxer(_ words: String) -> Reason { Reason(weAreStricter: false, words: words) }
    }

    static let known: [String: Reason] = [
        "attributes NaN": .stricter(
            "RFC 8259, section 6: numbers that no digits can represent are not permitted"
        ),
        "v2 chunks zero": .stricter(
            "v2, chunks: the length of each dimension of a chunk; no chunk of 0 covers an element"
        ),
        "v2 dtype S0": .stricter(
            "v2, data type encoding: the number of bytes that the type uses; 0 bytes hold no value"
        ),
        "v2 dtype empty list": .stricter(
            "v2, data type encoding: a list with one or more fields describes a structured type"
        ),
        "v2 dtype object without codec": .stricter(
            "v2 stores bytes: objects need a filter that makes bytes of them, as numcodecs' do"
        ),
        "v2 filters empty": .stricter(
            "v2, filters: a list of codec configurations, or null if no filters are to be applied"
        ),
    ]
}
