import Glibc
import Storage
import StorageBackends
import ZarrEngine
import ZarrModel

/// Writes what a listing says, with the metadata documents, into a census file.
struct CensusRecorder {
    let context: CommandContext
    let target: Target

    /// The file that `-o` names, where it is to be a census file: no format was asked for, and the
    /// name is not that of a text.
    static func path(_ context: CommandContext) -> String? {
        guard let path = context.arguments.value(.output), path != "-",
            (try? context.format(.raw)) == .raw,
            ![".json", ".ndjson", ".csv", ".txt"].contains(where: path.hasSuffix)
        else { return nil }
        return path
    }

    /// Lists the node to its end. Nothing appears under the file's name unless all of it is there.
    func record() async throws -> (objects: Int, arrays: Int) {
        let node = try await target.node()
        let origin = CensusOrigin(
            created: PointInTime.plain(Int64(time(nil))),
            locator: target.place,
            program: "zscope \(Zscope.version)"
        )
        var file = CensusFileEncoder(origin)
        try context.output.write(file.head)
        var documents: [(key: String, bytes: [UInt8])] = []
        switch target.location.storage {
        case .store(let store):
            let keys = try await list(store, into: &file)
            documents = try await read(keys, from: store)
        case .array(let backend):
            guard let array = node.array else { throw ToolError("\(target.place) is no array") }
            try await list(backend, array, into: &file)
            if let document = try await backend.readMetadata() {
                let name = document.version == .v3 ? "zarr.json" : ".zarray"
                documents = [(name, document.bytes)]
            }
        }
        for document in documents { file.add(document: document.key, document.bytes) }
        try context.output.write(try file.finish())
        return (file.objectCount, documents.count { Self.isArrayDocument($0) })
    }

    /// Lists a store, and answers the keys of its documents.
    private func list(
        _ store: any Store,
        into file: inout CensusFileEncoder
    ) async throws -> [String] {
        var found: [String] = []
        let listing = try await store.list(prefix, .full)
        while let page = try await listing.next() {
            for position in 0..<page.count {
                let key = page.keyBytes[page.keyRange(position)]
                if Self.isDocument(key) { found.append(page.key(position)) }
            }
            try context.output.write(try file.add(page))
            context.messages.progress("\(Wording.count(file.objectCount)) objects listed")
        }
        return found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// Lists an array that has no keys of its own, by the keys that its chunks would have.
    private func list(
        _ backend: any StorageBackend,
        _ array: ArrayNode,
        into file: inout CensusFileEncoder
    ) async throws {
        let listing = try await backend.listChunks()
        while let chunks = try await listing.next() {
            var page = ListingPage()
            for entry in chunks.entries {
                page.append(
                    key: array.keyEncoding.key(for: entry.index).utf8,
                    size: entry.info.size.map(Int64.init) ?? -1,
                    modified: entry.info.modified ?? .min
                )
            }
            for key in chunks.foreign { page.append(key: key.utf8, size: -1, modified: .min) }
            try context.output.write(try file.add(page))
            context.messages.progress("\(Wording.count(file.objectCount)) objects listed")
        }
    }

    /// The documents of these keys, a few at a time; one that is gone by now is left out.
    private func read(
        _ keys: [String],
        from store: any Store
    ) async throws -> [(key: String, bytes: [UInt8])] {
        let prefix = try prefix
        var documents: [(key: String, bytes: [UInt8])] = []
        for start in stride(from: 0, to: keys.count, by: 16) {
            try await withThrowingTaskGroup(of: (String, [UInt8]?).self) { group in
                for key in keys[start..<min(keys.count, start + 16)] {
                    group.addTask { (key, try await store.read(try prefix.key(key), .all)) }
                }
                for try await (key, bytes) in group {
                    if let bytes { documents.append((key, bytes)) }
                }
            }
            context.messages.progress("\(Wording.count(documents.count)) documents read")
        }
        return documents.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    }

    private var prefix: StorePrefix {
        get throws { try StorePrefix(target.path.keyPrefix) }
    }

    /// Whether a key is that of a document, and not of one in our trash.
    private static func isDocument(_ key: ArraySlice<UInt8>) -> Bool {
        let parts = key.split(separator: UInt8(ascii: "/"))
        let trash = StoreBackend.reservedName.utf8
        guard let name = parts.last, !parts.contains(where: { $0.elementsEqual(trash) }) else {
            return false
        }
        return ArrayDocument.names.contains { $0.utf8.elementsEqual(name) }
    }

    private static func isArrayDocument(_ document: (key: String, bytes: [UInt8])) -> Bool {
        let text = String(decoding: document.bytes, as: UTF8.self)
        return document.key.hasSuffix(".zarray")
            || document.key.hasSuffix("zarr.json") && text.mentions("\"array\"")
    }
}
