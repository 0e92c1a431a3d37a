public import Storage
public import ZarrModel

/// What a law of `StorageBackend` works on: an array of which nothing is stored yet.
public struct BackendLawContext: Sendable {
    /// The array.
    public var array: any StorageBackend
    /// How many dimensions it has.
    public var rank: Int
    /// Reads a chunk's bytes by another way than the backend's own, where there is one.
    public var bypass: (@Sendable (ChunkIndex) async throws -> [UInt8]?)?

    /// Makes a context.
    public init(
        _ array: any StorageBackend,
        rank: Int = 2,
        bypass: (@Sendable (ChunkIndex) async throws -> [UInt8]?)? = nil
    ) {
        self.array = array
        self.rank = rank
        self.bypass = bypass
    }
}

/// A law of `StorageBackend`.
public typealias BackendLaw = Law<BackendLawContext>

extension Law where Context == BackendLawContext {
    /// Every law of `StorageBackend`.
    public static var all: [BackendLaw] {
        chunks + documents + listings
    }
}

extension BackendLawContext {
    /// A chunk index of the array's rank that depends on `number` alone, each its own.
    func index(_ number: Int) -> ChunkIndex {
        guard rank > 0 else { return ChunkIndex([]) }
        var coordinates = [Int](repeating: 0, count: rank)
        coordinates[0] = number % 13
        coordinates[rank - 1] += rank > 1 ? number / 13 : number / 13 * 13
        return ChunkIndex(coordinates)
    }

    /// Throws unless the chunk holds `bytes`, seen through the backend and around it.
    func expectChunk(_ index: ChunkIndex, _ bytes: [UInt8]?) async throws {
        var seen = [try await array.readChunk(index, range: .all)]
        if let bypass { seen.append(try await bypass(index)) }
        for value in seen where value != bytes {
            throw LawFailure("chunk (\(index)) holds \(brief(value)), not \(brief(bytes))")
        }
    }

    /// Every stored chunk, each time that it was listed.
    func listed() async throws -> [ChunkPage.Entry] {
        let listing = try await array.listChunks()
        var entries: [ChunkPage.Entry] = []
        while let page = try await listing.next() { entries += page.entries }
        return entries
    }
}
