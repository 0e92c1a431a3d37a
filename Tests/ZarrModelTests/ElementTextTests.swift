import JSONValue
import Testing
import ZarrModel

private func json(_ bytes: [UInt8], _ type: DataType) -> String {
    ElementText.json(bytes[...], type).text()
}

private func text(_ bytes: [UInt8], _ type: DataType, digits: Int = 17) -> String {
    ElementText.text(bytes[...], type, digits: digits)
}

private func bytes(_ value: some FixedWidthInteger) -> [UInt8] {
    (0..<(value.bitWidth / 8)).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
}

struct ElementTextTests {
    @Test(arguments: [
        ([1], DataType.bool, "true"), ([2], .bool, "true"), ([0], .bool, "false"),
        (bytes(Int64.min), .integer(.int64), "-9223372036854775808"),
        (bytes(UInt64.max), .integer(.uint64), "18446744073709551615"),
        ([0xf8], .integer(.int4), "-8"), ([0x0f], .integer(.int4), "-1"),
        ([0xff], .integer(.uint4), "15"), ([0xff], .integer(.int8), "-1"),
        (bytes(Float(0.1).bitPattern), .float(.float32), "0.1"),
        (bytes(0.1.bitPattern), .float(.float64), "0.1"),
        (bytes(Float16(0.1).bitPattern), .float(.float16), "0.1"),
        (bytes(UInt16(0x3dcd)), .float(.bfloat16), "0.1"),
        (bytes((-0.0).bitPattern), .float(.float64), "-0.0"),
        (bytes(1e300.bitPattern), .float(.float64), "1e+300"),
        (bytes(Double.leastNonzeroMagnitude.bitPattern), .float(.float64), "5e-324"),
        (bytes(Double.nan.bitPattern), .float(.float64), "\"NaN\""),
        (bytes(UInt32(0xffc0_0000)), .float(.float32), "\"NaN\""),
        (bytes(UInt32(0x7fc0_0001)), .float(.float32), "\"0x7fc00001\""),
        (bytes(UInt16(0xfc00)), .float(.float16), "\"-Infinity\""),
        (
            bytes(Float(1).bitPattern) + bytes(Float(-2.5).bitPattern), .complex(.float32),
            "[1.0,-2.5]"
        ),
        ([1, 0, 255], .rawBits(byteCount: 3), "[1,0,255]"),
        ([0x61, 0], .fixedBytes(byteCount: 2), "[97]"),
        ([0x61, 0, 0, 0, 0, 0, 0, 0], .fixedText(length: 2), "\"a\""),
        ([0, 0xd8, 0, 0], .fixedText(length: 1), "\"\u{fffd}\""),
        (bytes(Int64.min), .datetime(.day, scale: 1), "-9223372036854775808"),
        ([0xc3, 0xa9, 10], .string, "\"é\\n\""), ([0xff], .string, "\"\u{fffd}\""),
        ([1, 2], .bytes, "[1,2]"), (Array(#"{"a": NaN}"#.utf8), .object, #"{"a":NaN}"#),
        ([0x7e], .float(.float8_e4m3fn), "448.0"), ([0x7f], .float(.float8_e4m3fn), "\"NaN\""),
        ([0x01], .float(.float8_e5m2), "1.52587890625e-05"),
        ([255], .float(.float8_e8m0fnu), "\"NaN\""),
        ([127], .float(.float8_e8m0fnu), "1.0"), ([0x0b], .float(.float4_e2m1fn), "-1.5"),
    ])
    func `the JSON form is exact`(bytes: [UInt8], type: DataType, expected: String) {
        #expect(json(bytes, type) == expected)
    }

    @Test func `a structured element is a list, its sub-arrays nested lists`() {
        let type = DataType.structure([
            StructField(name: "a", type: .integer(.uint8)),
            StructField(name: "m", type: .integer(.int16), shape: [2, 2]),
            StructField(name: "s", type: .structure([StructField(name: "x", type: .bool)])),
        ])
        let element: [UInt8] = [7, 1, 0, 2, 0, 3, 0, 4, 0, 1]
        #expect(json(element, type) == "[7,[[1,2],[3,4]],[true]]")
        #expect(text(element, type) == "(7, [[1,2],[3,4]], (true))")
    }

    @Test(arguments: FloatType.allCases.filter { $0.byteCount <= 2 })
    func `a small float is read back from its text`(type: FloatType) throws {
        let step: UInt64.Stride = type.byteCount == 1 ? 1 : 17
        for bits in stride(from: 0, to: UInt64(1) << UInt64(type.bitCount), by: step) {
            let element = (0..<type.byteCount).map {
                UInt8(truncatingIfNeeded: bits >> UInt64(8 * $0))
            }
            let value = ElementText.json(element[...], .float(type))
            if value == "NaN" { continue }
            var diagnostics: [Diagnostic] = []
            let back = try FillValue(
                v3: value,
                type: .float(type),
                at: "",
                diagnostics: &diagnostics
            )
            if back.bytes != element || !diagnostics.isEmpty {
                Issue.record("\(type) \(String(bits, radix: 16)) reads back as \(back.bytes)")
            }
        }
    }

    @Test(arguments: [
        (0, TimeUnit.second, 1, "1970-01-01T00:00:00"), (-1, .second, 1, "1969-12-31T23:59:59"),
        (18_321, .day, 1, "2020-02-29"), (1, .week, 1, "1970-01-08"), (50, .year, 1, "2020"),
        (-1, .month, 1, "1969-12"), (601, .month, 1, "2020-02"), (36, .hour, 1, "1970-01-02T12"),
        (3, .minute, 10, "1970-01-01T00:30"),
        (1_582_934_400_123_456_789, .nanosecond, 1, "2020-02-29T00:00:00.123456789"),
        (-1, .millisecond, 1, "1969-12-31T23:59:59.999"),
        (25, .millisecond, 10, "1970-01-01T00:00:00.250"),
        (Int64.min, .day, 1, "NaT"), (7, .generic, 1, "7"),
        (-719_468, .day, 1, "0000-03-01"), (-719_529, .day, 1, "-0001-12-31"),
    ])
    func `points in time are shown as dates`(
        count: Int64,
        unit: TimeUnit,
        scale: Int,
        expected: String
    ) {
        #expect(text(bytes(count), .datetime(unit, scale: scale)) == expected)
    }

    @Test(arguments: TimeUnit.allCases)
    func `no count traps the calendar`(unit: TimeUnit) {
        for count in [Int64.min + 1, .max, -1, 1] {
            for scale in [1, Int.max] {
                #expect(!text(bytes(count), .datetime(unit, scale: scale)).isEmpty)
                #expect(!text(bytes(count), .timedelta(unit, scale: scale)).isEmpty)
            }
        }
    }

    @Test(arguments: [
        (bytes(3.14159265358979.bitPattern), DataType.float(.float64), 4, "3.142"),
        (bytes(123456.0.bitPattern), .float(.float64), 3, "123000.0"),
        (bytes(9.99.bitPattern), .float(.float64), 2, "10.0"),
        (bytes((-1e-300).bitPattern), .float(.float64), 3, "-1e-300"),
        (bytes(Double.infinity.bitPattern), .float(.float64), 3, "inf"),
        (
            bytes(Float(1).bitPattern) + bytes(Float(-2.5).bitPattern), .complex(.float32), 9,
            "1.0-2.5j"
        ),
        ([1, 171], .opaque(byteCount: 2), 9, "0x01ab"),
        ([0x61, 0x1b, 0], .fixedBytes(byteCount: 3), 9, "\"a\\x1b\""),
        (bytes(Int64(25)), .timedelta(.millisecond, scale: 10), 9, "250 ms"),
        (Array("a\u{202e}\u{1b}".utf8), .string, 9, "\"a\\u{202e}\\u001b\""),
    ])
    func `the short form suits a table`(
        bytes: [UInt8],
        type: DataType,
        digits: Int,
        expected: String
    ) {
        #expect(text(bytes, type, digits: digits) == expected)
    }

    @Test func `bytes that are too few do not trap`() {
        let types: [DataType] = [
            .bool, .integer(.int64), .float(.float64), .complex(.float64), .fixedText(length: 3),
            .datetime(.second, scale: 1), .timedelta(.second, scale: 1), .string, .object,
            .structure([StructField(name: "a", type: .float(.float64), shape: [3])]),
        ]
        for type in types {
            for count in 0..<4 {
                #expect(!json([UInt8](repeating: 1, count: count), type).isEmpty)
                #expect(!text([UInt8](repeating: 1, count: count), type).isEmpty)
            }
        }
    }
}
