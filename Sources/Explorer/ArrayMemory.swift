import ZarrModel

/// What was found out about an array in this session, kept while others are looked at.
struct ArrayMemory: Sendable {
    /// More findings of chunks that are not listed yet are not kept.
    private static let heardLimit = 1000

    /// The array as it was described; `nil` where only a slice of it was seen.
    var details: ArrayDetails?
    /// The chunks that were read, with the sizes and times that they had.
    var census: Census?
    /// What was said of them.
    var book = FindingBook()
    /// What chunks were before changes that can be undone.
    var formers = FormerChunks()
    /// Chunks that this program stored itself, so that it knows their times.
    var own: Set<Int> = []
    /// Where the last deleted chunks can be brought back from.
    var trash: String?
    /// What a slice found of chunks before they were listed, and when, in seconds since 1970.
    private(set) var heard: [(finding: ChunkFinding, moment: Int)] = []

    /// Nothing.
    init() {}

    /// Takes what was found of chunks that are not listed yet. Nothing can be made of it later where
    /// nobody says when that was.
    mutating func hear(_ findings: [ChunkFinding], at moment: Int?) {
        guard let moment else { return }
        for finding in findings where heard.count < Self.heardLimit {
            guard !heard.contains(where: { $0.finding == finding }) else { continue }
            heard.append((finding, moment))
        }
    }

    /// How many chunks it keeps something of.
    var chunkCount: Int {
        (census?.storedCount ?? 0) + formers.count
    }

    /// Whether what was found still is about the chunks of an array that is described like this.
    func holds(for now: ArrayDetails) -> Bool {
        details?.hasSameChunks(as: now) ?? true
    }
}

extension ArrayDetails {
    /// Whether the bytes of a chunk mean the same in both, however many chunks there are.
    func hasSameChunks(as other: ArrayDetails) -> Bool {
        chunkShape == other.chunkShape && innerChunkShape == other.innerChunkShape
            && codecs == other.codecs && dataType == other.dataType
            && keyEncoding == other.keyEncoding && shape.count == other.shape.count
    }
}

/// What chunks were before they were changed, by the trash that holds their bytes: what is brought back
/// from there is as it was.
struct FormerChunks: Sendable {
    /// What was known of one chunk.
    struct Chunk: Sendable {
        var bits: UInt8
        var size: Int?
        var notes: [FindingBook.Note]
    }

    /// More chunks than this are not remembered; the oldest change goes first.
    static let limit = 1 << 17

    private var open: [Int: Chunk] = [:]
    private var changes: [(trashes: [String], chunks: [Int: Chunk])] = []

    /// Nothing.
    init() {}

    /// How many chunks are remembered.
    var count: Int {
        changes.reduce(open.count) { $0 + $1.chunks.count }
    }

    /// Notes what a chunk was before the change that runs; what was noted first holds.
    mutating func note(_ index: Int, _ chunk: Chunk) {
        guard open.count < Self.limit, open[index] == nil else { return }
        open[index] = chunk
    }

    /// Ends the change that runs: what it replaced lies in these trashes, or nowhere.
    mutating func close(_ trashes: [String]) {
        if !trashes.isEmpty, !open.isEmpty { changes.append((trashes, open)) }
        open = [:]
        while count > Self.limit, !changes.isEmpty { changes.removeFirst() }
    }

    /// What a chunk was that is brought back from `trash`; `nil` where that is not known.
    func chunk(_ index: Int, of trash: String) -> Chunk? {
        changes.last { $0.trashes.contains(trash) }?.chunks[index]
    }
}

extension Context {
    /// Chunks of which something is kept, in all arrays together: about ten bytes each.
    private static let memoryLimit = 2 << 20
    /// Arrays of which something is kept.
    private static let memoryCount = 64

    /// Keeps what was found out about the array that is looked at, before another one is, or it is listed
    /// anew. What is too much is kept in brief: what does not decode.
    mutating func setAside() {
        guard let session = array, let memory = session.memory(isBrief: false) else { return }
        let name = stagingName(session.path)
        memories[name] = memory
        memoryNames.removeAll { $0 == name }
        memoryNames.append(name)
        var place = 0
        while memories.values.reduce(0, { $0 + $1.chunkCount }) > Self.memoryLimit,
            place < memoryNames.count
        {
            memories[memoryNames[place]]?.shorten()
            place += 1
        }
        while memoryNames.count > Self.memoryCount { memories[memoryNames.removeFirst()] = nil }
    }

    /// Takes what slices found of chunks.
    mutating func hear(_ event: Event) {
        let values: PlaneValues
        switch event.news {
        case .plane(let found), .planePart(let found): values = found
        default: return
        }
        let path = values.request.path
        guard !values.failures.isEmpty, values.request.level == nil else { return }
        guard array?.path != path else {
            array?.hear(values.failures, at: values.readAt)
            return
        }
        guard !mock.isArmed else { return }
        let name = stagingName(path)
        if memories[name] == nil { memoryNames.append(name) }
        memories[name, default: ArrayMemory()].hear(values.failures, at: values.readAt)
    }

    /// Keeps what the chunks come to by what was read of them, once a listing or a verification has ended:
    /// what is told of its store elsewhere says the same. Without reading, what was listed is kept already.
    mutating func keepRead(_ event: Event) -> [Effect] {
        guard case .censusFinished = event.news, let path = array?.path,
            !(array?.isShadowed ?? true), !(array?.book.isEmpty ?? true),
            let counts = array?.census.map({ CensusCounts($0) }), counts.isComplete
        else { return [] }
        return [request(.keepCounts(path: path, counts))]
    }

    /// Forgets the census of an array that has another grid, or other chunks, by now.
    mutating func outgrow(_ details: NodeDetails) -> [Effect] {
        guard let array, array.path == details.path, let now = details.array,
            now.gridShape != array.details.gridShape || !array.details.hasSameChunks(as: now)
        else { return [] }
        let effects = endLooking()
        setAside()
        self.array = nil
        return effects
    }
}

extension ArrayMemory {
    /// Keeps only what does not decode, and what can be undone.
    fileprivate mutating func shorten() {
        census = census?.remembered(book, isBrief: true)
    }
}
