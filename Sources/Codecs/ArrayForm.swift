import ZarrModel

/// An array at one place of a chain: what the codec there is given to encode.
struct ArrayForm: Hashable, Sendable {
    /// The length of each dimension.
    var shape: [Int]
    /// What an element is.
    var type: DataType
    /// One element of fill, canonical.
    var fill: [UInt8]
    /// How many elements there are.
    let count: Int
    /// Bytes of one element; `nil` where elements have no fixed length.
    let elementSize: Int?
    /// Bytes of all elements, where they have a fixed length.
    let byteCount: Int?

    /// Throws where a number of elements or bytes does not fit, or the rank is above `rankLimit`.
    init(shape: [Int], type: DataType, fill: [UInt8], codec: String = "chunk") throws(CodecError) {
        guard shape.count <= Self.rankLimit else {
            throw CodecError(
                .configuration,
                codec: codec,
                "more than \(Self.rankLimit) dimensions"
            )
        }
        guard shape.allSatisfy({ $0 >= 0 }), let count = shape.checkedProduct() else {
            throw CodecError(.configuration, codec: codec, "the chunk has too many elements")
        }
        self.shape = shape
        self.type = type
        self.count = count
        elementSize = type.byteCount
        if let size = type.byteCount {
            let (bytes, overflowed) = count.multipliedReportingOverflow(by: size)
            guard !overflowed else {
                throw CodecError(.configuration, codec: codec, "the chunk has too many bytes")
            }
            byteCount = bytes
            self.fill = fill.count == size ? fill : [UInt8](repeating: 0, count: size)
        } else {
            byteCount = nil
            self.fill = fill
        }
    }

    /// The kernels keep their loops in fixed tables: two axes beyond this many fit.
    static let rankLimit = 64
}
