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

    @Test func `what nothing went into is no entry of the trash`() throws {
        let demo = try Demo.Copy()
        let path = demo.path + "/climate/temperature"
        try demo.write("climate/temperature/c/0/0/0/0", [1, 2, 3])
        let words = ["repair", path, "--chunks", "0,0,0,0", "--yes", "--json", "--re-encode"]
        let failed = try Program.run(words)
        #expect(failed.status == 1)
        #expect(try failed.json()["trash"] == .null)
        #expect(try Program.run("restore", path, "--list", "--json").json()["trash"] == [])
    }

    @Test func `an interrupted deletion that moved nothing is not listed`() throws {
        let demo = try Demo.Copy()
        let path = demo.path + "/terrain"
        let deleted = try Program.run("delete", path, "--chunks", "0,0", "--yes", "--json")
        let id = try #require(try deleted.json()["trash"]?.stringValue)
        let journal = "terrain/.zscope-trash/\(id)/manifest.json"
        let bytes = try #require(demo.file(journal))
        #expect(try Program.run("restore", path).status == 0)
        try demo.write(journal, bytes)
        #expect(try Program.run("restore", path).status == 2)
        #expect(try Program.run("restore", path, "--list", "--json").json()["trash"] == [])
    }

    @Test func `the findings of verify are what is mended`() throws {
        let demo = try Demo.Copy()
        let path = demo.path + "/climate/temperature"
        let key = "climate/temperature/c/0/0/0/0"
        let good = try #require(demo.file(key))
        let had = try Program.run("verify", path, "--json").json()["findings"]?.arrayValue ?? []
        try demo.write(key, Array(good.dropLast(3)))
        let report = try Program.run("verify", path, "--json")
        let findings = try report.json()["findings"]?.arrayValue ?? []
        #expect(findings.count == had.count + 1)
        try demo.write("v.json", report.output)
        let words = ["repair", path, "--reset-to-fill", "--yes", "--json", "--findings"]
        let outcome = try Program.run(words + [demo.path + "/v.json"])
        #expect(try outcome.json()["repaired"]?.intValue ?? 0 >= 1)
        #expect(demo.file(key) == nil)
    }

    @Test func `where sizes tell of nothing, verify is named`() throws {
        let path = try Demo.path.get() + "/climate/temperature"
        let words = ["repair", path, "--state", "corrupt", "--re-encode", "--dry-run"]
        let outcome = try Program.run(words)
        #expect(outcome.messages.contains("zscope verify"))
    }

    @Test func `what is already as it would become is no finding`() throws {
        let demo = try Demo.Copy()
        let path = demo.path + "/terrain"
        let words = ["repair", path, "--chunks", "0,0", "--re-encode", "--yes", "--json"]
        _ = try Program.run(words)
        let again = try Program.run(words)
        #expect(again.status == 0)
        #expect(try again.json()["skipped"] == 1)
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
