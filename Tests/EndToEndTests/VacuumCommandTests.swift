import JSONValue
import Testing

/// Removing what nobody needs from the command line.
@Suite struct VacuumCommandTests {
    private static let unfinished = "terrain/c/.zscope-1f.partial"

    private static func store() throws -> Demo.Copy {
        let demo = try Demo.Copy()
        try demo.write("terrain/c/99/99", [1, 2, 3])
        try demo.write(unfinished, [1])
        try demo.write("terrain/c/0/0.tmp", [1, 2])
        return demo
    }

    @Test func `nothing goes without the yes option, but what would go is listed`() throws {
        let demo = try Self.store()
        let outcome = try Program.run("vacuum", demo.path, "--older-than", "0")
        #expect(outcome.status == 2 && outcome.messages.contains("--yes"))
        #expect(outcome.text.contains("terrain/c/99/99") && outcome.text.contains(Self.unfinished))
        #expect(demo.file("terrain/c/99/99") != nil && demo.file(Self.unfinished) != nil)
    }

    @Test func `orphans and leftovers go, and what is not Zarr's stays`() throws {
        let demo = try Self.store()
        let words = ["vacuum", demo.path, "--older-than", "0", "--json"]
        let dry = try Program.run(words + ["--dry-run"]).json()
        #expect(dry["planned"] == 3 && dry["deleted"] == 0 && dry["dry_run"] == true)
        #expect(demo.file(Self.unfinished) != nil)
        let outcome = try Program.run(words + ["--yes"])
        // The demo store has a group whose document is broken.
        #expect(outcome.status == 1 && outcome.messages.contains("broken"))
        let document = try outcome.json()
        #expect(document["deleted"] == 3 && document["failed"] == 0)
        #expect(document["foreign"]?.arrayValue?.contains("notes.txt") == true)
        #expect(demo.file(Self.unfinished) == nil && demo.file("terrain/c/0/0.tmp") == nil)
        #expect(demo.file("notes.txt") != nil)
        let id = try #require(document["trash"]?.stringValue)
        _ = try Program.run("restore", demo.path + "/terrain", id)
        #expect(demo.file("terrain/c/99/99") == [1, 2, 3])
    }

    @Test func `a line break in a node's name is not printed as one`() throws {
        let demo = try Demo.Copy()
        try demo.write("a\nb/zarr.json", Array(#"{"zarr_format":3,"node_type":"array"}"#.utf8))
        let outcome = try Program.run("vacuum", demo.path, "--dry-run")
        #expect(outcome.messages.contains("warning:"))
        #expect(!outcome.messages.contains("a\n"))
    }

    @Test func `what a writer may still be at is skipped`() throws {
        let demo = try Self.store()
        let path = demo.path + "/terrain"
        let outcome = try Program.run("vacuum", path, "--yes", "--json")
        #expect(outcome.status == 0)
        #expect(try outcome.json()["deleted"] == 1 && outcome.json()["skipped"] == 2)
        #expect(demo.file(Self.unfinished) != nil)
    }

    @Test(arguments: ["1", "-1h", "soon", "1w"])
    func `an age that is none is refused`(age: String) throws {
        let outcome = try Program.run("vacuum", Demo.path.get(), "--older-than=\(age)")
        #expect(outcome.status == 2)
    }
}
