internal import Storage

/// Names in a store that are neither nodes nor chunks.
enum ReservedNames {
    /// Where deleted chunks are kept, inside an array's prefix. Other programs do not look there.
    static let trash = StoreBackend.reservedName

    /// The metadata documents of both versions.
    static let documents: Set<String> = [
        "zarr.json", ".zarray", ".zgroup", ".zattrs", ".zmetadata",
    ]

    /// Whether a child of this name is left out of every view: our trash and half-written files.
    static func isHidden(_ name: String) -> Bool {
        name.hasPrefix(".zscope-")
    }

    /// Whether a key under an array's prefix is a document or in the trash. Takes raw bytes so that a
    /// listing of a million keys makes no strings.
    static func isReserved(_ key: ArraySlice<UInt8>) -> Bool {
        guard let first = key.first, first == UInt8(ascii: ".") || first == UInt8(ascii: "z") else {
            return false
        }
        if key.starts(with: hiddenPrefix) { return true }
        return documentBytes.contains { key.elementsEqual($0) }
    }

    private static let hiddenPrefix = Array(".zscope-".utf8)
    private static let documentBytes = documents.map { Array($0.utf8) }
}
