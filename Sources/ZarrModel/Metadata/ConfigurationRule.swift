import JSONValue

/// What a specification says of the configuration of an extension: which members it has, and what
/// they may be. Reading needs little of it; other programs refuse what breaks it.
struct ConfigurationRule {
    /// What a member is.
    enum Member {
        /// A whole number in a range.
        case whole(ClosedRange<Int>)
        /// One of these words.
        case word([String])
        /// `true` or `false`.
        case truth
        /// Whatever its reader checks.
        case any
    }

    var required: [String: Member] = [:]
    var optional: [String: Member] = [:]

    /// What is wrong with `configuration`, with the member that it is about; `nil` for one that is
    /// missing.
    func problems(in configuration: JSONObject) -> [(member: String?, message: String)] {
        var problems: [(member: String?, message: String)] = []
        for name in required.keys.sorted() where configuration[name] == nil {
            problems.append((nil, "it has no \(name), and must have"))
        }
        for (name, value) in configuration.members.map({ ($0.key, $0.value) }) {
            guard let member = required[name] ?? optional[name] else {
                problems.append((name, "there is no member \(name) in its specification"))
                continue
            }
            if let wanted = member.wanted(insteadOf: value) {
                problems.append((name, "\(name) is \(wanted), not \(value.text().prefix(40))"))
            }
        }
        return problems
    }
}

extension ConfigurationRule.Member {
    /// What `value` should be, or `nil` where it is right.
    fileprivate func wanted(insteadOf value: JSONValue) -> String? {
        switch self {
        case .whole(let range):
            let isRight = value.intValue.map(range.contains) ?? false
            return isRight ? nil : "a whole number from \(range.lowerBound) to \(range.upperBound)"
        case .word(let words):
            let isRight = value.stringValue.map(words.contains) ?? false
            return isRight ? nil : words.joined(separator: " or ")
        case .truth: return value.boolValue == nil ? "true or false" : nil
        case .any: return nil
        }
    }
}

extension ConfigurationRule {
    private static let blosc = ["blosclz", "lz4", "lz4hc", "snappy", "zlib", "zstd"]
    private static let count = 0...Int(Int32.max)
    private static let none = ConfigurationRule()

    /// The codecs of the core of v3, and registered ones that everybody has.
    static let codecs: [String: ConfigurationRule] = [
        "blosc": ConfigurationRule(
            required: [
                "cname": .word(blosc), "clevel": .whole(0...9), "blocksize": .whole(count),
                "shuffle": .word(["noshuffle", "shuffle", "bitshuffle"]),
            ],
            optional: ["typesize": .whole(1...Int(Int32.max))]
        ),
        "bytes": ConfigurationRule(optional: ["endian": .word(["little", "big"])]),
        "crc32c": none,
        "gzip": ConfigurationRule(required: ["level": .whole(0...9)]),
        "sharding_indexed": ConfigurationRule(
            required: ["chunk_shape": .any, "codecs": .any, "index_codecs": .any],
            optional: ["index_location": .word(["start", "end"])]
        ),
        "transpose": ConfigurationRule(required: ["order": .any]),
        "vlen-bytes": none,
        "vlen-utf8": none,
        "zstd": ConfigurationRule(
            required: ["level": .whole(-131_072...22)],
            optional: ["checksum": .truth]
        ),
    ]

    /// numcodecs' compressors in v2, whose members all have defaults.
    static let codecsV2: [String: ConfigurationRule] = [
        "blosc": ConfigurationRule(
            optional: [
                "cname": .word(blosc), "clevel": .whole(0...9), "shuffle": .any,
                "blocksize": .whole(count), "typesize": .any,
            ]
        ),
        "bz2": ConfigurationRule(optional: ["level": .whole(1...9)]),
        "gzip": ConfigurationRule(optional: ["level": .whole(0...9)]),
        "lz4": ConfigurationRule(optional: ["acceleration": .whole(count)]),
        "zlib": ConfigurationRule(optional: ["level": .whole(-1...9)]),
        "zstd": ConfigurationRule(
            optional: ["level": .whole(-131_072...22), "checksum": .truth]
        ),
    ]

    static let grids: [String: ConfigurationRule] = [
        "regular": ConfigurationRule(required: ["chunk_shape": .any]),
        "rectilinear": ConfigurationRule(required: ["kind": .any, "chunk_shapes": .any]),
    ]

    static let keyEncodings: [String: ConfigurationRule] = [
        "default": ConfigurationRule(optional: ["separator": .any]),
        "v2": ConfigurationRule(optional: ["separator": .any]),
    ]

    private static let time = ConfigurationRule(
        required: ["unit": .any, "scale_factor": .any]
    )
    private static let sized = ConfigurationRule(required: ["length_bytes": .any])

    static let dataTypes: [String: ConfigurationRule] = [
        "numpy.datetime64": time,
        "numpy.timedelta64": time,
        "fixed_length_utf32": sized,
        "struct": ConfigurationRule(required: ["fields": .any]),
    ]
}
