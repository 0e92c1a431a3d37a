import Canvas
import Testing

@testable import Explorer

/// Settings, help, palette and export on the screen.
struct SettingsTests {
    private func check(_ name: String, _ screen: Screen, _ keys: [Key]) {
        var stage = Stage(size: screen.size, locator: "/data/era5.zarr", traits: screen.traits)
        if screen.size.rows < 8, screen.size.rows > 1 { stage.press(.character("i")) }
        stage.press(.down, .enter, .down, .enter)
        for key in keys { stage.press(key) }
        Screens.check(
            stage.canvas(isUnicode: screen.traits.isUnicode),
            "\(name)-\(screen.testDescription)"
        )
    }

    @Test(arguments: Screen.all) func `what can be set`(_ screen: Screen) {
        check("settings", screen, [.character(","), .down])
    }

    @Test(arguments: Screen.all) func `a name for what is exported`(_ screen: Screen) {
        check("export", screen, [.character("w")])
    }

    @Test(arguments: Screen.all) func `keys that hold what is searched for`(_ screen: Screen) {
        check("help-search", screen, [.character("?"), .character("/"), .character("z")])
    }

    @Test func `every key of the map is on two pages of the help on 80 by 24`() throws {
        var stage = Stage(locator: "/data/era5.zarr")
        stage.press(.down, .enter, .down, .enter, .character("?"))
        let text = stage.canvas().plainText
        guard case .help(let help)? = stage.explorer.overlay else {
            Issue.record("the help is not open")
            return
        }
        let signs = text.contains("Signs") ? 0 : help.scroll.count - 2 * help.scroll.height
        #expect(signs <= help.scroll.height, "\(text)")
        // The signs follow on the third.
        stage.press(.pageDown)
        #expect(stage.canvas().plainText.contains("write file"))
    }

    @Test func `a setting is seen at once and is written when a person asks`() {
        var stage = Stage(locator: "/data/era5.zarr")
        stage.press(.character(","), .right, .right)
        let settings = stage.explorer.context.configuration.settings
        #expect(settings[.theme] == "light")
        #expect(stage.world.asked.contains { $0.work == .apply(settings) })
        stage.press(.character("w"))
        #expect(stage.world.asked.last?.work == .saveSettings(settings))
        stage.press(.escape)
        #expect(stage.explorer.overlay == nil)
    }

    @Test func `the mono theme draws without colours, and others bring them back`() {
        var stage = Stage(locator: "/data/era5.zarr")
        stage.press(.character(","), .right, .right, .right)
        #expect(stage.explorer.context.configuration.traits.colors == .mono)
        stage.press(.left)
        #expect(stage.explorer.context.configuration.traits.colors == .indexed)
    }

    @Test func `the keys that a person chose are the ones that are shown`() {
        var keymap = Keymap.standard
        keymap.keys[.next] = [.function(3)]
        keymap.keys[.help] = [.function(9)]
        let configuration = ExplorerConfiguration(locator: "/data/era5.zarr", keymap: keymap)
        var stage = Stage(configuration)
        stage.press(.down, .enter, .down, .enter)
        #expect(stage.canvas().plainText.contains("F3 N next finding"))
        stage.press(.function(3))
        #expect(stage.explorer.context.message?.text.contains("1/4") == true)
        stage.press(.function(9))
        for _ in 0..<20 where !stage.canvas().plainText.contains("F3 N") { stage.press(.down) }
        #expect(stage.canvas().plainText.contains("F3 N"))
    }

    @Test func `a mistake in the configuration is told on the first screen`() {
        var configuration = ExplorerConfiguration()
        configuration.configurationProblems =
            ConfigurationFile("[look]\ntheme = drak\n[x]").problems
        var stage = Stage(configuration)
        #expect(stage.canvas().plainText.contains("line 2, column 9: theme can be"))
        stage.press(.character(","))
        #expect(stage.canvas().plainText.contains("line 3, column 1"))
    }

    @Test func `a mistake in the configuration stays until a key, and is told whole`() {
        var configuration = ExplorerConfiguration(locator: "/data/era5.zarr")
        configuration.configurationProblems = ConfigurationFile("[look]\ntheme = hihg").problems
        var world = World.era5
        world.opened.path = "/air/temp"
        world.opened.kind = .array
        var stage = Stage(configuration, world)
        let screen = stage.canvas().plainText
        #expect(screen.contains("line 2, column 9: theme can be auto"), "\(screen)")
        #expect(screen.contains("(, shows them)"), "\(screen)")
        stage.press(.down)
        #expect(!stage.canvas().plainText.contains("theme can be auto"))
    }

    @Test func `a file that is there is replaced only when a person says so`() {
        var stage = Stage(locator: "/data/era5.zarr")
        stage.world.files = ["zscope-era5-zarr.svg", "zscope-screen.svg", "there.txt"]
        stage.press(.character("w"), .control("u"))
        stage.type("there.txt")
        stage.press(.enter)
        #expect(stage.canvas().plainText.contains("is there already"))
        stage.press(.enter)
        #expect(stage.world.exports.allSatisfy { !$0.replaces })
        stage.press(.control("o"))
        #expect(stage.world.exports.last?.replaces == true)
        #expect(stage.explorer.overlay == nil)
    }

    @Test func `a bookmark is set on the node that is looked at, and taken away again`() {
        var stage = Stage(locator: "/data/era5.zarr")
        stage.press(.down, .enter, .down, .enter, .character("B"))
        #expect(
            stage.explorer.context.home?.bookmarks.map(\.locator) == ["/data/era5.zarr#/air/temp"]
        )
        stage.press(.character("B"))
        #expect(stage.explorer.context.home?.bookmarks == [])
    }

    @Test func `a store begins where it was left`() {
        var world = World.era5
        world.opened.memory = StoreMemory(
            locator: "/data/era5.zarr",
            array: "/air/temp",
            axes: [3, 0],
            palette: "magma"
        )
        var stage = Stage(world, locator: "/data/era5.zarr")
        stage.press(.enter)
        let map = stage.explorer.panes.last as? MapPane
        #expect(map?.path == "/air/temp", "\(stage.canvas().plainText)")
        #expect(map?.view?.rowAxis == 3 && map?.view?.columnAxis == 0)
        #expect(map?.chosenRamp?.name == "magma")
    }

    @Test func `what is looked at is remembered once, and again when it changes`() {
        var stage = Stage(locator: "/data/era5.zarr")
        stage.press(.down, .enter, .down, .enter)
        func memories() -> [StoreMemory] {
            stage.world.asked.compactMap { effect in
                if case .remember(let memory) = effect.work { memory } else { nil }
            }
        }
        #expect(memories().map(\.array) == ["/air/temp"])
        stage.press(.right, .down)
        #expect(memories().count == 1)
        stage.press(.character("c"))
        #expect(memories().count == 2)
    }
}
