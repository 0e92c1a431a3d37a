internal import JSONValue
internal import Storage
internal import ZarrModel

/// What lies beside a copy while it is being made: what is copied, and what it is to become. A run that
/// finds its own record goes on where the run before it stopped.
///
/// It is written before anything else and removed last. Views and other Zarr programs do not see it.
struct CopyRecord: Sendable {
    static let name = ".zscope-copy.json"

    private let store: any Store
    private let key: StoreKey
    private let text: String

    /// The record of a copy; `nil` for storage that holds one array and nothing beside it.
    init?(_ plan: CopyPlan, from source: ZarrHierarchy, to storage: OpenedStorage)
        throws(StorageError)
    {
        guard case .store(let store) = storage else { return nil }
        self.store = store
        key = try StorePrefix(plan.path.keyPrefix).key(Self.name)
        var documents: [UInt8] = []
        for array in plan.arrays {
            documents += Array((array.path.description + array.way.rawValue).utf8)
            for document in array.documents { documents += document.bytes }
        }
        let record: JSONValue = [
            "format": "zscope-copy",
            "version": 1,
            "source": .string(source.storage.location + plan.source.description),
            "arrays": .integer(plan.arrays.count),
            "documents": .string(ChunkReceipt(of: documents).text),
        ]
        text = record.text(.pretty) + "\n"
    }

    /// What stands where the record belongs.
    enum Found {
        /// Nothing.
        case nothing
        /// This record.
        case same
        /// The record of another copy.
        case other
    }

    /// Looks for a record.
    func find() async throws(StorageError) -> Found {
        guard let bytes = try await store.read(key, .all) else { return .nothing }
        return bytes == Array(text.utf8) ? .same : .other
    }

    /// Writes the record.
    func write() async throws(StorageError) {
        try await store.write(key, Array(text.utf8))
    }

    /// Removes the record: the copy is whole.
    func remove() async throws(StorageError) {
        do throws(StorageError) {
            try await store.delete(key)
        } catch {
            // A lost answer: looking is enough, and nothing more is to be done where it is gone.
            guard error.outcome == .unknown, try await store.info(key) == nil else { throw error }
        }
    }
}
