import Canvas
import Explorer

/// An explorer with a world behind it: keys in, screens out.
struct Stage {
    var explorer: Explorer
    var world: World

    /// Opens the explorer, and the locator if there is one.
    init(
        _ world: World = .era5,
        size: Size = Size(rows: 24, columns: 80),
        locator: String? = nil,
        isWritable: Bool = false,
        traits: TerminalTraits = TerminalTraits()
    ) {
        let configuration = ExplorerConfiguration(
            traits: traits,
            isWritable: isWritable,
            version: "0.1",
            locator: locator
        )
        self.init(configuration, world, size: size)
    }

    /// Opens the explorer as it is configured.
    init(
        _ configuration: ExplorerConfiguration,
        _ world: World = .era5,
        size: Size = Size(rows: 24, columns: 80)
    ) {
        self.world = world
        explorer = Explorer(configuration, size: size)
        run(explorer.start())
    }

    /// Carries out effects, and those that follow from them.
    mutating func run(_ effects: [Effect]) {
        var waiting = effects[...]
        while let effect = waiting.popFirst() {
            for event in world.answer(effect) {
                waiting += explorer.receive(event)
            }
        }
    }

    /// Presses keys, one after another; draws between them as the program does.
    mutating func press(_ keys: Key...) {
        for key in keys {
            _ = canvas()
            run(explorer.handle(key))
        }
    }

    /// Presses the key of each character.
    mutating func type(_ text: String) {
        for character in text { press(.character(character)) }
    }

    /// What is on the screen.
    mutating func canvas(isUnicode: Bool = true) -> Canvas {
        var canvas = Canvas(explorer.size, isUnicode: isUnicode)
        explorer.draw(on: &canvas)
        return canvas
    }

    /// Selects a node of the tree by its name.
    mutating func select(_ name: String) {
        press(.character("/"))
        type(name)
        press(.enter)
    }
}
