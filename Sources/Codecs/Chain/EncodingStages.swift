import Arena
import ZarrModel

/// The array part of a chain, encoded by one worker: the way back of ``ArrayStages``.
///
/// Codecs that only reorder dimensions cost nothing of their own, and neither does the order of bytes:
/// elements are gathered from the input into their stored order in one pass.
final class EncodingStages {
    private let chain: CodecChain
    private let forms: [ArrayForm]
    /// How many codecs, from the first on, only reorder.
    private let reordering: Int
    private var scatters: [Scatter]
    private let buffers = (Arena(capacity: 1), Arena(capacity: 1))
    /// Whether canonical elements in C order are what is stored.
    let isStraight: Bool
    /// Whether gathering leaves the array as it is stored.
    private let isGatheredAsStored: Bool
    private var copy: ElementCopy
    /// The fill value as it is gathered.
    private let fill: [UInt8]

    init(_ chain: CodecChain) {
        self.chain = chain
        forms = [chain.form] + chain.arrays.map(\.encodedForm)
        reordering = chain.arrays.prefix { $0.order != nil }.count
        scatters = (0..<reordering).map { _ in Scatter(axes: []) }
        let bytes = reordering == chain.arrays.count ? chain.serializer as? BytesCodec : nil
        isGatheredAsStored = bytes != nil
        isStraight = chain.arrays.isEmpty && bytes?.swap == SwapPlan.none
        let middle = forms[reordering]
        let swap = bytes?.swap ?? .none
        copy = ElementCopy(shape: middle.shape, elementSize: middle.elementSize ?? 0, swap: swap)
        fill = Self.stored(chain.form.fill, swap)
    }

    private static func stored(_ fill: [UInt8], _ swap: SwapPlan) -> [UInt8] {
        var stored = fill
        var copy = ElementCopy(shape: [], elementSize: fill.count, swap: swap)
        fill.withRawBytes { bytes in
            stored.withMutableRawBytes { output in
                // One element always lies inside itself.
                try? copy.copy(bytes, Scatter(axes: []), into: &output)
            }
        }
        return stored
    }

    /// What was gathered last.
    var gathered: Arena {
        buffers.0
    }

    /// Gathers what `scatter`, which has been checked, selects of a chunk from `input`; what it leaves
    /// out is fill. Answers whether all is fill.
    func gather(_ input: RawSpan, _ scatter: Scatter) throws(CodecError) -> Bool {
        for position in 0..<reordering {
            guard let order = chain.arrays[position].order else { continue }
            let outer = position == 0 ? scatter : scatters[position - 1]
            scatters[position].permute(by: order, from: outer)
        }
        let inner = scatters.last ?? scatter
        let form = forms[reordering]
        try chain.limits.check(form.byteCount ?? 0, codec: "chunk")
        buffers.0.reset(to: form.byteCount ?? 0)
        return try buffers.0.withMutableBytes { (bytes: inout MutableRawSpan) throws(CodecError) in
            if !inner.isEverything(form.shape) {
                try copy.fill(Scatter(whole: form.shape), with: fill, into: &bytes)
            }
            try copy.gather(input, inner, into: &bytes)
            return Bytes.repeats(bytes.bytes, fill)
        }
    }

    /// Lends the bytes that the array-to-bytes codec makes of what was gathered.
    func serialize(
        into serialized: Arena,
        _ contexts: CodecContexts,
        _ body: (RawSpan) throws(CodecError) -> Void
    ) throws(CodecError) {
        if isGatheredAsStored {
            try buffers.0.withBytes(body)
            return
        }
        var into = buffers.0
        for position in reordering..<chain.arrays.count
        where !chain.arrays[position].isReshaping {
            let from = into
            into = into === buffers.0 ? buffers.1 : buffers.0
            let count = forms[position + 1].byteCount ?? 0
            try chain.limits.check(count, codec: "chunk")
            into.reset(to: count)
            let codec = chain.arrays[position]
            try from.withBytes { (bytes: RawSpan) throws(CodecError) in
                try into.withMutableBytes { (output: inout MutableRawSpan) throws(CodecError) in
                    try codec.encode(bytes, into: &output)
                }
            }
        }
        serialized.resize(to: 0)
        try into.withBytes { (bytes: RawSpan) throws(CodecError) in
            try chain.serializer.encode(bytes, into: serialized, contexts)
        }
        try serialized.withBytes(body)
    }
}
