import JSONValue
import Testing
import ZarrModel

private func v2(_ value: JSONValue) throws -> DataTypeV2 {
    try DataTypeV2(value, at: ".zarray#/dtype")
}

private func v3(_ value: JSONValue) throws -> DataType {
    try DataType(v3: value, at: "zarr.json#/data_type")
}

struct DataTypeTests {
    @Test(arguments: [
        ("|b1", DataType.bool, 1), ("|i1", .integer(.int8), 1), ("<u8", .integer(.uint64), 8),
        ("<f2", .float(.float16), 2), ("<c16", .complex(.float64), 16),
        ("|S7", .fixedBytes(byteCount: 7), 7),
        ("<U13", .fixedText(length: 13), 52), ("|V5", .opaque(byteCount: 5), 5),
        ("<M8[ns]", .datetime(.nanosecond, scale: 1), 8),
        ("<m8[10ms]", .timedelta(.millisecond, scale: 10), 8),
        ("<M8", .datetime(.generic, scale: 1), 8),
        ("<M8[μs]", .datetime(.microsecond, scale: 1), 8),
    ])
    func `v2 dtypes are read, and named as NumPy does`(
        text: String,
        type: DataType,
        byteCount: Int
    ) throws {
        let dtype = try v2(.string(text))
        #expect(dtype.type == type)
        #expect(dtype.endianness == .little)
        #expect(type.byteCount == byteCount)
        let descr = try #require(type.numpyDescr)
        #expect(try v2(.string(descr)).type == type)
    }

    @Test(arguments: [
        "int2", "int4", "bfloat16", "float4_e2m1fn", "float8_e3m4", "float8_e4m3fn",
        "float8_e4m3fnuz", "float8_e4m3b11fnuz", "float8_e5m2", "float8_e5m2fnuz",
    ])
    func `v2 names what NumPy has no type for as TensorStore does`(name: String) throws {
        let dtype = try v2(.string(name))
        #expect(try dtype.type == v3(.string(name)))
        #expect(dtype.endianness == .little)
        let array = ArrayDescription(
            .v2,
            shape: [3],
            grid: .regular(chunkShape: [2]),
            dataType: dtype.type
        )
        #expect(try array.documents()[0].value["dtype"] == .string(name))
        #expect(try v2([["a", .string(name)], ["b", ">i2"]]).type.kind == .structure)
        let fill = try array.documents()[0].value["fill_value"]
        #expect(name == "float4_e2m1fn" ? fill == "AA==" : fill?.doubleValue == 0)
    }

    @Test func `the byte order of v2 is kept beside the type`() throws {
        #expect(try v2(">i4").endianness == .big)
        #expect(try v2(">i4").type == .integer(.int32))
        #expect(try v2("=i4").endianness == .little)
    }

    @Test(arguments: [
        "i4", "<i3", "<f16", "|b2", "", "<", "<M8[xx]", "<M8[D/10]", "|Sx", "complex", "<c4",
        "<i99999999999999999999", "uint4", "float32", "<bfloat16", "bool", "float8_e8m0fnu",
    ])
    func `a v2 dtype that is not known keeps its name`(text: String) throws {
        #expect(try v2(.string(text)).type == .unknown(name: text))
    }

    @Test(
        arguments: ["|S0", "|V0", "<U-1", "|S2000000000", "<U1073741824", "<M8[0s]"] as [JSONValue]
    )
    func `a v2 dtype that cannot be is an error`(value: JSONValue) {
        #expect(throws: MetadataError.self) { try v2(value) }
    }

    @Test func `v2 structured types nest and have sub-arrays`() throws {
        let dtype = try v2([
            ["a", ">i2"], ["b", [["x", "<f4"], ["y", ">f8", 3]], [2]], ["c", "|S3"],
        ])
        guard case .structure(let fields) = dtype.type else { throw MetadataError(at: "", "") }
        #expect(fields.map(\.name) == ["a", "b", "c"])
        #expect(dtype.type.byteCount == 2 + 2 * 28 + 3)
        #expect(dtype.type.leaves.map(\.offset) == [0, 2, 6, 30, 34, 58])
        #expect(dtype.type.leaves.map(\.unit) == [2, 4, 8, 4, 8, 1])
        #expect(dtype.type.leaves.map(\.count) == [1, 1, 3, 1, 3, 3])
        let orders: [Endianness] = [.big, .little, .big, .little, .big]
        #expect(dtype.fieldEndianness?.prefix(5) == orders[...])
        #expect(dtype.fieldEndianness?.count == dtype.type.leaves.count)
        let alike = try v2([["a", ">i2"], ["b", ">f4"], ["c", "|u1"]])
        #expect(alike.endianness == .big)
        #expect(alike.fieldEndianness == nil)
    }

    @Test(arguments: [
        [] as JSONValue, [["a"]], [[1, "<i4"]], [["a", "<i4", [0]]], [["a", "<i4", [-1]]],
        [["a", "<i4", ["x"]]], [["a", "|O"]], 7, nil, ["a"],
        [["a", "<i4", [4_611_686_018_427_387_904, 4]]], [["a", [["b", "|u1"]], [70_000]]],
        [["a", "|S1000000", [1_000_000]]],
    ])
    func `a v2 structured type that cannot be is an error`(value: JSONValue) {
        #expect(throws: MetadataError.self) { try v2(value) }
    }

    @Test(arguments: [
        ("bool", DataType.bool), ("int2", .integer(.int2)), ("uint64", .integer(.uint64)),
        ("bfloat16", .float(.bfloat16)), ("float8_e4m3fn", .float(.float8_e4m3fn)),
        ("complex64", .complex(.float32)), ("complex128", .complex(.float64)),
        ("complex_float16", .complex(.float16)), ("complex_bfloat16", .complex(.bfloat16)),
        ("complex_float32", .complex(.float32)), ("r8", .rawBits(byteCount: 1)),
        ("r24", .rawBits(byteCount: 3)), ("string", .string), ("bytes", .bytes),
        ("variable_length_bytes", .bytes), ("hypothetical", .unknown(name: "hypothetical")),
        ("r", .unknown(name: "r")), ("rx", .unknown(name: "rx")),
    ])
    func `v3 names are read`(name: String, type: DataType) throws {
        #expect(try v3(.string(name)) == type)
        #expect(try v3(["name": .string(name)]) == type)
    }

    @Test(arguments: [
        DataType.fixedText(length: 4), .fixedBytes(byteCount: 3), .opaque(byteCount: 9),
        .datetime(.millisecond, scale: 10), .timedelta(.picosecond, scale: 1), .integer(.uint4),
        .complex(.float8_e5m2), .rawBits(byteCount: 2), .string,
        .structure([
            StructField(name: "a", type: .float(.float32)),
            StructField(name: "b", type: .structure([StructField(name: "c", type: .bool)])),
        ]),
    ])
    func `a type reads back from the metadata it writes`(type: DataType) throws {
        #expect(try v3(type.json) == type)
    }

    @Test func `the older structured names its fields in pairs`() throws {
        let type = try v3([
            "name": "structured",
            "configuration": ["fields": [["a", "int32"], ["b", "float64"]]],
        ])
        #expect(type.byteCount == 12)
        #expect(type.swapUnit == nil)
    }

    @Test(arguments: [
        "r7" as JSONValue, "r0", "r99999999999999999999", "r99999999999", "", 5, nil, [],
        ["name": 1],
        ["configuration": [:]],
        ["name": "bool", "configuration": 1],
        ["name": "fixed_length_utf32"],
        ["name": "fixed_length_utf32", "configuration": ["length_bytes": 6]],
        ["name": "raw_bytes", "configuration": ["length_bytes": -1]],
        ["name": "null_terminated_bytes", "configuration": ["length_bytes": 1.5]],
        ["name": "raw_bytes", "configuration": ["length_bytes": 9_223_372_036_854_775_807]],
        ["name": "numpy.datetime64"],
        ["name": "numpy.datetime64", "configuration": ["unit": "parsec"]],
        ["name": "numpy.datetime64", "configuration": ["unit": "s", "scale_factor": 0]],
        ["name": "struct"],
        ["name": "struct", "configuration": ["fields": []]],
        ["name": "struct", "configuration": ["fields": [["name": "a"]]]],
        ["name": "struct", "configuration": ["fields": [["name": "a", "data_type": "string"]]]],
    ])
    func `a v3 type that cannot be is an error with its place`(value: JSONValue) {
        let error = #expect(throws: MetadataError.self) { try v3(value) }
        #expect(error?.location.hasPrefix("zarr.json#/data_type") == true)
    }

    @Test func `a short form names what matters`() throws {
        #expect(DataType.fixedText(length: 7).summary == "utf32[7]")
        #expect(DataType.datetime(.millisecond, scale: 10).summary == "datetime64[10ms]")
        #expect(
            try v2([["a", "<i2"], ["b", "|S2"]]).type.summary == "struct{a:int16,b:bytes[2]}"
        )
    }

    @Test func `a codec knows where to swap bytes`() {
        #expect(DataType.complex(.float32).swapUnit == 4)
        #expect(DataType.fixedText(length: 3).leaves == [.init(offset: 0, unit: 4, count: 3)])
        #expect(DataType.opaque(byteCount: 5).swapUnit == 1)
        #expect(DataType.string.leaves.isEmpty)
        #expect(DataType.datetime(.day, scale: 1).swapUnit == 8)
    }
}
