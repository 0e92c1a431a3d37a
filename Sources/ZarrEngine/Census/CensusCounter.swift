internal import Storage
internal import ZarrModel

/// Sorts the objects of a listing into chunks, orphans and foreign ones, and counts them. Pure.
///
/// A chunk of the grid makes no string and no array, so that a million of them cost what their bytes
/// cost.
struct CensusCounter: Sendable {
    private let grid: GridShape
    private var rule: SizeRule
    /// Whether another separator may be adopted: the document names none, and nothing was found yet.
    private var mayAdopt: Bool
    private var encoding: ChunkKeyEncoding
    private var misnamed = 0
    var summary: CensusSummary

    init(_ array: ArrayNode, rule: SizeRule) {
        grid = array.grid
        self.rule = rule
        encoding = array.keyEncoding
        mayAdopt = !array.metadata.isKeyEncodingDeclared && array.metadata.rank > 1
        summary = CensusSummary(total: array.grid.total)
    }

    /// The chunks of a page of keys relative to the array.
    mutating func take(_ page: ListingPage) -> CensusPage {
        var result = CensusPage()
        result.reserve(page.count)
        for position in 0..<page.count {
            let key = page.keyBytes[page.keyRange(position)]
            switch encoding.linearIndex(of: key, in: grid) {
            case .inside(let chunk):
                mayAdopt = false
                count(
                    chunk,
                    size: page.sizes[position],
                    modified: page.modifiedTimes[position],
                    in: &result
                )
            case .outside(let index):
                addOrphan(index, page.key(position), page.info(position), in: &result)
            case .notAChunk:
                takeOther(key, position, of: page, in: &result)
            }
        }
        for place in page.emptyPlaces {
            markOccupied(Array(place.utf8)[...], in: &result)
        }
        summary.unlisted += page.unlisted
        return result
    }

    /// The chunks of a page that a backend has parsed itself.
    mutating func take(_ page: ChunkPage) -> CensusPage {
        var result = CensusPage()
        result.reserve(page.entries.count)
        for entry in page.entries {
            guard let chunk = grid.linearIndex(of: entry.index) else {
                addOrphan(entry.index, encoding.key(for: entry.index), entry.info, in: &result)
                continue
            }
            count(
                chunk,
                size: entry.info.size.map(Int64.init) ?? -1,
                modified: entry.info.modified ?? .min,
                in: &result
            )
        }
        result.foreign = page.foreign
        summary.foreign += page.foreign.count
        return result
    }

    /// Notes that the listing has ended.
    mutating func finish() {
        summary.isComplete = summary.unlisted.isEmpty
        if !summary.isComplete { leaveUnknown() }
        guard misnamed > 0 else { return }
        let other = encoding.separator == .dot ? "/" : "."
        summary.diagnostics.append(
            Diagnostic(
                .warning,
                at: encoding.key(for: ChunkIndex([Int](repeating: 0, count: grid.rank))),
                "\(misnamed) objects are named with '\(other)', the array's chunks with "
                    + "'\(encoding.separator.rawValue)': they are not read"
            )
        )
    }

    /// Works out which chunks nothing is known of.
    private mutating func leaveUnknown() {
        var other = encoding
        other.separator = encoding.separator == .dot ? .slash : .dot
        let encodings = mayAdopt ? [encoding, other] : [encoding]
        for error in summary.unlisted {
            let place = error.key ?? ""
            for encoding in encodings {
                summary.leaveUnknown(encoding.chunks(below: place, in: grid))
            }
            summary.diagnostics.append(
                Diagnostic(
                    .error,
                    at: place,
                    "it cannot be listed, and nothing is known of what lies below: \(error.message)"
                )
            )
        }
        summary.countUnknown()
    }

    private mutating func count(
        _ chunk: Int,
        size: Int64,
        modified: Int64,
        in page: inout CensusPage
    ) {
        // A listing that names a chunk twice counts it once.
        guard summary.presence.insert(chunk) else { return }
        let grid = grid
        let state: ChunkState =
            size == ListingPage.irregular
            ? .unreadable : rule.state(ofSize: size, grid.index(at: chunk))
        if state == .unreadable { summary.unreadable += 1 }
        if state == .short { summary.short += 1 }
        if state == .corrupt { summary.corrupt += 1 }
        if size > 0 { summary.storedBytes &+= size }
        if size == -1 { summary.unsized += 1 }
        page.append(chunk, state, size: max(-1, size), modified: modified)
    }

    /// Counts the chunk whose key is `place`: a directory stands there, so it is not absent, and
    /// reading it fails.
    private mutating func markOccupied(_ place: ArraySlice<UInt8>, in page: inout CensusPage) {
        guard case .inside(let chunk) = encoding.linearIndex(of: place, in: grid) else { return }
        count(chunk, size: ListingPage.irregular, modified: .min, in: &page)
    }

    private mutating func addOrphan(
        _ index: ChunkIndex,
        _ key: String,
        _ info: ObjectInfo,
        in page: inout CensusPage
    ) {
        summary.orphans += 1
        page.orphans.append(CensusPage.Orphan(index: index, key: key, info: info))
    }

    /// A key that is no chunk's: a document, our trash, the other separator, or foreign.
    private mutating func takeOther(
        _ key: ArraySlice<UInt8>,
        _ position: Int,
        of page: ListingPage,
        in result: inout CensusPage
    ) {
        if ReservedNames.isReserved(key) { return }
        var other = encoding
        other.separator = encoding.separator == .dot ? .slash : .dot
        let parsed = other.linearIndex(of: key, in: grid)
        if mayAdopt, case .inside(let chunk) = parsed {
            adopt(other)
            count(
                chunk,
                size: page.sizes[position],
                modified: page.modifiedTimes[position],
                in: &result
            )
            return
        }
        if parsed != .notAChunk { misnamed += 1 }
        summary.foreign += 1
        result.foreign.append(page.key(position))
        for slash in key.indices where key[slash] == UInt8(ascii: "/") {
            markOccupied(key[..<slash], in: &result)
        }
    }

    private mutating func adopt(_ other: ChunkKeyEncoding) {
        encoding = other
        mayAdopt = false
        summary.diagnostics.append(
            Diagnostic(
                .warning,
                at: ".zarray#/dimension_separator",
                "the document names no separator; the stored chunks use "
                    + "'\(other.separator.rawValue)'"
            )
        )
    }
}
