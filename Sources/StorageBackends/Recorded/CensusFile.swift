internal import Storage

/// A census file: what a store's listing said at one time, with the metadata documents.
///
/// Text first, so that `head` says what it is: `zscope census 1`, then `created` and `locator`, then
/// an empty line. Blocks of the listing follow, each one zstd frame with a checksum; then one more
/// frame that holds the origin, the table of blocks and the documents; then 32 bytes that say where it
/// lies. Numbers in the tail are little-endian. A file that was cut off has no tail.
enum CensusFile {
    /// What every census file begins with.
    static let magic = "zscope census "
    /// The version that is written, and the only one that is read.
    static let version = 1
    /// The last bytes of a file.
    static let endMark = Array("zscpend\n".utf8)
    /// Bytes at the end that say where the table lies.
    static let tailCount = 32
    /// The largest table that is read, documents included.
    static let tableLimit = 256 << 20
    /// The most blocks of a file.
    static let blockLimit = 1 << 22

    /// The text that a file begins with.
    static func head(_ origin: CensusOrigin) -> [UInt8] {
        let lines = [
            "\(magic)\(version)", "created \(plain(origin.created))",
            "locator \(plain(origin.locator))", "", "",
        ]
        return Array(lines.joined(separator: "\n").utf8)
    }

    /// `text` on one line.
    private static func plain(_ text: String) -> String {
        String(decoding: text.utf8.map { $0 < 0x20 ? UInt8(ascii: " ") : $0 }, as: UTF8.self)
    }
}

/// What the table at the end of a census file says.
struct CensusTable: Sendable {
    var origin: CensusOrigin
    var blocks: [RecordedListing.Block] = []
    /// The documents by key, sorted.
    var documents: [(key: String, bytes: [UInt8])] = []

    /// The table as bytes, before it is compressed.
    var encoded: [UInt8] {
        var table = PackedWriter()
        for text in [origin.created, origin.locator, origin.program] {
            table.append(text: text.utf8)
        }
        table.append(count: blocks.count)
        for block in blocks {
            for number in [block.offset, block.packedCount, block.rawCount, block.entryCount] {
                table.append(count: number)
            }
            table.append(text: block.prefix)
        }
        table.append(count: documents.count)
        for document in documents {
            table.append(text: document.key.utf8)
            table.append(text: document.bytes)
        }
        return table.bytes
    }

    init(origin: CensusOrigin) {
        self.origin = origin
    }

    /// Reads a table; `nil` for what is none. `end` is where the blocks end in the file.
    init?(_ bytes: [UInt8], end: Int) {
        var table = PackedReader(bytes)
        guard let created = table.string(), let locator = table.string(),
            let program = table.string(),
            let blockCount = table.count(atMost: min(CensusFile.blockLimit, bytes.count))
        else { return nil }
        origin = CensusOrigin(created: created, locator: locator, program: program)
        for _ in 0..<blockCount {
            guard let offset = table.count(atMost: end),
                let packedCount = table.count(atMost: end - offset),
                let rawCount = table.count(atMost: ListingBlock.sizeLimit),
                let entryCount = table.count(atMost: rawCount), let prefix = table.text()
            else { return nil }
            blocks.append(
                RecordedListing.Block(
                    offset: offset,
                    packedCount: packedCount,
                    rawCount: rawCount,
                    entryCount: entryCount,
                    prefix: Array(prefix)
                )
            )
        }
        guard let documentCount = table.count(atMost: bytes.count) else { return nil }
        for _ in 0..<documentCount {
            guard let key = table.string(), let text = table.text() else { return nil }
            documents.append((key, Array(text)))
        }
    }
}
