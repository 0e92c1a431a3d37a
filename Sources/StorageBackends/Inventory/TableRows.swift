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
        for byte in piece {
            let isQuote = byte == UInt8(ascii: "\"")
            if isQuoted {
                if isQuote {
                    isQuoted = false
                    isAfterQuote = true
                } else {
                    row.bytes.append(byte)
                }
            } else if isQuote {
                if isAfterQuote { row.bytes.append(byte) }
                isQuoted = true
                isAfterQuote = false
            } else {
                isAfterQuote = false
                switch byte {
                case UInt8(ascii: ","): row.ends.append(row.bytes.count)
                case UInt8(ascii: "\n"): try finish(body)
                case UInt8(ascii: "\r"): break
                default: row.bytes.append(byte)
                }
            }
            guard row.bytes.count + row.ends.count <= Self.rowLimit else {
                throw StorageError(.corrupt, .read, "a row of the inventory is too long")
            }
        }
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
