import Glibc
import JSONValue
import Testing

/// Drills and operations on the explorer's screens, over real storage.
struct DrillScreenTests {
    private func screens(_ path: String, _ steps: String, size: String = "160x45") throws -> String
    {
        let folder = try TemporaryFolder()
        try folder.write("steps", Array(steps.utf8))
        return try Program.run(path, "--script", folder.path + "/steps", "--size", size).text
    }

    @Test func `every scenario ends on the screen as on the command line`() throws {
        let path = try Demo.path.get() + "/terrain"
        let before = try Program.run("chunks", path, "--json").json()
        let screen = try screens(path, "key M\nkey a\nwait idle\nscreen\n")
        let scenarios = [
            "flaky", "slow", "throttled", "outage", "breaker", "lost-ack", "torn", "rot",
            "forgetful",
            "listing",
        ]
        for name in scenarios {
            let line = try #require(
                screen.split(separator: "\n").first {
                    $0.split(separator: " ").contains { $0 == name }
                }
            )
            let outcome = try Program.run("drill", name, "--on", path, "--seed", "42")
            let word = outcome.status == 0 ? "passed" : "FAILED"
            #expect(line.contains(word), "\(name): \(line)")
        }
        #expect(screen.contains("zscope drill listing --on"))
        #expect(try Program.run("chunks", path, "--json").json() == before)
    }

    @Test func `a drill with knobs is run again by the command that the screen shows`() throws {
        let path = try Demo.path.get() + "/terrain"
        let steps = "key M\nkey tab\nkeys 4 right\nkey tab\nkey tab\nkey enter\nwait idle\nscreen\n"
        let screen = try screens(path, steps, size: "200x45")
        let line = try #require(
            screen.split(separator: "\n").first { $0.contains("zscope drill flaky") }
        )
        #expect(line.contains("--fault '[errors1] * ** : 20% -> error 503'"))
        let outcome = try Program.run(
            "drill",
            "flaky",
            "--fault",
            "[errors1] * ** : 20% -> error 503",
            "--on",
            path,
            "--seed",
            "42",
            "--ops",
            "1000",
            "--json"
        )
        let attempts = try #require(try outcome.json()["rules"]?[2]?["fired"]?.intValue)
        #expect(attempts > 100)
        #expect(screen.contains(outcome.status == 0 ? "✔ passed" : "✖ FAILED"))
    }

    @Test func `a rule that is wrong says in which column while it is typed`() throws {
        let path = try Demo.path.get() + "/terrain"
        let screen = try screens(
            path,
            "key M\nkey A\nkey up\nkey enter\ntype read c/**: 5% -> explode\nwait idle\nscreen\n"
                + "keys 7 backspace\ntype flip 1bit ; read\nwait idle\nscreen\n"
        )
        #expect(screen.contains("✖ column 18: 'explode' is no effect"))
        #expect(screen.contains("✖ rule 2, column 6: a pattern of keys is missing"), "\(screen)")
    }

    @Test func `the home screen shows the breaker of the open store, and that there is none`()
        throws
    {
        let path = try Demo.path.get()
        let steps = "key q\nkeys 99 up\nwait idle\nscreen\n"
        let with = try screens(path + "|breaker|retry", steps, size: "80x24")
        #expect(with.contains("✔ closed, reads and writes"), "\(with)")
        #expect(try screens(path, steps, size: "80x24").contains("breaker   – none"))
        let failing = "mock:?over=\(path)&error_rate=0.45&error=server&seed=4"
        let open = try screens(failing + "|breaker:open=60s,min_calls=4", steps, size: "80x24")
        #expect(open.contains("reads ✖ open until "), "\(open)")
    }

    @Test func `what the screens read is among the operations`() throws {
        let path = try Demo.path.get() + "/terrain"
        let screen = try screens(path, "key O\nscreen\nkey /\ntype zarr.json\nkey enter\nscreen\n")
        #expect(screen.contains("✔ done"))
        #expect(screen.contains("zarr.json"))
        #expect(screen.contains("✔ none failed"))
    }
}
