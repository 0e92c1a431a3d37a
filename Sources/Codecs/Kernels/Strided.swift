import CCompression

/// One walk over a box of elements on both sides of a copy. Strides are in elements.
struct StridedBox {
    /// Elements along each axis.
    var counts: [Int64] = []
    /// Between two neighbours in the source.
    var source: [Int64] = []
    /// Between two neighbours in the target.
    var target: [Int64] = []

    mutating func removeAll() {
        counts.removeAll(keepingCapacity: true)
        source.removeAll(keepingCapacity: true)
        target.removeAll(keepingCapacity: true)
    }

    mutating func append(count: Int, source from: Int, target to: Int) {
        counts.append(Int64(count))
        source.append(Int64(from))
        target.append(Int64(to))
    }

    /// Makes the source the target.
    mutating func turn() {
        Swift.swap(&source, &target)
    }

    /// Whether nothing is to be copied.
    var isEmpty: Bool {
        counts.contains { $0 <= 0 }
    }

    /// The lowest and highest element, counted from the first, that a side with these strides touches.
    /// `nil` where that does not fit.
    private func extent(_ strides: [Int64]) -> (low: Int64, high: Int64)? {
        var low: Int64 = 0
        var high: Int64 = 0
        for (count, stride) in zip(counts, strides) {
            let (reach, over) = (count - 1).multipliedReportingOverflow(by: stride)
            let (end, overEnd) = (reach < 0 ? low : high).addingReportingOverflow(reach)
            guard !over, !overEnd else { return nil }
            if reach < 0 { low = end } else { high = end }
        }
        return (low, high)
    }

    private func fits(_ strides: [Int64], _ first: Int, _ size: Int, in byteCount: Int) -> Bool {
        guard let (low, high) = extent(strides) else { return false }
        let (from, over) = first.addingReportingOverflow(Int(low))
        let (last, overLast) = first.addingReportingOverflow(Int(high))
        return !over && !overLast && from >= 0 && last < byteCount / size
    }

    /// Copies elements of `size` bytes (1, 2, 4, 8 or 16), reversing the bytes of each where `swapped`.
    ///
    /// `sourceFirst` and `targetFirst` are the places of the first element. Answers `false`, having
    /// done nothing, where an element would lie outside.
    func copy(
        _ input: RawSpan,
        from sourceFirst: Int,
        into output: inout MutableRawSpan,
        at targetFirst: Int,
        size: Int,
        swapped: Bool
    ) -> Bool {
        if isEmpty { return true }
        guard counts.count <= ArrayForm.rankLimit + 2,
            fits(source, sourceFirst, size, in: input.byteCount),
            fits(target, targetFirst, size, in: output.byteCount)
        else { return false }
        unsafe output.withUnsafeMutableBytes { to in
            unsafe input.withUnsafeBytes { from in
                guard let target = to.baseAddress, let start = from.baseAddress else { return }
                // Every element lies inside both by the check above.
                unsafe zc_strided_copy(
                    target + targetFirst * size,
                    start + sourceFirst * size,
                    Int32(counts.count),
                    counts,
                    source,
                    self.target,
                    Int32(size),
                    swapped ? 1 : 0
                )
            }
        }
        return true
    }

    /// Sets elements to `element`, whose length is their size. Answers as ``copy(_:from:into:at:size:swapped:)``.
    func fill(_ output: inout MutableRawSpan, at first: Int, with element: [UInt8]) -> Bool {
        let size = element.count
        if isEmpty || size == 0 { return true }
        guard counts.count <= ArrayForm.rankLimit + 2,
            fits(target, first, size, in: output.byteCount)
        else { return false }
        unsafe output.withUnsafeMutableBytes { to in
            guard let target = to.baseAddress else { return }
            // Every element lies inside by the check above.
            unsafe zc_strided_fill(
                target + first * size,
                Int32(counts.count),
                counts,
                self.target,
                element,
                Int64(size)
            )
        }
        return true
    }
}
