public import Storage

extension LayerRegistry {
    /// Every layer that comes with the program. The one place to register another.
    public static let builtin = LayerRegistry([
        .breaker,
        .journal,
        .latency,
        .readOnly,
        .retry,
    ])
}
