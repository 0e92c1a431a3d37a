/// What a store or backend can do. Outside it, operations throw `.unsupported` and change nothing.
public struct Capabilities: OptionSet, Hashable, Sendable {
    /// The bits.
    public let rawValue: UInt32

    /// Makes a set from its bits.
    public init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// Objects can be read.
    public static let read = Capabilities(rawValue: 1 << 0)
    /// Objects can be written.
    public static let write = Capabilities(rawValue: 1 << 1)
    /// What is stored can be listed.
    public static let list = Capabilities(rawValue: 1 << 2)
    /// Objects can be deleted.
    public static let delete = Capabilities(rawValue: 1 << 3)
    /// A part of an object can be read without the rest.
    public static let ranges = Capabilities(rawValue: 1 << 4)
    /// A write or delete can be made to depend on the object's tag.
    public static let conditional = Capabilities(rawValue: 1 << 5)
    /// Keys form a hierarchy whose levels can be listed.
    public static let hierarchy = Capabilities(rawValue: 1 << 6)
    /// Listings give sizes.
    public static let sizes = Capabilities(rawValue: 1 << 7)
    /// Listings give modification times.
    public static let modified = Capabilities(rawValue: 1 << 8)
    /// An acknowledged write survives a crash of the machine.
    public static let durable = Capabilities(rawValue: 1 << 9)
    /// What was written can be opened again after it was closed.
    public static let reopen = Capabilities(rawValue: 1 << 10)

    /// The words, in a fixed order, that `zscope backends` prints.
    public static let names: [(Capabilities, String)] = [
        (.read, "read"), (.write, "write"), (.list, "list"), (.delete, "delete"),
        (.ranges, "ranges"),
        (.conditional, "conditional"), (.hierarchy, "hierarchy"), (.sizes, "sizes"),
        (.modified, "modified"), (.durable, "durable"), (.reopen, "reopen"),
    ]

    /// The words for the members of this set.
    public var words: [String] {
        Self.names.filter { contains($0.0) }.map(\.1)
    }
}
