import JSONValue

/// Why an array cannot be described in another version: everything that stands against it.
public struct ConversionError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What has no counterpart, each with the member of the description that says it. Never empty.
    public let problems: [MetadataError]

    /// All problems, one a line.
    public var description: String {
        problems.map(\.description).joined(separator: "\n")
    }
}

/// A description in another version, and what changed on the way.
public struct ConvertedDescription: Hashable, Sendable {
    /// What the array is to be.
    public var description: ArrayDescription
    /// What is said differently now, or no longer.
    public var notes: [Diagnostic]
}

extension ArrayDescription {
    /// The same array for `version`: the same shape, elements and attributes, with the codecs that
    /// come nearest. Chunks have to be encoded anew.
    ///
    /// v2 has no shards: the chunks inside become the chunks. An undefined fill value of v2 becomes
    /// zero. Throws everything that has no counterpart: types, codecs, uneven grids.
    public func converted(
        to version: FormatVersion
    ) throws(ConversionError) -> ConvertedDescription {
        guard version != self.version else {
            return ConvertedDescription(description: self, notes: [])
        }
        var conversion = Conversion(self)
        switch version {
        case .v3: conversion.toV3()
        case .v2: conversion.toV2()
        }
        guard conversion.problems.isEmpty else {
            throw ConversionError(problems: conversion.problems)
        }
        return ConvertedDescription(description: conversion.result, notes: conversion.notes)
    }
}

/// One description on its way to the other version.
private struct Conversion {
    var result: ArrayDescription
    var notes: [Diagnostic] = []
    var problems: [MetadataError] = []

    init(_ description: ArrayDescription) {
        result = description
    }

    private mutating func note(_ member: String, _ message: String) {
        notes.append(Diagnostic(.note, at: member, message))
    }

    private mutating func fail(_ member: String, _ message: String) {
        problems.append(MetadataError(at: member, message))
    }

    private static let remedy = "name other codecs for the copy"

    // MARK: - To v3

    mutating func toV3() {
        result.version = .v3
        if result.fillValue.isUndefined {
            result.fillValue = .zero(of: result.dataType)
            note("fill_value", "v2 leaves it undefined; v3 must name one, and it is zero")
        }
        if result.dimensionNames != nil { result.attributes["_ARRAY_DIMENSIONS"] = nil }
        do throws(MetadataError) {
            _ = try result.dataType.jsonV3(at: "dtype")
        } catch {
            problems.append(error)
        }
        result.keyEncoding = ChunkKeyEncoding()
        chainToV3()
    }

    /// Filters that work on numbers come before the codec that makes bytes; everything else behind.
    private mutating func chainToV3() {
        var arrays: [CodecSpec] = []
        var serializer = CodecSpec.serializer(of: result.dataType)
        var bytes: [CodecSpec] = []
        for spec in result.codecs {
            switch (spec.dialect, spec.name) {
            case (.v3, "transpose"):
                arrays.append(spec)
            case (.v3, "bytes"):
                serializer = spec
                if let order = spec.configuration["field_endian"] {
                    serializer.configuration["field_endian"] = nil
                    serializer.configuration["endian"] = "little"
                    note("dtype", "fields of orders \(order.text()) are all little-endian now")
                }
            case (.v2, _) where CodecTranslation.objectCodecs.contains(spec.name):
                guard spec.name != serializer.name, !result.dataType.isObject else { continue }
                note("filters", "\(spec.name) becomes \(serializer.name)")
            case (.v2, "zfpy") where bytes.isEmpty:
                // In v3 it takes the array itself; the bytes that it makes are the same.
                guard serializer.configuration["endian"] != "big" else {
                    fail("filters", "zfpy of big-endian numbers has no counterpart: \(Self.remedy)")
                    continue
                }
                serializer = CodecSpec(
                    name: "numcodecs.zfpy",
                    configuration: spec.configuration
                )
            default:
                guard let (translated, isArray) = CodecTranslation.toV3(spec, result.dataType)
                else {
                    fail("filters", "v3 has no codec \(spec.name): \(Self.remedy)")
                    continue
                }
                if isArray { arrays.append(translated) } else { bytes.append(translated) }
            }
        }
        result.codecs = arrays + [serializer] + bytes
    }

    // MARK: - To v2

    mutating func toV2() {
        result.version = .v2
        unshard()
        gridToV2()
        fillToV2()
        var orders = result.dataType.leaves.map { _ in Endianness.little }[...]
        do throws(MetadataError) {
            _ = try result.dataType.dtype(&orders, at: "data_type")
        } catch {
            problems.append(error)
        }
        if result.dimensionNames?.contains(nil) == true {
            result.dimensionNames = nil
            note(
                "dimension_names",
                "v2 has names for all dimensions or for none: they are left out"
            )
        }
        let separator = result.keyEncoding.separator
        if !result.keyEncoding.suffix.isEmpty {
            note("chunk_key_encoding", "v2 has no suffix: keys end with their numbers")
        }
        result.keyEncoding = ChunkKeyEncoding(.v2, separator: separator)
        chainToV2()
    }

    /// The chunks of the innermost shards become the chunks.
    private mutating func unshard() {
        while let spec = result.codecs.first(where: { $0.name == "sharding_indexed" }) {
            guard result.codecs.count == 1, let inner = try? spec.nestedCodecs(),
                let shape = try? spec.nestedChunkShape()
            else {
                fail("codecs", "shards with other codecs around them are not taken apart")
                return
            }
            result.sharding = ArrayDescription.Sharding(innerShape: shape)
            result.codecs = inner
        }
        guard let sharding = result.sharding else { return }
        result.grid = .regular(chunkShape: sharding.innerShape)
        result.sharding = nil
        note("codecs", "v2 has no shards: the chunks inside become the chunks")
    }

    /// v2 has one NaN only, and no words for the bits of another.
    private mutating func fillToV2() {
        switch result.dataType {
        case .float, .complex: break
        default: return
        }
        let text = ElementText.json(result.fillValue.bytes[...], result.dataType)
        let plain = text.withPlainNaN
        guard plain != text, !result.fillValue.isUndefined else { return }
        var notes: [Diagnostic] = []
        let fill = try? FillValue(
            v2: plain,
            type: result.dataType,
            at: "fill_value",
            diagnostics: &notes
        )
        guard let fill else { return }
        result.fillValue = fill
        note("fill_value", "\(text.text()) is the usual NaN now: v2 has no other")
    }

    private mutating func gridToV2() {
        switch result.grid {
        case .regular: break
        case .regularBounded(let chunkShape):
            result.grid = .regular(chunkShape: chunkShape)
            note("chunk_grid", "chunks at the edges reach past the array now")
        case .rectilinear:
            fail("chunk_grid", "v2 has chunks of one shape only")
        }
    }

    private mutating func chainToV2() {
        let reversed = Array((0..<result.shape.count).reversed())
        var chain: [CodecSpec] = []
        var rest: [CodecSpec] = []
        for spec in result.codecs {
            switch spec.name {
            case "transpose":
                guard spec.configuration["order"]?.arrayValue?.map(\.intValue) == reversed,
                    chain.isEmpty, rest.isEmpty
                else {
                    fail(
                        "codecs",
                        "v2 stores dimensions in their order (C) or all reversed (F), no other way"
                    )
                    continue
                }
                if reversed.count > 1 { chain.append(spec) }
            case "bytes":
                chain.append(spec)
            case "numcodecs.zfpy" where rest.isEmpty:
                chain.append(.serializer(of: result.dataType))
                rest.append(
                    CodecSpec(name: "zfpy", configuration: spec.configuration, dialect: .v2)
                )
            case "vlen-utf8", "vlen-bytes":
                chain.append(CodecSpec(name: spec.name, dialect: .v2))
            default:
                guard let translated = CodecTranslation.toV2(spec) else {
                    fail("codecs", "v2 has no codec \(spec.name): \(Self.remedy)")
                    continue
                }
                rest.append(translated)
            }
        }
        result.codecs = chain + rest
    }
}

extension JSONValue {
    /// The same with `"NaN"` for the bits of any NaN, alone or in a list of two.
    fileprivate var withPlainNaN: JSONValue {
        switch self {
        case .string(let text) where text.hasPrefix("0x"): "NaN"
        case .array(let parts) where parts.count == 2: .array(parts.map(\.withPlainNaN))
        default: self
        }
    }
}

extension DataType {
    fileprivate var isObject: Bool {
        if case .object = self { true } else { false }
    }
}
