internal import Glibc
public import Storage

extension BackendDescriptor {
    /// A directory of the local file system.
    public static let file = BackendDescriptor(
        id: "file",
        summary: "a directory of the local file system, one file per key",
        options: [
            OptionDescriptor(
                "fsync",
                .choice(FileStore.Durability.allCases.map(\.rawValue)),
                default: FileStore.Durability.file.rawValue,
                help: "what a write waits for: nothing, the file's bytes, or its directory as well"
            ),
            OptionDescriptor(
                "max_object",
                .size,
                default: "4GiB",
                help: "the largest object that is read whole"
            ),
            OptionDescriptor(
                "sizes",
                .flag,
                default: "true",
                help:
                    "whether listings look at each file for its size and age: off, they are faster,"
                    + " most on network file systems, and say only what is there"
            ),
        ],
        capabilities: [
            .read, .write, .list, .delete, .ranges, .hierarchy, .sizes, .modified, .durable,
            .reopen,
        ],
        example: "file:{scratch}/a.zarr",
        open: { configuration throws(StorageError) in
            .store(try openFileStore(configuration))
        },
        create: { configuration throws(StorageError) in
            .store(try await createFileStore(configuration))
        }
    )
}

/// Opens the directory, or the one that holds the metadata document that the path names.
private func openFileStore(
    _ configuration: BackendConfiguration
) throws(StorageError) -> FileStore {
    let path = try localPath(configuration.place)
    let documents = ["zarr.json", ".zarray", ".zgroup", ".zattrs", ".zmetadata"]
    for document in documents where path.hasSuffix("/" + document) || path == document {
        let parent = String(path.dropLast(document.utf8.count))
        let store = try fileStore(parent.isEmpty ? "." : parent, configuration)
        if (try? store.object(StoreKey(document), .open)) != nil { return store }
    }
    return try fileStore(path, configuration)
}

/// Makes the directory, unless a node is there that may not be replaced.
private func createFileStore(
    _ configuration: BackendConfiguration
) async throws(StorageError) -> FileStore {
    let path = try localPath(configuration.place)
    var made = path.hasPrefix("/") ? "" : "."
    for segment in path.utf8.split(separator: UInt8(ascii: "/")) {
        made += "/" + String(Substring(segment))
        let failure = FileDescriptor.makeDirectory(made)
        if failure != 0 && failure != EEXIST {
            throw StorageError(errno: failure, .create, key: made)
        }
    }
    let store = try fileStore(path, configuration)
    try await store.refuseToReplaceNode(overwrites: configuration.overwrites)
    return store
}

private func fileStore(
    _ path: String,
    _ configuration: BackendConfiguration
) throws(StorageError) -> FileStore {
    try FileStore(
        path: path,
        durability: configuration.options.text("fsync").flatMap(FileStore.Durability.init) ?? .file,
        objectLimit: configuration.options.byteCount("max_object") ?? 4 << 30,
        listsSizes: configuration.options.flag("sizes")
    )
}

/// The path of `PATH`, `file:PATH`, `file:///PATH` or `file://localhost/PATH`.
func localPath(_ place: String) throws(StorageError) -> String {
    var path = place[...]
    if path.hasPrefix("//") {
        path = path.dropFirst(2)
        let host = path.prefix { $0 != "/" }
        guard host.isEmpty || host == "localhost" else {
            throw StorageError(
                .invalidLocator,
                .open,
                "file://\(host)/… names another machine; a local path is file:///PATH"
            )
        }
        path = path.dropFirst(host.count)
    }
    guard !path.isEmpty else {
        throw StorageError(.invalidLocator, .open, "file: needs a path")
    }
    return String(path)
}
