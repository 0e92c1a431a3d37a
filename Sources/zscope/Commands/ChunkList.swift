import JSONValue
import ZarrEngine
import ZarrModel

/// Chunks as a person or another command names them.
enum ChunkList {
    /// Reads `0,1;2,3`; an empty text is the one chunk of an array without dimensions.
    static func indices(_ text: String, rank: Int) throws(ToolError) -> [ChunkIndex] {
        guard rank > 0 || !text.isEmpty else { return [ChunkIndex([])] }
        var indices: [ChunkIndex] = []
        for part in text.split(separator: ";") { indices.append(try index(part, rank: rank)) }
        return indices
    }

    /// Reads `0:2,3:5` in chunks; `3` is `3:4`, and what is left out reaches the edge.
    static func box(_ text: String, counts: [Int]) throws(ToolError) -> Region {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        guard parts.count == counts.count || (counts.isEmpty && text.isEmpty) else {
            let ranges = Wording.count(parts.count, "range")
            throw ToolError("the box '\(text)' has \(ranges), the grid \(counts.count)")
        }
        guard !counts.isEmpty else { return Region([]) }
        var ranges: [Range<Int>] = []
        for (part, count) in zip(parts, counts) {
            let ends = part.split(separator: ":", omittingEmptySubsequences: false)
                .map { $0.filter { $0 != " " } }
            let low = ends[0].isEmpty ? 0 : Int(ends[0])
            let high =
                ends.count == 1
                ? low.flatMap { $0 < Int.max ? $0 + 1 : nil }
                : ends[1].isEmpty ? count : Int(ends[1])
            guard ends.count <= 2, let low, let high, 0 <= low, low <= high else {
                throw ToolError("'\(part)' is no range of chunks, such as 0:2")
            }
            ranges.append(low..<high)
        }
        return Region(ranges)
    }

    /// Reads a file, or standard input as `-`: an index a line, a key of `array` a line, or JSON with `index` in it, as `chunks`
    /// and `verify` print it. `member` is `inner` for the inner chunks that findings name; rows without
    /// one are passed over then, and so are always chunks outside the grid, which hold no values.
    static func read(
        _ path: String,
        of array: ArrayNode,
        named member: String = "index"
    ) throws(ToolError) -> [ChunkIndex] {
        let rank = array.grid.rank
        let bytes = try InputFile.bytes(path)
        let limits = JSONLimits(byteCount: bytes.count, valueCount: 1 << 24)
        if let document = try? JSONParser.parse(bytes, mode: .strict, limits: limits),
            document.value.intValue == nil
        {
            return try indices(in: document.value, rank: rank, named: member)
        }
        var indices: [ChunkIndex] = []
        for line in String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline) {
            if line.first == "{" {
                let document = try? JSONParser.parse(
                    Array(line.utf8),
                    mode: .strict,
                    limits: .standard
                )
                guard let value = document?.value else {
                    throw ToolError("\(InputFile.name(path)): a line is no JSON: \(line)")
                }
                // The counts that end a stream of rows name no chunk.
                guard value["index"] != nil || value["findings"] != nil || value["chunks"] != nil
                else { continue }
                indices += try Self.indices(in: value, rank: rank, named: member)
            } else if line.contains(where: { $0 != " " }) {
                let named = key(line, of: array)
                let chunk = try named == nil ? index(line, rank: rank) : named
                indices += chunk.map { named == nil || array.grid.contains($0) ? [$0] : [] } ?? []
            }
        }
        return indices
    }

    /// The chunk that a line is the key of, from the root of the store or from the array; `nil` where it
    /// is none, or could be an index as well.
    private static func key(_ line: Substring, of array: ArrayNode) -> ChunkIndex? {
        guard !line.contains(","), array.grid.rank != 1 || Int(line) == nil else { return nil }
        let bytes = Array(line.utf8)
        let prefix = Array((array.path.keyPrefix + "/").utf8)
        let isWhole = prefix.count > 1 && bytes.starts(with: prefix)
        let inside = isWhole ? bytes.dropFirst(prefix.count) : bytes[...]
        return array.keyEncoding.parse(inside, rank: array.grid.rank)
    }

    /// The indexes of a row, of a list of rows, or of a document that has such a list.
    private static func indices(
        in value: JSONValue,
        rank: Int,
        named member: String
    ) throws(ToolError) -> [ChunkIndex] {
        if value["index"] != nil, value["state"]?.stringValue == ChunkState.orphan.word {
            return []
        }
        if member != "index", value["index"] != nil, value[member] == nil { return [] }
        if let numbers = value[member]?.arrayValue {
            let coordinates = numbers.compactMap(\.intValue)
            guard coordinates.count == rank, numbers.count == rank else {
                throw ToolError("\(value[member]?.text() ?? "") is no chunk of this array")
            }
            return [ChunkIndex(coordinates)]
        }
        guard let rows = value.arrayValue ?? (value["findings"] ?? value["chunks"])?.arrayValue
        else {
            throw ToolError("the file has no 'chunks' or 'findings' with an 'index' each")
        }
        var all: [ChunkIndex] = []
        for row in rows { all += try indices(in: row, rank: rank, named: member) }
        return all
    }

    private static func index(_ text: Substring, rank: Int) throws(ToolError) -> ChunkIndex {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { Int($0.filter { !" []()".contains($0) }) }
        guard numbers.count == parts.count, numbers.count == rank, numbers.allSatisfy({ $0 >= 0 })
        else {
            throw ToolError("'\(text)' is no chunk: one number for each of \(rank) dimensions")
        }
        return ChunkIndex(numbers)
    }
}
