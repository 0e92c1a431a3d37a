internal import Storage

/// Which columns of an inventory hold what.
struct InventoryColumns: Hashable, Sendable {
    var key = 1
    var size: Int?
    var modified: Int?
    var isLatest: Int?
    var isDeleteMarker: Int?
    /// The date that was read last and its beginning in seconds: most rows have the one before.
    private var knownDate: [UInt8] = []
    private var knownStart: Int64 = 0

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
        guard let size, case let digits = row[size], (1...18).contains(digits.count) else {
            return -1
        }
        var number: Int64 = 0
        for digit in digits {
            guard (0x30...0x39).contains(digit) else { return -1 }
            number = number * 10 + Int64(digit - 0x30)
        }
        return number
    }

    /// The last change in a row; `Int64.min` where it says none.
    mutating func modified(_ row: TableRows.Row) -> Int64 {
        guard let modified else { return .min }
        // `2026-11-22T14:00:31`, with or without fractions.
        let text = row[modified]
        let time = text.dropFirst(11)
        let rest = [0, 3, 6].map { Self.pair(time.dropFirst($0)) }
        guard text.count >= 19, let hours = rest[0], let minutes = rest[1], let seconds = rest[2],
            hours < 24, minutes < 60, seconds < 61
        else { return PointInTime.seconds(of: text) ?? .min }
        let date = text.prefix(10)
        if !knownDate.elementsEqual(date) {
            let midnight = Array(date) + Array("T00:00:00".utf8)
            guard let start = PointInTime.seconds(of: midnight) else { return .min }
            knownDate = Array(date)
            knownStart = start
        }
        return knownStart + hours * 3600 + minutes * 60 + seconds
    }

    /// The number that two digits are.
    private static func pair(_ text: ArraySlice<UInt8>) -> Int64? {
        guard text.count >= 2 else { return nil }
        let (tens, ones) = (text[text.startIndex], text[text.startIndex + 1])
        guard (0x30...0x39).contains(tens), (0x30...0x39).contains(ones) else { return nil }
        return Int64(tens - 0x30) * 10 + Int64(ones - 0x30)
    }

    /// The key in a row, URL-decoded: `%XX`, and `+` for a blank. A half escape stands for itself.
    func key(_ row: TableRows.Row) -> [UInt8] {
        var rest = row[self.key]
        let isEncoded = rest.contains { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "%") }
        guard isEncoded else { return Array(rest) }
        var key: [UInt8] = []
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
        if isWord(field, "true") { return true }
        return isWord(field, "false") ? false : nil
    }

    /// Whether a field is a word of small letters, however it is written.
    private static func isWord(_ field: ArraySlice<UInt8>, _ word: String) -> Bool {
        field.count == word.utf8.count
            && field.elementsEqual(word.utf8) {
                $0 | 0x20 == $1
            }
    }
}
