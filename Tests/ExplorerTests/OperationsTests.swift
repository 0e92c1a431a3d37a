import Canvas
import Testing

@testable import Explorer

/// The screen of every storage operation.
struct OperationsTests {
    private func stage(_ size: Size = Size(rows: 24, columns: 80)) -> Stage {
        var stage = Stage(size: size, locator: "/data/era5.zarr")
        stage.press(.character("O"))
        return stage
    }

    private func shown(_ stage: inout Stage) -> Int {
        _ = stage.canvas()
        return (stage.explorer.panes.last as? OperationsPane)?.rows.count ?? -1
    }

    @Test(arguments: Screen.all) func `the operations`(_ screen: Screen) {
        var stage = Stage(
            size: screen.size,
            locator: "/data/era5.zarr",
            traits: screen.traits
        )
        if screen.size.rows < 8, screen.size.rows > 1 { stage.press(.character("i")) }
        stage.press(.character("O"), .up, .up, .up)
        Screens.check(
            stage.canvas(isUnicode: screen.traits.isUnicode),
            "operations-\(screen.testDescription)"
        )
    }

    @Test(arguments: [
        ("", 40), ("error", 1), ("absent", 3), (">1ms", 22), ("list", 5), ("read >4ms", 3),
        ("retried", 1), ("throttled", 1), ("TEMP done <1ms", 17), ("nothing-like-it", 0),
    ])
    func `a filter keeps what all its words hold of`(_ text: String, _ count: Int) {
        var stage = stage()
        stage.press(.character("/"))
        stage.type(text)
        stage.press(.enter)
        #expect(shown(&stage) == count)
    }

    @Test func `Esc shows all again before it goes back`() {
        var stage = stage()
        stage.press(.character("/"))
        stage.type("error")
        stage.press(.enter, .escape)
        #expect(shown(&stage) == 40)
        stage.press(.escape)
        #expect(stage.explorer.panes.last is BrowserPane)
    }

    @Test func `the slowest come first when asked`() {
        var stage = stage()
        stage.press(.character("s"))
        _ = stage.canvas()
        let pane = stage.explorer.panes.last as? OperationsPane
        #expect(pane?.selectedEntry(stage.explorer.context)?.number == 36)
    }

    @Test func `a paused list stays as it is while operations come`() {
        var stage = stage()
        stage.press(.character(" "))
        let number = stage.explorer.context.operations.number
        var report = stage.world.operations
        for place in report.entries.indices { report.entries[place].number += 40 }
        stage.run(stage.explorer.receive(Event(number, .operations(report))))
        #expect(shown(&stage) == 40)
        stage.press(.character(" "))
        #expect(shown(&stage) == 80)
    }

    @Test func `operations of storage that is no longer open are left alone`() {
        var stage = stage()
        stage.run(stage.explorer.receive(Event(0, .operations(stage.world.operations))))
        #expect(shown(&stage) == 40)
    }

    @Test func `no more operations are kept than the limit`() {
        var session = OperationSession()
        let entry = OperationEntry(
            number: 0,
            moment: 0,
            operation: "read",
            key: "c/0",
            microseconds: 1
        )
        session.receive(Event(3, .opened(OpenedStore(locator: "a", name: "a"))))
        for _ in 0..<5 {
            let entries = Array(repeating: entry, count: 1000)
            session.receive(Event(3, .operations(OperationReport(entries: entries))))
        }
        #expect(session.entries.count == OperationSession.limit)
    }

    @Test func `operations that come before the store has opened are its own`() {
        var session = OperationSession()
        session.receive(Event(7, .operations(World.era5.operations)))
        #expect(session.entries.isEmpty)
        session.receive(Event(7, .opened(OpenedStore(locator: "a", name: "a"))))
        #expect(session.entries.count == 40)
    }

    @Test func `a file holds what the list shows, as lines or as a table`() throws {
        func saved(_ name: String) throws -> String {
            var stage = stage()
            stage.press(.character("/"))
            stage.type("error")
            stage.press(.enter, .character("w"), .control("u"))
            stage.type(name)
            stage.press(.enter)
            let work = try #require(stage.world.asked.last?.work)
            guard case .save(name, let text) = work else {
                Issue.record("nothing was written")
                return ""
            }
            return text
        }
        let lines = try saved("a.ndjson")
        #expect(lines.hasPrefix(#"{"number":36,"time":"2026-11-22T"#))
        #expect(lines.split(separator: "\n").count == 1)
        let table = try saved("a.CSV").split(separator: "\r\n")
        #expect(table.count == 2)
        #expect(table[1].hasSuffix(#"throttled,"the storage asks to wait (503), after 4 tries""#))
    }

    @Test func `a key that a spreadsheet would run is no formula in a table`() {
        let entry = OperationEntry(
            number: 0,
            moment: 0,
            operation: "read",
            key: "=cmd()",
            microseconds: 1
        )
        #expect(OperationText.csv([entry]).contains(", =cmd(),"))
    }

    @Test func `without a store the operations say what to do`() {
        var stage = Stage()
        stage.press(.character("O"))
        #expect(stage.explorer.context.message?.text.contains("Open a store first") == true)
    }

    @Test func `latencies have few characters and units`() {
        let times = [0, 8, 999, 4100, 38_400, 999_000, 1_200_000, 61_200_000, 7_200_000_000]
        #expect(
            times.map { Format.latency(microseconds: $0) } == [
                "0 µs", "8 µs", "999 µs", "4.1 ms", "38 ms", "999 ms", "1.2 s", "61.2 s", "7200 s",
            ]
        )
    }

    @Test func `a change that was stopped on its way is unknown, and a read just stopped`() {
        var stage = stage(Size(rows: 45, columns: 160))
        let number = stage.explorer.context.operations.number
        var report = OperationReport()
        for (place, operation) in ["delete", "read"].enumerated() {
            var entry = OperationEntry(
                number: 100 + place,
                moment: 1_800_000_000_000,
                operation: operation,
                key: "stopped/c/\(place)",
                microseconds: 900,
                outcome: .stopped
            )
            entry.isUnknown = operation == "delete"
            entry.message = "whether it was done is not known"
            report.entries.append(entry)
        }
        report.meter.total.count = 2
        report.meter.total.unknown = 1
        stage.run(stage.explorer.receive(Event(number, .operations(report))))
        stage.press(.character("/"))
        stage.type("stopped")
        stage.press(.enter, .up)
        let screen = stage.canvas().plainText
        #expect(screen.contains("? stopped") && screen.contains("· stopped"))
        #expect(screen.contains("? 1 unknown") && !screen.contains("failed ("))
        stage.press(.character("/"))
        for _ in 0..<7 { stage.press(.backspace) }
        stage.type("unknown")
        stage.press(.enter)
        #expect(shown(&stage) == 1)
    }

    @Test func `reads of documents are left out until asked for, but never one that failed`() {
        func entry(_ number: Int, _ operation: String, _ key: String) -> OperationEntry {
            OperationEntry(
                number: number,
                moment: 1_800_000_000_000,
                operation: operation,
                key: key,
                microseconds: 900
            )
        }
        var failed = entry(103, "read", "b/zarr.json")
        failed.outcome = .failed
        var stage = stage()
        var report = OperationReport()
        report.entries = [
            entry(100, "read", "a/zarr.json"), entry(101, "read", "a/c/0"),
            entry(102, "info", "a/c/0"), failed, entry(104, "list", "a"),
        ]
        let before = shown(&stage)
        let number = stage.explorer.context.operations.number
        stage.run(stage.explorer.receive(Event(number, .operations(report))))
        #expect(shown(&stage) == before + 3)
        #expect(stage.canvas().plainText.contains("2 about documents; b shows them"))
        stage.press(.character("b"))
        #expect(shown(&stage) == before + 5)
        stage.press(.character("b"), .character("/"))
        stage.type("zarr.json")
        stage.press(.enter)
        #expect(shown(&stage) == 2)
    }
}
