/// What a listing needs to say of each object. Asking for less can make it several times faster.
public struct ListingOptions: Hashable, Sendable {
    /// Whether sizes and modification times are wanted, where the store can give them.
    public var includesInfo: Bool
    /// Whether a folder that cannot be read is named in `ListingPage.unlisted`, and the rest listed, where
    /// the store can: else, and in a store that cannot, the listing fails.
    public var goesOn: Bool

    /// Makes options.
    public init(includesInfo: Bool = true, goesOn: Bool = false) {
        self.includesInfo = includesInfo
        self.goesOn = goesOn
    }

    /// Keys, sizes and times.
    public static let full = ListingOptions()
    /// Keys alone; a store that has the rest at hand may give it all the same.
    public static let keysOnly = ListingOptions(includesInfo: false)
}

extension Store {
    /// Everything under `prefix` with sizes and times where the store gives them.
    public func list(
        _ prefix: StorePrefix
    ) async throws(StorageError) -> any Listing<ListingPage> {
        try await list(prefix, .full)
    }
}
