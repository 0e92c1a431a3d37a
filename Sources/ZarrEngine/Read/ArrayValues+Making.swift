public import ZarrModel

extension ArrayValues {
    /// Values that come from elsewhere than an array: `fill` puts all of them, packed, in C order and
    /// little-endian. `nil` where elements have no fixed length, or there is no memory for them.
    public static func filled<Failure: Error>(
        shape: [Int],
        dataType: DataType,
        _ fill: (inout MutableRawSpan) throws(Failure) -> Void
    ) throws(Failure) -> ArrayValues? {
        guard let size = dataType.byteCount, let count = shape.checkedProduct(), count >= 0,
            case let (bytes, overflowed) = count.multipliedReportingOverflow(by: size), !overflowed,
            let block = ByteBlock(zeroes: bytes)
        else { return nil }
        try block.withMutableBytes(fill)
        return ArrayValues(
            shape: shape,
            dataType: dataType,
            count: count,
            storage: .fixed(block, elementSize: size),
            problems: [],
            absentChunks: []
        )
    }

    /// The same of elements without a fixed length; `nil` where there are not as many as the shape has.
    public init?(shape: [Int], dataType: DataType, variable elements: [[UInt8]]) {
        guard shape.checkedProduct() == elements.count else { return nil }
        self.init(
            shape: shape,
            dataType: dataType,
            count: elements.count,
            storage: .variable(elements),
            problems: [],
            absentChunks: []
        )
    }
}
