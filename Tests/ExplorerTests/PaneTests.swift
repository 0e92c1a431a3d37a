import Canvas
import Testing

@testable import Explorer

/// What every registered pane keeps to.
struct PaneTests {
    static let sizes = [
        Size(rows: 0, columns: 0), Size(rows: 1, columns: 1), Size(rows: 5, columns: 20),
        Size(rows: 24, columns: 80), Size(rows: 60, columns: 200),
    ]

    @Test(arguments: Panes.all.map(\.name))
    func `every pane draws at every size, with and without anything known`(_ name: String) throws {
        let pane = try #require(Panes.all.first { $0.name == name })
        for path in ["/air/mask", "/nowhere", "/"] {
            for size in Self.sizes {
                for isUnicode in [true, false] {
                    var context = Context(ExplorerConfiguration())
                    var made = pane.make(path)
                    draw(&made, size, isUnicode, context)
                    context.details = World.era5.details
                    context.home = World.era5.home
                    context.size = size
                    _ = made.take(.shown, &context)
                    draw(&made, size, isUnicode, context)
                }
            }
        }
    }

    private func draw(_ pane: inout any Pane, _ size: Size, _ isUnicode: Bool, _ context: Context) {
        pane.prepare(size, context)
        var canvas = Canvas(
            Size(rows: size.rows + 2, columns: size.columns + 2),
            isUnicode: isUnicode
        )
        let inner = Rect(row: 1, column: 1, rows: size.rows, columns: size.columns)
        canvas.region(inner) { pane.draw(on: &$0, context) }
        for row in 0..<canvas.size.rows {
            for column in 0..<canvas.size.columns
            where !inner.contains(Point(row: row, column: column)) {
                #expect(canvas[row, column] == Cell())
            }
        }
    }

    @Test(arguments: Panes.all.map(\.name))
    func `no key means two live commands of a pane`(_ name: String) throws {
        let pane = try #require(Panes.all.first { $0.name == name }).make("/air/mask")
        let context = Context(ExplorerConfiguration())
        let live = pane.commands(context) + Command.everywhere
        var seen: [Key: Command] = [:]
        for command in Set(live) {
            for key in Keymap.standard.keys[command] ?? [] {
                #expect(seen[key] == nil, "\(key): \(command) and \(seen[key]?.word ?? "")")
                seen[key] = command
            }
        }
    }

    @Test(arguments: ["m", "s", "L", "O", "M", "C", "P"])
    func `Backspace leaves every screen as q does, and never the first one`(_ key: String) {
        var stage = Stage(locator: "/data/era5.zarr", isWritable: true)
        stage.press(.down, .enter, .down, .down)
        stage.press(key == "m" ? .enter : .character(Character(key)))
        if stage.explorer.panes.last?.isTyping ?? false { stage.press(.escape) }
        let count = stage.explorer.panes.count
        guard count > 2 else { return }
        stage.press(.backspace)
        #expect(stage.explorer.panes.count == count - 1)
        #expect(!stage.explorer.isEnded)
        while stage.explorer.panes.count > 1 { stage.press(.character("q")) }
        stage.press(.backspace, .backspace)
        #expect(!stage.explorer.isEnded)
        stage.press(.character("?"), .backspace)
        #expect(stage.explorer.overlay == nil)
    }

    @Test
    func `every command stands in a group with its like, and none is called only by its word`() {
        #expect(Command.pause.group == .running && Command.connect.group == .running)
        #expect(Command.play.group == .looking && Command.sort.group == .looking)
        #expect(Command.delete.group == .forms && Command.findings.group == .going)
        for command in Command.allCases where command.word.contains("-") {
            #expect(command.title != command.word, "\(command)")
        }
    }

    @Test func `every command has a key`() {
        for command in Command.allCases {
            #expect(Keymap.standard.keys[command]?.isEmpty == false, "\(command)")
        }
    }

    @Test func `Tab never leaves the line of a locator, and Enter opens what stands there`() {
        var stage = Stage()
        stage.press(.character("o"))
        stage.type("/data/nothing-like-it/")
        stage.press(.tab, .tab, .backTab)
        #expect((stage.explorer.panes.last as? HomePane)?.isTyping == true)
        #expect(stage.canvas().plainText.contains("Enter opens what is typed"))
        stage.press(.enter)
        #expect(stage.world.asked.contains { $0.work == .open(locator: "/data/nothing-like-it") })
    }

    @Test(arguments: Panes.all.map(\.name))
    func `no name of a pane has an empty part when the store is one array`(_ name: String) throws {
        let pane = try #require(Panes.all.first { $0.name == name }).make("/")
        #expect(!pane.name.hasPrefix(" "))
    }

    @Test func `a text longer than its field shows where it goes on`() {
        func drawn(_ field: TextField, isActive: Bool) -> String {
            var canvas = Canvas(Size(rows: 1, columns: 10), isUnicode: true)
            field.draw(on: &canvas, row: 0, column: 0, width: 10, isActive: isActive)
            return canvas.plainText.filter { $0 != "\n" }
        }
        var field = TextField("abcdefghijklmnop")
        #expect(drawn(field, isActive: false) == "abcdefghi…")
        #expect(drawn(field, isActive: true).hasPrefix("…"))
        #expect(drawn(field, isActive: true).contains("p"))
        _ = field.take(.home)
        #expect(drawn(field, isActive: true) == "abcdefghi…")
    }

    @Test func `fields of an armed mock say that it must be disarmed`() {
        var stage = Stage(locator: "/data/era5.zarr")
        stage.press(.down, .enter, .down, .down, .character("M"), .character("A"))
        stage.press(.character("A"), .enter)
        #expect(stage.explorer.context.message?.text.contains("disarm it first") == true)
        stage.press(.character("X"), .enter)
        #expect(stage.explorer.panes.last?.isTyping == true)
    }

    @Test func `a group tells how many children it has`() {
        var stage = Stage(locator: "/data/era5.zarr")
        #expect(stage.canvas().plainText.contains("holds     4 groups, 1 other entry"))
        stage.press(.down, .enter)
        #expect(stage.canvas().plainText.contains("holds     3 arrays, 1 broken node"))
    }

    @Test func `long attributes are wrapped, not cut`() {
        var world = World.era5
        world.details["/"]?.attributes = String(repeating: "word ", count: 40) + "end"
        var stage = Stage(world, locator: "/data/era5.zarr")
        stage.press(.character("2"))
        #expect(stage.canvas().plainText.contains("end"))
    }

    @Test func `while a filter is typed the hints say what its keys do`() {
        var stage = Stage(locator: "/data/era5.zarr")
        stage.press(.character("/"))
        stage.type("te")
        let hints = stage.canvas().plainText.split(separator: "\n").last ?? ""
        #expect(hints.contains("keeps the filter"))
        #expect(hints.contains("shows all again"))
    }

    @Test func `the help shows the whole reason why a key does nothing`() {
        var stage = Stage(size: Size(rows: 60, columns: 80), locator: "/data/era5.zarr")
        stage.press(.down, .enter, .down, .enter, .character("?"))
        let words = stage.canvas().plainText.split { !$0.isLetter && $0 != "-" }
        #expect(words.contains("--write"))
        let all = words.joined(separator: " ")
        #expect(all.contains("delete") && words.count { $0 == "chunks" } > 1)
    }
}
