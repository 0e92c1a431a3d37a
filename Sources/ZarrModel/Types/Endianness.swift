/// The order of the bytes of one number as stored.
public enum Endianness: String, Hashable, Sendable, CaseIterable {
    /// Least significant byte first: the canonical form in memory.
    case little
    /// Most significant byte first.
    case big
}
