import Arena
import CCompression
import JSONValue
import ZarrModel

/// **What**: LZMA in the containers of xz: `.xz`, `.lzma` ("alone") and raw streams with filters.
///
/// **Specification**: numcodecs `lzma`, which is Python's `lzma` module; the xz file format 1.1.
///
/// **Names**: v3 `numcodecs.lzma` (`lzma`); v2 `lzma`.
///
/// **Configuration**: `{"id": "lzma", "format": 1, "check": -1, "preset": null, "filters": null}`. Format 1 is
/// xz, 2 alone, 3 raw; raw needs the filters, a list such as `[{"id": 33, "preset": 1}]`.
///
/// **Interoperability**: an xz stream's integrity check is verified; alone and raw have none. A
/// dictionary beyond 256 MiB is refused.
struct LzmaCodec: BytesToBytesCodec {
    static let descriptor = CodecDescriptor(
        v3: ["numcodecs.lzma", "lzma"],
        v2: ["lzma"],
        .bytesToBytes,
        "xz, lzma and raw streams",
        library: "liblzma"
    ) { spec, _ throws(CodecError) in
        .bytes(try LzmaCodec(SpecReader(spec)))
    }

    private static let raw = 3
    private static let defaultPreset = 6

    let name: String
    let format: Int
    let check: Int
    let preset: UInt32
    let filters: [zc_lzma_filter]

    private init(_ reader: SpecReader) throws(CodecError) {
        name = reader.spec.name
        format = try reader.int("format", in: 0...3, otherwise: 1)
        check = try reader.int("check", in: -1...15, otherwise: -1)
        let preset = try reader.int(
            "preset",
            in: 0...Int(UInt32.max),
            otherwise: Self.defaultPreset
        )
        self.preset = UInt32(preset)
        var filters: [zc_lzma_filter] = []
        for value in try reader.list("filters") ?? [] {
            guard let filter = value.objectValue, let made = Self.filter(filter) else {
                throw reader.wrong("a filter is an object with an id and integers")
            }
            filters.append(made)
        }
        guard filters.count <= 4 else { throw reader.wrong("there are more than four filters") }
        if format == Self.raw, filters.isEmpty {
            throw reader.wrong("a raw stream needs its filters")
        }
        self.filters = filters
    }

    /// `nil` where a member is not an integer that fits, or the id is absent.
    private static func filter(_ object: JSONObject) -> zc_lzma_filter? {
        func value(_ key: String) -> Int64? {
            guard let member = object[key], !member.isNull else { return -1 }
            guard let int = member.intValue, int >= 0, int <= Int(UInt32.max) else { return nil }
            return Int64(int)
        }
        guard let id = object["id"]?.intValue, id >= 0,
            let preset = value("preset"), let dictionary = value("dict_size"),
            let lc = value("lc"), let lp = value("lp"), let pb = value("pb"),
            let mode = value("mode"), let nice = value("nice_len"), let finder = value("mf"),
            let depth = value("depth"), let distance = value("dist"),
            let start = value("start_offset")
        else { return nil }
        return zc_lzma_filter(
            id: UInt64(id),
            preset: preset,
            dictionary: dictionary,
            lc: lc,
            lp: lp,
            pb: pb,
            mode: mode,
            nice: nice,
            finder: finder,
            depth: depth,
            distance: distance,
            start: start
        )
    }

    func encodedSize(of decoded: SizeBound) -> SizeBound {
        decoded.compressed
    }

    func decodedSize(of encoded: RawSpan) -> SizeBound? {
        nil
    }

    func decode(
        _ encoded: RawSpan,
        into output: inout MutableRawSpan,
        _ contexts: CodecContexts
    ) throws(CodecError) -> Int {
        try Native.check(
            Native.lzmaDecode(encoded, into: &output, format: format, filters: filters),
            codec: name
        )
    }

    func encode(
        _ decoded: RawSpan,
        into output: Arena,
        _ contexts: CodecContexts
    ) throws(CodecError) {
        try output.append(upTo: Native.lzmaEncodedBound(decoded.byteCount)) {
            (bytes: inout MutableRawSpan) throws(CodecError) in
            try Native.check(
                Native.lzmaEncode(
                    decoded,
                    into: &bytes,
                    format: format,
                    check: check,
                    preset: preset,
                    filters: filters
                ),
                codec: name
            )
        }
    }
}
