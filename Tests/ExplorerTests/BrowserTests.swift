import Canvas
import Testing
import ZarrModel

@testable import Explorer

/// The browser: its tree, and the tabs beside it.
struct BrowserTests {
    private func stage(columns: Int = 120, _ change: (inout World) -> Void = { _ in }) -> Stage {
        var world = World.era5
        change(&world)
        return Stage(world, size: Size(rows: 36, columns: columns), locator: "/data/era5.zarr")
    }

    private func text(_ stage: inout Stage) -> String {
        stage.canvas().plainText
    }

    // MARK: Screens

    private func check(_ name: String, _ screen: Screen, _ act: (inout Stage) -> Void) {
        var stage = Stage(size: screen.size, locator: "/data/era5.zarr", traits: screen.traits)
        if screen.size.rows < 8, screen.size.rows > 1 { stage.press(.character("i")) }
        act(&stage)
        let canvas = stage.canvas(isUnicode: screen.traits.isUnicode)
        Screens.check(canvas, "\(name)-\(screen.testDescription)")
    }

    @Test(arguments: Screen.all) func `attributes as a tree`(_ screen: Screen) {
        check("attributes", screen) {
            $0.press(.down, .enter, .down, .character("2"), .tab, .down, .down)
        }
    }

    @Test(arguments: Screen.all) func `codecs with what they did to a chunk`(_ screen: Screen) {
        check("codecs", screen) { $0.press(.down, .enter, .down, .character("3")) }
    }

    @Test(arguments: Screen.all) func `keys under an array`(_ screen: Screen) {
        check("keys", screen) { $0.press(.down, .enter, .down, .character("5"), .tab) }
    }

    // MARK: Counting

    @Test func `arrays in view are counted one at a time, and large ones only when asked`() {
        var stage = stage { $0.isHeld = { if case .count = $0 { true } else { false } } }
        stage.press(.down, .enter)
        _ = stage.canvas()
        stage.press(.down)
        #expect(stage.world.held.map(\.work) == [.count(path: "/air/mask")])
        let first = stage.world.held[0].number
        var counts = CensusCounts(total: 96)
        counts.isComplete = true
        stage.run(stage.explorer.receive(Event(first, .counted(path: "/air/mask", counts))))
        #expect(stage.world.held.map(\.work).last == .count(path: "/air/time"))
        #expect(text(&stage).contains("o 96 missing"))
        #expect(!stage.world.asked.contains { $0.work == .count(path: "/air/temp") })
        stage.press(.character("c"))
        #expect(stage.world.asked.contains { $0.work == .count(path: "/air/temp") })
    }

    @Test func `a count is stopped when the browser is left`() {
        var stage = stage { $0.isHeld = { if case .count = $0 { true } else { false } } }
        stage.press(.down, .enter, .down)
        let number = stage.world.held.last?.number ?? 0
        stage.press(.enter)
        #expect(stage.world.asked.contains { $0.work == .cancel(number) })
    }

    @Test func `what the map counted is shown in the tree`() {
        var stage = stage()
        stage.press(.down, .enter, .down, .enter, .character("q"))
        #expect(text(&stage).contains("o 4 missing"))
    }

    // MARK: Tree

    @Test func `columns sort, and the same key reversed brings the least first`() {
        var stage = stage()
        stage.press(.down, .enter)
        func order() -> [Int] {
            let rows = text(&stage).split(separator: "\n")
            return ["▪ temp", "▪ mask", "▪ time"].map { name in
                rows.firstIndex { $0.mentions(name) } ?? -1
            }
        }
        #expect(order() == order().sorted())
        stage.press(.character(">"), .character(">"))
        let shape = order()
        #expect(shape[0] < shape[1] && shape[1] < shape[2])
        stage.press(.character("<"))
        let reversed = order()
        #expect(reversed[0] > reversed[1] && reversed[1] > reversed[2])
    }

    @Test func `n goes from trouble to trouble, and to matches while a filter is on`() {
        var stage = stage()
        stage.press(.down, .enter, .character("n"))
        let path = (stage.explorer.panes.last as? BrowserPane)?.selected?.path
        #expect(path == "/air/mask")
        stage.press(.character("/"))
        stage.type("t")
        stage.press(.enter)
        var seen: Set<String> = []
        for _ in 0..<4 {
            stage.press(.character("n"))
            seen.insert((stage.explorer.panes.last as? BrowserPane)?.selected?.path ?? "")
        }
        #expect(seen == ["/air/temp", "/air/time"])
    }

    @Test func `a hundred thousand nodes are filtered, sorted and drawn within a frame`() {
        var tree = NodeTree(root: NodeCard(path: "/", name: "big", kind: .group))
        tree.setOpen("/", true)
        let cards = (0..<100_000).map { number in
            var card = NodeCard(path: "/node-\(number)", name: "node-\(number)", kind: .array)
            card.shape = [number, 3]
            return card
        }
        tree.take(cards, of: "/")
        let clock = ContinuousClock()
        var hits = 0
        let filtering = (0..<5).map { _ in
            clock.measure { hits = tree.lines(filter: "e-999").count }
        }
        #expect(hits == 112)
        #expect(filtering.min() ?? .seconds(9) < .milliseconds(60))
        tree.order = NodeOrder(column: .shape)
        let sorting = clock.measure { hits = tree.lines().count }
        #expect(hits == 100_001 && sorting < .milliseconds(900))
        let lines = (0..<5).map { _ in clock.measure { hits = tree.lines().count } }
        #expect(lines.min() ?? .seconds(9) < .milliseconds(60))

        var world = World.era5
        world.children["/"] = cards
        var stage = Stage(world, size: Size(rows: 45, columns: 160), locator: "/data/era5.zarr")
        let moving = (0..<9).map { _ in clock.measure { stage.press(.pageDown) } }
        #expect(moving.min() ?? .seconds(9) < .milliseconds(60))
    }

    // MARK: Text

    @Test func `objects among the attributes open and close, and a value is copied whole`() {
        var stage = stage()
        stage.press(.down, .enter, .down, .character("2"), .tab)
        #expect(text(&stage).contains("verified"))
        for _ in 0..<3 { stage.press(.down) }
        stage.press(.enter)
        #expect(!text(&stage).contains("verified") && text(&stage).contains("▸ flags {2}"))
        stage.press(.character("Y"))
        guard case .copy(let copied)? = stage.world.asked.last?.work else {
            Issue.record("nothing was copied")
            return
        }
        #expect(copied.mentions("\"quality\": \"good\""))
        stage.press(.enter)
        #expect(text(&stage).contains("verified"))
    }

    @Test func `a search finds the next and the one before, round the end`() {
        var stage = stage()
        stage.press(.down, .enter, .down, .tab, .character("/"))
        stage.type("chunk")
        stage.press(.enter)
        func line() -> Int { (stage.explorer.panes.last as? BrowserPane)?.reader.selected ?? -1 }
        let first = line()
        stage.press(.character("n"))
        let second = line()
        #expect(second > first)
        stage.press(.character("N"))
        #expect(line() == first)
        stage.press(.escape)
        stage.press(.character("n"))
        #expect(stage.explorer.context.message?.text.contains("/ begins") == true)
    }

    @Test func `codecs show the bytes of each stage in the order of encoding`() {
        var stage = stage()
        stage.press(.down, .enter, .down, .character("3"))
        let screen = text(&stage)
        #expect(screen.contains("450 B → 180 B   ratio 2.50"))
        #expect(screen.contains("measured on air/temp/c/0/0"))
    }

    @Test func `keys come in pages, more only when the end is near`() {
        let keys = (0..<1000).map { KeyCard(key: "c/\($0)", kind: .foreign, bytes: 1) }
        var list = KeyList(path: "/a")
        #expect(list.wantsMore(at: 0))
        list.take(KeyPage(path: "/a", keys: keys, isLast: false))
        #expect(!list.wantsMore(at: 100))
        #expect(list.wantsMore(at: 990))
        list.take(KeyPage(path: "/a", keys: keys, isLast: true))
        #expect(!list.wantsMore(at: 1999) && list.count == 2001)
        #expect(list.line(2000, width: 40).text == "2,000 keys")
    }

    @Test func `a hundred thousand chunks are a few hundred lines that open, and all else is seen`()
    {
        var list = KeyList(path: "/a")
        for folder in 0..<400 {
            var keys = (0..<250).map { KeyCard(key: "c/\(folder)/\($0)", kind: .chunk, bytes: 2) }
            if folder == 7 { keys.append(KeyCard(key: "c/7/999", kind: .orphan, bytes: 2)) }
            list.take(KeyPage(path: "/a", keys: keys, isLast: folder == 399))
        }
        #expect(list.keys.count == 100_001 && list.count < 410)
        let lines = (0..<list.count).map { list.line($0, width: 100).text }
        #expect(lines.contains { $0.contains("orphan") && $0.contains("c/7/999") })
        #expect(lines[0].contains("250") && lines[0].contains("500 B"))
        #expect(list.toggle(at: 0) && list.line(1, width: 100).text.contains("c/0/0 "))
        #expect(list.line(251, width: 100).text.contains("c/1/0 … c/1/99"))
        #expect(list.foldLine(of: 100) == 0 && list.toggle(at: 0))
        let hits = list.hits(Array("c/390/17".utf8))
        #expect(hits.count == 11)
        let line = list.reveal(hits[0])
        #expect(list.line(line, width: 100).text.contains("c/390/17 "))
        #expect(list.key(at: line) == hits[0])
        #expect(!list.wantsMore(at: list.count))
    }

    @Test func `Enter opens folded keys on the tab, and does nothing where none are folded`() throws
    {
        var world = World.era5
        world.isHeld = { if case .listKeys = $0 { true } else { false } }
        for count in [300, 20] {
            var stage = Stage(world, locator: "/data/era5.zarr")
            stage.press(.down, .enter, .down, .character("5"), .tab)
            let asked = try #require(stage.world.held.last)
            let keys = (0..<count).map { KeyCard(key: "c/0/\($0)", kind: .chunk, bytes: 2) }
            let page = KeyPage(path: "/air/temp", keys: keys, isLast: true)
            stage.run(stage.explorer.receive(Event(asked.number, .keys(page))))
            let before = (stage.explorer.panes.last as? BrowserPane)?.keys?.count
            stage.press(.enter)
            let after = (stage.explorer.panes.last as? BrowserPane)?.keys?.count
            #expect(before == (count == 300 ? 2 : 21) && after == count + (count == 300 ? 2 : 1))
        }
    }

    @Test func `small folders are folded together, and few keys are not folded`() {
        var list = KeyList(path: "/a")
        let keys = (0..<1200).map { KeyCard(key: "c/\($0 / 4)/\($0 % 4)", kind: .chunk) }
        list.take(KeyPage(path: "/a", keys: keys, isLast: true))
        #expect(list.count < 20)
        var short = KeyList(path: "/a")
        short.take(KeyPage(path: "/a", keys: Array(keys.prefix(60)), isLast: true))
        #expect(short.count == 61)
        var flat = KeyList(path: "/a")
        let names = (0..<5000).map { KeyCard(key: "\($0).0", kind: .chunk, bytes: 1) }
        flat.take(KeyPage(path: "/a", keys: names, isLast: true))
        #expect(flat.count == 6)
    }

    @Test func `issues stand under their severity, the worst first`() {
        var details = NodeDetails(path: "/", kind: .group)
        details.diagnostics = [
            Diagnostic(.note, at: "a", "first"), Diagnostic(.error, at: "b", "second"),
            Diagnostic(.error, at: "c", "third"),
        ]
        let lines = IssueText.lines(details.diagnostics, width: 60).map(\.text)
        #expect(lines.first == "✖ 2 errors")
        #expect(lines.firstIndex(of: "· 1 note") ?? 0 > lines.firstIndex(of: "  c") ?? 99)
    }

    @Test func `coordinates are shown with their ends, and dates as dates`() throws {
        var time = AxisCoordinates(
            axis: 0,
            name: "time",
            values: .numbers([0, 24, 48]),
            count: 3
        )
        time.time = CalendarTime(units: "hours since 2019-01-01")
        #expect(time.range == "2019-01-01 … 2019-01-03")
        #expect(time.text(at: 1) == "2019-01-02" && time.text(at: 3) == nil)
        var space = AxisCoordinates(
            axis: 1,
            name: "x",
            values: .steps(origin: 0.5, step: 0.25),
            count: 5
        )
        space.units = "micrometer"
        #expect(space.range == "0.5 … 1.5 micrometer")
        var stage = stage { $0.coordinates["/air/temp"] = [time] }
        stage.press(.down, .enter, .down)
        #expect(text(&stage).contains("2019-01-01 … 2019-01-03"))
        #expect(stage.explorer.context.coordinates(of: "/air/temp", axis: 0) == time)
    }

    @Test func `a row of an array that cannot be decoded never says complete`() {
        var counts = CensusCounts(total: 4)
        counts.present = 4
        counts.isComplete = true
        #expect(counts.text(isWide: true).text == "✔ complete")
        #expect(counts.text(isWide: true, isDecodable: false).text == "▲ undecodable")
        #expect(counts.text(isWide: false, isDecodable: false).text == "▲ codec")
        counts.present = 3
        #expect(counts.text(isWide: true, isDecodable: false).text == "o 1 missing")
    }

    @Test func `a document that ends early says so, and is shown as far as it goes`() {
        var stage = stage { world in
            var details = NodeDetails(path: "/air/v", kind: .broken)
            let message = "the document ends early: cut off after 9 bytes, on line 1, inside /shape"
            details.diagnostics = [Diagnostic(.error, at: "air/v/zarr.json", message)]
            var document = StoredDocument(key: "air/v/zarr.json", text: "{\"shape\":")
            document.isCutOff = true
            details.documents = [document]
            details.facts = [Fact("to do", "put a whole copy of it back")]
            world.details["/air/v"] = details
        }
        stage.press(.down, .enter)
        stage.select("v")
        let info = text(&stage)
        #expect(info.contains("ends early") && info.contains("put a whole copy of it back"))
        stage.press(.character("4"))
        #expect(text(&stage).contains("the document ends here, before it is complete"))
    }

    // MARK: Columns

    private func named(_ names: [String], columns: Int, rows: Int = 36) -> Stage {
        var world = World.era5
        world.children["/"] = names.enumerated().map { place, name in
            var card = NodeCard(path: "/" + name, name: name, kind: .array)
            card.dataType = "float32"
            card.shape = [4]
            card.chunkShape = [2]
            card.storedBytes = 1000 * (place + 1)
            return card
        }
        world.isHeld = { if case .count = $0 { true } else { false } }
        return Stage(world, size: Size(rows: rows, columns: columns), locator: "/data/era5.zarr")
    }

    @Test func `columns leave to the names what they do not need`() {
        let names = ["1d.contiguous.gzip.i2", "1d.contiguous.blosc.i2", "1d.contiguous.raw.i2"]
        var stage = named(names, columns: 120)
        let screen = text(&stage)
        for name in names { #expect(screen.contains("▪ \(name) "), "\(screen)") }
    }

    @Test func `where columns give way, state and type are the last`() {
        var needs = TreeNeeds()
        var card = NodeCard(path: "/a", name: "a-name-of-an-array", kind: .array)
        card.dataType = "float32"
        (card.shape, card.chunkShape) = ([1024, 1024, 1024], [64, 64, 64])
        needs.take(NodeTree(root: card).entries[0], depth: 1, step: 1)
        let narrow = (24..<60).map { width in
            TreeColumns(Rect(row: 0, column: 0, rows: 9, columns: width), needs).kinds
        }
        for kinds in narrow {
            if kinds.contains(.shape) { #expect(kinds.contains(.type)) }
            if kinds.contains(.type) { #expect(kinds.contains(.state)) }
        }
        #expect(narrow.contains { $0.contains(.type) && !$0.contains(.shape) })
    }

    @Test func `a name that is too long is cut in the middle`() {
        let start = "temperature_at_two_metres_above_the_ground"
        var stage = named([start + "_minimum", start + "_maximum"], columns: 80, rows: 24)
        let screen = text(&stage)
        #expect(screen.contains("minimum") && screen.contains("maximum"), "\(screen)")
    }

    @Test func `what is sorted by has a column on every screen, and sorting a hint`() {
        var stage = named(["one", "two", "three"], columns: 80, rows: 24)
        #expect(text(&stage).contains("> < sort"))
        for _ in 0..<3 { stage.press(.character(">")) }
        let screen = text(&stage)
        #expect(screen.contains("Stored↓") && screen.contains("2.9 KiB"), "\(screen)")
        let rows = screen.split(separator: "\n")
        let places = ["three", "two", "one"].map { name in
            rows.firstIndex { $0.mentions("▪ " + name) } ?? -1
        }
        #expect(places == places.sorted())
    }

    @Test func `commands for arrays say on a group why they do nothing`() {
        var stage = stage()
        for key in ["C", "W"] as [Character] {
            stage.press(.character(key))
            #expect(stage.explorer.context.message?.text.contains("Select an array") == true)
        }
    }

    @Test func `opening is hinted only where something opens`() {
        var stage = stage()
        stage.press(.down, .enter, .down, .tab)
        for (tab, opens) in [("2", true), ("4", false), ("5", false), ("6", false)] {
            stage.press(.character(Character(tab)))
            #expect(text(&stage).contains("Enter open or close") == opens, "\(tab)")
        }
    }

    // MARK: Issues

    @Test func `missing and broken chunks are issues, with when they were counted`() {
        var stage = stage()
        stage.press(.down, .enter)
        stage.select("mask")
        stage.press(.character("6"))
        let screen = text(&stage)
        #expect(screen.contains("broken: short, corrupt or not"), "\(screen)")
        #expect(screen.contains("missing: they read as") && screen.contains("L lists them"))
        var counts = CensusCounts(total: 9)
        counts.isComplete = true
        counts.takenAt = 0
        var card = NodeCard(path: "/a", name: "a", kind: .array)
        card.counts = counts
        var details = NodeDetails(path: "/a", kind: .array)
        details.array = ArrayDetails(shape: [9], chunkShape: [1], gridShape: [9], dataType: "int8")
        let source = NodeText.Source(
            card: card,
            tab: .issues,
            width: 60,
            details: details,
            folds: []
        )
        let issues = IssueText.issues(source, nil)
        #expect(issues.map(\.severity) == [.warning])
        #expect(issues.first?.message.contains("counted 1970-01-01 00:00:00 UTC") == true)
    }

    @Test func `why a node is broken stands in its facts`() {
        var details = NodeDetails(path: "/b", kind: .broken)
        let reason = "not readable as JSON: the document ends in the middle of a word"
        details.diagnostics = [Diagnostic(.error, at: "zarr.json", reason)]
        let source = NodeText.Source(
            card: NodeCard(path: "/b", name: "b", kind: .broken),
            tab: .info,
            width: 200,
            details: details,
            folds: []
        )
        #expect(InfoText.lines(source, details, nil).contains { $0.text.contains(reason) })
    }

    // MARK: Search

    @Test func `a search opens what is folded, and tells how many it finds`() {
        let attributes = """
            {"a": {"b": {"c": {"e": {"unit": "micrometer", "d": [1, {"x": "Micrometer"}]}}}}, "z": 1}
            """
        var stage = stage { $0.details["/air/temp"]?.attributes = attributes }
        stage.press(.down, .enter)
        stage.select("temp")
        stage.press(.character("2"), .tab)
        #expect(!text(&stage).contains("icrometer"))
        stage.press(.character("/"))
        stage.type("micro")
        #expect(text(&stage).contains("1 of 2") && text(&stage).contains("micrometer"))
        stage.press(.enter, .character("n"))
        #expect(text(&stage).contains("2 of 2") && text(&stage).contains("Micrometer"))
        let pane = stage.explorer.panes.last as? BrowserPane
        #expect(pane?.textLine(pane?.reader.selected ?? 0).text.contains("Micrometer") == true)
        stage.press(.character("n"))
        #expect(text(&stage).contains("1 of 2"))
        // What was looked for before is replaced by what is typed.
        stage.press(.character("/"))
        stage.type("nowhere")
        #expect(text(&stage).contains("not found"))
    }
}
