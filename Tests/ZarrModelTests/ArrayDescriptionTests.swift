import JSONValue
import Testing

@testable import ZarrModel  // The table of codecs that correspond is not part of the public face.

private func description(
    _ version: FormatVersion = .v3,
    type: DataType = .integer(.int32),
    _ change: (inout ArrayDescription) -> Void = { _ in }
) -> ArrayDescription {
    var description = ArrayDescription(
        version,
        shape: [7, 5],
        grid: .regular(chunkShape: [3, 2]),
        dataType: type
    )
    change(&description)
    return description
}

private func problem(_ description: ArrayDescription) -> MetadataError? {
    do throws(MetadataError) {
        _ = try description.documents()
        return nil
    } catch {
        return error
    }
}

/// The array that the documents of `description` make.
private func read(_ description: ArrayDescription) throws -> ArrayMetadata {
    let documents = try description.documents()
    return switch description.version {
    case .v3: try ArrayMetadata(v3: documents[0].bytes)
    case .v2: try ArrayMetadata(v2: documents[0].bytes, zattrs: documents.dropFirst().first?.bytes)
    }
}

struct ArrayDescriptionTests {
    @Test(arguments: FormatVersion.allCases)
    func `what is described reads back without a remark`(_ version: FormatVersion) throws {
        let types: [DataType] = [
            .bool, .integer(.int8), .integer(.uint64), .float(.float16), .float(.float64),
            .complex(.float32), .fixedText(length: 3), .fixedBytes(byteCount: 4),
            .opaque(byteCount: 3), .datetime(.nanosecond, scale: 10), .timedelta(.day, scale: 1),
            .string, .bytes,
            .structure([
                StructField(name: "a", type: .integer(.int16)),
                StructField(
                    name: "b",
                    type: .structure([StructField(name: "c", type: .float(.float32))])
                ),
            ]),
        ]
        for type in types {
            let description = description(version, type: type) {
                $0.dimensionNames = ["y", "x"]
                $0.attributes = ["z": 1, "a": ["deep": [nil, true]]]
            }
            let metadata = try read(description)
            #expect(metadata.dataType == type)
            #expect(metadata.diagnostics.isEmpty, "\(type)")
            #expect(metadata.dimensionNames == ["y", "x"])
            #expect(ArrayDescription(metadata).grid == description.grid)
            #expect(try read(ArrayDescription(metadata)).dataType == type)
        }
    }

    @Test func `attributes keep their order and their numbers`() throws {
        let text =
            #"{"zebra":9007199254740993,"apple":123456789012345678901234567890,"m":-0.0,"e":1e-7}"#
        let attributes = try #require(
            try JSONParser.parse(Array(text.utf8), mode: .strict).value.objectValue
        )
        for version in FormatVersion.allCases {
            let metadata = try read(description(version) { $0.attributes = attributes })
            #expect(JSONValue.object(ArrayDescription(metadata).attributes).text() == text)
            let converted = try ArrayDescription(metadata)
                .converted(to: version == .v2 ? .v3 : .v2)
            let again = try read(converted.description)
            #expect(JSONValue.object(again.attributes).text() == text)
        }
    }

    @Test func `what JSON has no words for is not written, and is put right when it was read`()
        throws
    {
        let bare = JSONValue.number(JSONNumber(verbatim: "NaN"))
        let odd = problem(description { $0.attributes = ["a": [1, ["b": bare]]] })
        #expect(odd?.location == "zarr.json#/attributes/a/1/b")
        var metadata = try read(description())
        metadata.attributes = ["a": [bare]]
        #expect(ArrayDescription(metadata).attributes == ["a": ["NaN"]])
    }

    @Test func `a fill value is written so that it reads back bit for bit`() throws {
        let nan = FillValue(bytes: [1, 0, 0xc0, 0x7f], json: .null)
        let float = description(type: .float(.float32)) { $0.fillValue = nan }
        #expect(try read(float).fillValue.bytes == nan.bytes)
        // v2 has no words for such a NaN: it is refused, or becomes the usual one when asked for.
        #expect(
            problem(description(.v2, type: .float(.float32)) { $0.fillValue = nan })?.location
                == ".zarray#/fill_value"
        )
        let converted = try float.converted(to: .v2)
        #expect(try read(converted.description).fillValue.bytes == [0, 0, 0xc0, 0x7f])
        #expect(converted.notes.map(\.location) == ["fill_value"])
        let wrong = description { $0.fillValue = FillValue(bytes: [1], json: 1) }
        #expect(problem(wrong)?.location == "zarr.json#/fill_value")
        let undefined = description { $0.fillValue = .undefined(for: .integer(.int32)) }
        #expect(problem(undefined)?.location == "zarr.json#/fill_value")
        let open = try read(description(.v2) { $0.fillValue = .undefined(for: .integer(.int32)) })
        #expect(open.fillValue.isUndefined)
    }

    @Test func `a big-endian structured fill of v2 stands in the order of its fields`() throws {
        let type = DataType.structure([
            StructField(name: "a", type: .integer(.int16)),
            StructField(name: "b", type: .integer(.int32), shape: [2]),
        ])
        let bytes: [UInt8] = [1, 0, 2, 0, 0, 0, 3, 0, 0, 0]
        let metadata = try read(
            description(.v2, type: type) {
                $0.fillValue = FillValue(bytes: bytes, json: .null)
                $0.codecs = [
                    CodecSpec(name: "bytes", configuration: ["field_endian": ["big", "little"]])
                ]
            }
        )
        #expect(metadata.fillValue.bytes == bytes)
        #expect(metadata.document["dtype"] == [["a", ">i2"], ["b", "<i4", [2]]])
        #expect(metadata.document["fill_value"] == "AAECAAAAAwAAAA==")
    }

    @Test func `what other programs insist on is filled in`() throws {
        let metadata = try read(
            description {
                $0.codecs = [
                    CodecSpec(name: "bytes"), CodecSpec(name: "zstd"),
                    CodecSpec(name: "blosc", configuration: ["cname": "zstd"]),
                    CodecSpec(name: "numcodecs.crc32"),
                ]
            }
        )
        #expect(metadata.document["codecs"]?.arrayValue?.last?["configuration"] == [:])
        #expect(metadata.codecs[0].configuration["endian"] == "little")
        #expect(metadata.codecs[1].configuration["checksum"] == false)
        #expect(metadata.codecs[2].configuration["typesize"] == 4)
        #expect(metadata.codecs[2].configuration["shuffle"] == "shuffle")
    }

    @Test func `shards are written round the chain, and unwrapped again`() throws {
        let sharded = description {
            $0.grid = .regular(chunkShape: [6, 4])
            $0.sharding = .init(innerShape: [3, 2], isIndexAtStart: true)
        }
        let metadata = try read(sharded)
        #expect(metadata.shardLevels == [[3, 2]])
        #expect(
            ArrayDescription(metadata).sharding
                == sharded.sharding.map { given in
                    var given = given
                    given.indexCodecs = ArrayDescription(metadata).sharding?.indexCodecs ?? []
                    return given
                }
        )
        #expect(ArrayDescription(metadata).codecs.map(\.name) == ["bytes"])
        #expect(
            problem(description { $0.sharding = .init(innerShape: [2, 2]) })?.location
                == "zarr.json#/codecs/0/configuration/chunk_shape"
        )
    }

    @Test func `rules of the specification are kept when writing`() {
        func place(_ version: FormatVersion = .v3, _ change: (inout ArrayDescription) -> Void)
            -> String?
        {
            problem(description(version, change))?.location
        }
        #expect(place { $0.shape = [7] } == "zarr.json#/chunk_grid")
        #expect(place { $0.shape = [7, -1] } == "zarr.json#/shape/1")
        #expect(
            place { $0.grid = .regular(chunkShape: [3, 0]) }
                == "zarr.json#/chunk_grid/configuration/chunk_shape/1"
        )
        #expect(place { $0.dimensionNames = ["a"] } == "zarr.json#/dimension_names")
        #expect(place { $0.codecs = [] } == "zarr.json#/codecs")
        #expect(
            place { $0.codecs = [CodecSpec(name: "delta", dialect: .v2)] } == "zarr.json#/codecs"
        )
        #expect(place { $0.dataType = .object } == "zarr.json#/data_type")
        #expect(place(.v2) { $0.grid = .rectilinear([.every(3), .every(2)]) } == ".zarray#/chunks")
        #expect(place(.v2) { $0.dataType = .integer(.uint4) } == ".zarray#/dtype")
        #expect(place(.v2) { $0.dimensionNames = ["a", nil] } == ".zattrs#/_ARRAY_DIMENSIONS")
        #expect(
            place(.v2) { $0.keyEncoding = ChunkKeyEncoding() } == ".zarray#/dimension_separator"
        )
        #expect(
            place(.v2) {
                $0.codecs.insert(
                    CodecSpec(name: "transpose", configuration: ["order": [0, 1]]),
                    at: 0
                )
            } == ".zarray#/order"
        )
    }

    @Test func `a rectilinear grid is written in runs`() throws {
        let runs = try #require(ChunkRuns(lengths: [2, 2, 3]))
        let metadata = try read(description { $0.grid = .rectilinear([.listed(runs), .every(2)]) })
        #expect(
            metadata.document["chunk_grid"]?["configuration"]?["chunk_shapes"] == [
                [[2, 2], 3], 2,
            ]
        )
        #expect(metadata.gridShape.counts == [3, 3])
    }
}
