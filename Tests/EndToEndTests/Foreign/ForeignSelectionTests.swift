import JSONValue
import Testing

/// Selections of every kind, beside what zarr-python, TensorStore and NumPy read for them.
@Suite(.enabled(if: !ForeignSelection.all.isEmpty, "no selections: make fixtures"))
struct ForeignSelectionTests {
    @Test(arguments: ForeignSelection.all)
    func `a selection reads as other programs read it`(selection: ForeignSelection) throws {
        let locator = "\(Fixtures.folder)/\(selection.store)#\(selection.node)"
        let outcome = try Program.run(["read", locator] + selection.arguments + ["--json"])
        #expect(outcome.status == 0, "\(outcome.messages)")
        let document = try outcome.json()
        #expect(document["shape"] == selection.shape)
        #expect(document["values"] == selection.values)
    }
}

/// What another program reads for a selection.
struct ForeignSelection: Sendable, CustomTestStringConvertible {
    let id: String
    let store: String
    let node: String
    /// What stands behind the locator.
    let arguments: [String]
    let shape: JSONValue
    let values: JSONValue

    var testDescription: String { id }

    /// All of them; empty where none were made.
    static let all = Fixtures.entries("manifest-selections.json").compactMap(Self.init)

    private init?(_ entry: JSONValue) {
        guard let id = entry["id"]?.stringValue, let store = entry["store"]?.stringValue,
            let node = entry["node"]?.stringValue, let shape = entry["shape"],
            let values = entry["values"], let words = entry["arguments"]?.arrayValue
        else { return nil }
        (self.id, self.store, self.node, self.shape, self.values) = (id, store, node, shape, values)
        let out = "{out}"
        arguments = words.compactMap(\.stringValue).map { word in
            word.hasPrefix(out) ? Fixtures.folder + word.dropFirst(out.count) : word
        }
    }
}
