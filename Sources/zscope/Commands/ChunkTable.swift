import Storage
import ZarrEngine
import ZarrModel

/// What a census found, in the order of the grid: what is stored, and between it what is missing.
struct ChunkTable: Sendable {
    /// One chunk.
    struct Row: Sendable {
        var index: ChunkIndex
        var state: ChunkState
        var bytes: Int?
        var modified: Int64?
    }

    /// One chunk of the grid, by its number in C order: for whom an index each would cost too much.
    struct Entry: Sendable {
        var chunk: Int
        var state: ChunkState
        var bytes: Int?
        var modified: Int64?
    }

    /// The most chunks that are listed one by one when they are missing.
    static let missingLimit = Verification.missingLimit

    private struct Stored: Sendable {
        var chunk: Int
        var size: Int64
        var modified: Int64
        var state: ChunkState
    }

    /// What was counted.
    private(set) var summary: CensusSummary
    /// Objects outside the grid.
    private(set) var orphans: [CensusPage.Orphan] = []
    /// Keys that are not the array's.
    private(set) var foreign: [String] = []
    private var stored: [Stored] = []
    private let grid: GridShape

    /// Lists the array's chunks and keeps those in `states` (`nil` is all), 32 bytes each. Throws when
    /// the listing is not complete: then nothing is known. With `goesOn`, what lies below a folder that
    /// cannot be listed is unknown instead, where the storage can tell.
    init(
        _ array: ArrayNode,
        _ messages: Messages,
        keeping states: Set<ChunkState>? = nil,
        goesOn: Bool = false
    ) async throws {
        grid = array.grid
        let census = try await array.census(goesOn: goesOn)
        summary = census.summary
        var found = 0
        while let page = try await census.next() {
            for place in 0..<page.count where states?.contains(page.states[place]) != false {
                stored.append(
                    Stored(
                        chunk: page.chunks[place],
                        size: page.sizes[place],
                        modified: page.modifiedTimes[place],
                        state: page.states[place]
                    )
                )
            }
            orphans += page.orphans
            foreign += page.foreign
            found += page.count
            messages.progress("\(Wording.count(found)) chunks found")
        }
        summary = census.summary
        stored.sort { $0.chunk < $1.chunk }
        orphans.sort { $0.index < $1.index }
        foreign.sort()
    }

    /// Whether a person should look.
    var hasFindings: Bool { summary.hasFindings }

    /// Whether there are too many missing chunks to list.
    var isTooSparse: Bool { summary.missing > Self.missingLimit }

    /// Calls `body` with every chunk of the grid that is kept, in C order, and then with every orphan;
    /// of a grid that is too sparse, with what is stored alone. O(chunks).
    func forEach(in states: Set<ChunkState>?, _ body: (Row) throws -> Void) rethrows {
        try forEachChunk(in: states) { entry in
            try body(
                Row(
                    index: grid.index(at: entry.chunk),
                    state: entry.state,
                    bytes: entry.bytes,
                    modified: entry.modified
                )
            )
        }
        guard states?.contains(.orphan) != false else { return }
        for orphan in orphans {
            let info = orphan.info
            try body(
                Row(index: orphan.index, state: .orphan, bytes: info.size, modified: info.modified)
            )
        }
    }

    /// The same without orphans, and without an index for each.
    func forEachChunk(in states: Set<ChunkState>?, _ body: (Entry) throws -> Void) rethrows {
        var next = 0
        let isAbsent = { (state: ChunkState) in states?.contains(state) != false }
        let wantsMissing = (isAbsent(.missing) || isAbsent(.unknown)) && !isTooSparse
        for entry in stored {
            if wantsMissing { try missing(next..<entry.chunk, in: states, body) }
            next = entry.chunk + 1
            guard states?.contains(entry.state) != false else { continue }
            try body(
                Entry(
                    chunk: entry.chunk,
                    state: entry.state,
                    bytes: entry.size < 0 ? nil : Int(entry.size),
                    modified: entry.modified == .min ? nil : entry.modified
                )
            )
        }
        if wantsMissing { try missing(next..<max(next, grid.total), in: states, body) }
    }

    private func missing(
        _ chunks: Range<Int>,
        in states: Set<ChunkState>?,
        _ body: (Entry) throws -> Void
    ) rethrows {
        // The search for the next missing one may run to the end of the grid: not for an empty range.
        guard !chunks.isEmpty else { return }
        var following = summary.presence.firstMissing(from: chunks.lowerBound)
        while let chunk = following, chunk < chunks.upperBound {
            let state: ChunkState = summary.isUnlisted(chunk) ? .unknown : .missing
            if states?.contains(state) != false {
                try body(Entry(chunk: chunk, state: state, bytes: nil, modified: nil))
            }
            following = summary.presence.firstMissing(from: chunk + 1)
        }
    }
}
