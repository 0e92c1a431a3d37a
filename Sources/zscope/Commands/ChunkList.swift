import JSONValue
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
            throw ToolError("the box '\(text)' has \(parts.count) ranges, the grid \(counts.count)")
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

    /// Reads a file: an index a line, or JSON with `index` in it, as `chunks` and `verify` print it.
    static func read(_ path: String, rank: Int) throws(ToolError) -> [ChunkIndex] {
        guard let bytes = SmallFile.read(path) else {
            throw ToolError("cannot read \(path), or it is larger than 16 MiB")
        }
        if let document = try? JSONParser.parse(bytes, mode: .strict, limits: .standard),
            document.value.intValue == nil
        {
            return try indices(in: document.value, rank: rank)
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
                    throw ToolError("\(path): a line is no JSON: \(line)")
                }
                indices += try Self.indices(in: value, rank: rank)
            } else if line.contains(where: { $0 != " " }) {
                indices.append(try index(line, rank: rank))
            }
        }
        return indices
    }

    /// The indexes of a row, of a list of rows, or of a document that has such a list.
    private static func indices(in value: JSONValue, rank: Int) throws(ToolError) -> [ChunkIndex] {
        if let numbers = value["index"]?.arrayValue {
            let coordinates = numbers.compactMap(\.intValue)
            guard coordinates.count == rank, numbers.count == rank else {
                throw ToolError("\(value["index"]?.text() ?? "") is no chunk of this array")
            }
            return [ChunkIndex(coordinates)]
        }
        guard let rows = value.arrayValue ?? (value["findings"] ?? value["chunks"])?.arrayValue
        else {
            throw ToolError("the file has no 'chunks' or 'findings' with an 'index' each")
        }
        var all: [ChunkIndex] = []
        for row in rows { all += try indices(in: row, rank: rank) }
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
