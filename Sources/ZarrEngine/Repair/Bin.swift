internal import Storage
internal import ZarrModel

/// Where the chunks of one deletion or repair go before they are changed.
struct Bin: Sendable {
    var trash: Trash
    /// The name of the deletion.
    var id: String

    /// Keeps the bytes of the chunk that is named `key` under the array, and reads them back.
    func keep(_ bytes: [UInt8], of key: String) async throws(StorageError) {
        try await trash.copy(bytes, to: trash.place(id).key(key))
    }

    /// Notes what is about to be written in the place of a chunk, so that restoring can tell it from what
    /// somebody else wrote there since.
    func note(_ receipt: ChunkReceipt, of key: String) async throws(StorageError) {
        let name = key + ChunkReceipt.suffix
        try await trash.store.write(trash.place(id).key(name), Array(receipt.text.utf8))
    }

    /// Removes the journal of a deletion that moved nothing: there is nothing to bring back. Whether it
    /// is one; where that cannot be told, the journal stays.
    func discardIfEmpty() async -> Bool {
        guard (try? await trash.chunkNames(id))?.isEmpty == true else { return false }
        try? await trash.store.delete(trash.place(id).key(Trash.journalName))
        return true
    }
}

extension ArrayNode {
    /// Throws where the storage cannot do what a deletion or repair needs.
    func checkRepair(
        needs needed: Capabilities,
        _ options: RepairOptions
    ) throws(EngineError) {
        guard capabilities.isSuperset(of: needed) else {
            let lacking = needed.subtracting(capabilities).words.joined(separator: " and ")
            throw EngineError(.refused, at: path.description, "this storage does not \(lacking)")
        }
        guard options.usesTrash else { return }
        guard case .store = source.place, capabilities.isSuperset(of: [.read, .write]) else {
            throw EngineError(
                .refused,
                at: path.description,
                "this storage cannot keep chunks in a trash; go on without one"
            )
        }
    }

    /// Opens a bin in the array's trash and writes its journal; nothing has been moved then.
    func openBin(
        _ items: [DeletePlan.Item],
        _ options: RepairOptions
    ) async throws(EngineError) -> Bin? {
        if let bin = options.bin { return bin }
        guard case .store(let store, let prefix) = source.place else { return nil }
        let trash = Trash(store: store, array: prefix)
        let now = WallClock.now()
        let moment = options.moment ?? now.seconds
        var id =
            options.deletionName
            ?? TrashIdentifier.make(seconds: moment, number: UInt64(now.nanoseconds))
        do throws(StorageError) {
            if options.deletionName == nil,
                let last = try await trash.ids().last(where: { $0.hasPrefix(id.prefix(16)) })
            {
                id = max(id, TrashIdentifier.following(last))
            }
            try await trash.writeJournal(id, items, moment: moment)
        } catch {
            throw EngineError(error, at: path.description)
        }
        return Bin(trash: trash, id: id)
    }
}

/// What a repair put in the place of a chunk: enough to know it again.
struct ChunkReceipt: Hashable, Sendable {
    /// What follows the chunk's key in the trash. No chunk key ends like this.
    static let suffix = ".replaced"

    /// Its bytes, counted and digested.
    let text: String

    init(of bytes: [UInt8]) {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        text = "fnv1a64 \(String(hash, radix: 16)) \(bytes.count)"
    }

    /// A receipt that was written earlier.
    init(stored: [UInt8]) {
        text = String(decoding: stored, as: UTF8.self)
    }
}
