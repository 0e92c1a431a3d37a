public import ZarrModel

/// A codec that other programs have and this one has not, and why.
public struct UnreadCodec: Sendable {
    /// Its names in v3 metadata.
    public let v3Names: [String]
    /// Its ids in v2 metadata.
    public let v2Names: [String]
    /// Why it is not read, without a full stop.
    public let reason: String

    /// Every codec of the kind. The one place that says so: messages and documentation follow.
    public static let all = [
        UnreadCodec(
            v3Names: ["numcodecs.pcodec", "https://codec.zarrs.dev/array_to_bytes/pcodec"],
            v2Names: ["pcodec"],
            reason: "its format is that of one Rust library, which no C library or package offers"
        ),
        UnreadCodec(
            v3Names: ["numcodecs.pickle"],
            v2Names: ["pickle"],
            reason: "reading a pickle means running the program that it holds"
        ),
        UnreadCodec(
            v3Names: ["zarrs.gdeflate", "https://codec.zarrs.dev/bytes_to_bytes/gdeflate"],
            v2Names: [],
            reason: "GDeflate is a format of graphics processors, and no package offers it"
        ),
    ]

    /// The one that metadata of `dialect` calls `name`.
    public static func find(_ name: String, in dialect: CodecSpec.Dialect) -> UnreadCodec? {
        all.first { (dialect == .v3 ? $0.v3Names : $0.v2Names).contains(name) }
    }
}
