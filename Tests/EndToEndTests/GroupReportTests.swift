import JSONValue
import Testing

/// What `chunks` and `verify` say of every array of a store.
@Suite struct GroupReportTests {
    private static let arrays = [
        "/climate/temperature", "/legacy/rainfall", "/mosaic", "/stations", "/terrain",
    ]

    @Test(arguments: ["chunks", "verify"])
    func `a group is reported array by array, and each as it is by itself`(
        command: String
    ) throws {
        let demo = try Demo.path.get()
        let outcome = try Program.run(command, demo, "--json")
        #expect(outcome.status == 1)
        let report = try outcome.json()
        #expect(report["kind"] == "group")
        let rows = report["arrays"]?.arrayValue ?? []
        #expect(rows.compactMap { $0["path"]?.stringValue } == ["/broken"] + Self.arrays)
        #expect(rows.first?["error"]?.stringValue?.contains("ends early") == true)
        for name in ["total", "present", "missing", "short", "corrupt", "unreadable"] {
            var sum = 0
            for row in rows.dropFirst() {
                let place = demo + (row["path"]?.stringValue ?? "")
                let alone = try Program.run(command, place, "--json").json()
                #expect(row[name] == alone[name], "\(place): \(name)")
                sum += row[name]?.intValue ?? 0
            }
            #expect(report[name]?.intValue == sum, "\(name)")
        }
        #expect(report["complete"] == false)
    }

    @Test func `the states asked for choose the arrays, and a sound group is clean`() throws {
        let demo = try Demo.path.get()
        let short = try Program.run("chunks", demo, "--state", "short", "--csv")
        let lines = short.text.split(separator: "\n").map { $0.prefix { $0 != "," } }
        #expect(lines == ["path", "\"/broken\"", "\"/terrain\""])
        let lists = try Program.run("chunks", demo, "--ndjson").text.split(separator: "\n")
        #expect(lists.count == 6)
        let folder = try TemporaryFolder()
        let store = folder.path + "/sound.zarr"
        let array = store + "/a"
        _ = try Program.run("create", array, "--shape", "4", "--chunks", "2", "--dtype", "int8")
        _ = try Program.run("write", array, "[:]", "--value", "1")
        for command in ["chunks", "verify"] {
            #expect(try Program.run(command, store).status == 0)
        }
    }

    @Test func `a finding among several arrays names its own`() throws {
        let lines = try Program.run("verify", Demo.path.get(), "--ndjson").text
            .split(separator: "\n").map(String.init)
        let rows = try lines.map { try JSONParser.parse(Array($0.utf8)).value }
        let corrupt = rows.filter { $0["state"] == "corrupt" }
        #expect(corrupt.compactMap { $0["path"]?.stringValue } == ["/terrain"])
        #expect(rows.last?["corrupt"] == 1 && rows.last?["path"] == nil)
    }

    @Test func `what goes with one array is refused for a group`() throws {
        let demo = try Demo.path.get()
        #expect(try Program.run("chunks", demo, "--inner").status == 2)
    }

    @Test func `a shard whose index is broken is told of, and what is in it is not called missing`()
        throws
    {
        let demo = try Demo.Copy()
        var shard = try #require(demo.file("mosaic/c/0/0"))
        shard[shard.count - 10] ^= 0xff
        try demo.write("mosaic/c/0/0", shard)
        let outcome = try Program.run("chunks", demo.path + "/mosaic")
        #expect(outcome.status == 1)
        #expect(outcome.text.contains("inner unknown     64  the shard's index cannot be read"))
        let report = try Program.run("chunks", demo.path + "/mosaic", "--json").json()
        #expect(report["inner_unknown"] == 64 && report["inner_corrupt"] == 0)
        let all = try Program.run("chunks", demo.path).text
        #expect(all.contains("64 behind a broken index"))
    }
}
