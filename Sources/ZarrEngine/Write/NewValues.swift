internal import ZarrModel

/// Values that are to be written: the elements of a selection in C order, or one for all of them.
///
/// Elements of a fixed length are packed and little-endian, as everywhere above the codecs.
public struct NewValues: Sendable {
    enum Elements: Sendable {
        case packed([UInt8])
        case block(ByteBlock)
        case variable([[UInt8]])
    }

    let elements: Elements
    /// The shape that the values have; `nil` where only their number counts.
    let shape: [Int]?
    /// What an element is; `nil` where the caller vouches for it.
    let dataType: DataType?
    /// Whether there is one element, for every place.
    let isRepeated: Bool

    private init(
        _ elements: Elements,
        shape: [Int]? = nil,
        dataType: DataType? = nil,
        isRepeated: Bool = false
    ) {
        self.elements = elements
        self.shape = shape
        self.dataType = dataType
        self.isRepeated = isRepeated
    }

    /// Elements of a fixed length, one behind the other. They are not copied.
    public static func packed(_ bytes: [UInt8]) -> NewValues {
        NewValues(.packed(bytes))
    }

    /// Elements without a fixed length. They are not copied.
    public static func variable(_ elements: [[UInt8]]) -> NewValues {
        NewValues(.variable(elements))
    }

    /// One element of a fixed length, for every place of the selection.
    public static func repeated(_ element: [UInt8]) -> NewValues {
        NewValues(.packed(element), isRepeated: true)
    }

    /// One element without a fixed length, for every place of the selection.
    public static func repeatedVariable(_ element: [UInt8]) -> NewValues {
        NewValues(.variable([element]), isRepeated: true)
    }

    /// The values of a read, of this array or another of the same type. Those of chunks that could
    /// not be read are undefined: check `problems` first.
    public init(_ values: ArrayValues) {
        switch values.storage {
        case .fixed(let block, _):
            self.init(.block(block), shape: values.shape, dataType: values.dataType)
        case .variable(let elements):
            self.init(.variable(elements), shape: values.shape, dataType: values.dataType)
        }
    }

    /// Elements of a fixed length that `fill` puts, all of them, into memory which is taken for them:
    /// the cheapest way for large ones. `nil` where the system does not give `byteCount` bytes.
    public static func filled<Failure: Error>(
        byteCount: Int,
        _ fill: (inout MutableRawSpan) throws(Failure) -> Void
    ) throws(Failure) -> NewValues? {
        guard let block = ByteBlock(zeroes: byteCount) else { return nil }
        try block.withMutableBytes(fill)
        return NewValues(.block(block))
    }

    /// Bytes of all elements; for those without a fixed length, how many there are.
    var count: Int {
        switch elements {
        case .packed(let bytes): bytes.count
        case .block(let block): block.count
        case .variable(let elements): elements.count
        }
    }

    /// Lends the bytes of elements with a fixed length: none for others.
    public func withBytes<Answer, Failure: Error>(
        _ body: (RawSpan) throws(Failure) -> Answer
    ) throws(Failure) -> Answer {
        switch elements {
        case .packed(let bytes): try bytes.withRawBytes(body)
        case .block(let block): try block.withBytes(body)
        case .variable: try [UInt8]().withRawBytes(body)
        }
    }

    /// The elements without a fixed length; none for others.
    public var variable: [[UInt8]] {
        if case .variable(let elements) = elements { elements } else { [] }
    }
}
