extension CommandDeclaration {
    /// What the explorer's line does where there is no terminal.
    static let glance = CommandDeclaration(
        "",
        "the map and the command that opens the explorer",
        operands: [Operand("LOCATOR", isOptional: true)],
        isHidden: true,
        action: .batch { _ in .done }
    )
}
