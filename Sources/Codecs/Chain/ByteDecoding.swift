import Arena

/// Runs one bytes-to-bytes codec backwards under what is known of the size of its result.
enum ByteDecoding {
    /// Throws unless `count` agrees with `expected`.
    static func check(
        _ count: Int,
        is expected: SizeBound,
        codec: String
    ) throws(CodecError) {
        switch expected {
        case .exact(let wanted):
            guard count < wanted || count > wanted else { return }
            throw CodecError(
                count < wanted ? .short : .long,
                codec: codec,
                "it decodes to \(count) bytes where there must be \(wanted)"
            )
        case .atMost(let most):
            guard count > most else { return }
            throw CodecError(
                .long,
                codec: codec,
                "it decodes to \(count) bytes, the most is \(most)"
            )
        }
    }

    /// What the codec says of the size of its result. Throws where it cannot be as long as expected.
    private static func announced(
        _ stage: CodecChain.ByteStage,
        _ input: RawSpan
    ) throws(CodecError) -> SizeBound? {
        let announced = try stage.codec.decodedSize(of: input)
        switch announced {
        case nil: break
        case .exact(let count): try check(count, is: stage.decodedSize, codec: stage.name)
        case .atMost(let most):
            if case .exact(let wanted) = stage.decodedSize, most < wanted {
                throw CodecError(
                    .short,
                    codec: stage.name,
                    "it decodes to at most \(most) bytes where there must be \(wanted)"
                )
            }
        }
        return announced
    }

    /// Decodes exactly as many bytes as `target` has.
    static func decode(
        _ stage: CodecChain.ByteStage,
        _ input: RawSpan,
        into target: inout MutableRawSpan,
        _ contexts: CodecContexts
    ) throws(CodecError) {
        _ = try announced(stage, input)
        let count = try stage.codec.decode(input, into: &target, contexts)
        try check(count, is: .exact(target.byteCount), codec: stage.name)
    }

    /// Decodes into `arena`, whose count is then that of the result.
    static func decode(
        _ stage: CodecChain.ByteStage,
        _ input: RawSpan,
        into arena: Arena,
        _ limits: CodecLimits,
        _ contexts: CodecContexts
    ) throws(CodecError) {
        if case .exact(let count) = stage.decodedSize {
            try limits.check(count, codec: stage.name)
        }
        let announced = try announced(stage, input)
        switch (stage.decodedSize, announced) {
        case (.exact(let count), _), (.atMost, .exact(let count)):
            try limits.check(count, codec: stage.name)
            arena.reset(to: count)
            let written = try arena.withMutableBytes {
                (bytes: inout MutableRawSpan) throws(CodecError) in
                try stage.codec.decode(input, into: &bytes, contexts)
            }
            try check(written, is: .exact(count), codec: stage.name)
        case (.atMost(let most), _):
            let most = min(most, announced?.limit ?? most, limits.most)
            try grow(stage, input, into: arena, most, contexts)
        }
    }

    /// Tries with more and more room, at most `most`; the work is at most twice that of knowing.
    private static func grow(
        _ stage: CodecChain.ByteStage,
        _ input: RawSpan,
        into arena: Arena,
        _ most: Int,
        _ contexts: CodecContexts
    ) throws(CodecError) {
        var room = min(most, max(1 << 16, input.byteCount.multipliedCapped(by: 4)))
        while true {
            arena.reset(to: room)
            do throws(CodecError) {
                let written = try arena.withMutableBytes {
                    (bytes: inout MutableRawSpan) throws(CodecError) in
                    try stage.codec.decode(input, into: &bytes, contexts)
                }
                arena.resize(to: written)
                return
            } catch {
                guard error.code == .long, room < most else { throw error }
                room = min(most, room.multipliedCapped(by: 2))
            }
        }
    }
}
