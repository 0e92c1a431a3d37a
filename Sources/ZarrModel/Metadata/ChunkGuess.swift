/// Chunk shapes for those who do not say one.
public enum ChunkGuess {
    /// Bytes that a guessed chunk has at most.
    public static let byteLimit = 4 << 20

    /// A chunk shape for an array (or shard) of `shape`: at most `byteLimit` bytes, the longest
    /// dimensions halved first. With `mustDivide`, each length divides that of `shape`. O(dimensions ·
    /// bits).
    public static func shape(
        of shape: [Int],
        elementSize: Int,
        mustDivide: Bool = false
    ) -> [Int] {
        var chunk = shape.map { max(1, $0) }
        while !fits(chunk, elementSize) {
            let order = chunk.indices.sorted { chunk[$0] > chunk[$1] }
            let smaller = order.lazy.compactMap { dimension in
                part(of: chunk[dimension], mustDivide).map { (dimension, $0) }
            }.first
            guard let (dimension, length) = smaller else { return chunk }
            chunk[dimension] = length
        }
        return chunk
    }

    private static func fits(_ chunk: [Int], _ elementSize: Int) -> Bool {
        guard let count = chunk.checkedProduct() else { return false }
        let (bytes, over) = count.multipliedReportingOverflow(by: max(1, elementSize))
        return !over && bytes <= byteLimit
    }

    /// The half of `length`, or the largest proper part that divides it; `nil` for 1.
    private static func part(of length: Int, _ mustDivide: Bool) -> Int? {
        guard length > 1 else { return nil }
        guard mustDivide else { return (length - 1) / 2 + 1 }
        var factor = 2
        while factor * factor <= length, factor < 1 << 16 {
            if length % factor == 0 { return length / factor }
            factor += 1
        }
        return 1
    }
}
