import JSONValue
import Storage
import StorageBackends
import Testing
import ZarrEngine
import ZarrModel

/// Each data type on its whole way: described, written, read, copied into the other version and back.
struct EveryTypeTests {
    /// How the elements are stored.
    enum Layout: String, CaseIterable {
        case plain, big, reversed, zstd, blosc, gzip, checked, sharded

        /// The codecs behind the one that makes bytes.
        private func behind(_ version: FormatVersion) -> [CodecSpec] {
            let dialect: CodecSpec.Dialect = version == .v3 ? .v3 : .v2
            func spec(_ name: String, _ configuration: JSONObject = [:]) -> CodecSpec {
                CodecSpec(name: name, configuration: configuration, dialect: dialect)
            }
            return switch self {
            case .plain, .big, .reversed: []
            case .zstd, .sharded: [spec("zstd", ["level": 1, "checksum": true])]
            case .gzip: [spec("gzip", ["level": 1])]
            case .checked: [spec(version == .v3 ? "crc32c" : "crc32")]
            case .blosc:
                [
                    spec(
                        "blosc",
                        [
                            "cname": "lz4", "clevel": 5, "blocksize": 0,
                            "shuffle": version == .v3 ? "noshuffle" : 0,
                        ]
                    )
                ]
            }
        }

        /// An array of 7 × 5 elements.
        func description(
            _ version: FormatVersion,
            _ type: DataType,
            fill: [UInt8]
        ) -> ArrayDescription {
            var serializer = CodecSpec.serializer(of: type, in: version)
            if self == .big, serializer.configuration["endian"] != nil {
                serializer.configuration["endian"] = "big"
            }
            let transpose = CodecSpec(name: "transpose", configuration: ["order": [1, 0]])
            return ArrayDescription(
                version,
                shape: [7, 5],
                grid: .regular(chunkShape: self == .sharded ? [4, 4] : [3, 2]),
                dataType: type,
                fillValue: FillValue(bytes: fill, json: ElementText.json(fill[...], type)),
                codecs: (self == .reversed ? [transpose] : []) + [serializer] + behind(version),
                sharding: self == .sharded ? ArrayDescription.Sharding(innerShape: [2, 2]) : nil,
                attributes: ["layout": .string(rawValue)]
            )
        }

        /// Whether the version has it.
        func exists(in version: FormatVersion) -> Bool {
            self != .sharded || version == .v3
        }
    }

    private static func hierarchy() -> ZarrHierarchy {
        ZarrHierarchy(.store(MemoryStore()))
    }

    private static func copy(
        _ source: ZarrHierarchy,
        _ version: FormatVersion
    ) async throws -> ZarrHierarchy {
        let copy = hierarchy()
        let options = CopyOptions(version: version, verifies: true)
        let plan = try await source.copyPlan(of: .root, to: copy, at: .root, options)
        let outcome = try await source.copy(plan, to: copy, options)
        #expect(outcome.failures.isEmpty && outcome.unfinished.isEmpty)
        #expect(outcome.verified == outcome.total)
        return copy
    }

    /// Any value; v2 has no words for the bits of a NaN but the usual one.
    private static func fill(
        of type: DataType,
        in version: FormatVersion,
        _ generator: inout SeededGenerator
    ) -> [UInt8] {
        let fill = generator.anyValue(of: type)
        guard version == .v2, type.kind == .float,
            ElementText.json(fill[...], type).stringValue?.hasPrefix("0x") == true
        else { return fill }
        return [UInt8](repeating: 0, count: fill.count)
    }

    /// Every element of the array at the root.
    private static func elements(_ hierarchy: ZarrHierarchy) async throws -> [[UInt8]] {
        let array = try #require(await hierarchy.node(at: .root).array)
        let values = try await array.read()
        return (0..<values.count).map { values.element($0) }
    }

    @Test(arguments: EveryType.all)
    func `a type is written, read and copied between the versions that have it`(
        _ subject: EveryType
    ) async throws {
        for version in subject.versions {
            for (seed, layout) in Layout.allCases.enumerated() where layout.exists(in: version) {
                let place: Comment = "v\(version.rawValue), \(layout.rawValue)"
                var generator = SeededGenerator(seed: seed)
                let fill = Self.fill(of: subject.type, in: version, &generator)
                let source = Self.hierarchy()
                let description = layout.description(version, subject.type, fill: fill)
                var model = WriteModel(try await source.createArray(description, at: .root))
                for _ in 0..<4 {
                    let selection = generator.selection(of: [7, 5])
                    let values = (0..<(selection.elementCount ?? 0)).map { _ in
                        generator.anyValue(of: subject.type)
                    }
                    if !values.isEmpty { try await model.write(values, to: selection) }
                }
                #expect(try await model.read() == model.elements, place)
                // What is written is what somebody else finds there.
                #expect(try await Self.elements(source) == model.elements, place)
                let node = await source.node(at: .root)
                #expect(node.array?.metadata.dataType == subject.type, place)
                #expect(node.array?.metadata.fillValue.bytes == fill, place)
                #expect(node.issues.allSatisfy { $0.severity < .warning }, place)
                let other: FormatVersion = version == .v2 ? .v3 : .v2
                guard subject.versions.contains(other) else { continue }
                let copy = try await Self.copy(source, other)
                #expect(try await Self.elements(copy) == model.elements, place)
                let back = try await Self.copy(copy, version)
                #expect(try await Self.elements(back) == model.elements, place)
                let type = await back.node(at: .root).array?.metadata.dataType
                #expect(type == subject.type, place)
            }
        }
    }

    @Test(arguments: EveryType.all.filter { $0.versions.count == 1 })
    func `a type that a version does not have is refused there, by its name`(
        _ subject: EveryType
    ) async throws {
        let version = try #require(subject.versions.first)
        let other: FormatVersion = version == .v2 ? .v3 : .v2
        var generator = SeededGenerator(seed: 1)
        let fill = generator.anyValue(of: subject.type)
        let description = Layout.plain.description(other, subject.type, fill: fill)
        let error = await #expect(throws: EngineError.self) {
            _ = try await Self.hierarchy().createArray(description, at: .root)
        }
        #expect(error?.message.contains(subject.refusedName) == true, "\(error?.message ?? "")")
        let source = Self.hierarchy()
        let known = Layout.plain.description(version, subject.type, fill: fill)
        _ = try await source.createArray(known, at: .root)
        let options = CopyOptions(version: other)
        let failure = await #expect(throws: EngineError.self) {
            _ = try await source.copyPlan(of: .root, to: Self.hierarchy(), at: .root, options)
        }
        #expect(failure?.message.contains(subject.refusedName) == true, "\(failure?.message ?? "")")
    }
}

extension EveryType {
    /// What a refusal names: the type, the part of it that is not there, or what it is.
    fileprivate var refusedName: String {
        switch type {
        case .object: "objects"
        case .datetime, .timedelta: "a unit"
        case .structure(let fields): fields[0].shape.isEmpty ? fields[0].type.name : fields[0].name
        default: type.name
        }
    }
}
