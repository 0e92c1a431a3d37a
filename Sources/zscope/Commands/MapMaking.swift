import Explorer
import Glibc
import Raster
import Synchronization
import ZarrEngine
import ZarrModel

/// Puts a chunk map together: from the listing alone, or by reading chunks where the measure needs it.
struct MapMaking {
    let array: ArrayNode
    let table: ChunkTable
    let measure: MapMeasure
    let messages: Messages

    /// Whether reading chunks found one that is not as it should be.
    private(set) var hasFindings = false

    init(_ array: ArrayNode, _ table: ChunkTable, _ measure: MapMeasure, _ messages: Messages) {
        self.array = array
        self.table = table
        self.measure = measure
        self.messages = messages
    }

    /// Throws where the array can have no such measure.
    func check() throws(ToolError) {
        if measure == .ratio, array.metadata.chunkByteCount == nil {
            throw ToolError("elements of this array differ in length, so that there is no ratio")
        }
        if measure.needsValues, Plane.numbers(of: [], array.metadata.dataType) == nil {
            throw ToolError("elements of type \(array.metadata.dataType.name) are no numbers")
        }
    }

    /// The map of at most `rows` × `columns` cells.
    mutating func map(
        axes: (down: Int?, across: Int?),
        rows: Int,
        columns: Int
    ) async throws -> ChunkMap {
        try check()
        var map = ChunkMap(array.grid, measure, axes: axes, rows: rows, columns: columns)
        var stored: [ChunkIndex] = []
        var known: Set<ChunkIndex> = []
        let now = Int64(time(nil))
        table.forEachChunk(in: nil) { entry in
            map.add(entry.chunk, entry.state, number(of: entry, now))
            if entry.state.isAnomaly, entry.state != .missing {
                known.insert(array.grid.index(at: entry.chunk))
            }
            if measure.needsValues, entry.state == .present {
                stored.append(array.grid.index(at: entry.chunk))
            }
        }
        if table.isTooSparse { map.complete(with: table.summary.unknown > 0 ? .unknown : .missing) }
        if measure == .state { map = try await verified(map, known) }
        return measure.needsValues ? try await withValues(map, stored) : map
    }

    private func number(of row: ChunkTable.Entry, _ now: Int64) -> Double? {
        switch measure {
        case .size: return row.bytes.map(Double.init)
        case .ratio:
            guard let bytes = row.bytes, bytes > 0, let whole = array.metadata.chunkByteCount else {
                return nil
            }
            return Double(whole) / Double(bytes)
        case .age: return row.modified.map { Double(max(0, now - $0)) }
        default: return nil
        }
    }

    /// What decoding every chunk shows; of those that are `known` not to be sound, nothing new.
    private mutating func verified(
        _ map: ChunkMap,
        _ known: Set<ChunkIndex>
    ) async throws -> ChunkMap {
        var map = map
        var known = known
        let verification = try await array.verify()
        var done = 0
        while let page = try await verification.next() {
            for finding in page.findings
            where array.grid.contains(finding.index) && finding.state != .missing
                && known.insert(finding.index).inserted
            {
                map.mend(finding.index, finding.state)
                hasFindings = true
            }
            done += page.sound.count + page.findings.count
            messages.progress("\(Wording.count(done, "chunk")) read")
        }
        messages.clearProgress()
        return map
    }

    /// The figures of what is stored.
    private mutating func withValues(
        _ map: ChunkMap,
        _ stored: [ChunkIndex]
    ) async throws -> ChunkMap {
        let shared = Mutex(map)
        let (array, measure, messages) = (array, measure, messages)
        let problems = try await array.forEachChunk(
            of: stored,
            ReadOptions(
                onProblem: .report,
                onProgress: { done, total in
                    guard done.isMultiple(of: 256) else { return }
                    messages.progress(
                        "\(Wording.count(done)) of \(Wording.count(total)) chunks read"
                    )
                }
            )
        ) { chunk, bytes in
            guard !chunk.isAbsent else { return }
            let shape = array.metadata.chunkShape(at: chunk.index)
            guard let found = array.figures(of: bytes, shape, chunk.region.shape) else { return }
            let number = Self.number(found, measure)
            shared.withLock { $0.add(number, of: chunk.index) }
        }
        messages.clearProgress()
        var map = shared.withLock { $0 }
        for problem in problems { map.mend(problem.index, problem.state) }
        hasFindings = hasFindings || !problems.isEmpty
        return map
    }

    private static func number(_ found: ChunkFigures, _ measure: MapMeasure) -> Double {
        switch measure {
        case .min: Double(found.minimum)
        case .max: Double(found.maximum)
        case .nan: Double(found.nanShare)
        case .constant: found.isConstant ? 1 : 0
        default: Double(found.mean)
        }
    }
}
