internal import Codecs

extension Gather {
    /// Copies the elements from a decoded chunk to the result.
    ///
    /// Throws where a place lies outside either of them, before anything is copied.
    func copy(
        _ chunk: RawSpan,
        _ layout: ItemLayout,
        into output: inout MutableRawSpan
    ) throws(CodecError) {
        guard count > 0, !layout.runs.isEmpty else { return }
        try check(\.sources, layout.elementSize, chunk.byteCount)
        try check(\.targets, layout.itemSize, output.byteCount)
        unsafe output.withUnsafeMutableBytes { to in
            unsafe chunk.withUnsafeBytes { from in
                guard let target = to.baseAddress, let source = from.baseAddress else { return }
                // Every element lies inside both by the checks above, every run inside its element.
                for run in layout.runs {
                    unsafe copy(source + run.source, target + run.target, layout, run.count)
                }
            }
        }
    }

    /// Sets the elements' places in the result to `item`. Throws where one lies outside.
    func fill(_ item: [UInt8], into output: inout MutableRawSpan) throws(CodecError) {
        guard count > 0, !item.isEmpty else { return }
        try check(\.targets, item.count, output.byteCount)
        let here = Gather(
            axes: axes.map { Axis(sources: $0.sources.map { _ in 0 }, targets: $0.targets) }
        )
        let layout = ItemLayout(elementSize: item.count, nil)
        try item.withRawBytes { (bytes: RawSpan) throws(CodecError) in
            try here.copy(bytes, layout, into: &output)
        }
    }

    private func check(
        _ side: KeyPath<Axis, [Int]>,
        _ size: Int,
        _ byteCount: Int
    ) throws(CodecError) {
        guard let extent = extent(side), extent.lowerBound >= 0,
            extent.upperBound < byteCount / max(1, size)
        else {
            throw CodecError(.configuration, codec: "selection", "it reaches outside the chunk")
        }
    }

    private func copy(
        _ source: UnsafeRawPointer,
        _ target: UnsafeMutableRawPointer,
        _ layout: ItemLayout,
        _ size: Int
    ) {
        guard let inner = axes.last else {
            unsafe target.copyMemory(from: source, byteCount: size)
            return
        }
        let isRow = size == layout.elementSize && size == layout.itemSize && inner.isRow
        forEachRow { from, to in
            let (start, end) = unsafe (
                source + from * layout.elementSize, target + to * layout.itemSize
            )
            if isRow, let first = inner.sources.first, let place = inner.targets.first {
                unsafe (end + place * size).copyMemory(
                    from: start + first * size,
                    byteCount: size * inner.sources.count
                )
                return
            }
            switch size {
            case 1: unsafe Self.copy(inner, start, end, layout, UInt8.self)
            case 2: unsafe Self.copy(inner, start, end, layout, UInt16.self)
            case 4: unsafe Self.copy(inner, start, end, layout, UInt32.self)
            case 8: unsafe Self.copy(inner, start, end, layout, UInt64.self)
            default: unsafe Self.copy(inner, start, end, layout, size)
            }
        }
    }

    /// Calls `body` with the place of each combination of all axes but the last.
    private func forEachRow(_ body: (_ source: Int, _ target: Int) -> Void) {
        Gather(axes: Array(axes.dropLast())).forEach(body)
    }

    @inline(__always)
    private static func copy<Number: BitwiseCopyable>(
        _ axis: Axis,
        _ source: UnsafeRawPointer,
        _ target: UnsafeMutableRawPointer,
        _ layout: ItemLayout,
        _ type: Number.Type
    ) {
        unsafe axis.withPlaces { sources, targets in
            for number in 0..<sources.count {
                let from = unsafe source + sources[number] &* layout.elementSize
                let to = unsafe target + targets[number] &* layout.itemSize
                unsafe to.storeBytes(of: from.loadUnaligned(as: type), as: type)
            }
        }
    }

    private static func copy(
        _ axis: Axis,
        _ source: UnsafeRawPointer,
        _ target: UnsafeMutableRawPointer,
        _ layout: ItemLayout,
        _ size: Int
    ) {
        for (from, to) in zip(axis.sources, axis.targets) {
            unsafe (target + to * layout.itemSize).copyMemory(
                from: source + from * layout.elementSize,
                byteCount: size
            )
        }
    }
}

extension Gather.Axis {
    /// Whether the elements follow one another on both sides.
    fileprivate var isRow: Bool {
        guard let source = sources.first, let target = targets.first else { return false }
        return sources.indices.allSatisfy {
            sources[$0] == source + $0 && targets[$0] == target + $0
        }
    }

    fileprivate func withPlaces(
        _ body: (UnsafeBufferPointer<Int>, UnsafeBufferPointer<Int>) -> Void
    ) {
        unsafe sources.withUnsafeBufferPointer { sources in
            unsafe targets.withUnsafeBufferPointer { targets in unsafe body(sources, targets) }
        }
    }
}
