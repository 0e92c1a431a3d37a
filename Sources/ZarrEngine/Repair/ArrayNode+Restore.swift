internal import Storage
internal import ZarrModel

extension ArrayNode {
    /// The deletions whose chunks are in the array's trash, oldest first. O(deletions).
    public func trash() async throws(EngineError) -> [TrashEntry] {
        guard case .store(let store, let prefix) = source.place else { return [] }
        let trash = Trash(store: store, array: prefix)
        do throws(StorageError) {
            var entries: [TrashEntry] = []
            for id in try await trash.ids() where try await trash.hasJournal(id) {
                entries.append(try await trash.entry(id))
            }
            return entries
        } catch {
            throw EngineError(error, at: path.description)
        }
    }

    /// Puts the chunks of a deletion back, bit for bit; `nil` is the latest.
    ///
    /// A chunk that was written since stays as it is, and its deleted form in the trash, unless
    /// `options.overwrites`. Each chunk is compared after it was written, and only then leaves the
    /// trash. Throws `.notFound` where there is no such deletion.
    public func restore(
        _ id: String? = nil,
        _ options: RepairOptions = RepairOptions()
    ) async throws(EngineError) -> RepairOutcome {
        guard case .store(let store, let prefix) = source.place else {
            throw EngineError(.notFound, at: path.description, "this storage has no trash")
        }
        let trash = Trash(store: store, array: prefix)
        do throws(StorageError) {
            if let id = try await trash.existing(id) {
                return try await restore(from: trash, id, options)
            }
        } catch {
            throw EngineError(error, at: path.description)
        }
        let message =
            id.map { "the trash holds no deletion \($0): none had that name, or it was restored" }
            ?? "there is nothing in the trash"
        throw EngineError(.notFound, at: path.description, message)
    }

    private func restore(
        from trash: Trash,
        _ id: String,
        _ options: RepairOptions
    ) async throws(StorageError) -> RepairOutcome {
        let place = try trash.place(id)
        var outcome = RepairOutcome()
        outcome.trash = id
        outcome.isDryRun = options.isDryRun
        let names = try await trash.chunkNames(id)
        let chunks = names.compactMap { name in
            keyEncoding.parse(Array(name.utf8)[...], rank: grid.rank).map {
                (index: $0, name: name)
            }
        }
        outcome.items = await eachInOrder(chunks, options) { chunk in
            await putBack(chunk.index, from: place, chunk.name, options)
        }
        if !options.isDryRun, outcome.items.allSatisfy({ $0.result == .done }) {
            try await trash.store.delete(place.key(Trash.journalName))
        }
        return outcome
    }

    private func putBack(
        _ index: ChunkIndex,
        from place: StorePrefix,
        _ name: String,
        _ options: RepairOptions
    ) async -> RepairOutcome.Item {
        func result(_ result: RepairOutcome.Result, _ why: String = "") -> RepairOutcome.Item {
            RepairOutcome.Item(index: index, key: key(of: index), result: result, reason: why)
        }
        guard !Task.isCancelled else {
            return result(.skipped, "it was cancelled before this chunk")
        }
        guard case .store(let store, _) = source.place else { return result(.failed, "no store") }
        do throws(StorageError) {
            let copy = try place.key(name)
            guard let bytes = try await store.read(copy, .all) else {
                return result(.skipped, "it is no longer in the trash")
            }
            let present = try await source.read(index, .all)
            if let present, present != bytes, !options.overwrites {
                return result(.skipped, "a chunk was written here since the deletion")
            }
            guard !options.isDryRun else { return result(.done) }
            if present != bytes {
                try await source.write(index, bytes)
                guard try await source.read(index, .all) == bytes else {
                    return result(.failed, "what was written does not read back the same")
                }
            }
            try await store.delete(copy)
            return result(.done)
        } catch {
            return result(.failed, error.message)
        }
    }
}

extension Trash {
    /// Writes `bytes` to `key` and reads them back. Throws `.corrupt` where they are not the same.
    func copy(_ bytes: [UInt8], to key: StoreKey) async throws(StorageError) {
        try await store.write(key, bytes)
        guard try await store.read(key, .all) == bytes else {
            throw StorageError(
                .corrupt,
                .write,
                key: key.text,
                "the copy in the trash does not read back the same; the chunk was kept"
            )
        }
    }

    /// `id` where chunks of such a deletion are kept, or the latest such where it is `nil`.
    ///
    /// A folder whose chunks are all back is none, even where the storage keeps empty folders.
    func existing(_ id: String?) async throws(StorageError) -> String? {
        for candidate in try await ids().reversed() where id == nil || id == candidate {
            if id == nil, try await !hasJournal(candidate) { continue }
            if try await !chunkNames(candidate).isEmpty { return candidate }
        }
        return nil
    }

    /// Whether the deletion's journal is there: it is written first and removed last.
    func hasJournal(_ id: String) async throws(StorageError) -> Bool {
        try await store.info(place(id).key(Self.journalName)) != nil
    }

    /// The chunk keys of a deletion, sorted; its journal is not one.
    func chunkNames(_ id: String) async throws(StorageError) -> [String] {
        let listing = try await store.list(place(id), .keysOnly)
        var names: [String] = []
        while let page = try await listing.next() {
            names += (0..<page.count).map { page.key($0) }
        }
        return names.filter { $0 != Self.journalName }.sorted()
    }
}
