import Canvas
import ZarrModel

/// The facts of a node, as lines.
enum InfoText {
    /// The lines of the info tab.
    static func lines(
        _ card: NodeCard,
        _ details: NodeDetails,
        _ census: Census?,
        width: Int
    ) -> [NodeText.Line] {
        var lines: [NodeText.Line] = []
        func add(_ name: String, _ text: String, _ role: Role = .value) {
            let wrapped = Wrapping.lines([text], width: max(10, width - 10))
            for (row, line) in wrapped.enumerated() {
                lines.append([(label(row == 0 ? name : ""), .label), (line, role)])
            }
        }
        add("path", details.path)
        add("kind", kindText(details))
        if let array = details.array {
            appendArray(array, card, &lines, add)
        }
        for fact in details.facts { add(fact.name, fact.text) }
        if let census { lines += completeness(census, width: width) }
        let errors = details.diagnostics.count { $0.severity == .error }
        if !details.diagnostics.isEmpty {
            add(
                "issues",
                "\(details.diagnostics.count)  (5 shows them)",
                errors > 0 ? .error : .warning
            )
        }
        return lines
    }

    private static func kindText(_ details: NodeDetails) -> String {
        var text = details.kind.rawValue
        if let format = details.zarrFormat { text += ", Zarr v\(format)" }
        if details.isImplicit { text += ", implicit: it has no document of its own" }
        return text
    }

    private static func appendArray(
        _ array: ArrayDetails,
        _ card: NodeCard,
        _ lines: inout [NodeText.Line],
        _ add: (String, String, Role) -> Void
    ) {
        let each = array.elementBytes.map { "   \($0) B each" } ?? "   variable length"
        add("type", array.dataType + each, .value)
        add("shape", Format.wideShape(array.shape), .value)
        if let elements = GridOrder.product(array.shape) {
            let size = array.elementBytes.flatMap { GridOrder.product([elements, $0]) }
            let bytes = size.map { " = " + Format.bytes($0) } ?? ""
            add("", "\(Format.plural(elements, "element"))\(bytes)", .dim)
        }
        if array.dimensionNames.contains(where: { $0 != nil }) {
            add("axes", array.dimensionNames.map { $0 ?? "–" }.joined(separator: "  "), .value)
        }
        let isSharded = array.innerChunkShape != nil
        add(isSharded ? "shard" : "chunk", Format.wideShape(array.chunkShape), .value)
        if let inner = array.innerChunkShape {
            add("chunk", Format.wideShape(inner) + "  in each shard", .value)
        }
        if let bytes = chunkBytes(array) { add("", "\(Format.bytes(bytes)) decoded", .dim) }
        add("grid", Format.wideShape(array.gridShape), .value)
        if let total = GridOrder.product(array.gridShape) {
            add("", Format.plural(total, isSharded ? "shard" : "chunk"), .dim)
        }
        add("fill", array.fillValue, .value)
        let chain = array.codecs.map(\.name).joined(separator: " → ")
        if !chain.isEmpty { add("codecs", chain, .value) }
        if let encoding = array.keyEncoding {
            let first = ChunkIndex(array.gridShape.map { _ in 0 })
            add("keys", "\(encoding.key(for: first)) …", .value)
        }
        if let stored = card.storedBytes { add("stored", Format.bytes(stored), .value) }
    }

    private static func chunkBytes(_ array: ArrayDetails) -> Int? {
        array.elementBytes.flatMap { GridOrder.product(array.chunkShape + [$0]) }
    }

    /// How much is there, as counts and a bar.
    private static func completeness(_ census: Census, width: Int) -> [NodeText.Line] {
        let present = census.count(.present)
        var lines: [NodeText.Line] = [
            [
                (label("present"), .label),
                (Format.count(present), .good),
                (" of \(Format.count(census.total))  ", .value),
                (Format.percent(present, of: census.total), .value),
            ]
        ]
        for state in ChunkState.allCases.reversed()
        where state != .present && census.count(state) > 0 {
            lines.append([
                (label(StateLook.word(state)), .label),
                (Format.count(census.count(state)), StateLook.role(state)),
            ])
        }
        lines.append([(label("stored"), .label), (Format.bytes(census.storedBytes), .value)])
        return lines
    }

    private static func label(_ text: String) -> String {
        TextWidth.padded(text, columns: 10)
    }
}
