internal import JSONValue
internal import Storage
internal import ZarrModel

/// One deletion in an array's trash.
public struct TrashEntry: Hashable, Sendable {
    /// Its name; names sort by age.
    public var id: String
    /// The chunks that are in it: fewer than its journal names where it was cut off or some are back.
    public var chunkCount: Int?
    /// When it was made, in seconds since 1970, as its journal says.
    public var moment: Int64?
}

/// Deleted chunks of one array: `<array>/.zscope-trash/<id>/<chunk key>`, and beside them a journal
/// that was written before anything was moved.
struct Trash: Sendable {
    static let journalName = "manifest.json"

    let store: any Store
    /// The array's place.
    let array: StorePrefix

    /// The place of one deletion. Throws `.invalidKey` for a name that is none of ours.
    func place(_ id: String) throws(StorageError) -> StorePrefix {
        guard TrashIdentifier.isValid(id) else {
            throw StorageError(.invalidKey, .open, key: id, "this is no name of a deletion")
        }
        return try array.appending("\(ReservedNames.trash)/\(id)")
    }

    /// The names of the deletions that are kept, oldest first.
    func ids() async throws(StorageError) -> [String] {
        let listing: any Listing<ChildPage>
        do throws(StorageError) {
            listing = try await store.children(array.appending(ReservedNames.trash))
        } catch {
            guard error.code == .notFound else { throw error }
            return []
        }
        var found: [String] = []
        while let page = try await listing.next() {
            found += page.prefixes.filter(TrashIdentifier.isValid)
        }
        return found.sorted()
    }

    /// Writes the journal of a deletion, before its first chunk is moved.
    func writeJournal(_ id: String, _ items: [DeletePlan.Item], moment: Int64)
        async throws(StorageError)
    {
        let chunks = items.map { item in
            JSONValue.object([
                "index": .array(item.index.coordinates.map { .integer($0) }),
                "key": .string(item.key),
                "bytes": item.info?.size.map { .integer($0) } ?? .null,
                "modified": item.info?.modified.map { .integer($0) } ?? .null,
                "state": .string(item.state.word),
            ])
        }
        let journal = JSONValue.object([
            "format": "zscope-trash", "version": 1, "id": .string(id),
            "created": .integer(moment), "chunk_count": .integer(items.count),
            "chunks": .array(chunks),
        ])
        let key = try place(id).key(Self.journalName)
        try await store.write(key, Array(journal.text(.compact).utf8))
    }

    /// What the journal of a deletion says of it.
    func entry(_ id: String) async throws(StorageError) -> TrashEntry {
        var entry = TrashEntry(id: id)
        let limits = JSONLimits(byteCount: 1 << 30, valueCount: 1 << 26)
        if let bytes = try await store.read(place(id).key(Self.journalName), .all),
            let journal = try? JSONParser.parse(bytes, mode: .lenient, limits: limits).value
        {
            entry.moment = journal["created"]?.intValue.map { Int64($0) }
        }
        return entry
    }
}
