/// The side of a store whose writers, when they are killed, leave something behind that no listing
/// shows; ``Store/leftoverStore`` gives it, through all layers.
///
/// What is left behind is no object: it has no key that can be read, and no part in the contract of
/// ``Store``. It takes room until somebody removes it.
public protocol LeftoverStore: Sendable {
    /// What writers left behind under `prefix`, with sizes and times, in pages and in no particular
    /// order; also what writers that are alive have not finished. O(everything stored) over all pages.
    ///
    /// The names are relative to `prefix`, and form keys with it that only `removeLeftover` takes.
    func leftovers(
        _ prefix: StorePrefix
    ) async throws(StorageError) -> any Listing<ListingPage>

    /// Removes what is left behind at `key`, unless it changed after `moment`, in seconds since 1970;
    /// whether it is gone. Throws `.invalidKey` for a key that no listing of leftovers names.
    func removeLeftover(
        _ key: StoreKey,
        unchangedSince moment: Int64
    ) async throws(StorageError) -> Bool
}
