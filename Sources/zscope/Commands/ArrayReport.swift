import JSONValue
import ZarrEngine
import ZarrModel

/// An array, for `zscope info`.
struct ArrayReport {
    let node: Node
    let array: ArrayNode

    private var metadata: ArrayMetadata { array.metadata }

    /// The document that scripts read.
    var json: JSONValue {
        let isSharded = metadata.innerChunkShape != nil
        let names: JSONValue? = metadata.dimensionNames.map { names in
            .array(names.map { $0.map { .string($0) } ?? .null })
        }
        let object: JSONObject = [
            "path": .string(node.path.description),
            "kind": "array",
            "zarr_format": .integer(metadata.version.rawValue),
            "shape": .integers(metadata.shape),
            "chunk_shape": metadata.innerChunkShape.map { .integers($0) }
                ?? metadata.grid.chunkShapeJSON,
            "shard_shape": isSharded ? metadata.grid.chunkShapeJSON : .null,
            "data_type": .string(metadata.dataType.name),
            "element": .object(metadata.dataType.details),
            "fill_value": fillValue,
            "codecs": .array(metadata.codecs.map(Self.json)),
            "dimension_names": names ?? .null,
            "attributes": .object(metadata.attributes),
            "chunk_key_encoding": array.keyEncoding.json,
            "grid_shape": .integers(array.grid.counts),
            "chunks_total": .integer(array.grid.total),
            "issues": .array(node.issues.map(\.json)),
        ]
        return JSONValue.object(object).standard
    }

    /// In the form of a v3 fill value; `null` where v2 leaves it open.
    private var fillValue: JSONValue {
        metadata.fillValue.isUndefined
            ? .null : ElementText.json(metadata.fillValue.bytes[...], metadata.dataType)
    }

    private static func json(_ codec: CodecSpec) -> JSONValue {
        ["name": .string(codec.name), "configuration": .object(codec.configuration)]
    }

    /// The page that a person reads.
    func text(_ context: CommandContext, title: String) throws {
        let ink = context.ink
        let kind = "array, Zarr v\(metadata.version.rawValue)"
        try context.output.line(ink(.heading, visible(title)) + "  " + ink(.dim, kind))
        try context.output.line()
        var table = TextTable(columns: 2)
        for (name, text) in facts(ink) {
            table.add([.init(name, .dim), .init(text)])
        }
        for line in table.lines(ink, indent: 2) { try context.output.line(line) }
        try context.attributes(metadata.attributes)
        try context.issues(node.issues)
    }

    private func facts(_ ink: Ink) -> [(String, String)] {
        var facts = [("data type", metadata.dataType.name + size)]
        if let meaning = metadata.dataType.meaning { facts.append(("elements", meaning)) }
        facts += metadata.dataType.fieldLines
        let extents = metadata.rank == 1 ? "" : Wording.extents(metadata.shape, ink)
        facts.append(("shape", extents + elements))
        if let names = metadata.dimensionNames, !names.isEmpty {
            facts.append(("dimensions", names.map { $0 ?? "-" }.joined(separator: ", ")))
        }
        if let inner = metadata.innerChunkShape {
            facts.append(("chunks", Wording.extents(inner, ink)))
            facts.append(("shards", Wording.stored(metadata, ink)))
        } else {
            facts.append(("chunks", Wording.stored(metadata, ink) + chunkSize))
        }
        let noun = metadata.innerChunkShape == nil ? "chunk" : "shard"
        let total = Wording.count(array.grid.total, noun)
        facts.append(("grid", Wording.extents(array.grid.counts, ink) + " = " + total + gridKind))
        facts += lengths(ink)
        facts.append(("fill value", fillText))
        let arrow = ink.glyph(" → ", " -> ")
        facts.append(("codecs", metadata.codecs.map(Self.words).joined(separator: arrow)))
        facts.append(("keys", array.keyEncoding.key(for: ChunkIndex(lastIndex)) + " is the last"))
        return facts
    }

    /// What kind of grid it is, unless it is the usual one.
    private var gridKind: String {
        switch metadata.grid {
        case .regular: ""
        case .regularBounded: ", bounded: the last ones end with the array"
        case .rectilinear: ", rectilinear"
        }
    }

    /// The lengths along each dimension of a rectilinear grid, the first runs of them.
    private func lengths(_ ink: Ink) -> [(String, String)] {
        guard case .rectilinear(let edges) = metadata.grid else { return [] }
        let sign = ink.glyph(" × ", " x ")
        return edges.enumerated().map { dimension, edges in
            let name = metadata.dimensionNames?[dimension] ?? "axis \(dimension)"
            switch edges {
            case .every(let length): return ("lengths", "\(name): \(length)")
            case .listed(let runs):
                let shown = runs.runs.prefix(8).map { run in
                    run.count == 1 ? "\(run.length)" : "\(run.count)\(sign)\(run.length)"
                }
                let rest = runs.runs.count > 8 ? ", \(ink.glyph("…", "..."))" : ""
                return ("lengths", "\(name): " + shown.joined(separator: ", ") + rest)
            }
        }
    }

    /// Numbers that JSON has as texts, such as NaN, without their quotes.
    private var fillText: String {
        if fillValue == .null { return "undefined" }
        if metadata.dataType.byteCount != nil, let text = fillValue.stringValue,
            ["NaN", "Infinity", "-Infinity"].contains(text)
        {
            return text
        }
        let count = fillValue.numberValue?.integer(as: Int64.self) ?? 0
        switch metadata.dataType {
        case .datetime(let unit, let scale): return CivilTime.text(count, unit, scale: scale)
        case .timedelta where count == .min: return "NaT"
        default: return fillValue.text(.compact)
        }
    }

    private var lastIndex: [Int] {
        array.grid.counts.map { max(0, $0 - 1) }
    }

    private var size: String {
        metadata.dataType.byteCount.map { ", \($0) B each" } ?? ""
    }

    private var elements: String {
        guard let count = metadata.elementCount, metadata.rank > 0 else { return "" }
        // Of one dimension the length and the number of elements are one number.
        let words = (metadata.rank == 1 ? "" : " = ") + Wording.count(count, "element")
        guard let bytes = metadata.dataType.byteCount else { return words }
        let (total, overflow) = count.multipliedReportingOverflow(by: bytes)
        return words + (overflow ? "" : ", \(Wording.bytes(total))")
    }

    private var chunkSize: String {
        metadata.chunkByteCount.map { " = \(Wording.bytes($0)) decoded" } ?? ""
    }

    private static func words(_ codec: CodecSpec) -> String {
        let plain = codec.configuration.members.compactMap { member in
            switch member.value {
            case .number, .string, .bool: "\(member.key)=\(member.value.text(.compact))"
            case .null, .array, .object: nil
            }
        }
        return codec.name + (plain.isEmpty ? "" : "(\(plain.joined(separator: ", ")))")
    }
}
