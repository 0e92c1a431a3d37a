import Codecs
import JSONValue
import ZarrModel

/// Codecs as words of the command line: `zstd`, `blosc:lz4`, `zstd:level=3,crc32c`, or JSON.
struct CodecWords {
    private let version: FormatVersion
    private let type: DataType
    private let order: Endianness
    private let rank: Int

    /// For arrays of `rank` dimensions whose elements are stored in `order` unless a codec says more.
    init(_ version: FormatVersion, _ type: DataType, _ order: Endianness, rank: Int) {
        self.version = version
        self.type = type
        self.order = order
        self.rank = rank
    }

    /// The whole chain, in the order of encoding, with the codec that makes bytes of the array where
    /// none is named.
    func chain(_ text: String) throws -> [CodecSpec] {
        let chain = completed(try specs(text).map(registered))
        for spec in chain { try check(spec) }
        return chain
    }

    /// The spec under the name that other programs know: v3 has numcodecs' codecs by a longer one.
    private func registered(_ spec: CodecSpec) -> CodecSpec {
        let longer = "numcodecs." + spec.name
        guard spec.dialect == .v3,
            CodecDescriptor.find(spec.name, in: .v3)?.v3Names.first == longer
        else { return spec }
        var spec = spec
        spec.name = longer
        return spec
    }

    /// Throws where the specification of a codec says something against its configuration.
    private func check(_ spec: CodecSpec) throws(UsageError) {
        guard let problem = spec.configurationProblems.first else { return }
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
        if !hasSerializer {
            var serializer = CodecSpec.serializer(of: type, in: version)
            if serializer.configuration["endian"] != nil {
                serializer.configuration["endian"] = .string(order.rawValue)
            }
            specs.insert(serializer, at: first ?? specs.endIndex)
        }
        return specs.map { $0.completed(for: type) }
    }

    private func kind(_ spec: CodecSpec) -> CodecDescriptor.Kind? {
        CodecDescriptor.find(spec.name, in: spec.dialect)?.kind
    }

    /// The codecs that are named, and no others.
    func specs(_ text: String) throws -> [CodecSpec] {
        if text.hasPrefix("[") || text.hasPrefix("{") { return try json(text) }
        if ["", "none", "raw"].contains(text) { return [] }
        return try text.split(separator: ",", omittingEmptySubsequences: false).map(word)
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
        guard CodecDescriptor.find(name, in: dialect) != nil else {
            throw Self.unknown(name, dialect)
        }
        var spec = CodecSpec(name: name, dialect: dialect)
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
        let known = CodecDescriptor.all.compactMap {
            dialect == .v3 ? $0.v3Names.first : $0.v2Names.first
        }
        let guess = nearest(to: name, among: known).map { "; did you mean \($0)?" } ?? ""
        let version = dialect == .v3 ? "3" : "2"
        return UsageError("--codecs: Zarr v\(version) has no codec '\(name)' here\(guess)")
    }
}
