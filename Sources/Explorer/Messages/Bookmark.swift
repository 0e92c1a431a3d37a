/// A store, or a node in one, that a person wants to find again.
public struct Bookmark: Hashable, Sendable {
    /// How to open it: with the node where there is one, without secrets.
    public var locator: String
    /// What it is, in a few words: `v3 array`. May be empty.
    public var summary: String
    /// When it was set, in words: `3 min ago`. May be empty.
    public var added: String

    /// Makes a bookmark.
    public init(locator: String, summary: String = "", added: String = "") {
        self.locator = locator
        self.summary = summary
        self.added = added
    }
}

/// What was looked at last in a store, so that the next time begins there.
public struct StoreMemory: Hashable, Sendable {
    /// The store, as `OpenedStore.locator` has it.
    public var locator: String
    /// The array that was looked at last.
    public var array: String
    /// The dimensions that ran down and across on its map; `nil` for the standard ones.
    public var axes: [Int]?
    /// The palette; `nil` for the standard one.
    public var palette: String?

    /// Makes a memory of an array.
    public init(locator: String, array: String, axes: [Int]? = nil, palette: String? = nil) {
        self.locator = locator
        self.array = array
        self.axes = axes
        self.palette = palette
    }
}
