internal import Glibc
internal import JSONValue
internal import Storage

/// Which files an inventory consists of, and what their columns are.
struct InventoryManifest: Sendable {
    /// Local paths of the data files.
    var files: [String]
    /// The columns, where a manifest names them.
    var columns: InventoryColumns?
    /// When the inventory was made, in seconds since 1970.
    var created: Int64?

    /// What `path` names: a manifest, else the one data file. The data files of a manifest are looked
    /// for beside it, in `data` beside it, and in `../data`.
    init(_ path: String) throws(StorageError) {
        guard path.hasSuffix(".json") else {
            files = [path]
            return
        }
        let (bytes, info) = try Self.read(path)
        guard let document = try? JSONParser.parse(bytes, mode: .lenient, limits: .standard).value,
            let entries = document["files"]?.arrayValue
        else { throw Self.wrong(path, "it is no manifest of an inventory: it names no files") }
        let format = document["fileFormat"]?.stringValue ?? "CSV"
        guard format.uppercased() == "CSV" else {
            throw Self.wrong(path, "its files are \(format); inventories are read as CSV")
        }
        if let schema = document["fileSchema"]?.stringValue {
            let names = schema.split(separator: ",").map { name in
                String(name.drop { $0 == " " })
            }
            columns = InventoryColumns(names: names)
        }
        let milliseconds = document["creationTimestamp"]?.stringValue.flatMap { Int64($0) }
        created = milliseconds.map { $0 / 1000 } ?? info
        let slash = path.utf8.lastIndex(of: UInt8(ascii: "/"))
        let folder = slash.map { String(path[...$0]) } ?? ""
        files = []
        for entry in entries {
            guard let key = entry["key"]?.stringValue,
                let name = key.split(separator: "/").last
            else { throw Self.wrong(path, "an entry of the manifest has no key") }
            let places = ["", "data/", "../data/"].map { folder + $0 + name }
            guard let found = places.first(where: FileDescriptor.canOpen) else {
                let message = "its file \(name) is not here: fetch it into \(folder)data"
                throw StorageError(.notFound, .open, key: path, message)
            }
            files.append(found)
        }
    }

    private static func wrong(_ path: String, _ message: String) -> StorageError {
        StorageError(.corrupt, .open, key: path, "\(path): \(message)")
    }

    /// A whole small file and when it changed last.
    private static func read(_ path: String) throws(StorageError) -> ([UInt8], Int64?) {
        switch FileDescriptor.anywhere(path, O_RDONLY) {
        case .failed(let number): throw StorageError(errno: number, .open, key: path)
        case .open(let file):
            guard let info = file.info(), info.st_size <= 64 << 20 else {
                throw wrong(path, "it is too large for a manifest")
            }
            let (bytes, got) = file.bytes(0..<Int(info.st_size))
            if got < 0 { throw StorageError(errno: Int32(-got), .read, key: path) }
            return (bytes, Int64(info.st_mtim.tv_sec))
        }
    }
}
