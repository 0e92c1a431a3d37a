/// The operations of both contracts, by the names that logs, fault rules and errors use.
public enum StorageOperation: String, Hashable, Sendable, CaseIterable {
    case open, create, exists
    case read, write, delete, list
    case info
    case readMetadata = "rmeta"
    case writeMetadata = "wmeta"
}
