internal import Glibc
internal import Storage

/// Reads the data files of an inventory, row by row, into blocks in memory: a few bytes for each
/// object.
struct InventoryReader {
    /// The objects.
    private(set) var builder = RecordedListingBuilder()
    /// Their frames.
    private(set) var frames: [[UInt8]] = []
    /// Folders that hold a metadata document, with a closing slash each; the first thousand.
    private(set) var roots: Set<[UInt8]> = []
    private var columns: InventoryColumns?
    private let prefix: [UInt8]

    /// Keeps objects whose keys begin with `prefix` alone.
    init(columns: InventoryColumns?, prefix: [UInt8]) {
        self.columns = columns
        self.prefix = prefix
    }

    /// The most folders that are remembered.
    private static let rootLimit = 1000

    /// Reads one data file, gzip or plain. Throws for what is no inventory.
    mutating func read(_ path: String) throws(StorageError) {
        let file: FileDescriptor
        switch FileDescriptor.anywhere(path, O_RDONLY) {
        case .open(let descriptor): file = descriptor
        case .failed(ENOENT), .failed(ENOTDIR):
            throw StorageError(.notFound, .open, key: path, "there is nothing at \(path)")
        case .failed(let number): throw StorageError(errno: number, .open, key: path)
        }
        var rows = TableRows()
        let isPacked = file.bytes(0..<2).bytes == [0x1f, 0x8b]
        let gunzip = isPacked ? Gunzip() : nil
        var offset = 0
        while true {
            let (piece, got) = file.bytes(offset..<offset + (1 << 18))
            if got < 0 { throw StorageError(errno: Int32(-got), .read, key: path) }
            if got == 0 { break }
            offset += got
            if let gunzip {
                try gunzip.decode(piece) { (part) throws(StorageError) in
                    try rows.read(part) { (row) throws(StorageError) in try take(row) }
                }
            } else {
                try rows.read(piece[...]) { (row) throws(StorageError) in try take(row) }
            }
        }
        guard gunzip?.isWhole ?? true else {
            throw StorageError(.corrupt, .read, key: path, "the inventory \(path) was cut off")
        }
        try rows.finish { (row) throws(StorageError) in try take(row) }
    }

    /// Ends the last block.
    mutating func finish() throws(StorageError) {
        if let frame = try builder.flush() { frames.append(frame) }
    }

    private mutating func take(_ row: TableRows.Row) throws(StorageError) {
        guard let columns else {
            if let names = InventoryColumns.heading(row) {
                self.columns = InventoryColumns(names: names)
                return
            }
            guard row.count >= 2 else {
                throw StorageError(
                    .corrupt,
                    .read,
                    "this is no inventory: its rows are BUCKET,KEY,SIZE,LAST CHANGE,…"
                )
            }
            self.columns = InventoryColumns(firstRow: row)
            return try take(row)
        }
        guard row.count > columns.key, columns.isCurrent(row) else { return }
        let key = columns.key(row)
        guard key.starts(with: prefix), key.last != UInt8(ascii: "/") else { return }
        note(key)
        let modified = self.columns?.modified(row) ?? .min
        let frame = try builder.append(key: key[...], size: columns.size(row), modified: modified)
        if let frame { frames.append(frame) }
    }

    /// Remembers the folder of a metadata document.
    private mutating func note(_ key: [UInt8]) {
        let start = key.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0
        let name = key[start...]
        guard name.count == 9 || name.count == 7,
            Self.documents.contains(where: { $0.elementsEqual(name) }),
            roots.count < Self.rootLimit
        else { return }
        roots.insert(Array(key[..<start]))
    }

    private static let documents = ["zarr.json", ".zarray", ".zgroup"].map { Array($0.utf8) }
}
