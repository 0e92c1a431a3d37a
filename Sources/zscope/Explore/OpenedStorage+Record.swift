import Storage
import StorageBackends

extension OpenedStorage {
    /// The record that this storage is, where it is one without values.
    var record: RecordedStore? {
        guard case .store(let store) = self, let record = store as? RecordedStore,
            record.hasNoValues
        else { return nil }
        return record
    }
}
