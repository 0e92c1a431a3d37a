import Canvas
import ZarrModel

/// The chain of codecs, with what it did to a chunk.
struct CodecText {
    private let width: Int
    private var lines: [TextLine] = []

    /// The lines of the codecs tab.
    static func lines(_ details: NodeDetails, _ sample: CodecSample?, width: Int) -> [TextLine] {
        guard let array = details.array else {
            return [TextLine("Only arrays have codecs.", .dim)]
        }
        var text = CodecText(width: width)
        text.add(array, sample)
        return text.lines
    }

    private init(width: Int) {
        self.width = width
    }

    private mutating func add(_ array: ArrayDetails, _ sample: CodecSample?) {
        let stages = sample?.stages ?? []
        let encoded = Array(stages.reversed())
        let decoded =
            encoded.first?.bytesOut
            ?? array.elementBytes.flatMap { GridOrder.product(array.chunkShape + [$0]) }
        let unit = array.innerChunkShape == nil ? "chunk" : "shard"
        addSize("\(unit) of \(Format.chunks(array))", decoded, of: decoded, .label)
        for (place, codec) in array.codecs.enumerated() {
            let stage = encoded.count == array.codecs.count ? encoded[place] : nil
            add(codec, stage, decoded)
        }
        let stored = stages.first?.bytesIn
        addSize("stored object", stored, of: decoded, .label)
        if let stored, let decoded, stored > 0 {
            let ratio = Format.figures(Double(decoded) / Double(stored))
            lines.append(TextLine([("ratio ", .label), (ratio, .value)], copied: ratio))
        }
        lines.append(TextLine([]))
        addNote(sample, isComplete: encoded.count == array.codecs.count)
    }

    private mutating func addNote(_ sample: CodecSample?, isComplete: Bool) {
        guard let sample else {
            lines.append(TextLine("… measuring a chunk", .dim))
            return
        }
        if !sample.key.isEmpty {
            lines += NodeText.wrapped("measured on \(sample.key)", width: width, .dim)
        }
        let problem =
            sample.problem ?? sample.stages.lazy.compactMap(\.problem).first
            ?? (isComplete || sample.stages.isEmpty ? nil : "sizes of some stages are not known")
        if let problem { lines += NodeText.wrapped(problem, width: width, .warning) }
    }

    private mutating func add(_ codec: CodecCard, _ stage: CodecStage?, _ whole: Int?) {
        addSize("  ↓ " + codec.name, stage?.bytesIn, of: whole, codec.isKnown ? .heading : .error)
        if let stage, let from = stage.bytesOut, stage.bytesIn > 0, from != stage.bytesIn {
            let ratio = Format.figures(Double(from) / Double(stage.bytesIn))
            addDim("\(Format.bytes(from)) → \(Format.bytes(stage.bytesIn))   ratio \(ratio)")
        }
        if !codec.isKnown { lines.append(TextLine("    ✖ unknown here", .error)) }
        let does = codec.summary.isEmpty ? codec.kind : codec.summary
        addDim(codec.library.isEmpty ? does : "\(does) · \(codec.library)")
        guard !codec.configuration.isEmpty else { return }
        for line in Wrapping.lines([codec.configuration], width: max(10, width - 4)) {
            lines.append(
                TextLine([("    ", .text)] + JSONText.pieces(line), copied: codec.configuration)
            )
        }
    }

    private mutating func addDim(_ text: String) {
        guard !text.isEmpty else { return }
        lines += NodeText.wrapped(text, width: width, indent: "    ", .dim)
    }

    /// A name, its bytes, and a bar as long as their share.
    private mutating func addSize(_ name: String, _ bytes: Int?, of whole: Int?, _ role: Role) {
        let text = bytes.map(Format.bytes) ?? ""
        let bar = width >= 44 ? 12 : 0
        let room = max(8, width - bar - 11)
        var pieces: [(String, Role)] = [
            (TextWidth.padded(name, columns: room), role),
            (String(repeating: " ", count: max(0, 10 - text.count)) + text, .value),
        ]
        if bar > 0, let bytes, let whole, whole > 0 {
            let share = min(1, Double(bytes) / Double(whole))
            let cells = bytes == 0 ? 0 : max(1, Int((share * Double(bar - 1)).rounded()))
            pieces.append((" " + String(repeating: "█", count: cells), .accent))
        }
        lines.append(TextLine(pieces, copied: bytes.map(String.init) ?? name))
    }
}
