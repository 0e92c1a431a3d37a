public import JSONValue
public import ZarrModel

/// The values of a selection, in C order.
///
/// Values of chunks that could not be read are undefined: `problems` says where they stand.
public struct ArrayValues: Sendable {
    /// The length of each dimension of the result.
    public let shape: [Int]
    /// What an element is.
    public let dataType: DataType
    /// How many elements there are.
    public let count: Int
    /// The chunks that could not be read or decoded. Empty unless problems are reported.
    public let problems: [ChunkProblem]
    /// The stored chunks that are absent, numbered in C order and sorted: they read as the fill value.
    public let absentChunks: [Int]

    let storage: Elements

    enum Elements: Sendable {
        case fixed(ByteBlock, elementSize: Int)
        case variable([[UInt8]])
    }

    init(
        shape: [Int],
        dataType: DataType,
        count: Int,
        storage: Elements,
        problems: [ChunkProblem],
        absentChunks: [Int]
    ) {
        self.shape = shape
        self.dataType = dataType
        self.count = count
        self.storage = storage
        self.problems = problems
        self.absentChunks = absentChunks
    }

    /// The elements of a type without a fixed length; `nil` for other types.
    public var variable: [[UInt8]]? {
        if case .variable(let elements) = storage { elements } else { nil }
    }

    /// Bytes of one element; `nil` where elements have no fixed length.
    public var elementSize: Int? {
        if case .fixed(_, let size) = storage { size } else { nil }
    }

    /// Lends the bytes of all elements: packed, C order, little-endian. Empty for a type without a
    /// fixed length.
    public func withBytes<Answer, Failure: Error>(
        _ body: (RawSpan) throws(Failure) -> Answer
    ) throws(Failure) -> Answer {
        if case .fixed(let block, _) = storage { return try block.withBytes(body) }
        return try [UInt8]().withRawBytes(body)
    }

    /// The bytes of element `position`. Requires `0 <= position < count`.
    public func element(_ position: Int) -> [UInt8] {
        precondition(position >= 0 && position < count, "no element stands there")
        switch storage {
        case .variable(let elements): return elements[position]
        case .fixed(let block, let size):
            return block.withBytes { bytes in
                [UInt8](copying: bytes.extracting(position * size..<(position + 1) * size))
            }
        }
    }

    /// Element `position` in the form of a v3 fill value. Requires `0 <= position < count`.
    public func json(_ position: Int) -> JSONValue {
        ElementText.json(element(position)[...], dataType)
    }
}
