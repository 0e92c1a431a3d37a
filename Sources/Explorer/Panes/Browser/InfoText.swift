import Canvas
import ZarrModel

/// The facts of a node, as lines.
struct InfoText {
    private let width: Int
    private var lines: [NodeText.Line] = []

    /// The lines of the info tab.
    static func lines(
        _ card: NodeCard,
        _ details: NodeDetails,
        _ census: Census?,
        _ children: String?,
        width: Int
    ) -> [NodeText.Line] {
        var text = InfoText(width: width)
        text.add("path", details.path)
        text.add("kind", kindText(details))
        if details.kind == .group, let children { text.add("holds", children) }
        if let array = details.array { text.add(array, card) }
        for fact in details.facts { text.add(fact.name, fact.text) }
        if let census { text.add(census) }
        let errors = details.diagnostics.count { $0.severity == .error }
        if !details.diagnostics.isEmpty {
            text.add(
                "issues",
                "\(details.diagnostics.count)  (5 shows them)",
                errors > 0 ? .error : .warning
            )
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
            lines.append([(label(row == 0 ? name : ""), .label), (line, role)])
        }
    }

    private mutating func add(_ array: ArrayDetails, _ card: NodeCard) {
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
        if array.dimensionNames.contains(where: { $0 != nil }) {
            add("axes", array.dimensionNames.map { $0 ?? "–" }.joined(separator: "  "))
        }
        addChunks(array)
        add("fill", array.fillValue)
        let chain = array.codecs.map(\.name).joined(separator: " → ")
        if !chain.isEmpty { add("codecs", chain) }
        if let encoding = array.keyEncoding {
            let first = ChunkIndex(array.gridShape.map { _ in 0 })
            add("keys", "\(encoding.key(for: first)) …")
        }
        if let stored = card.storedBytes { add("stored", Format.bytes(stored)) }
    }

    private mutating func addChunks(_ array: ArrayDetails) {
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
    }

    /// How much is there, as counts.
    private mutating func add(_ census: Census) {
        let present = census.count(.present)
        lines.append([
            (label("present"), .label),
            (Format.count(present), .good),
            (" of \(Format.count(census.total))  ", .value),
            (Format.percent(present, of: census.total), .value),
        ])
        for state in ChunkState.allCases.reversed()
        where state != .present && census.count(state) > 0 {
            lines.append([
                (label(StateLook.word(state)), .label),
                (Format.count(census.count(state)), StateLook.role(state)),
            ])
        }
        lines.append([(label("stored"), .label), (Format.bytes(census.storedBytes), .value)])
    }

    private func label(_ text: String) -> String {
        TextWidth.padded(text, columns: 10)
    }
}
