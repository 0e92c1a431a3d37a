import Canvas
import Explorer
import Testing

/// The findings and the inspector as they looked when somebody last looked at them.
struct FindingsGoldenTests {
    private func check(_ name: String, _ screen: Screen, _ keys: [Key]) {
        var stage = Stage(size: screen.size, locator: "/data/era5.zarr", traits: screen.traits)
        if screen.size.rows < 8, screen.size.rows > 1 { stage.press(.character("i")) }
        stage.press(.down, .enter, .down, .down, .enter)
        for key in keys { stage.press(key) }
        Screens.check(
            stage.canvas(isUnicode: screen.traits.isUnicode),
            "\(name)-\(screen.testDescription)"
        )
    }

    @Test(arguments: Screen.all) func `findings after a verification`(_ screen: Screen) {
        check("findings", screen, [.character("L"), .character("V"), .down])
    }

    @Test(arguments: Screen.all) func `where findings are written to`(_ screen: Screen) {
        check("findings-export", screen, [.character("L"), .character("w")])
    }

    @Test(arguments: Screen.all) func `the values of a chunk`(_ screen: Screen) {
        check("chunk-values", screen, [.enter, .character("2")])
    }

    @Test(arguments: Screen.all) func `the bytes of a chunk`(_ screen: Screen) {
        check("chunk-hex", screen, [.enter, .character("3")])
    }

    @Test(arguments: Screen.all) func `the stages of a corrupt chunk`(_ screen: Screen) {
        check("chunk-stages", screen, [.character("n"), .character("n"), .enter, .character("4")])
    }

    @Test(arguments: Screen.all) func `the chunks around one`(_ screen: Screen) {
        check("chunk-around", screen, [.character("n"), .enter, .character("5"), .right])
    }
}
