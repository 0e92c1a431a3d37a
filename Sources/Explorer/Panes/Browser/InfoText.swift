import Canvas
import ZarrModel

/// The facts of a node, as lines.
struct InfoText {
    private let width: Int
    private var lines: [TextLine] = []

    /// The lines of the info tab.
    static func lines(
        _ source: NodeText.Source,
        _ details: NodeDetails,
        _ census: Census?
    ) -> [TextLine] {
        var text = InfoText(width: source.width)
        text.add("path", details.path)
        text.add("kind", kindText(details))
        if details.kind == .group, let children = source.children { text.add("holds", children) }
        if details.kind == .broken, let worst = details.diagnostics.max(by: IssueText.isMilder) {
            text.add("problem", "\(worst.location): \(worst.message)", .error)
        }
        let isGroup = details.kind == .group
        if isGroup { for fact in details.facts { text.add(fact.name, fact.text) } }
        if let below = source.below { text.add(below) }
        if let verified = source.verified { text.add(verified) }
        if let array = details.array {
            text.add(array, source.coordinates ?? [])
            text.addCensus(census, source.card, array)
            if let reason = array.reasonNoValues {
                text.add("values", "not known, no chunk can be decoded: \(reason)", .warning)
            }
            text.addStorage(array, source.card, census)
        }
        if !isGroup { for fact in details.facts { text.add(fact.name, fact.text) } }
        for section in details.sections { text.add(section) }
        // What is missing or broken stands above in figures.
        if let worst = details.diagnostics.max(by: { $0.severity < $1.severity }) {
            let count = details.diagnostics.count
            let more = count > 1 ? "  (1 of \(Format.count(count)); 6 shows them)" : ""
            text.add("findings", worst.message + more, IssueText.look(worst.severity).role)
        }
        return text.lines
    }

    /// What a group holds directly: `2 groups, 1 array`.
    static func words(_ children: [NodeCard]) -> String {
        let kinds: [(NodeKind, String, String)] = [
            (.group, "group", "groups"), (.array, "array", "arrays"),
            (.broken, "broken node", "broken nodes"), (.foreign, "other entry", "other entries"),
        ]
        let parts = kinds.compactMap { kind, one, more -> String? in
            let count = children.count { $0.kind == kind }
            return count > 0 ? "\(Format.count(count)) \(count == 1 ? one : more)" : nil
        }
        return parts.isEmpty ? "nothing" : parts.joined(separator: ", ")
    }

    private init(width: Int) {
        self.width = width
    }

    private static func kindText(_ details: NodeDetails) -> String {
        var text = details.kind.rawValue
        if let format = details.zarrFormat { text += ", Zarr v\(format)" }
        if details.isImplicit { text += ", implicit: it has no document of its own" }
        return text
    }

    private mutating func add(_ name: String, _ text: String, _ role: Role = .value) {
        let wrapped = Wrapping.lines([text], width: max(10, width - 10))
        for (row, line) in wrapped.enumerated() {
            lines.append(
                TextLine([(label(row == 0 ? name : ""), .label), (line, role)], copied: text)
            )
        }
    }

    private mutating func add(_ section: FactSection) {
        lines.append(TextLine([]))
        lines.append(TextLine(section.title, .heading))
        for fact in section.facts { add(fact.name, fact.text) }
    }

    private mutating func add(_ array: ArrayDetails, _ coordinates: [AxisCoordinates]) {
        let each = array.elementBytes.map { "   \($0) B each" } ?? "   variable length"
        add("type", array.dataType + each)
        add("shape", Format.wideShape(array.shape))
        if let elements = GridOrder.product(array.shape) {
            let size = array.elementBytes.flatMap { GridOrder.product([elements, $0]) }
            let bytes = size.map { " = " + Format.bytes($0) } ?? ""
            let count =
                width < 48
                ? "\(Format.short(elements)) elements" : Format.plural(elements, "element")
            add("", count + bytes, .dim)
        }
        addAxes(array, coordinates)
    }

    /// A line for each axis of which something is known.
    private mutating func addAxes(_ array: ArrayDetails, _ coordinates: [AxisCoordinates]) {
        let names = AxisNames(array, rank: array.shape.count).names
        let isNamed = array.dimensionNames.contains { $0 != nil }
        guard !coordinates.isEmpty else {
            if isNamed { add("axes", names.joined(separator: "  ")) }
            return
        }
        let widest = min(14, names.map { TextWidth.of($0) }.max() ?? 0)
        for (axis, name) in names.enumerated() {
            let known = coordinates.first { $0.axis == axis }
            let shown = isNamed ? name : known?.name ?? name
            let range = known?.range ?? Format.plural(array.shape[axis], "element")
            let text = TextWidth.padded(shown, columns: widest) + "  " + range
            add(axis == 0 ? "axes" : "", text, known == nil ? .dim : .value)
        }
    }

    private mutating func addStorage(_ array: ArrayDetails, _ card: NodeCard, _ census: Census?) {
        let isSharded = array.innerChunkShape != nil
        add(isSharded ? "shard" : "chunk", Format.chunks(array))
        if let inner = array.innerChunkShape {
            add("chunk", Format.wideShape(inner) + "  in each shard")
        }
        let bytes = array.elementBytes.flatMap { GridOrder.product(array.chunkShape + [$0]) }
        if let bytes { add("", "\(Format.bytes(bytes)) decoded", .dim) }
        add("grid", Format.wideShape(array.gridShape))
        if let total = GridOrder.product(array.gridShape) {
            add("", Format.plural(total, isSharded ? "shard" : "chunk"), .dim)
        }
        add("fill", array.fillValue)
        let chain = array.codecs.map(\.name).joined(separator: " → ")
        if !chain.isEmpty { add("codecs", chain) }
        if let encoding = array.keyEncoding {
            let first = ChunkIndex(array.gridShape.map { _ in 0 })
            add("keys", "\(encoding.key(for: first)) …")
        }
    }

    /// How much is there, as counts; from the census of the map, else from the one of the tree.
    private mutating func addCensus(_ census: Census?, _ card: NodeCard, _ array: ArrayDetails) {
        guard let census else {
            if let counts = card.counts {
                add(counts)
                add("known", counts.grounds.words, .dim)
            } else if let problem = card.countProblem {
                add("counted", "✖ " + problem, .error)
            } else {
                add("counted", "not yet: c counts", .notice)
                if let stored = card.storedBytes { add("stored", Format.bytes(stored)) }
            }
            return
        }
        addPresent(census.count(.present), of: census.total)
        for state in ChunkState.allCases.reversed()
        where state != .present && census.count(state) > 0 {
            addCount(StateLook.word(state), census.count(state), StateLook.role(state))
        }
        addInside(CensusCounts(census, array))
        if let stored = census.knownStoredBytes { add("stored", Format.bytes(stored)) }
        add("known", census.grounds.words, .dim)
    }

    /// How much is inside the shards, where that is known.
    private mutating func addInside(_ counts: CensusCounts) {
        guard let total = counts.innerTotal else { return }
        let there = Format.count(max(0, total - counts.innerMissing))
        add("inside", "\(there) of \(Format.count(total)) chunks")
    }

    /// What the arrays below a group come to, where any was counted.
    private mutating func add(_ below: CountsBelow) {
        guard below.arrays > 0 else { return }
        lines.append(TextLine([]))
        lines.append(TextLine("Chunks below", .heading))
        if below.counted > 0 { add(below.sum) }
        let all = "\(Format.count(below.counted)) of \(Format.plural(below.arrays, "array"))"
        let rest = below.counted == 0 ? "" : " the rest"
        let more = below.uncounted.isEmpty ? "" : ": c counts\(rest)"
        add("counted", all + more + (below.isOpenEnded ? ", without closed groups" : ""))
        for failed in below.uncounted where failed.problem != nil {
            add("", "✖ \(failed.path): \(failed.problem ?? "")", .error)
        }
    }

    /// What a verification of all arrays below came to so far.
    private mutating func add(_ run: GroupVerification) {
        lines.append(TextLine([]))
        lines.append(TextLine("Verified below", .heading))
        let state = run.isDone ? "" : run.isStopped ? ", stopped: V goes on" : ", running"
        add("read", Format.plural(run.verified.count, "array") + state)
        add("found", run.found, run.troubled.isEmpty ? .good : .warning)
        for path in run.troubled { add("", "▲ \(path)", .warning) }
        for failure in run.failures {
            add("", "✖ \(failure.path): \(failure.reason)", .error)
        }
    }

    private mutating func add(_ counts: CensusCounts) {
        addPresent(counts.whole, of: counts.total)
        for (word, count, state) in [
            ("missing", counts.missing, ChunkState.missing), ("broken", counts.broken, .corrupt),
            ("orphan", counts.orphans, .orphan),
        ] where count > 0 {
            addCount(word, count, StateLook.role(state))
        }
        addInside(counts)
        if !counts.isComplete {
            if counts.unknown > 0 { addCount("unknown", counts.unknown, .warning) }
            add("", counts.problem ?? "the listing was not read to its end", .warning)
        }
        if let stored = counts.storedBytes { add("stored", Format.bytes(stored)) }
    }

    private mutating func addPresent(_ present: Int, of total: Int) {
        let count = Format.count(present)
        lines.append(
            TextLine(
                [
                    (label("present"), .label), (count, .good),
                    (" of \(Format.count(total))  ", .value),
                    (Format.percent(present, of: total), .value),
                ],
                copied: "\(present)"
            )
        )
    }

    private mutating func addCount(_ word: String, _ count: Int, _ role: Role) {
        lines.append(
            TextLine([(label(word), .label), (Format.count(count), role)], copied: "\(count)")
        )
    }

    private func label(_ text: String) -> String {
        TextWidth.padded(text, columns: 10)
    }
}
