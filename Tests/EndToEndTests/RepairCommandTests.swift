import JSONValue
import Testing

/// Mending chunks from the command line.
@Suite struct RepairCommandTests {
    @Test func `nothing is mended without the yes option`() throws {
        let demo = try Demo.Copy()
        let before = demo.file("terrain/c/1/9")
        let words = ["repair", demo.path + "/terrain", "--chunks", "1,9", "--reset-to-fill"]
        let outcome = try Program.run(words)
        #expect(outcome.status == 2 && outcome.messages.contains("--yes"))
        let dry = try Program.run(words + ["--dry-run", "--json"])
        #expect(dry.status == 0)
        #expect(try dry.json()["planned"] == 1 && dry.json()["repaired"] == 0)
        #expect(demo.file("terrain/c/1/9") == before)
    }

    @Test func `damaged chunks get their values from a copy of the array, and can go back`() throws
    {
        let demo = try Demo.Copy()
        let backup = try Demo.Copy()
        let path = demo.path + "/climate/temperature"
        try demo.write("climate/temperature/c/0/0/0/0", [1, 2, 3])
        let damaged = try Program.run("verify", path, "--json").json()
        #expect(damaged["corrupt"] == 1 || damaged["short"] == 1)
        let words = ["repair", path, "--chunks", "0,0,0,0", "--yes", "--json"]
        let failed = try Program.run(words + ["--re-encode"])
        #expect(failed.status == 1)
        #expect(try failed.json()["failed"] == 1)
        let other = backup.path + "/climate/temperature"
        let outcome = try Program.run(words + ["--from", other])
        #expect(outcome.status == 0)
        #expect(try outcome.json()["repaired"] == 1)
        #expect(
            demo.file("climate/temperature/c/0/0/0/0")
                == backup.file("climate/temperature/c/0/0/0/0")
        )
        let id = try #require(try outcome.json()["trash"]?.stringValue)
        #expect(try Program.run("restore", path, id, "--json").json()["restored"] == 1)
        #expect(demo.file("climate/temperature/c/0/0/0/0") == [1, 2, 3])
    }

    @Test func `one inner chunk of a shard is reset by its own index`() throws {
        let demo = try Demo.Copy()
        let path = demo.path + "/mosaic"
        let before = try Program.run("chunks", path, "--json").json()["inner_present"]?.intValue
        let words = ["repair", path, "--inner", "--chunks", "15,15", "--reset-to-fill", "--yes"]
        let outcome = try Program.run(words + ["--json"])
        #expect(outcome.status == 0)
        let after = try Program.run("chunks", path, "--json").json()["inner_present"]?.intValue
        #expect(try after == #require(before) - 1)
        let findings = try Program.run(words + ["--dry-run", "--json"]).json()["findings"]
        #expect(findings?.arrayValue?.first?["inner"] == [15, 15])
    }

    @Test(arguments: [
        ["--chunks", "0,0"], ["--reset-to-fill"],
        ["--chunks", "0,0", "--re-encode", "--from", "x"],
        ["--inner", "--box", "0:1,0:1", "--re-encode"],
        ["--inner", "--chunks", "0,0", "--re-encode"],
    ])
    func `a repair that is not said in full is refused`(words: [String]) throws {
        let path = try Demo.path.get() + "/terrain"
        let outcome = try Program.run(["repair", path, "--yes"] + words)
        #expect(outcome.status == 2 && outcome.output.isEmpty)
    }
}
