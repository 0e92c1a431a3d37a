import Codecs
import JSONValue
import ZarrModel

/// Codecs as words of the command line: `zstd`, `blosc:lz4`, `zstd:level=3,crc32c`, or JSON.
struct CodecWords {
    private let version: FormatVersion
    private let type: DataType
    private let order: Endianness
    private let fieldOrders: [Endianness]?
    private let rank: Int
    /// Whether all codecs work on bytes that another one has made.
    private let isBehindBytes: Bool

    /// For arrays of `rank` dimensions whose elements are stored in `order` unless a codec says more; of
    /// those with fields, each field in an order of its own where `fieldOrders` say so (v2).
    init(
        _ version: FormatVersion,
        _ type: DataType,
        _ order: Endianness,
        _ fieldOrders: [Endianness]? = nil,
        rank: Int,
        isBehindBytes: Bool = false
    ) {
        self.version = version
        self.type = type
        self.order = version == .v3 && fieldOrders != nil ? .little : order
        self.fieldOrders = version == .v2 ? fieldOrders : nil
        self.rank = rank
        self.isBehindBytes = isBehindBytes
    }

    /// The whole chain, in the order of encoding, with the codec that makes bytes of the array where
    /// none is named.
    func chain(_ text: String) throws -> [CodecSpec] {
        try finished(specs(text))
    }

    /// `named` as it is written: nothing that is not known here, each by the name that others know and
    /// with what they insist on, the chains that a codec holds too.
    private func finished(_ named: [CodecSpec]) throws -> [CodecSpec] {
        let registered = named.map(registered)
        for spec in registered where CodecDescriptor.find(spec.name, in: spec.dialect) == nil {
            throw Self.unknown(spec.name, spec.dialect)
        }
        var chain = completed(registered)
        for position in chain.indices {
            for (member, words) in held(by: chain[position])
            where chain[position].configuration[member] != nil {
                let inner = try words.finished(Self.nested(chain[position], member))
                chain[position].configuration[member] = .array(inner.map(\.json))
            }
            try check(chain[position])
        }
        return chain
    }

    private static func nested(
        _ spec: CodecSpec,
        _ member: String
    ) throws(UsageError) -> [CodecSpec] {
        do throws(MetadataError) {
            return try spec.nestedCodecs(member)
        } catch {
            throw UsageError("\(error)")
        }
    }

    /// The members of a codec's configuration that are chains, each with the words for it.
    private func held(by spec: CodecSpec) -> [(member: String, words: CodecWords)] {
        func words(_ type: DataType) -> CodecWords {
            CodecWords(.v3, type, .little, rank: rank)
        }
        switch CodecDescriptor.find(spec.name, in: spec.dialect)?.name {
        case "sharding_indexed":
            return [("codecs", self), ("index_codecs", words(.integer(.uint64)))]
        case "n5_default":
            return [("codecs", self)]
        case "conditional":
            return [("codecs", CodecWords(version, type, order, rank: rank, isBehindBytes: true))]
        case "zarrs.optional":
            guard case .optional(let value) = type else { return [] }
            return [("mask_codecs", words(.bool)), ("data_codecs", words(value))]
        case "zarrs.vlen":
            let isShort = spec.configuration["index_data_type"] == "uint32"
            return [
                ("index_codecs", words(.integer(isShort ? .uint32 : .uint64))),
                ("data_codecs", words(.integer(.uint8))),
            ]
        default:
            return []
        }
    }

    /// The spec under the name that other programs know: v3 has numcodecs' codecs by a longer one.
    private func registered(_ spec: CodecSpec) -> CodecSpec {
        let longer = "numcodecs." + spec.name
        guard spec.dialect == .v3,
            let known = CodecDescriptor.find(spec.name, in: .v3)
                ?? CodecDescriptor.find(longer, in: .v3),
            known.v3Names.first == longer
        else { return spec }
        var spec = spec
        spec.name = longer
        return spec
    }

    /// Throws where the specification of a codec says something against its configuration.
    private func check(_ spec: CodecSpec) throws(UsageError) {
        let bare = Self.bare(spec.name)
        if let member = Self.demanded[bare], spec.configuration[member] == nil {
            throw UsageError("--codecs: \(spec.name): it needs \(member): \(bare):\(member)=…")
        }
        // How a chain says the orders of fields, which v2 has in its dtype.
        let problems = spec.configurationProblems
        guard
            let problem = problems.first(where: {
                $0.member != "field_endian" || fieldOrders == nil
            })
        else { return }
        let isUnknown = problem.member.map { !spec.configurationMembers.contains($0) } ?? false
        let guess = problem.member.flatMap { nearest(to: $0, among: spec.configurationMembers) }
        let question = isUnknown ? guess.map { "; did you mean \($0)?" } ?? "" : ""
        throw UsageError("--codecs: \(spec.name): \(problem.message)\(question)")
    }

    /// `specs` with the codec that makes bytes of the array, where none is named, and what each
    /// configuration lacks.
    func completed(_ specs: [CodecSpec]) -> [CodecSpec] {
        var specs = specs
        // v2's filters and compressors stand behind the bytes; what makes bytes of objects is one.
        let first = specs.firstIndex { $0.dialect == .v2 || kind($0) != .arrayToArray }
        let hasSerializer = specs.contains { spec in
            kind(spec) == .arrayToBytes && (spec.dialect == .v3 || type.isVariableLength)
        }
        if !hasSerializer, !isBehindBytes {
            var serializer = CodecSpec.serializer(of: type, in: version)
            serializer.configuration["endian"] = nil
            specs.insert(serializer, at: first ?? specs.endIndex)
        }
        var isChanged = false
        return specs.map { spec in
            let spec = typed(ordered(spec).completed(for: type), isChanged)
            isChanged = isChanged || kind(spec) == .arrayToArray && spec.name != "transpose"
            return spec
        }
    }

    /// The spec with the type that it takes, where numcodecs insists on a name of it and there is none;
    /// unless the codecs before have made another type of the elements.
    private func typed(_ spec: CodecSpec, _ isChanged: Bool) -> CodecSpec {
        guard let member = Self.taken[Self.bare(spec.name)], spec.configuration[member] == nil,
            !isChanged, let name = type.numpyDescr
        else { return spec }
        var spec = spec
        let isBig = spec.dialect == .v2 && order == .big && name.utf8.first == UInt8(ascii: "<")
        spec.configuration[member] = .string(isBig ? ">" + name.dropFirst() : name)
        return spec
    }

    /// How numcodecs calls the type that a filter takes, and what else it must be told.
    private static let taken = [
        "delta": "dtype", "quantize": "dtype", "fixedscaleoffset": "dtype",
        "astype": "decode_dtype",
    ]
    private static let demanded = ["quantize": "digits", "astype": "encode_dtype"]

    private static func bare(_ name: String) -> String {
        let prefix = "numcodecs."
        return name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : name
    }

    /// The spec with the order of the elements' bytes, where it is one that has to say it and does not.
    private func ordered(_ spec: CodecSpec) -> CodecSpec {
        guard spec.dialect == .v3, spec.name == "bytes", type.swapUnit != 1,
            spec.configuration["endian"] == nil
        else { return spec }
        var spec = spec
        spec.configuration["endian"] = .string(order.rawValue)
        if let fieldOrders {
            spec.configuration["field_endian"] = .array(fieldOrders.map { .string($0.rawValue) })
        }
        return spec
    }

    private func kind(_ spec: CodecSpec) -> CodecDescriptor.Kind? {
        CodecDescriptor.find(spec.name, in: spec.dialect)?.kind
    }

    /// The codecs that are named, and no others.
    func specs(_ text: String) throws -> [CodecSpec] {
        if text.hasPrefix("[") || text.hasPrefix("{") { return try json(text) }
        if ["", "none", "raw"].contains(text) { return [] }
        return try Self.parts(text).filter { !["none", "raw"].contains($0) }.map(word)
    }

    /// `text` split at the commas outside brackets.
    private static func parts(_ text: String) -> [Substring] {
        var depth = 0
        return text.split(omittingEmptySubsequences: false) { character in
            if character == "[" { depth += 1 }
            if character == "]" { depth -= 1 }
            return character == "," && depth == 0
        }
    }

    private func json(_ text: String) throws -> [CodecSpec] {
        do {
            let value = try JSONParser.parse(Array(text.utf8), mode: .strict).value
            return try (value.arrayValue ?? [value]).enumerated().map { position, codec in
                let place = "--codecs[\(position)]"
                return version == .v3 || codec["id"] == nil
                    ? try CodecSpec(v3: codec, at: place) : try CodecSpec(v2: codec, at: place)
            }
        } catch {
            throw UsageError("--codecs: \(error)")
        }
    }

    private func word(_ text: Substring) throws(UsageError) -> CodecSpec {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        let name = parts[0]
        let isStructural = name == "transpose" || name == "bytes"
        let dialect: CodecSpec.Dialect = version == .v3 || isStructural ? .v3 : .v2
        var spec = registered(CodecSpec(name: name, dialect: dialect))
        guard CodecDescriptor.find(spec.name, in: dialect) != nil else {
            throw Self.unknown(name, dialect)
        }
        for part in parts.dropFirst() {
            guard let equals = part.firstIndex(of: "=") else {
                guard let key = Self.positional[name] else {
                    throw UsageError("--codecs: \(name) takes NAME=VALUE behind a colon")
                }
                spec.configuration[key] = Self.value(part)
                continue
            }
            let key = String(part[..<equals])
            spec.configuration[key] = Self.value(String(part[part.index(after: equals)...]))
        }
        if name == "transpose", spec.configuration["order"] == nil {
            spec.configuration["order"] = .array((0..<rank).reversed().map { .integer($0) })
        }
        return spec
    }

    /// What a value without a name is.
    private static let positional = [
        "blosc": "cname", "zstd": "level", "gzip": "level", "zlib": "level", "bz2": "level",
        "bytes": "endian", "lz4": "acceleration", "bitround": "keepbits", "zfp": "mode",
    ]

    /// A number or a truth, else a text.
    private static func value(_ text: String) -> JSONValue {
        (try? JSONParser.parse(Array(text.utf8), mode: .strict).value) ?? .string(text)
    }

    private static func unknown(_ name: String, _ dialect: CodecSpec.Dialect) -> UsageError {
        let unread = [name, "numcodecs." + name].lazy.compactMap {
            UnreadCodec.find($0, in: dialect)
        }
        if let unread = unread.first {
            return UsageError("--codecs: '\(name)' is not read here: \(unread.reason)")
        }
        let known = CodecDescriptor.all.compactMap {
            dialect == .v3 ? $0.v3Names.first : $0.v2Names.first
        }
        let near = known.contains(name.lowercased()) ? name.lowercased() : nil
        let guess = (near ?? nearest(to: name, among: known)).map { "; did you mean \($0)?" }
        let version = dialect == .v3 ? "3" : "2"
        guard !name.isEmpty, let guess else {
            let what = name.isEmpty ? "nothing stands beside a comma" : "no codec '\(name)' here"
            let list = "names with commas between them (zstd:level=3,crc32c), 'none', or JSON"
            return UsageError(
                "--codecs: Zarr v\(version): \(what); the list holds \(list);"
                    + " 'zscope codec list' has every name"
            )
        }
        return UsageError("--codecs: Zarr v\(version) has no codec '\(name)' here\(guess)")
    }
}
