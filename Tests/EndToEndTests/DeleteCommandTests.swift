import JSONValue
import Testing

/// Deleting and restoring chunks from the command line.
@Suite struct DeleteCommandTests {
    @Test func `nothing is deleted without the yes option`() throws {
        let demo = try Demo.Copy()
        let before = demo.file("terrain/c/0/0")
        let outcome = try Program.run("delete", demo.path + "/terrain", "--chunks", "0,0")
        #expect(outcome.status == 2)
        #expect(outcome.messages.contains("--yes"))
        #expect(demo.file("terrain/c/0/0") == before)
    }

    @Test func `a dry run says what would go and changes nothing`() throws {
        let demo = try Demo.Copy()
        let outcome = try Program.run(
            "delete",
            demo.path + "/terrain",
            "--box",
            "0:2,0:3",
            "--dry-run",
            "--json"
        )
        #expect(outcome.status == 0)
        let document = try outcome.json()
        #expect(document["planned"] == 6)
        #expect(document["deleted"] == 0)
        #expect(document["dry_run"] == true)
        #expect(demo.file("terrain/c/1/2") != nil)
    }

    @Test func `what was deleted comes back bit for bit, a corrupt chunk too`() throws {
        let demo = try Demo.Copy()
        let chunks = ["terrain/c/0/0", "terrain/c/1/9"]
        let before = chunks.map(demo.file)
        let path = demo.path + "/terrain"
        let deleted = try Program.run("delete", path, "--chunks", "0,0;1,9;3,4", "--yes", "--json")
        #expect(deleted.status == 0)
        let document = try deleted.json()
        #expect(document["planned"] == 2)
        #expect(document["deleted"] == 2)
        #expect(document["skipped"] == 1)
        #expect(chunks.map(demo.file) == [nil, nil])
        #expect(try Program.run("chunks", path, "--json").json()["missing"] == 7)
        #expect(try Program.run("tree", path, "--json").json()["children"] == nil)

        let id = try #require(document["trash"]?.stringValue)
        let restored = try Program.run("restore", path, id, "--json")
        #expect(restored.status == 0)
        #expect(try restored.json()["restored"] == 2)
        #expect(chunks.map(demo.file) == before)
    }

    @Test func `findings of verify can be given to delete`() throws {
        let demo = try Demo.Copy()
        let folder = try TemporaryFolder()
        let path = demo.path + "/terrain"
        let findings = folder.path + "/findings.json"
        #expect(try Program.run("verify", path, "--json", "-o", findings).status == 1)
        let outcome = try Program.run("delete", path, "--from", findings, "--yes", "--json")
        #expect(try outcome.json()["deleted"] == 2)
        #expect(demo.file("terrain/c/7/2") == nil)
        let verified = try Program.run("verify", path, "--json").json()
        #expect(verified["corrupt"] == 0)
        #expect(verified["missing"] == 7)
    }

    @Test(arguments: ["9,99", "0", "a,b", "0,-1"])
    func `a chunk that is none is refused`(chunk: String) throws {
        let outcome = try Program.run(
            "delete",
            Demo.path.get() + "/terrain",
            "--chunks",
            chunk,
            "--dry-run"
        )
        #expect(outcome.status == 2)
        #expect(outcome.output.isEmpty)
    }

    @Test func `documents are never deleted`() throws {
        let demo = try Demo.Copy()
        let states = "present,short,corrupt,orphan"
        let outcome = try Program.run(
            "delete",
            demo.path + "/terrain",
            "--state",
            states,
            "--yes",
            "--no-trash",
            "--json"
        )
        #expect(try outcome.json()["deleted"] == 139)
        #expect(try outcome.json()["trash"] == .null)
        #expect(demo.file("terrain/zarr.json") != nil)
        #expect(demo.file("zarr.json") != nil)
    }

    @Test func `each restore without a name undoes the latest delete that is left`() throws {
        let demo = try Demo.Copy()
        let path = demo.path + "/terrain"
        let chunks = ["terrain/c/0/0", "terrain/c/0/1"]
        let before = chunks.map(demo.file)
        var ids: [String] = []
        for chunk in ["0,0", "0,1"] {
            let outcome = try Program.run("delete", path, "--chunks", chunk, "--yes", "--json")
            ids.append(try #require(try outcome.json()["trash"]?.stringValue))
        }
        let listed = try Program.run("restore", path, "--list", "--json").json()
        #expect(listed["trash"]?.arrayValue?.compactMap { $0["id"]?.stringValue } == ids)
        for id in ids.reversed() {
            let restored = try Program.run("restore", path, "--json").json()
            #expect(restored["trash"]?.stringValue == id)
            #expect(restored["restored"] == 1)
        }
        #expect(chunks.map(demo.file) == before)
        #expect(try Program.run("restore", path, "--list", "--json").json()["trash"] == [])
        #expect(try Program.run("restore", path).status == 2)
        let again = try Program.run("restore", path, ids[0])
        #expect(again.status == 2)
        #expect(again.messages.contains("restored"))
    }

    @Test func `a store restores a delete wherever it lies, and lists those of all arrays`() throws
    {
        let demo = try Demo.Copy()
        let chunks = ["terrain/c/0/0", "legacy/rainfall/0.0"]
        let before = chunks.map(demo.file)
        for (array, chunk) in [("/terrain", "0,0"), ("/legacy/rainfall", "0,0")] {
            let words = ["delete", demo.path + array, "--chunks", chunk, "--yes"]
            #expect(try Program.run(words).status == 0)
        }
        let listed = try Program.run("restore", demo.path, "--list", "--json").json()
        let rows = try #require(listed["trash"]?.arrayValue)
        #expect(rows.compactMap { $0["array"]?.stringValue } == ["/terrain", "/legacy/rainfall"])
        let first = try #require(rows.first?["id"]?.stringValue)
        #expect(try Program.run("restore", demo.path, first, "--json").json()["restored"] == 1)
        #expect(demo.file(chunks[0]) == before[0] && demo.file(chunks[1]) == nil)
        #expect(try Program.run("restore", demo.path, "--json").json()["restored"] == 1)
        #expect(chunks.map(demo.file) == before)
        #expect(try Program.run("restore", demo.path).status == 2)
    }

    @Test func `a dry run lists every chunk that would go, with its bytes`() throws {
        let words = try ["delete", Demo.path.get() + "/terrain", "--box", "0:1,0:2", "--dry-run"]
        let text = try Program.run(words).text
        #expect(text.contains("c/0/0") && text.contains("c/0/1") && text.contains("B"))
        let findings = try Program.run(words + ["--json"]).json()["findings"]?.arrayValue ?? []
        #expect(findings.compactMap { $0["index"] } == [[0, 0], [0, 1]])
        #expect(findings.allSatisfy { ($0["bytes"]?.intValue ?? 0) > 0 })
    }

    @Test func `a delete that deletes nothing it was asked for says why and finds it`() throws {
        let demo = try Demo.Copy()
        let path = demo.path + "/terrain"
        let outcome = try Program.run("delete", path, "--chunks", "3,4", "--yes")
        #expect(outcome.status == 1)
        #expect(outcome.text.contains("c/3/4") && outcome.text.contains("not stored"))
    }

    @Test func `each command explains its options in its own words`() throws {
        let restore = try Program.run("restore", "--help").text
        #expect(!restore.contains("would be deleted"))
        let delete = try Program.run("delete", "--help").text
        #expect(!delete.contains("the counts stay"))
    }
}
