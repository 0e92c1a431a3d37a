import JSONValue
import ZarrModel

extension OptionDeclaration {
    static let bounded = Self(
        "bounded",
        help: "chunks at the far edges end with the array, and are not stored beyond it (v3)"
    )
    static let keyStyle = Self(
        "key-encoding",
        takes: .choice("", ["default", "v2"]),
        help: "how chunks are named: c/0/1 or 0.1 (default; v2 has the second only)"
    )
    static let separator = Self(
        "separator",
        takes: .choice("", [".", "/"]),
        help: "what stands between the numbers of a chunk's key ('/'; where keys are as in v2 '.')"
    )
    static let keySuffix = Self(
        "key-suffix",
        takes: .text("TEXT"),
        help: "what chunks' keys end with, such as '.tiff' (v3)"
    )
}

/// Chunks and their keys as words of the command line.
enum GridWords {
    /// What `text` asks for: `100,50`, `[10,10,20],5` or `[[10,[5,3],15],5]`, a list where the lengths
    /// along a dimension are told one by one, in it runs `[length,count]`, as metadata has them.
    static func lengths(_ text: String, _ what: String) throws(UsageError) -> ChunkLengths {
        guard text.utf8.dropFirst().contains(UInt8(ascii: "[")) || isListed(text) else {
            return ChunkLengths(try NewArrayWords.lengths(text, what, least: 1))
        }
        let list = list(text) ?? list("[\(text)]")
        guard let list, list.contains(where: { $0.arrayValue != nil }) else {
            throw UsageError("\(what) is '10,5', or a list where lengths differ: '[10,10,20],5'")
        }
        var edges: [ChunkEdges] = []
        for (dimension, value) in list.enumerated() {
            do throws(MetadataError) {
                let parsed = try ChunkEdges(value, at: "dimension \(dimension)")
                edges.append(parsed)
            } catch {
                throw UsageError("\(what): dimension \(dimension): \(error.message)")
            }
        }
        return ChunkLengths(edges)
    }

    /// Whether `text` is a list among other words, and not one in brackets itself: `[1,2],3`.
    private static func isListed(_ text: String) -> Bool {
        text.utf8.first == UInt8(ascii: "[") && text.utf8.last != UInt8(ascii: "]")
    }

    private static func list(_ text: String) -> [JSONValue]? {
        (try? JSONParser.parse(Array(text.utf8), mode: .strict).value)?.arrayValue
    }

    /// The grid of an array of `shape` that is cut so.
    static func grid(
        _ lengths: ChunkLengths,
        _ shape: [Int],
        _ what: String
    ) throws(UsageError) -> ChunkGrid {
        do throws(MetadataError) {
            return try lengths.grid(for: shape, what)
        } catch {
            let isOne = shape.count == 1 && lengths.edges.count > 1
            let hint = isOne ? "; lengths of one dimension are '[[10,20]]'" : ""
            throw UsageError("\(error)\(hint)")
        }
    }

    /// How chunks are named, where the command line says it; `usual` otherwise.
    static func keys(
        _ arguments: Arguments,
        _ version: FormatVersion,
        _ usual: ChunkKeyEncoding
    ) throws(UsageError) -> ChunkKeyEncoding {
        var keys = usual
        if let word = arguments.value(.keyStyle), let style = ChunkKeyEncoding.Style(rawValue: word)
        {
            guard version == .v3 || style == .v2 else {
                throw UsageError("--key-encoding default: v2 names chunks 0.1 or 0/1")
            }
            if style != keys.style {
                keys = ChunkKeyEncoding(style, separator: style == .v2 ? .dot : .slash)
            }
        }
        if let word = arguments.value(.separator) { keys.separator = word == "." ? .dot : .slash }
        guard let suffix = arguments.value(.keySuffix) else { return keys }
        guard version == .v3 || suffix.isEmpty else {
            throw UsageError("--key-suffix: keys of v2 end with their numbers")
        }
        do throws(MetadataError) {
            keys.suffix = try ChunkKeyEncoding.checkedSuffix(suffix, at: "--key-suffix")
        } catch {
            throw UsageError("\(error)")
        }
        return keys
    }
}
