import JSONValue
import Testing

/// Drills from the command line.
@Suite struct DrillCommandTests {
    @Test func `a drill on a store passes, says so, and has one log for one seed`() throws {
        let words = [
            "drill", "--fault", "write c/**: 5% -> dropack", "--fault",
            "[f] reads **: 3% -> error 503",
            "--on", try Demo.path.get() + "/terrain", "--seed", "7", "--ops", "500", "--json",
        ]
        let first = try Program.run(words)
        let second = try Program.run(words)
        #expect(first.status == 0)
        let verdict = try first.json()
        #expect(verdict["passed"] == true)
        #expect(verdict["seed"] == 7)
        #expect(verdict["ops"] == 500)
        #expect(verdict["rules"]?[1]?["name"] == "f")
        #expect(try second.json() == verdict)
    }

    @Test func `a log is run again on its array, and a run that goes another way says where`()
        throws
    {
        let folder = try TemporaryFolder()
        let log = folder.path + "/log"
        let words = ["drill", "flaky", "--ops", "300", "--json"]
        let array = try ["--on", Demo.path.get() + "/terrain"]
        let first = try Program.run(words + array + ["--log", log])
        let again = try Program.run(["drill", "--replay", log, "--json"] + array)
        #expect(try again.json()["log_sha256"] == first.json()["log_sha256"])
        #expect(!again.messages.contains("warning"))
        let elsewhere = try Program.run("drill", "--replay", log, "--json")
        #expect(elsewhere.messages.contains("not what the log says from line 2 on"))
    }

    @Test func `what is wrong and does not say so is found`() throws {
        let outcome = try Program.run("drill", "rot", "--ops", "2000", "--json")
        #expect(outcome.status == 1)
        let verdict = try outcome.json()
        #expect(verdict["passed"] == false)
        #expect((verdict["silent_wrong"]?.intValue ?? 0) > 0)
    }

    @Test func `the breaker's scenario opens one and closes it, under the layers of a locator too`()
        throws
    {
        let array = try Demo.path.get() + "/terrain"
        for words in [[], ["--on", array + "|breaker:open=2s|retry:attempts=2"]] {
            let outcome = try Program.run(["drill", "breaker", "--seed", "3", "--json"] + words)
            #expect(outcome.status == 0)
            #expect((try outcome.json()["breaker_opened"]?.intValue ?? 0) >= 2)
            let again = try Program.run(["drill", "breaker", "--seed", "3", "--json"] + words)
            #expect(try again.json() == outcome.json())
        }
        let calm = try Program.run("drill", "flaky", "--json").json()
        #expect(calm["breaker_opened"] == 0)
    }

    @Test func `a drill reads storage and leaves it bit for bit as it was`() throws {
        let path = try Demo.path.get() + "/terrain"
        let before = try Program.run("chunks", path, "--json").json()
        _ = try Program.run("drill", "torn", "--on", path + "|retry:attempts=1", "--ops", "500")
        #expect(try Program.run("chunks", path, "--json").json() == before)
    }

    @Test(arguments: [
        ["drill", "nothing"], ["drill", "--fault", "write **: 5% -> explode"],
        ["drill", "flaky", "--on", "/nowhere/at/all"], ["drill", "flaky", "--seed", "x"],
    ])
    func `a drill that cannot be run says why`(words: [String]) throws {
        let outcome = try Program.run(words)
        #expect(outcome.status == 2)
        #expect(!outcome.messages.isEmpty)
    }
}
