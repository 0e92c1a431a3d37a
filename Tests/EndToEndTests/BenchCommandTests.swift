import JSONValue
import Testing

/// Measuring storage from the command line.
@Suite struct BenchCommandTests {
    @Test func `every operation has its rates and percentiles, and the store is as it was`() throws
    {
        let demo = try Demo.Copy()
        let before = try Program.run("tree", demo.path, "--json").output
        let outcome = try Program.run(
            ["bench", demo.path, "--sizes", "1KiB,4KiB", "--count", "10", "--json"]
        )
        #expect(outcome.status == 0, "\(outcome.messages)")
        #expect(outcome.messages.contains(".zscope-scratch-"))
        let document = try outcome.json()
        let rows = try #require(document["results"]?.arrayValue)
        #expect(
            rows.compactMap { $0["operation"]?.stringValue }
                == ["write", "read", "list", "delete", "write", "read", "list", "delete"]
        )
        for row in rows {
            let times = ["p50", "p90", "p99", "max"].compactMap {
                row["latency_ms"]?[$0]?.doubleValue
            }
            #expect(times.count == 4 && times == times.sorted())
            #expect((row["objects_per_s"]?.doubleValue ?? 0) > 0)
        }
        #expect(document["failed"] == 0 && document["wrong"] == 0)
        #expect(try Program.run("tree", demo.path, "--json").output == before)
        let left = try ChildProcess.run("/usr/bin/env", ["find", demo.path, "-name", ".zscope*"])
        #expect(left.text.isEmpty)
    }

    @Test func `storage that is only read is not measured`() throws {
        let path = try Demo.path.get()
        let outcome = try Program.run("bench", path + "|readonly", "--count", "1")
        #expect(outcome.status == 2 && outcome.output.isEmpty)
        #expect(try Program.run("bench", path, "--sizes", "big").status == 2)
        #expect(try Program.run("bench", path + "/nothere").status == 2)
    }
}
