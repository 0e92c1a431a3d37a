extension DataType {
    /// A run of equal numbers inside an element: where a codec swaps bytes.
    public struct Leaf: Hashable, Sendable {
        /// Bytes before it in the element.
        public var offset: Int
        /// Bytes of one number; 1 where there is nothing to swap.
        public var unit: Int
        /// How many numbers follow one another.
        public var count: Int

        /// Makes a run.
        public init(offset: Int, unit: Int, count: Int) {
            self.offset = offset
            self.unit = unit
            self.count = count
        }
    }

    /// Bytes of the numbers that make up an element: 1 for bytes, `nil` for structured types of
    /// several and for types without a fixed length.
    public var swapUnit: Int? {
        switch self {
        case .bool, .rawBits, .fixedBytes, .opaque: 1
        case .integer(let type): type.byteCount
        case .float(let type): type.byteCount
        case .complex(let type): type.byteCount
        case .fixedText: 4
        case .datetime, .timedelta: 8
        case .structure, .optional:
            Set(leaves.map(\.unit)).count == 1 ? leaves[0].unit : nil
        case .string, .bytes, .object, .unknown: nil
        }
    }

    /// The runs of numbers of one element, in order; one for most types, one for each innermost
    /// field of a structured type, the mark of an optional one behind its value. Empty for types without a fixed length.
    public var leaves: [Leaf] {
        var found: [Leaf] = []
        var offset = 0
        collectLeaves(into: &found, &offset, repeated: 1)
        return found
    }

    private func collectLeaves(into found: inout [Leaf], _ offset: inout Int, repeated: Int) {
        if case .structure(let fields) = self {
            for _ in 0..<repeated {
                for field in fields {
                    field.type.collectLeaves(
                        into: &found,
                        &offset,
                        repeated: field.elementCount ?? 0
                    )
                }
            }
            return
        }
        if case .optional(let type) = self {
            guard byteCount != nil else { return }
            for _ in 0..<repeated {
                type.collectLeaves(into: &found, &offset, repeated: 1)
                found.append(Leaf(offset: offset, unit: 1, count: 1))
                offset += 1
            }
            return
        }
        guard let bytes = byteCount, let unit = swapUnit, bytes > 0 else { return }
        let count = bytes / unit * repeated
        found.append(Leaf(offset: offset, unit: unit, count: count))
        offset += bytes * repeated
    }
}
