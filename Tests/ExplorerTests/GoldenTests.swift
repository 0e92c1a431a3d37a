import Canvas
import Explorer
import Testing

/// Every screen of a session, as it looked when somebody last looked at it.
struct GoldenTests {
    private func check(_ name: String, _ screen: Screen, _ act: (inout Stage) -> Void) {
        var stage = Stage(
            size: screen.size,
            locator: name == "home" || name == "completions" ? nil : "/data/era5.zarr",
            isWritable: name.hasPrefix("delete"),
            traits: screen.traits
        )
        // Small screens show only that they are too small; they are drawn all the same after i.
        if screen.size.rows < 8, screen.size.rows > 1 { stage.press(.character("i")) }
        act(&stage)
        Screens.check(
            stage.canvas(isUnicode: screen.traits.isUnicode),
            "\(name)-\(screen.testDescription)"
        )
    }

    @Test(arguments: Screen.all) func `the home screen`(_ screen: Screen) {
        check("home", screen) { _ in }
    }

    @Test(arguments: Screen.all) func `completions of a locator`(_ screen: Screen) {
        check("completions", screen) {
            $0.press(.character("o"))
            $0.type("/data/")
            $0.press(.down)
        }
    }

    @Test(arguments: Screen.all) func `the browser on an array`(_ screen: Screen) {
        check("browser", screen) { $0.press(.down, .enter, .down) }
    }

    @Test(arguments: Screen.all) func `the map of a million chunks at the first absent one`(
        _ screen: Screen
    ) {
        check("map", screen) { $0.press(.down, .enter, .down, .enter, .character("n")) }
    }

    @Test(arguments: Screen.all) func `the map of sizes with every state and a box`(
        _ screen: Screen
    ) {
        check("states", screen) {
            $0.press(.down, .enter, .down, .down, .enter, .alt("3"), .character("n"))
            $0.press(.character("v"), .right, .down)
        }
    }

    @Test(arguments: Screen.all) func `the map of one axis in lines`(_ screen: Screen) {
        check("lines", screen) { $0.press(.down, .enter, .down, .down, .down, .enter) }
    }

    @Test(arguments: Screen.all) func `the inspector of a corrupt chunk`(_ screen: Screen) {
        check("chunk", screen) {
            $0.press(.down, .enter, .down, .down, .enter)
            $0.press(.character("n"), .character("n"), .enter)
        }
    }

    @Test(arguments: Screen.all) func `a slice as an image`(_ screen: Screen) {
        check("image", screen) { $0.press(.down, .enter, .down, .character("s")) }
    }

    @Test(arguments: Screen.all) func `a slice as a table`(_ screen: Screen) {
        check("table", screen) { $0.press(.down, .enter, .down, .character("s"), .tab) }
    }

    @Test(arguments: Screen.all) func `a slice as a plot, and as a histogram`(_ screen: Screen) {
        check("plot", screen) { $0.press(.down, .enter, .down, .character("s"), .character("3")) }
        check("histogram", screen) {
            $0.press(.down, .enter, .down, .character("s"), .character("4"))
        }
    }

    @Test(arguments: Screen.all) func `the plan of a delete with its number typed`(
        _ screen: Screen
    ) {
        check("delete-plan", screen) {
            $0.press(.down, .enter, .down, .down, .enter, .character("n"))
            $0.press(.character("v"), .right, .down, .character("v"), .character("e"))
            $0.press(.character("D"), .enter)
            $0.type("4")
        }
    }

    @Test(arguments: Screen.all) func `an armed mock`(_ screen: Screen) {
        check("mock", screen) {
            $0.press(.down, .enter, .down, .character("M"), .character("A"), .character("A"))
        }
    }

    @Test(arguments: Screen.all) func `the keys of the map`(_ screen: Screen) {
        check("help", screen) { $0.press(.down, .enter, .down, .enter, .character("?")) }
    }

    @Test(arguments: Screen.all) func `commands that begin with what was typed`(_ screen: Screen) {
        check("palette", screen) {
            $0.press(.down, .enter, .down, .enter, .character(":"))
            $0.type("ne")
        }
    }

    @Test func `a store that cannot be opened says why`() {
        var stage = Stage(locator: "/nowhere.zarr")
        Screens.check(stage.canvas(), "unopened-80x24")
    }

    @Test func `a narrow screen shows one pane`() {
        var stage = Stage(size: Size(rows: 16, columns: 60), locator: "/data/era5.zarr")
        stage.press(.down, .enter, .down, .enter, .character("n"))
        Screens.check(stage.canvas(), "narrow-60x16")
    }
}
