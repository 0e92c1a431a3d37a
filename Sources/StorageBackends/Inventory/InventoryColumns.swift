internal import Storage

/// Which columns of an inventory hold what.
struct InventoryColumns: Hashable, Sendable {
    var key = 1
    var size: Int?
    var modified: Int?
    var isLatest: Int?
    var isDeleteMarker: Int?

    /// The columns that `names` stand for, as the manifest or a heading says; `nil` without a key.
    init?(names: [String]) {
        func place(_ name: String) -> Int? {
            names.firstIndex { $0.lowercased() == name }
        }
        guard let key = place("key") else { return nil }
        self.key = key
        size = place("size")
        modified = place("lastmodifieddate")
        isLatest = place("islatest")
        isDeleteMarker = place("isdeletemarker")
    }

    /// The usual order: bucket, key, (version, whether it is the latest, whether it is a delete
    /// marker,) size, last change. Told by the first row.
    init(firstRow row: TableRows.Row) {
        let isVersioned = row.count > 5 && Self.flag(row[3]) != nil && Self.flag(row[4]) != nil
        if isVersioned {
            isLatest = 3
            isDeleteMarker = 4
        }
        let next = isVersioned ? 5 : 2
        size = row.count > next ? next : nil
        modified = row.count > next + 1 ? next + 1 : nil
    }

    /// The names in a heading; `nil` where the row is none.
    static func heading(_ row: TableRows.Row) -> [String]? {
        let names = (0..<row.count).map { String(decoding: row[$0], as: UTF8.self) }
        return names.contains { $0.lowercased() == "key" } ? names : nil
    }

    /// Whether the row is of an object that is there now.
    func isCurrent(_ row: TableRows.Row) -> Bool {
        let isLatest = isLatest.flatMap { Self.flag(row[$0]) } ?? true
        let isGone = isDeleteMarker.flatMap { Self.flag(row[$0]) } ?? false
        return isLatest && !isGone
    }

    /// The size in a row; -1 where it says none.
    func size(_ row: TableRows.Row) -> Int64 {
        guard let size else { return -1 }
        return Int64(String(decoding: row[size], as: UTF8.self)).flatMap { $0 < 0 ? nil : $0 } ?? -1
    }

    /// The last change in a row; `Int64.min` where it says none.
    func modified(_ row: TableRows.Row) -> Int64 {
        modified.flatMap { PointInTime.seconds(of: row[$0]) } ?? .min
    }

    /// The key in a row, URL-decoded: `%XX`, and `+` for a blank. A half escape stands for itself.
    func key(_ row: TableRows.Row) -> [UInt8] {
        var key: [UInt8] = []
        var rest = row[self.key]
        key.reserveCapacity(rest.count)
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "+") {
                key.append(UInt8(ascii: " "))
            } else if byte == UInt8(ascii: "%"), let high = rest.first.flatMap(Self.digit),
                let low = rest.dropFirst().first.flatMap(Self.digit)
            {
                key.append(high << 4 | low)
                rest = rest.dropFirst(2)
            } else {
                key.append(byte)
            }
        }
        return key
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46, 0x61...0x66: (byte | 0x20) - 0x57
        default: nil
        }
    }

    private static func flag(_ field: ArraySlice<UInt8>) -> Bool? {
        switch String(decoding: field, as: UTF8.self).lowercased() {
        case "true": true
        case "false": false
        default: nil
        }
    }
}
