import Storage
import Testing

@Suite struct OptionValuesTests {
    private let declared = [
        OptionDescriptor("count", .integer, default: "3", help: "a number"),
        OptionDescriptor("wait", .duration, help: "a time"),
        OptionDescriptor("room", .size, help: "bytes"),
        OptionDescriptor("on", .flag, help: "a switch"),
        OptionDescriptor("mode", .choice(["a", "b"]), environment: ["MODE"], help: "a mode"),
        OptionDescriptor("token", .secret, environment: ["TOKEN"], help: "a secret"),
    ]

    private func values(
        _ options: [LocatorOption],
        _ environment: [String: String] = [:]
    ) throws(StorageError) -> OptionValues {
        try OptionValues(options, declared: declared, of: "test") { environment[$0] }
    }

    private func refusal(_ options: [LocatorOption]) -> String? {
        do throws(StorageError) {
            _ = try values(options)
            return nil
        } catch {
            return error.code == .invalidConfiguration ? error.message : nil
        }
    }

    @Test func `options are read by their kind, with defaults`() throws {
        let given = [("wait", "1.5s"), ("room", "64KiB"), ("on", "")]
        let values = try values(given.map { LocatorOption($0.0, $0.1) })
        #expect(values.integer("count") == 3)
        #expect(values.duration("wait") == .milliseconds(1500))
        #expect(values.byteCount("room") == 65_536)
        #expect(values.flag("on"))
        #expect(values.text("mode") == nil)
    }

    @Test func `an unknown option names the known ones`() throws {
        let message = try #require(refusal([LocatorOption("cuont", "1")]))
        #expect(message.contains("cuont") && message.contains("count") && message.contains("wait"))
    }

    @Test(arguments: [
        ("count", "-1"), ("count", "x"), ("count", "1.5"), ("wait", "soon"), ("wait", "-1s"),
        ("wait", "1e999s"), ("room", "99999999999TiB"), ("on", "maybe"), ("mode", "c"),
    ])
    func `an ill-formed value is refused by name`(option: (String, String)) throws {
        let message = try #require(refusal([LocatorOption(option.0, option.1)]))
        #expect(message.contains(option.0))
    }

    @Test func `an option given twice is refused`() throws {
        let twice = [LocatorOption("count", "1"), LocatorOption("count", "2")]
        #expect(try #require(refusal(twice)).contains("twice"))
    }

    @Test func `a secret comes from the environment and is never printed`() throws {
        let canary = "canary-4711"
        let message = try #require(refusal([LocatorOption("token", canary)]))
        #expect(message.contains("$TOKEN") && !message.contains(canary))
        let values = try values([], ["TOKEN": canary, "MODE": "b"])
        let secret = try #require(values.secret("token"))
        #expect(secret.reveal() == canary)
        #expect(values.text("mode") == "b")
        var dumped = ""
        dump(values, to: &dumped)
        for text in ["\(secret)", String(reflecting: secret), "\(values)", dumped] {
            #expect(!text.contains(canary))
        }
    }

    @Test func `a required option says where it may come from`() {
        let declared = [
            OptionDescriptor(
                "key",
                .secret,
                isRequired: true,
                environment: ["KEY"],
                help: "the key"
            )
        ]
        do throws(StorageError) {
            _ = try OptionValues([], declared: declared, of: "test")
            Issue.record("it was not missed")
        } catch {
            #expect(error.message.contains("$KEY"))
        }
    }
}
