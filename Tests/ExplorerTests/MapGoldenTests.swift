import Canvas
import Explorer
import Testing

/// The screens of the chunk map, as they looked when somebody last looked at them.
struct MapGoldenTests {
    private func check(_ name: String, _ screen: Screen, _ keys: [Key], typing: String = "") {
        var world = World.era5
        world.details["/air/mask"]?.array?.innerChunkShape = [5, 3]
        var stage = Stage(
            world,
            size: screen.size,
            locator: "/data/era5.zarr",
            isWritable: true,
            traits: screen.traits
        )
        if screen.size.rows < 8, screen.size.rows > 1 { stage.press(.character("i")) }
        stage.press(.down, .enter, .down, .down, .enter)
        for key in keys { stage.press(key) }
        stage.type(typing)
        Screens.check(
            stage.canvas(isUnicode: screen.traits.isUnicode),
            "\(name)-\(screen.testDescription)"
        )
    }

    @Test(arguments: Screen.all) func `the inside of a shard`(_ screen: Screen) {
        check("shard", screen, [.character(">"), .character("n")])
    }

    @Test(arguments: Screen.all) func `means of values with marks`(_ screen: Screen) {
        check("means", screen, [.alt("6"), .character("v"), .right, .character("v")])
    }

    @Test(arguments: Screen.all) func `an expression with a mistake`(_ screen: Screen) {
        check("select", screen, [.character("S")], typing: "bytes < 40 parsecs")
    }

    @Test(arguments: Screen.all) func `a question before marking`(_ screen: Screen) {
        check(
            "question",
            screen,
            [.character("K"), .character("n"), .character("v"), .right, .character("v")]
        )
    }
}
