internal import JSONValue
internal import Storage
internal import ZarrModel

/// Where the metadata documents of one node are, to be read and replaced one by one.
struct DocumentPlace: Sendable {
    let storage: OpenedStorage
    let path: NodePath

    /// A document byte for byte; `nil` when there definitely is none.
    func read(_ name: String) async throws(EngineError) -> [UInt8]? {
        do throws(StorageError) {
            switch storage {
            case .store(let store):
                return try await store.read(StorePrefix(path.keyPrefix).key(name), .all)
            case .array(let backend):
                guard let document = try await backend.readMetadata() else { return nil }
                return document.version.documentName == name ? document.bytes : nil
            }
        } catch {
            throw EngineError(error, at: path.location(name))
        }
    }

    /// A document as JSON, read leniently: what is odd in it stays as it is.
    func value(_ name: String) async throws(EngineError) -> (bytes: [UInt8], value: JSONValue)? {
        guard let bytes = try await read(name) else { return nil }
        do throws(JSONError) {
            return (bytes, try JSONParser.parse(bytes, mode: .lenient).value)
        } catch {
            throw EngineError(MetadataError(at: name, error), path)
        }
    }

    /// Replaces a document as a whole.
    func write(_ name: String, _ bytes: [UInt8]) async throws(EngineError) {
        do throws(StorageError) {
            switch storage {
            case .store(let store):
                try await store.write(StorePrefix(path.keyPrefix).key(name), bytes)
            case .array(let backend):
                guard let version = MetadataDocument.Version(documentName: name) else {
                    throw StorageError(
                        .unsupported,
                        .writeMetadata,
                        key: name,
                        "this storage holds an array's own document and no other"
                    )
                }
                try await backend.writeMetadata(MetadataDocument(bytes, version: version))
            }
        } catch {
            throw EngineError(writing: error, at: path.location(name))
        }
    }

    /// Replaces a document that still is what it was when it was read; `nil` is none.
    ///
    /// What was read leniently is written strictly: a bare NaN as the text `"NaN"`, an empty list of
    /// filters (v2) as `null`. Order, numbers of any length and what else is odd stay.
    ///
    /// Programs of ours take turns where the storage has locks. Elsewhere, what another one writes
    /// between the two steps is lost.
    func replace(
        _ name: String,
        _ old: [UInt8]?,
        with new: JSONValue
    ) async throws(EngineError) {
        guard try await exchange(name, old, for: new) else {
            throw EngineError(
                .refused,
                at: path.location(name),
                "another program changed it meanwhile; nothing was written"
            )
        }
    }

    /// The same; whether it was what it had been.
    func exchange(
        _ name: String,
        _ old: [UInt8]?,
        for new: JSONValue
    ) async throws(EngineError) -> Bool {
        let lock = try await lock(name)
        defer { lock?.release() }
        guard try await read(name) == old else { return false }
        var document = new.standard
        if name == ".zarray", var object = document.objectValue, object["filters"] == [] {
            object["filters"] = .null
            document = .object(object)
        }
        try await write(name, WrittenDocument(name: name, value: document).bytes)
        return true
    }

    private func lock(_ name: String) async throws(EngineError) -> (any StoreLock)? {
        guard case .store(let store) = storage,
            let lockable = store.first((any LockableStore).self)
        else { return nil }
        do throws(StorageError) {
            let key = try StorePrefix(path.keyPrefix).key(name)
            return try await lockable.lock(key, limit: .seconds(10))
        } catch {
            throw EngineError(writing: error, at: path.location(name))
        }
    }

    /// Removes a document; succeeds where there is none.
    func delete(_ name: String) async throws(EngineError) {
        guard case .store(let store) = storage else { return }
        do throws(StorageError) {
            try await store.delete(StorePrefix(path.keyPrefix).key(name))
        } catch {
            throw EngineError(writing: error, at: path.location(name))
        }
    }
}

extension MetadataDocument.Version {
    /// What an array's document of this version is called.
    var documentName: String {
        self == .v3 ? "zarr.json" : ".zarray"
    }

    fileprivate init?(documentName: String) {
        switch documentName {
        case "zarr.json": self = .v3
        case ".zarray": self = .v2
        default: return nil
        }
    }
}

extension EngineError {
    /// Storage that did not take a change; `.refused` where it never would.
    init(writing error: StorageError, at location: String) {
        switch error.code {
        case .readOnly, .unsupported, .exists, .conflict:
            self.init(.refused, at: error.key ?? location, error.message, cause: error)
        default:
            self.init(error, at: location)
        }
    }
}
