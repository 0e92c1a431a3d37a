internal import Storage

/// Rows of comma-separated values, piece by piece: quotes, doubled quotes and line ends as in RFC 4180.
struct TableRows: Sendable {
    /// One row.
    struct Row: Sendable {
        /// The fields one after another, without their quotes.
        fileprivate(set) var bytes: [UInt8] = []
        /// Where each ends.
        fileprivate(set) var ends: [Int] = []

        /// How many fields it has.
        var count: Int { ends.count }

        /// A field; empty beyond the end.
        subscript(_ number: Int) -> ArraySlice<UInt8> {
            guard ends.indices.contains(number) else { return [] }
            return bytes[(number == 0 ? 0 : ends[number - 1])..<ends[number]]
        }
    }

    /// The longest row that is read.
    static let rowLimit = 1 << 16

    private var row = Row()
    private var isQuoted = false
    /// Whether the byte before closed a quote, so that another one is a quote of the text.
    private var isAfterQuote = false

    /// Reads `piece`, and lends each row that ends in it.
    mutating func read(
        _ piece: ArraySlice<UInt8>,
        _ body: (Row) throws(StorageError) -> Void
    ) throws(StorageError) {
        var place = piece.startIndex
        while place < piece.endIndex {
            // Most bytes mean nothing but themselves, and go over in runs.
            let start = place
            while place < piece.endIndex, isPlain(piece[place]) { place += 1 }
            if place > start {
                row.bytes.append(contentsOf: piece[start..<place])
                isAfterQuote = false
            }
            guard row.bytes.count + row.ends.count <= Self.rowLimit else {
                throw StorageError(.corrupt, .read, "a row of the inventory is too long")
            }
            guard place < piece.endIndex else { return }
            try take(piece[place], body)
            place += 1
        }
    }

    /// Whether a byte means nothing but itself here.
    private func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "\""): false
        case UInt8(ascii: ","), UInt8(ascii: "\n"), UInt8(ascii: "\r"): isQuoted
        default: true
        }
    }

    /// Takes a byte that ends a field or a row, or a quote.
    private mutating func take(
        _ byte: UInt8,
        _ body: (Row) throws(StorageError) -> Void
    ) throws(StorageError) {
        guard byte == UInt8(ascii: "\"") else {
            isAfterQuote = false
            if byte == UInt8(ascii: ",") {
                row.ends.append(row.bytes.count)
            } else if byte == UInt8(ascii: "\n") {
                try finish(body)
            }
            return
        }
        if !isQuoted, isAfterQuote { row.bytes.append(byte) }
        isAfterQuote = isQuoted
        isQuoted.toggle()
    }

    /// Lends the last row, where no line end closes it.
    mutating func finish(_ body: (Row) throws(StorageError) -> Void) throws(StorageError) {
        guard !isQuoted else {
            throw StorageError(.corrupt, .read, "the inventory was cut off inside a quoted field")
        }
        isAfterQuote = false
        guard !row.bytes.isEmpty || !row.ends.isEmpty else { return }
        row.ends.append(row.bytes.count)
        try body(row)
        row.bytes.removeAll(keepingCapacity: true)
        row.ends.removeAll(keepingCapacity: true)
    }
}
