extension OptionDeclaration {
    static let write = Self("write", help: "let chunks be deleted and restored (else read-only)")
    static let noMouse = Self("no-mouse", help: "leave the mouse to the terminal")
    static let script = Self(
        "script",
        takes: .file("FILE"),
        help: "read keys from FILE instead of a terminal and print the screens"
    )
    static let size = Self(
        "size",
        takes: .text("COLSxROWS"),
        help: "the size of the screen with --script"
    )
}

extension CommandDeclaration {
    /// What a line without a command's name does.
    static let explore = CommandDeclaration(
        "",
        "the explorer; without a locator its home screen",
        operands: [Operand("LOCATOR", isOptional: true)],
        options: [.write, .noMouse, .script, .size],
        action: .explorer { _ in .done }
    )
}
