internal import Arena
internal import Codecs
internal import ZarrModel

/// The values of one write, and how they lie in memory.
struct WriteInput: Sendable {
    let values: NewValues
    private let destination: Destination
    private let layout: ItemLayout
    /// The bytes of an element that the field is, where they follow one another.
    private let fieldBytes: Range<Int>?

    init(_ values: NewValues, _ selection: ResolvedSelection, _ metadata: ArrayMetadata) {
        self.values = values
        destination = Destination(selection, isRepeated: values.isRepeated)
        layout = ItemLayout(elementSize: metadata.dataType.byteCount ?? 0, selection.field)
        let run = layout.runs.count == 1 ? layout.runs[0] : nil
        fieldBytes =
            selection.field == nil ? nil : run.map { $0.source..<($0.source + $0.count) }
        isWholeElement = selection.field == nil
    }

    private let isWholeElement: Bool

    /// Which elements of a chunk come from which of the values; `nil` where strides do not say it.
    func part(_ places: ChunkPlaces, extent: [Int]) -> ChunkPart? {
        guard isWholeElement || fieldBytes != nil, let scatter = destination.scatter(places) else {
            return nil
        }
        return ChunkPart(scatter, extent: extent, field: fieldBytes)
    }

    /// Puts the values for `places` of a chunk into `box`, which holds the elements of the part of the
    /// chunk that begins at `origin` and has `shape`.
    func put(
        _ places: ChunkPlaces,
        into box: inout MutableRawSpan,
        origin: [Int],
        shape: [Int]
    ) throws(CodecError) {
        let gather = destination.gather(places.moved(by: origin.map { -$0 }), in: shape)
        try values.withBytes { (input: RawSpan) throws(CodecError) in
            try gather.turned.copy(input, layout.turned, into: &box)
        }
    }

    /// The same for elements without a fixed length.
    func putVariable(
        _ places: ChunkPlaces,
        into box: inout [[UInt8]],
        origin: [Int],
        shape: [Int]
    ) {
        let input = values.variable
        destination.gather(places.moved(by: origin.map { -$0 }), in: shape).forEach { place, from in
            box[place] = input[from]
        }
    }
}

extension Gather {
    /// The way from the result to the chunk.
    fileprivate var turned: Gather {
        Gather(axes: axes.map { Axis(sources: $0.targets, targets: $0.sources) })
    }
}

extension ItemLayout {
    /// What an item puts into the element.
    fileprivate var turned: ItemLayout {
        ItemLayout(
            elementSize: itemSize,
            itemSize: elementSize,
            runs: runs.map { Run(source: $0.target, target: $0.source, count: $0.count) }
        )
    }
}

extension ChunkPlaces {
    /// The smallest box of the chunk that holds all of them. Requires that there are some.
    var bounds: Region {
        func range(_ low: Int?, _ high: Int?) -> Range<Int> {
            guard let low, let high else { return 0..<0 }
            return min(low, high)..<(max(low, high) + 1)
        }
        switch self {
        case .box(let axes):
            return Region(
                axes.map { axis in
                    switch axis {
                    case .run(let start, let step, let count, _):
                        range(start, start + (count - 1) * step)
                    case .listed(let positions, _, let origin):
                        range(
                            positions.first.map { $0 - origin },
                            positions.last.map { $0 - origin }
                        )
                    }
                }
            )
        case .points(let points):
            return Region(
                zip(points.coordinates, points.origin).map { list, origin in
                    range(list.min().map { $0 - origin }, list.max().map { $0 - origin })
                }
            )
        }
    }
}
