public import Storage

/// Makes the bytes of a census file while a listing goes on: each call answers those that are ready.
///
/// Holds one block and the documents; a million objects pass through less than a megabyte.
public struct CensusFileEncoder: Sendable {
    private var builder: RecordedListingBuilder
    private var table: CensusTable
    private let begin: [UInt8]

    /// Begins a file. Nothing is written.
    public init(_ origin: CensusOrigin) {
        begin = CensusFile.head(origin)
        builder = RecordedListingBuilder(start: begin.count)
        table = CensusTable(origin: origin)
    }

    /// The first bytes of the file.
    public var head: [UInt8] { begin }

    /// How many objects were added.
    public var objectCount: Int { builder.objectCount }

    /// Adds the objects of a page.
    public mutating func add(_ page: ListingPage) throws(StorageError) -> [UInt8] {
        var ready: [UInt8] = []
        for position in 0..<page.count {
            let frame = try builder.append(
                key: page.keyBytes[page.keyRange(position)],
                size: page.sizes[position],
                modified: page.modifiedTimes[position]
            )
            if let frame { ready += frame }
        }
        for place in page.emptyPlaces {
            if let frame = try builder.append(emptyPlace: place) { ready += frame }
        }
        return ready
    }

    /// Adds a metadata document by its key.
    public mutating func add(document key: String, _ bytes: [UInt8]) {
        table.documents.append((key, bytes))
    }

    /// The last bytes of the file.
    public mutating func finish() throws(StorageError) -> [UInt8] {
        var ready = try builder.flush() ?? []
        table.blocks = builder.blocks
        let raw = table.encoded
        guard raw.count <= CensusFile.tableLimit, let frame = Zstandard.encoded(raw) else {
            throw StorageError(.tooLarge, .write, "the documents are too large for a census file")
        }
        ready += frame
        for number in [builder.end, frame.count, raw.count] {
            ready += (0..<8).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
        }
        return ready + CensusFile.endMark
    }
}
