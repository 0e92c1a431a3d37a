public import Storage

extension BackendRegistry {
    /// Every backend that comes with the program. The one place to register another.
    public static let builtin = BackendRegistry([
        .census,
        .file,
        .inventory,
        .memory,
        .mock,
        .zip,
    ])
}
