import JSONValue
import Testing
import ZarrModel

/// The fill value that `text` is for `type`, with the messages that reading it gave.
private func fill(
    _ text: String,
    _ type: DataType,
    v2: Bool = false,
    dtype: DataTypeV2? = nil
) throws -> (bytes: [UInt8], notes: [String], isUndefined: Bool) {
    let value = try JSONParser.parse(Array(text.utf8), mode: .lenient).value
    var diagnostics: [Diagnostic] = []
    let fill =
        if v2 {
            try FillValue(v2: value, type: type, dtype: dtype, at: "x", diagnostics: &diagnostics)
        } else {
            try FillValue(v3: value, type: type, at: "x", diagnostics: &diagnostics)
        }
    #expect(fill.json == value)
    return (fill.bytes, diagnostics.map(\.message), fill.isUndefined)
}

private func bytes(_ value: some FixedWidthInteger) -> [UInt8] {
    (0..<(value.bitWidth / 8)).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
}

struct FillValueTests {
    @Test(arguments: [
        ("true", DataType.bool, [1]), ("false", .bool, [0]),
        ("-1", .integer(.int16), [0xff, 0xff]),
        ("18446744073709551615", .integer(.uint64), [UInt8](repeating: 255, count: 8)),
        ("-9223372036854775808", .integer(.int64), [0, 0, 0, 0, 0, 0, 0, 0x80]),
        ("-8", .integer(.int4), [0xf8]), ("3", .integer(.uint2), [3]),
        ("1.5", .float(.float32), [0, 0, 0xc0, 0x3f]), ("-0.0", .float(.float32), [0, 0, 0, 0x80]),
        ("\"NaN\"", .float(.float32), [0, 0, 0xc0, 0x7f]),
        ("\"NaN\"", .float(.float16), [0, 0x7e]),
        ("\"Infinity\"", .float(.float64), [0, 0, 0, 0, 0, 0, 0xf0, 0x7f]),
        ("\"-Infinity\"", .float(.bfloat16), [0x80, 0xff]),
        ("\"0x7fc00001\"", .float(.float32), [1, 0, 0xc0, 0x7f]),
        ("[1, \"NaN\"]", .complex(.float32), [0, 0, 0x80, 0x3f, 0, 0, 0xc0, 0x7f]),
        ("[1,2,3]", .rawBits(byteCount: 3), [1, 2, 3]),
        ("\"AQID\"", .opaque(byteCount: 3), [1, 2, 3]),
        ("\"YWI=\"", .fixedBytes(byteCount: 4), [0x61, 0x62, 0, 0]),
        ("\"aé\"", .fixedText(length: 3), [0x61, 0, 0, 0, 0xe9, 0, 0, 0, 0, 0, 0, 0]),
        ("\"NaT\"", .datetime(.second, scale: 1), [0, 0, 0, 0, 0, 0, 0, 0x80]),
        ("-9223372036854775808", .timedelta(.day, scale: 2), [0, 0, 0, 0, 0, 0, 0, 0x80]),
        ("\"é\"", .string, [0xc3, 0xa9]), ("[1,255]", .bytes, [1, 255]),
        ("\"AQI=\"", .bytes, [1, 2]), ("{\"a\":[1]}", .object, Array("{\"a\":[1]}".utf8)),
        ("448", .float(.float8_e4m3fn), [0x7e]), ("0.5", .float(.float8_e8m0fnu), [126]),
        ("-6", .float(.float4_e2m1fn), [0xf]), ("\"NaN\"", .float(.float8_e4m3fnuz), [0x80]),
    ])
    func `every type has its own form`(text: String, type: DataType, expected: [UInt8]) throws {
        let read = try fill(text, type)
        #expect(read.bytes == expected)
        #expect(read.notes.isEmpty)
        #expect(!read.isUndefined)
    }

    @Test(arguments: [
        ("1.0", DataType.integer(.int8), [1]), ("1e1", .integer(.uint8), [10]),
        ("1", .bool, [1]), ("true", .integer(.uint8), [1]), ("0", .string, [48]),
        ("0", .fixedBytes(byteCount: 2), [0, 0]),
        ("0", .opaque(byteCount: 2), [0, 0]), ("\"?!\"", .fixedBytes(byteCount: 2), [63, 33]),
        ("\"abc\"", .fixedText(length: 1), [0x61, 0, 0, 0]),
        ("\"nan\"", .float(.float16), [0, 0x7e]), ("\"1.5\"", .float(.float16), [0, 0x3e]),
        ("1e400", .float(.float64), [0, 0, 0, 0, 0, 0, 0xf0, 0x7f]),
        ("1", .complex(.float32), [0, 0, 0x80, 0x3f, 0, 0, 0, 0]),
    ])
    func `what others write is read with a warning`(
        text: String,
        type: DataType,
        expected: [UInt8]
    ) throws {
        let read = try fill(text, type)
        #expect(read.bytes == expected)
        #expect(read.notes.count == 1)
    }

    @Test(arguments: [
        ("300", DataType.integer(.int8)), ("-1", .integer(.uint64)), ("8", .integer(.int4)),
        ("18446744073709551616", .integer(.uint64)), ("1.5", .integer(.int8)),
        ("1e300", .integer(.int64)), ("9007199254740993.0", .integer(.int64)),
        ("NaN", .integer(.int32)), ("\"1\"", .integer(.int32)), ("2", .bool), ("\"x\"", .bool),
        ("[]", .float(.float32)), ("\"0x7f\"", .float(.float32)),
        ("\"0x-fc0000\"", .float(.float32)),
        ("\"0xgggggggg\"", .float(.float32)), ("\"zero\"", .float(.float64)),
        ("[1]", .complex(.float32)), ("[1,2,3]", .complex(.float32)),
        ("[1,2]", .rawBits(byteCount: 3)), ("[1,2,256]", .rawBits(byteCount: 3)),
        ("\"AQIDBA==\"", .fixedBytes(byteCount: 3)), ("1", .string), ("{}", .bytes),
        ("\"2020\"", .datetime(.day, scale: 1)), ("9223372036854775808", .datetime(.day, scale: 1)),
        ("7", .float(.float4_e2m1fn)), ("\"NaN\"", .float(.float4_e2m1fn)),
        ("-1", .float(.float8_e8m0fnu)), ("\"Infinity\"", .float(.float8_e4m3fn)),
        ("{\"a\":1}", .structure([StructField(name: "b", type: .bool)])),
        ("\"AQ==\"", .structure([StructField(name: "b", type: .integer(.int16))])),
        ("99999999999999999999999999999999999999999", .integer(.int64)),
    ])
    func `what does not fit the type is an error with its place`(text: String, type: DataType) {
        let error = #expect(throws: MetadataError.self) { try fill(text, type) }
        #expect(error?.location == "x")
    }

    @Test func `null of v2 leaves the value open and reads as zeros`() throws {
        let read = try fill("null", .integer(.int32), v2: true)
        #expect(read.isUndefined)
        #expect(read.bytes == [0, 0, 0, 0])
    }

    @Test func `bare NaN of v2 is read`() throws {
        #expect(try fill("NaN", .float(.float64), v2: true).bytes == bytes(0x7ff8_0000_0000_0000))
        #expect(
            try fill("-Infinity", .float(.float32), v2: true).bytes == bytes(UInt32(0xff80_0000))
        )
    }

    @Test func `a float32 is rounded once, half to even, from the text`() throws {
        let tie = "1.000000178813934326171875"
        let upper = bytes(Float(1.0000002384185791).bitPattern)
        let lower = bytes(Float(1.0000001192092896).bitPattern)
        #expect(try fill(tie, .float(.float32)).bytes == upper)
        // As a `Double` this is the tie itself.
        let below = "1.00000017881393432617187499999999999999"
        #expect(Double(below) == Double(tie))
        #expect(try fill(below, .float(.float32)).bytes == lower)
    }

    @Test func `small floats are rounded once as well`() throws {
        // 1 + 2^-11 lies halfway between the float16 values 1 and 1 + 2^-10.
        let half = "1.00048828125"
        #expect(try fill(half, .float(.float16)).bytes == bytes(UInt16(0x3c00)))
        let above = half + String(repeating: "0", count: 30) + "1"
        #expect(try fill(above, .float(.float16)).bytes == bytes(UInt16(0x3c01)))
        let negative = "-" + above
        #expect(try fill(negative, .float(.float16)).bytes == bytes(UInt16(0xbc01)))
        // 1 + 3 * 2^-8 lies halfway between bfloat16 0x3f81 and 0x3f82.
        let below = "1.01171874999999999999999999999999999999999"
        #expect(try fill(below, .float(.bfloat16)).bytes == bytes(UInt16(0x3f81)))
        #expect(try fill("1.01171875", .float(.bfloat16)).bytes == bytes(UInt16(0x3f82)))
    }

    @Test func `a structured value is an object, a list or base64 in stored order`() throws {
        let fields = [
            StructField(name: "a", type: .integer(.int16)),
            StructField(name: "b", type: .float(.float32), shape: [2]),
        ]
        let type = DataType.structure(fields)
        let expected: [UInt8] = [1, 0, 0, 0, 0x80, 0x3f, 0, 0, 0, 0x40]
        #expect(try fill(#"{"b":[1,2],"a":1}"#, type).bytes == expected)
        #expect(try fill(#"[1,[1,2]]"#, type).bytes == expected)
        let dtype = try DataTypeV2([["a", ">i2"], ["b", "<f4", [2]]], at: "x")
        #expect(dtype.type == type)
        #expect(dtype.fieldEndianness == [.big, .little])
        #expect(try fill(#""AAEAAIA/AAAAQA==""#, type, v2: true, dtype: dtype).bytes == expected)
        #expect(throws: MetadataError.self) { try fill(#"{"b":[1],"a":1}"#, type) }
        #expect(try fill("0", type, v2: true).bytes == [UInt8](repeating: 0, count: 10))
    }

    @Test func `a fill value of an unknown type is kept as it is`() throws {
        #expect(try fill(#"{"any":1}"#, .unknown(name: "x")).bytes.isEmpty)
    }
}
