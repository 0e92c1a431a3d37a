import CCompression

/// How zfp decides what to keep.
enum ZfpMode: Hashable, Sendable {
    case reversible
    /// Bits for each value.
    case rate(Double)
    /// Bit planes of each block.
    case precision(Int)
    /// The greatest absolute error.
    case accuracy(Double)
    case expert(minBits: Int, maxBits: Int, maxPrecision: Int, minExponent: Int)

    /// `rateRank` is the number of dimensions that a rate is reckoned for, 0 for the array's own.
    fileprivate func native(rateRank: Int = 0) -> zc_zfp_mode {
        var mode = zc_zfp_mode()
        mode.rate_rank = Int32(clamping: rateRank)
        switch self {
        case .reversible: mode.kind = Int32(ZC_ZFP_REVERSIBLE)
        case .rate(let rate):
            mode.kind = Int32(ZC_ZFP_RATE)
            mode.value = rate
        case .precision(let precision):
            mode.kind = Int32(ZC_ZFP_PRECISION)
            mode.maxprec = UInt32(clamping: precision)
        case .accuracy(let tolerance):
            mode.kind = Int32(ZC_ZFP_ACCURACY)
            mode.value = tolerance
        case .expert(let minBits, let maxBits, let maxPrecision, let minExponent):
            mode.kind = Int32(ZC_ZFP_EXPERT)
            mode.minbits = UInt32(clamping: minBits)
            mode.maxbits = UInt32(clamping: maxBits)
            mode.maxprec = UInt32(clamping: maxPrecision)
            mode.minexp = Int32(clamping: minExponent)
        }
        return mode
    }
}

/// What zfp is given: numbers of one of its four types in at most four dimensions.
struct ZfpArray: Hashable, Sendable {
    enum Number: Int32, Sendable {
        case int32 = 1
        case int64, float32, float64

        var byteCount: Int {
            self == .int32 || self == .float32 ? 4 : 8
        }
    }

    var number: Number
    /// Outermost first; none is 0.
    var shape: [Int]

    fileprivate var native: zc_zfp_array {
        var array = zc_zfp_array()
        array.type = number.rawValue
        array.rank = Int32(clamping: shape.count)
        let lengths = (0..<4).map { $0 < shape.count ? UInt64(shape[$0]) : 0 }
        array.shape = (lengths[0], lengths[1], lengths[2], lengths[3])
        return array
    }
}

extension Native {
    /// Whether the library of zfp is there. It is loaded by the first question.
    static var hasZfp: Bool {
        zc_zfp_has() != 0
    }

    /// Decodes a stream of `mode`, or one with a header where that is `nil`.
    static func zfpDecode(
        _ input: RawSpan,
        into output: inout MutableRawSpan,
        _ array: ZfpArray,
        _ mode: ZfpMode?,
        rateRank: Int = 0
    ) -> Int {
        var array = array.native
        var settings = (mode ?? .reversible).native(rateRank: rateRank)
        return unsafe call(input, &output) { from, count, to, capacity in
            mode == nil
                ? unsafe zc_zfp_decode(&array, nil, from, count, to, capacity)
                : unsafe zc_zfp_decode(&array, &settings, from, count, to, capacity)
        }
    }

    static func zfpEncode(
        _ input: RawSpan,
        into output: inout MutableRawSpan,
        _ array: ZfpArray,
        _ mode: ZfpMode,
        hasHeader: Bool
    ) -> Int {
        var array = array.native
        var settings = mode.native()
        return unsafe call(input, &output) { from, count, to, capacity in
            unsafe zc_zfp_encode(
                &array,
                &settings,
                hasHeader ? 1 : 0,
                from,
                count,
                to,
                capacity
            )
        }
    }

    /// The room that encoding needs, or a negative code.
    static func zfpEncodedBound(_ array: ZfpArray, _ mode: ZfpMode) -> Int {
        var array = array.native
        var settings = mode.native()
        return unsafe Int(zc_zfp_encoded_bound(&array, &settings))
    }
}
