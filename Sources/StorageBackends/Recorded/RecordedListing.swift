internal import Storage
internal import Synchronization

/// A listing that was made before, in compressed blocks that lie in a file or in memory.
///
/// A block knows what all its names begin with, so that a part of a large store is found without
/// looking at the rest.
final class RecordedListing: Sendable {
    /// One block.
    struct Block: Hashable, Sendable {
        /// Where its frame lies in the file; in memory its number.
        var offset: Int
        /// Bytes of the frame.
        var packedCount: Int
        /// Bytes that it decodes to.
        var rawCount: Int
        /// Objects in it.
        var entryCount: Int
        /// What all names begin with.
        var prefix: [UInt8]
    }

    /// Where the frames are.
    enum Source: Sendable {
        case file(FileDescriptor)
        case memory([[UInt8]])
    }

    /// The level directly under a prefix.
    struct Level: Sendable {
        var objects: [String] = []
        var prefixes: [String] = []
    }

    /// The blocks, in the order in which they were listed.
    let blocks: [Block]
    private let source: Source
    private let levels = Mutex<[[UInt8]: Level]>([:])

    init(_ blocks: [Block], _ source: Source) {
        self.blocks = blocks
        self.source = source
    }

    /// The objects of block `number` under `prefix`, which is taken off their names.
    func page(_ number: Int, under prefix: [UInt8]) throws(StorageError) -> ListingPage {
        let block = blocks[number]
        let frame: [UInt8]
        switch source {
        case .memory(let frames): frame = frames[number]
        case .file(let file):
            let (bytes, got) = file.bytes(block.offset..<block.offset + block.packedCount)
            if got < 0 { throw StorageError(errno: Int32(-got), .list, key: nil) }
            frame = bytes
        }
        guard frame.count == block.packedCount,
            let raw = Zstandard.decoded(frame, size: block.rawCount),
            let page = ListingBlock.page(raw, under: prefix)
        else { throw StorageError(.corrupt, .list, "a block of the census file is damaged") }
        return page
    }

    /// Whether a block may hold names that begin with `prefix`.
    func mayHold(_ number: Int, _ prefix: [UInt8]) -> Bool {
        let own = blocks[number].prefix
        return own.starts(with: prefix) || prefix.starts(with: own)
    }

    /// What is known of the object `name`, or `nil` when it was not there. O(objects that may lie
    /// beside it).
    func info(_ name: [UInt8]) throws(StorageError) -> ObjectInfo? {
        for number in blocks.indices where name.starts(with: blocks[number].prefix) {
            let page = try page(number, under: [])
            for position in 0..<page.count
            where page.keyBytes[page.keyRange(position)].elementsEqual(name) {
                return page.info(position)
            }
        }
        return nil
    }

    /// The level directly under `prefix`, remembered. O(objects), but for blocks that lie deeper as a
    /// whole.
    func level(_ prefix: [UInt8]) throws(StorageError) -> Level {
        if let known = levels.withLock({ $0[prefix] }) { return known }
        let slash = UInt8(ascii: "/")
        var objects: Set<[UInt8]> = []
        var deeper: Set<[UInt8]> = []
        for number in blocks.indices where mayHold(number, prefix) {
            let own = blocks[number].prefix
            if own.count > prefix.count, let end = own[prefix.count...].firstIndex(of: slash) {
                deeper.insert(Array(own[prefix.count..<end]))
                continue
            }
            let page = try page(number, under: prefix)
            var last: ArraySlice<UInt8> = []
            for position in 0..<page.count {
                let name = page.keyBytes[page.keyRange(position)]
                guard let end = name.firstIndex(of: slash) else {
                    objects.insert(Array(name))
                    continue
                }
                guard !last.elementsEqual(name[..<end]) else { continue }
                last = name[..<end]
                deeper.insert(Array(last))
            }
        }
        let level = Level(objects: Self.sorted(objects), prefixes: Self.sorted(deeper))
        levels.withLock { $0[prefix] = level }
        return level
    }

    private static func sorted(_ names: Set<[UInt8]>) -> [String] {
        names.sorted { $0.lexicographicallyPrecedes($1) }
            .map { String(decoding: $0, as: UTF8.self) }
    }
}

/// Gathers objects into blocks.
struct RecordedListingBuilder: Sendable {
    private var page = ListingPage()
    private var nameCount = 0
    /// The blocks so far; the first begins at `start`.
    private(set) var blocks: [RecordedListing.Block] = []
    /// Objects so far.
    private(set) var objectCount = 0
    /// Where the first frame will lie.
    private let start: Int

    init(start: Int = 0) {
        self.start = start
    }

    /// Where the next frame will lie.
    var end: Int {
        blocks.last.map { $0.offset + $0.packedCount } ?? start
    }

    /// Adds an object; answers a frame where enough has come together.
    mutating func append(
        key: ArraySlice<UInt8>,
        size: Int64,
        modified: Int64
    ) throws(StorageError) -> [UInt8]? {
        page.append(key: key, size: size, modified: modified)
        objectCount += 1
        nameCount += key.count
        return isFull ? try flush() : nil
    }

    /// Adds a place directly under which there is nothing.
    mutating func append(emptyPlace: String) throws(StorageError) -> [UInt8]? {
        page.emptyPlaces.append(emptyPlace)
        nameCount += emptyPlace.utf8.count
        return isFull ? try flush() : nil
    }

    /// A frame of what came together; `nil` where there is nothing.
    mutating func flush() throws(StorageError) -> [UInt8]? {
        guard page.count + page.emptyPlaces.count > 0 else { return nil }
        let raw = ListingBlock.encoded(page)
        guard let frame = Zstandard.encoded(raw) else {
            throw StorageError(.ioError, .list, "there is no memory for a block of the listing")
        }
        blocks.append(
            RecordedListing.Block(
                offset: end,
                packedCount: frame.count,
                rawCount: raw.count,
                entryCount: page.count + page.emptyPlaces.count,
                prefix: ListingBlock.commonPrefix(page)
            )
        )
        page = ListingPage()
        nameCount = 0
        return frame
    }

    private var isFull: Bool {
        page.count + page.emptyPlaces.count >= ListingBlock.entryLimit
            || nameCount >= ListingBlock.nameLimit / 2
    }
}
