import JSONValue
import Testing

/// The findings of the explorer beside those of the command line.
struct FindingsTests {
    /// Plays a script on an array of a store of the test's own.
    private func play(
        _ script: String,
        _ locator: String,
        _ folder: TemporaryFolder
    ) throws -> String {
        try folder.write("script", Array(script.utf8))
        let outcome = try Program.run(
            [locator, "--script", folder.path + "/script", "--size", "120x36"],
            environment: ["XDG_STATE_HOME": folder.path + "/state"]
        )
        #expect(outcome.status == 0, "\(outcome.messages)")
        return outcome.text
    }

    /// The rows of NDJSON in an order of their own, without counts.
    private func rows(_ text: String) -> [String] {
        text.split(separator: "\n").map(String.init).filter { $0.hasPrefix("{\"index\"") }.sorted()
    }

    @Test(arguments: ["/terrain", "/legacy/rainfall", "/ocean/temperature"])
    func `what verify finds in the explorer is what the command prints, and repair takes it`(
        _ array: String
    ) throws {
        let demo = try Demo.Copy()
        let folder = try TemporaryFolder()
        let place = demo.path + array
        let printed = try Program.run("verify", place, "--ndjson")
        guard printed.status <= 1 else { return }
        let file = folder.path + "/found.ndjson"
        _ = try play(
            "key L\nkey V\nwait idle\nkey w\nkey ctrl-u\ntype \(file)\nkey enter\nwait idle\n",
            place,
            folder
        )
        let written = folder.read("found.ndjson").map { String(decoding: $0, as: UTF8.self) }
        let expected = rows(printed.text)
        #expect(rows(written ?? "") == expected)
        guard !expected.isEmpty else { return }
        let plan = try Program.run(
            "repair",
            place,
            "--findings",
            file,
            "--reset-to-fill",
            "--dry-run",
            "--json"
        )
        #expect(plan.status <= 1, "\(plan.messages)")
        let stored = expected.filter { !$0.contains("\"missing\"") && !$0.contains("\"orphan\"") }
        let chunks = Set(stored.map { $0.prefix { $0 != "]" } })
        #expect(try plan.json()["planned"]?.intValue == chunks.count)
    }

    @Test func `a file that is there is replaced only after a yes`() throws {
        let demo = try Demo.Copy()
        let folder = try TemporaryFolder()
        try folder.write("mine.txt", Array("mine".utf8))
        let script = """
            key L
            key w
            key ctrl-u
            type \(folder.path)/mine.txt
            key enter
            wait idle
            screen asked
            """
        let screen = try play(script + "\nkey n\nkey esc\n", demo.path + "/legacy/rainfall", folder)
        #expect(screen.contains("y replaces it"))
        #expect(folder.read("mine.txt") == Array("mine".utf8))
        _ = try play(script + "\nkey y\nwait idle\n", demo.path + "/legacy/rainfall", folder)
        #expect(folder.read("mine.txt") != Array("mine".utf8))
    }

    @Test func `what is expected to be empty is kept beside the store and never in it`() throws {
        let demo = try Demo.Copy()
        let folder = try TemporaryFolder()
        let place = demo.path + "/legacy/rainfall"
        let before = try Program.run("chunks", place, "--json").text
        _ = try play("key L\nkey E\nwait idle\n", place, folder)
        #expect(try Program.run("chunks", place, "--json").text == before)
        let screen = try play("key L\nwait idle\nscreen\n", place, folder)
        #expect(screen.contains("expected-empty"))
        #expect(!screen.contains("1 missing"))
    }

    @Test func `the bytes of a chunk are those of its file`() throws {
        let demo = try Demo.Copy()
        let folder = try TemporaryFolder()
        let bytes = try #require(demo.file("legacy/rainfall/0.0"))
        let screen = try play(
            "key enter\nwait idle\nkey 3\nwait idle\nscreen\n",
            demo.path + "/legacy/rainfall",
            folder
        )
        let first = bytes.prefix(8).map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }
        #expect(screen.contains(first.joined(separator: " ")))
    }
}
