import JSONValue
import Testing

/// Stores that are wrong are refused with a place and a reason: nothing traps, hangs or escapes.
@Suite(.enabled(if: !Fixtures.broken.isEmpty, "no broken stores: make fixtures"))
struct BrokenStoresTests {
    @Test(arguments: Fixtures.broken.filter { $0.outcome == .refused })
    func `a store that is wrong is refused with what is wrong`(store: BrokenStore) throws {
        let outcome = try Program.run("read", store.path, "--format", "raw")
        #expect(outcome.status == 2)
        for name in store.names {
            #expect(outcome.messages.contains(name), "\(outcome.messages)")
        }
        #expect(outcome.isPrintable)
    }

    @Test(arguments: Fixtures.broken, ["tree", "info", "chunks", "map"])
    func `a command on a store that is wrong ends with a promised status`(
        store: BrokenStore,
        command: String
    ) throws {
        let outcome = try Program.run(command, store.path)
        #expect([0, 1, 2].contains(outcome.status), "\(outcome.status): \(outcome.messages)")
        #expect(outcome.isPrintable)
    }

    @Test(arguments: Fixtures.broken.filter { $0.outcome == .marked })
    func `a broken node is listed with its error and its siblings stay`(store: BrokenStore) throws {
        let outcome = try Program.run("tree", store.path, "--json")
        let children = try #require(try outcome.json()["children"]?.arrayValue)
        let broken = children.first { $0["path"]?.stringValue == store.node }
        #expect(broken?["kind"]?.stringValue == "error")
        for name in store.names {
            #expect(broken?["error"]?.stringValue?.contains(name) == true)
        }
        #expect(children.contains { $0["kind"]?.stringValue == "array" })
    }

    @Test func `a link out of the store is never followed`() throws {
        let store = try #require(Fixtures.broken.first { $0.id == "broken/link-out" })
        let outcome = try Program.run("read", store.path, "--format", "raw")
        #expect(!outcome.text.contains("SECRET"))
    }
}

extension ChildProcess.Outcome {
    /// Whether a terminal could show all of it without being told anything.
    fileprivate var isPrintable: Bool {
        let texts = status == 0 && output.isEmpty ? [messages] : [messages, text]
        return texts.allSatisfy { text in
            text.unicodeScalars.allSatisfy { scalar in
                scalar == "\n" || scalar == "\t"
                    || !(scalar.value < 0x20 || (0x7f...0x9f).contains(scalar.value)
                        || ["\u{202e}", "\u{200b}", "\u{2066}"].contains(scalar))
            }
        }
    }
}
