import Codecs
import JSONValue
import Testing
import ZarrModel

/// `cast_value` and `scale_offset`, which reckon with numbers of any two types.
struct CastValueTests {
    private static func bytes(_ values: [JSONValue], _ type: DataType) throws -> [UInt8] {
        try values.flatMap { value in
            var diagnostics: [Diagnostic] = []
            return try FillValue(v3: value, type: type, at: "", diagnostics: &diagnostics).bytes
        }
    }

    private static func values(_ bytes: [UInt8], _ type: DataType) -> [JSONValue] {
        let size = type.byteCount ?? 1
        return stride(from: 0, to: bytes.count, by: size).map {
            ElementText.json(bytes[$0..<($0 + size)], type)
        }
    }

    private static func chain(
        _ spec: CodecSpec,
        _ from: DataType,
        _ count: Int
    ) throws(CodecError) -> CodecChain {
        try CodecChain(specs: [spec, .bytes()], shape: [count], type: from)
    }

    private static func cast(
        _ values: [JSONValue],
        _ from: DataType,
        _ to: DataType,
        _ settings: JSONObject = [:]
    ) throws -> [JSONValue] {
        var configuration = settings
        configuration["data_type"] = to.json
        let chain = try chain(.v3("cast_value", configuration), from, values.count)
        let encoded = try ChunkEncoder(chain).encode(try bytes(values, from))
        return Self.values(encoded, to)
    }

    @Test(
        arguments: [
            ("nearest-even", [2, 2, -2, -2]), ("towards-zero", [1, 2, -1, -2]),
            ("towards-positive", [2, 3, -1, -2]), ("towards-negative", [1, 2, -2, -3]),
            ("nearest-away", [2, 3, -2, -3]),
        ] as [(String, [JSONValue])]
    )
    func `floats become integers by the rule`(rule: String, expected: [JSONValue]) throws {
        let cast = try Self.cast(
            [1.5, 2.5, -1.5, -2.5],
            .float(.float32),
            .integer(.int8),
            ["rounding": .string(rule)]
        )
        #expect(cast == expected)
    }

    @Test(
        arguments: [
            ("nearest-even", [0x1p64, 0x1p53]), ("towards-zero", [0x1p64 - 2048, 0x1p53]),
            ("towards-positive", [0x1p64, 0x1p53 + 2]),
            ("towards-negative", [0x1p64 - 2048, 0x1p53]), ("nearest-away", [0x1p64, 0x1p53 + 2]),
        ] as [(String, [Double])]
    )
    func `integers too long for a float are rounded by the rule`(
        rule: String,
        expected: [Double]
    ) throws {
        let cast = try Self.cast(
            [.integer(UInt64.max), 9_007_199_254_740_993],
            .integer(.uint64),
            .float(.float64),
            ["rounding": .string(rule)]
        )
        #expect(cast.compactMap(\.doubleValue) == expected)
    }

    @Test
    func `an integer is rounded once, whatever lies between`() throws {
        // Half a step of float32 above a float32, and one more: by way of float64 it would be a tie.
        let value = (Int64(1) << 62) + (Int64(1) << 38) + 1
        let cast = try Self.cast([.integer(value)], .integer(.int64), .float(.float32))
        let expected: Float = 0x1p62 + 0x1p39
        #expect(cast[0].floatValue == expected)
    }

    @Test
    func `what is beyond the range wraps, is clamped, or fails`() throws {
        let values: [JSONValue] = [127, 128, 129, -129]
        #expect(
            try Self.cast(values, .integer(.int16), .integer(.int8), ["out_of_range": "wrap"])
                == [127, -128, -127, 127]
        )
        #expect(
            try Self.cast(values, .integer(.int16), .integer(.int8), ["out_of_range": "clamp"])
                == [127, 127, 127, -128]
        )
        #expect(throws: CodecError.self) {
            try Self.cast(values, .integer(.int16), .integer(.int8))
        }
        #expect(
            try Self.cast(
                [1e38, -1e38],
                .float(.float32),
                .integer(.uint8),
                ["out_of_range": "wrap"]
            ) == [0, 0]
        )
        #expect(
            try Self.cast(
                [7e4, -7e4],
                .float(.float32),
                .float(.float16),
                ["out_of_range": "clamp"]
            ) == ["Infinity", "-Infinity"]
        )
        #expect(
            try Self.cast(
                [500, -500],
                .float(.float32),
                .float(.float8_e4m3fn),
                ["out_of_range": "clamp"]
            ) == [448.0, -448.0]
        )
        #expect(throws: CodecError.self) {
            try Self.cast([7e4], .float(.float32), .float(.float16))
        }
    }

    @Test
    func `scalar_map comes before every rule, and its first entry counts`() throws {
        let map: JSONValue = [
            "encode": [["NaN", 7], [1.5, 42], [1.5, 43]], "decode": [[7, "NaN"]],
        ]
        let configuration: JSONObject = [
            "data_type": "uint8", "out_of_range": "clamp", "scalar_map": map,
        ]
        let chain = try Self.chain(
            .v3("cast_value", configuration),
            .float(.float32),
            3
        )
        let encoded = try ChunkEncoder(chain).encode(
            try Self.bytes([1.5, 300, "0x7fc00001"], .float(.float32))
        )
        #expect(encoded == [42, 255, 7])
        #expect(
            Self.values(try ChunkDecoder(chain).decode(encoded), .float(.float32))
                == [42.0, 255.0, "NaN"]
        )
    }

    @Test
    func `NaN and infinity have no integer unless the map says one`() throws {
        for value: JSONValue in ["NaN", "Infinity"] {
            for rule: JSONObject in [[:], ["out_of_range": "wrap"]] {
                #expect(throws: CodecError.self) {
                    try Self.cast([value], .float(.float64), .integer(.int32), rule)
                }
            }
        }
    }

    @Test
    func `a fill value that cannot be cast is refused with the metadata`() {
        #expect(throws: CodecError.self) {
            try CodecChain(
                specs: [.v3("cast_value", ["data_type": "int8"]), .bytes()],
                shape: [1],
                type: .integer(.int16),
                fill: [0, 1]
            )
        }
        for wrong: JSONObject in [
            [:], ["data_type": "string"], ["data_type": "int8", "rounding": "up"],
            ["data_type": "int8", "more": 1], ["data_type": "float32", "out_of_range": "wrap"],
            ["data_type": "int8", "scalar_map": ["encode": [[1]]]],
        ] {
            #expect(throws: CodecError.self) {
                try Self.chain(.v3("cast_value", wrong), .integer(.int16), 1)
            }
        }
    }

    @Test
    func `the fill of a shard behind a cast is cast as well`() throws {
        let chain = try CodecChain(
            specs: [
                .v3("cast_value", ["data_type": "int32"]),
                Sample.sharding([2], Sample.littleAndZstd),
            ],
            shape: [4],
            type: .integer(.uint8),
            fill: [200]
        )
        let chunk: [UInt8] = [1, 2, 200, 200]
        let encoded = try ChunkEncoder(chain).encode(chunk)
        #expect(encoded[(encoded.count - 20)...].starts(with: [UInt8](repeating: 255, count: 16)))
        #expect(try ChunkDecoder(chain).decode(encoded) == chunk)
    }

    @Test
    func `scale_offset reckons in the array's own type`() throws {
        let spec = CodecSpec.v3("scale_offset", ["offset": 1000, "scale": 2])
        let integers = try CodecChain(
            specs: [spec, .bytes()],
            shape: [2],
            type: .integer(.int16),
            fill: [0xe8, 3]
        )
        let stored = try ChunkEncoder(integers).encode(
            try Self.bytes([1000, 1010], .integer(.int16))
        )
        #expect(Self.values(stored, .integer(.int16)) == [0, 20])
        #expect(throws: CodecError.self) {
            try ChunkEncoder(integers).encode(try Self.bytes([-32000, 0], .integer(.int16)))
        }
        let floats = try Self.chain(
            .v3("scale_offset", ["offset": 5, "scale": 0.1]),
            .float(.float32),
            1
        )
        let small = try ChunkEncoder(floats).encode(try Self.bytes([5.3], .float(.float32)))
        let expected = (Float(5.3) - 5) * Float(0.1)
        #expect(Self.values(small, .float(.float32))[0].floatValue == expected)
        let back = Self.values(try ChunkDecoder(floats).decode(small), .float(.float32))
        #expect(back[0].floatValue == expected / Float(0.1) + 5)
    }

    @Test
    func `a stored quotient that is no integer is rounded down, as it is elsewhere`() throws {
        let chain = try Self.chain(.v3("scale_offset", ["scale": 2]), .integer(.int8), 3)
        #expect(try ChunkDecoder(chain).decode([7, 0xf9, 4]) == [3, 0xfc, 2])
    }
}

extension JSONValue {
    fileprivate var floatValue: Float? {
        numberValue?.float
    }
}
