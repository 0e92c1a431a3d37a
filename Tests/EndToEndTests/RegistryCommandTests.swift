import JSONValue
import Testing

/// What the program says of its backends, and what they keep of the contract.
@Suite struct RegistryCommandTests {
    @Test func `a registered backend keeps every law`() throws {
        let outcome = try Program.run("conform", "memory", "--json")
        #expect(outcome.status == 0)
        let report = try outcome.json()
        #expect(report["backend"] == "memory")
        #expect(report["failed"] == 0)
        #expect((report["passed"]?.intValue ?? 0) > 20)
    }

    @Test func `every backend is listed with its capabilities, options and an example`() throws {
        let backends = try Program.run("backends", "--json").json().arrayValue ?? []
        let ids = backends.compactMap { $0["id"]?.stringValue }
        #expect(Set(ids).isSuperset(of: ["file", "memory", "mock", "zip"]))
        for backend in backends {
            #expect(backend["capabilities"]?.arrayValue?.isEmpty == false)
            #expect(backend["example"]?.stringValue?.isEmpty == false)
            for option in backend["options"]?.arrayValue ?? [] {
                let names = option.objectValue?.keys
                #expect(names == ["name", "type", "required", "default", "secret", "help"])
            }
        }
        let unknown = try Program.run("backends", "zap")
        #expect(unknown.status == 2)
        #expect(unknown.messages.contains("zip"))
    }

    @Test func `the log of a drill can be run again`() throws {
        let folder = try TemporaryFolder()
        let log = folder.path + "/drill.ndjson"
        let first = try Program.run("drill", "throttled", "--seed", "3", "--log", log, "--json")
        let again = try Program.run("drill", "--replay", log, "--json")
        #expect(try again.json() == first.json())
    }

    @Test func `a layer is told with its options, as a backend is`() throws {
        let text = try Program.run("backends", "breaker").text
        #expect(text.contains("LOCATOR|breaker:failures=50%") && text.contains("slow_after"))
        let json = try Program.run("backends", "breaker", "--json").json()
        #expect(json[0]?["options"]?[0]?["default"] == "50%")
        #expect(try Program.run("backends", "nothing").status == 2)
    }
}
