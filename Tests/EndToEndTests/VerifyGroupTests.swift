import JSONValue
import Testing

/// The verification of all arrays of a store in shares, and in more than one go.
struct VerifyGroupTests {
    /// A report whose findings are in the order of the grid, whatever the listing's was.
    private static func report(_ bytes: [UInt8]) throws -> JSONValue {
        guard var report = try JSONParser.parse(bytes).value.objectValue else { return .null }
        let rows = (report["arrays"]?.arrayValue ?? []).map { row -> JSONValue in
            guard var object = row.objectValue, let found = object["findings"]?.arrayValue else {
                return row
            }
            object["findings"] = .array(found.sorted { $0.text() < $1.text() })
            return .object(object)
        }
        report["arrays"] = .array(rows)
        return .object(report)
    }

    /// Makes the reports of the shares of a store; their files.
    private static func shares(
        _ store: String,
        _ count: Int,
        _ folder: TemporaryFolder
    ) throws -> [String] {
        var files: [String] = []
        for number in 1...count {
            let file = "\(folder.path)/\(number).json"
            let words = ["verify", store, "--part", "\(number)/\(count)", "--json", "-o", file]
            let outcome = try Program.run(words)
            #expect(outcome.status == 1, "\(outcome.messages)")
            files.append(file)
        }
        return files
    }

    @Test(arguments: [1, 2, 3, 7])
    func `the shares of a store add up to the report of all of it`(count: Int) throws {
        let demo = try Demo.path.get()
        let folder = try TemporaryFolder()
        let files = try Self.shares(demo, count, folder)
        let merged = try Program.run(["verify", "--merge", "--json"] + files.reversed())
        let whole = try Program.run("verify", demo, "--json")
        #expect(merged.status == 1 && whole.status == 1)
        let (left, right) = (try Self.report(merged.output), try Self.report(whole.output))
        #expect(left == right)
        #expect(left["complete"] == false, "one node is broken")
        // Small arrays do not all fall to the first share.
        var stations: [JSONValue?] = []
        for number in 1...count {
            let report = try JSONParser.parse(folder.read("\(number).json") ?? []).value
            let row = report["arrays"]?.arrayValue?.first { $0["path"] == "/stations" }
            stations.append(row?["total"])
        }
        #expect(stations.filter { $0 == 1 }.count == 1)
    }

    @Test func `a share that lacks, or stands there twice, is told`() throws {
        let demo = try Demo.path.get()
        let folder = try TemporaryFolder()
        let files = try Self.shares(demo, 3, folder)
        let lacking = try Program.run("verify", "--merge", files[0], files[2], "--json")
        #expect(lacking.status == 1 && lacking.messages.contains("no report of share 2/3"))
        #expect(try Self.report(lacking.output)["complete"] == false)
        let twice = try Program.run("verify", "--merge", files[0], files[0])
        #expect(twice.status == 2 && twice.messages.contains("was there already"))
        let array = folder.path + "/array.json"
        _ = try Program.run("verify", demo + "/terrain", "--json", "-o", array)
        let mixed = try Program.run("verify", "--merge", files[0], array)
        #expect(mixed.status == 2 && mixed.messages.contains("about a group"))
    }

    @Test func `a store that is verified again from its file is not decoded again`() throws {
        let demo = try Demo.Copy()
        let folder = try TemporaryFolder()
        let file = folder.path + "/state.json"
        let first = try Program.run("verify", demo.path, "--resume", file, "--json")
        // What the file says was looked at is not read once more: a chunk that breaks now goes unseen.
        var chunk = try #require(demo.file("terrain/c/0/0"))
        chunk[chunk.count / 2] ^= 0xff
        try demo.write("terrain/c/0/0", chunk)
        let again = try Program.run("verify", demo.path + "/", "--resume", file, "--json")
        #expect(try Self.report(first.output) == Self.report(again.output))
        let anew = try Program.run("verify", demo.path, "--json")
        #expect(try Self.report(first.output) != Self.report(anew.output))
    }

    @Test func `a store goes on in the middle of an array, and with the arrays behind it`() throws {
        let demo = try Demo.Copy()
        let folder = try TemporaryFolder()
        let whole = try Program.run("verify", demo.path, "--json")
        _ = try Program.run("verify", demo.path, "--resume", folder.path + "/state.json")
        let text = try #require(folder.read("state.json"))
        var state = try #require(try JSONParser.parse(text).value.objectValue)
        var arrays = try #require(state["arrays"]?.objectValue)
        // As it would be, had it been stopped there: the first half of one, nothing of the next.
        var terrain = try #require(arrays["/terrain"]?.objectValue)
        terrain["next"] = 72
        arrays["/terrain"] = .object(terrain)
        arrays["/stations"] = nil
        state["arrays"] = .object(arrays)
        try folder.write("state.json", Array(JSONValue.object(state).text().utf8))
        let again = try Program.run(
            "verify",
            demo.path,
            "--resume",
            folder.path + "/state.json",
            "--json"
        )
        #expect(again.status == 1)
        let (left, right) = (try Self.report(whole.output), try Self.report(again.output))
        for (one, other) in zip(left["arrays"]?.arrayValue ?? [], right["arrays"]?.arrayValue ?? [])
        where one["path"] != "/terrain" {
            #expect(one == other)
        }
        #expect(right["checked"] == left["checked"] && right["missing"] == left["missing"])
    }

    @Test func `the file of another verification is refused`() throws {
        let demo = try Demo.path.get()
        let folder = try TemporaryFolder()
        let file = folder.path + "/state.json"
        _ = try Program.run("verify", demo, "--resume", file, "--part", "1/2")
        let others = [
            [demo, "--part", "2/2"], [demo], [demo + "/terrain", "--part", "1/2"],
            [demo + "/climate", "--part", "1/2"],
        ]
        for words in others {
            let outcome = try Program.run(["verify", "--resume", file] + words)
            #expect(outcome.status == 2 && outcome.messages.contains("another verification"))
        }
    }
}
