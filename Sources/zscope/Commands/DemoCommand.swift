extension CommandDeclaration {
    /// Makes the demo store and opens it.
    static let demo = CommandDeclaration(
        "demo",
        "makes a demo store (2-D, 4-D, sharded, with missing, short and corrupt chunks) and opens it",
        operands: [Operand("PATH", isOptional: true)],
        options: OptionDeclaration.explorer,
        discussion:
            "PATH is where it is made: ~/.cache/zscope/demo.zarr when it is left out. What was"
            + "\nchanged in a demo store is mended. Without a terminal it prints what is in it.",
        action: .explorer { context in
            guard let path = context.arguments.operand(0) ?? DemoStore.standardPath else {
                context.messages.failure("HOME is not set", remedy: "say where: zscope demo PATH")
                return .failed
            }
            let making = CommandDeclaration(
                "demo",
                "",
                action: .batch { _ in
                    try await DemoStore.make(at: path)
                    return .done
                }
            )
            let status = CommandRun(command: making, arguments: .none).perform()
            guard status == .done else { return status }
            return ExplorerRun(context, locator: path).perform()
        }
    )
}
