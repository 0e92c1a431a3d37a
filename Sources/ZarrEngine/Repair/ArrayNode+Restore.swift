internal import Storage
internal import ZarrModel

extension ArrayNode {
    /// The deletions whose chunks are in the array's trash, oldest first: those that `restore` undoes.
    /// O(chunks in the trash).
    public func trash() async throws(EngineError) -> [TrashEntry] {
        guard case .store(let store, let prefix) = source.place else { return [] }
        let trash = Trash(store: store, array: prefix)
        do throws(StorageError) {
            var entries: [TrashEntry] = []
            for id in try await trash.ids() where try await trash.hasJournal(id) {
                // A journal alone is of a deletion that was cut off before its first chunk.
                let names = try await trash.chunkNames(id)
                guard !names.isEmpty else { continue }
                var entry = try await trash.entry(id)
                entry.chunkCount = names.count
                entries.append(entry)
            }
            return entries
        } catch {
            throw EngineError(error, at: path.description)
        }
    }

    /// Undoes a deletion or repair, bit for bit; `nil` is the latest.
    ///
    /// A chunk that was written since stays as it is, and its old form in the trash, unless
    /// `options.overwrites`. What a repair stored where nothing was is removed. Each chunk is compared
    /// after it was written, and only then leaves the trash. Throws `.notFound` where there is no such deletion.
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
            let became = await putBack(chunk.index, from: place, chunk.name, options)
            await options.onItem?(became)
            return became
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
        guard !Task.isCancelled else { return result(.skipped).cancelled }
        var hasBegun = false
        guard case .store(let store, _) = source.place else { return result(.failed, "no store") }
        do throws(StorageError) {
            let copy = try place.key(name)
            let noteKey = try place.key(name + ChunkReceipt.suffix)
            let old = try await store.read(copy, .all)
            let note = try await store.read(noteKey, .all)
            guard old != nil || note != nil else {
                return result(.skipped, "it is no longer in the trash")
            }
            let present = try await source.read(index, .all)
            let isOurs =
                note != nil
                && present.map(ChunkReceipt.init(of:)) == note.map(ChunkReceipt.init(stored:))
            if present != nil, present != old, !isOurs, !options.overwrites {
                return result(.skipped, "a chunk was written here since")
            }
            guard !options.isDryRun else { return result(.done) }
            hasBegun = true
            if present != old {
                guard try await put(old, at: index) else {
                    return result(.failed, "what was written does not read back the same")
                }
            }
            // The note goes last: what is left of a restoration that was cut off can be restored again.
            if old != nil { try await store.delete(copy) }
            if note != nil { try await store.delete(noteKey) }
            var item = result(.done)
            item.storedBytes = old?.count
            return item
        } catch {
            return result(.failed, error.message).stopped(by: error, hasBegun)
        }
    }

    /// Stores `bytes` in the place of a chunk, or nothing; whether that is what is read there then.
    func put(_ bytes: [UInt8]?, at index: ChunkIndex) async throws(StorageError) -> Bool {
        if let bytes {
            try await source.write(index, bytes)
        } else {
            try await source.delete(index)
        }
        return try await source.read(index, .all) == bytes
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

    /// The keys of the chunks that a deletion or repair changed, sorted; its journal is none.
    func chunkNames(_ id: String) async throws(StorageError) -> [String] {
        let listing = try await store.list(place(id), .keysOnly)
        var names: [String] = []
        while let page = try await listing.next() {
            names += (0..<page.count).map { page.key($0) }
        }
        let keys = names.filter { $0 != Self.journalName }.map { name in
            name.hasSuffix(ChunkReceipt.suffix)
                ? String(name.dropLast(ChunkReceipt.suffix.count)) : name
        }
        return Set(keys).sorted()
    }
}
