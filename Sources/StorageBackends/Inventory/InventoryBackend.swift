internal import Glibc
public import Storage

extension BackendDescriptor {
    /// An inventory of a bucket over storage that has the metadata, read only.
    public static let inventory = BackendDescriptor(
        id: "inventory",
        summary: "an inventory of a bucket (CSV, gzip or its manifest), read only",
        options: [
            OptionDescriptor(
                "metadata",
                .locator,
                isRequired: true,
                help: "where the documents are: the store, or a folder with its zarr.json"
            ),
            OptionDescriptor(
                "prefix",
                .text,
                help: "what the keys of the store begin with in the inventory; else found by its"
                    + " documents"
            ),
        ],
        capabilities: [.read, .list, .ranges, .hierarchy, .sizes, .modified, .reopen],
        example: "inventory:{scratch}/inventory.csv?metadata={scratch}",
        open: { configuration throws(StorageError) in try await openInventory(configuration) },
        create: { configuration throws(StorageError) in
            throw StorageError(.unsupported, .create, "an inventory is made by the bucket's owner")
        }
    )
}

private func openInventory(
    _ configuration: BackendConfiguration
) async throws(StorageError) -> OpenedStorage {
    let path = try localPath(configuration.place)
    let manifest = try InventoryManifest(path)
    let wanted = try configuration.options.text("prefix").map { (text) throws(StorageError) in
        Array(try StorePrefix(text).description.utf8)
    }
    var reader = InventoryReader(columns: manifest.columns, prefix: wanted ?? [])
    for file in manifest.files { try reader.read(file) }
    try reader.finish()
    let metadata = configuration.options.text("metadata") ?? ""
    let opened = try await configuration.opener.open(metadata)
    guard case .store(let store) = opened.storage, opened.node == "/" else {
        let message = "inventory: metadata names a store, not a node inside one; say prefix as well"
        throw StorageError(.invalidConfiguration, .open, message)
    }
    let folder: [UInt8]
    if let wanted {
        folder = wanted
    } else {
        folder = try InventoryRoot.find(in: reader.roots, for: opened.locator.place)
    }
    let changed = FileDescriptor.changeTime(of: manifest.files.first ?? path)
    let created = manifest.created ?? changed
    return .store(
        RecordedStore(
            RecordedListing(reader.builder.blocks, .memory(reader.frames)),
            CensusOrigin(
                created: created.map(PointInTime.plain) ?? "an unknown time",
                locator: "\(opened.locator)"
            ),
            kind: "an inventory",
            path: path,
            folder: folder,
            metadata: store
        )
    )
}

/// Where in a bucket the store of a person lies.
enum InventoryRoot {
    /// The folder among `roots` whose end is the longest end of `place` as well; else the shortest,
    /// where there is one. Throws where that is not clear.
    static func find(in roots: Set<[UInt8]>, for place: String) throws(StorageError) -> [UInt8] {
        let slash = UInt8(ascii: "/")
        let wanted = place.utf8.split(separator: slash).map { Array($0) }
        let ranked = roots.map { root in
            let own = root.split(separator: slash).map { Array($0) }
            let shared = zip(own.reversed(), wanted.reversed()).prefix { $0 == $1 }.count
            return (root: root, shared: shared, depth: own.count)
        }
        let best = ranked.map(\.shared).max() ?? 0
        let candidates = ranked.filter { $0.shared == best }
        let depth = candidates.map(\.depth).min() ?? 0
        let shortest = candidates.filter { $0.depth == depth }.map(\.root)
        if shortest.count == 1 { return shortest[0] }
        let names = shortest.prefix(5).map { String(decoding: $0, as: UTF8.self) }.sorted()
        let message =
            names.isEmpty
            ? "the inventory names no zarr.json, .zarray or .zgroup: say prefix=FOLDER"
            : "the inventory holds several stores; say prefix=FOLDER: \(names.joined(separator: ", "))"
        throw StorageError(.invalidConfiguration, .open, "inventory: \(message)")
    }
}

extension FileDescriptor {
    /// Whether the file at `path` can be read.
    static func canOpen(_ path: String) -> Bool {
        if case .open = anywhere(path, O_RDONLY) { true } else { false }
    }

    /// When the file at `path` changed last, in seconds since 1970.
    static func changeTime(of path: String) -> Int64? {
        guard case .open(let file) = anywhere(path, O_RDONLY), let info = file.info() else {
            return nil
        }
        return Int64(info.st_mtim.tv_sec)
    }
}
