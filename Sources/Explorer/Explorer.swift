public import Canvas

/// The explorer as a value: keys and events in, effects and a screen out.
///
/// It performs nothing and waits for nothing: no clock, no threads, no terminal, no storage.
/// The caller carries out the effects and brings the events, in any order.
public struct Explorer: Sendable {
    /// Rows and columns of the screen.
    public private(set) var size: Size
    /// Whether the program is to end.
    public private(set) var isEnded = false
    var context: Context
    var panes: [any Pane] = []

    /// Makes an explorer that has not begun.
    public init(_ configuration: ExplorerConfiguration, size: Size) {
        context = Context(configuration)
        self.size = size
    }

    /// Whether any effect still waits for its final answer.
    public var isBusy: Bool {
        !context.pending.isEmpty
    }

    /// What to do first. Call it once, after the first draw.
    public mutating func start() -> [Effect] {
        var effects = [context.request(.loadHome)]
        if let locator = context.configuration.locator {
            effects.append(context.request(.open(locator: locator)))
        }
        return effects
    }

    /// Reacts to a key or the mouse.
    public mutating func handle(_ key: Key) -> [Effect] {
        if key == .character("Q") {
            isEnded = true
            return [context.request(.quit)]
        }
        return []
    }

    /// Reacts to an event.
    public mutating func receive(_ event: Event) -> [Effect] {
        if event.news.isFinal {
            context.finish(event.number)
        }
        return []
    }

    /// Takes a new size of the terminal.
    public mutating func resize(_ size: Size) {
        self.size = size
    }

    /// Takes what the terminal can show, when that changed.
    public mutating func adapt(to traits: TerminalTraits) {
        context.configuration.traits = traits
    }

    /// Draws the whole screen. The canvas should have the explorer's size.
    public mutating func draw(on canvas: inout Canvas) {
    }
}
