internal import Storage

/// What a rule can be about. Metadata documents have operations of their own, in stores as well.
public enum FaultOperation: String, Hashable, Sendable, CaseIterable {
    case read, write, delete, list, exists, open
    case readMetadata = "rmeta"
    case writeMetadata = "wmeta"
    case create = "init"

    /// The operations that a word in a rule stands for.
    static func set(named word: Substring) -> Set<FaultOperation>? {
        switch word {
        case "*": Set(allCases)
        case "reads": [.read, .readMetadata, .list, .exists, .open]
        case "writes": [.write, .writeMetadata, .delete, .create]
        default: FaultOperation(rawValue: String(word)).map { [$0] }
        }
    }

    /// What `operation` on `key` counts as.
    init(_ operation: StorageOperation, key: String) {
        let name = key.utf8.split(separator: UInt8(ascii: "/")).last
        let isDocument = name.map { name in
            ArrayDocument.names.contains { $0.utf8.elementsEqual(name) }
        }
        switch operation {
        case .read: self = isDocument == true ? .readMetadata : .read
        case .write: self = isDocument == true ? .writeMetadata : .write
        case .delete: self = .delete
        case .list: self = .list
        case .info, .exists: self = .exists
        case .open: self = .open
        case .create: self = .create
        case .readMetadata: self = .readMetadata
        case .writeMetadata: self = .writeMetadata
        }
    }

    /// The storage operation that errors and draws are about.
    var storageOperation: StorageOperation {
        switch self {
        case .read: .read
        case .write: .write
        case .delete: .delete
        case .list: .list
        case .exists: .exists
        case .open: .open
        case .readMetadata: .readMetadata
        case .writeMetadata: .writeMetadata
        case .create: .create
        }
    }
}
