import Canvas
import ZarrModel

/// Being built.
struct MockPane: Pane {
    let path: String
    var name: String { "mock" }
    let isTyping = false
    func commands(_ context: Context) -> [Command] { Command.moving }
    func reasonDisabled(_ command: Command, _ context: Context) -> String? { nil }
    func hint(_ command: Command) -> String { command.title }
    mutating func take(_ input: Input, _ context: inout Context) -> [Effect] {
        if case .command(let command) = input, command == .back || command == .close {
            context.navigation = .pop
        }
        return []
    }
    mutating func receive(_ event: Event, _ context: inout Context) -> [Effect] { [] }
    mutating func prepare(_ size: Size, _ context: Context) {}
    func draw(on canvas: inout Canvas, _ context: Context) {}
}
