import JSONValue
import Testing
import ZarrModel

/// The table of data types says what the readers of metadata do.
struct DataTypeEntryTests {
    private static let v3 = DataTypeEntry.all.flatMap(\.v3)
    private static let v2 = DataTypeEntry.all.flatMap(\.v2)

    @Test(arguments: v3)
    func `what the table spells for v3 is read, written and read again`(
        _ spelling: JSONValue
    ) throws {
        let type = try DataType(v3: spelling, at: "")
        #expect(type.kind != .unknown)
        #expect(try DataType(v3: type.json, at: "") == type)
        #expect(type.isVariableLength || type.byteCount ?? 0 > 0)
        #expect(!type.summary.isEmpty)
    }

    @Test(arguments: v2)
    func `what the table spells for v2 is read`(_ spelling: JSONValue) throws {
        #expect(try DataTypeV2(spelling, at: "").type.kind != .unknown)
    }

    /// The registered names, each as it stands in a folder of the registry.
    private static let registered: [JSONValue] = [
        "bfloat16", "bool", "bytes", "complex128", "complex64", "complex_bfloat16",
        "complex_float16", "complex_float32", "complex_float4_e2m1fn", "complex_float64",
        "complex_float6_e2m3fn", "complex_float6_e3m2fn", "complex_float8_e3m4",
        "complex_float8_e4m3", "complex_float8_e4m3b11fnuz", "complex_float8_e4m3fnuz",
        "complex_float8_e5m2", "complex_float8_e5m2fnuz", "complex_float8_e8m0fnu",
        "fixed_length_utf32", "float16", "float32", "float4_e2m1fn", "float64", "float6_e2m3fn",
        "float6_e3m2fn", "float8_e3m4", "float8_e4m3", "float8_e4m3b11fnuz", "float8_e4m3fnuz",
        "float8_e5m2", "float8_e5m2fnuz", "float8_e8m0fnu", "int16", "int2", "int32", "int4",
        "int64", "int8", "numpy.datetime64", "numpy.timedelta64", "string", "struct", "structured",
        "uint16", "uint2", "uint32", "uint4", "uint64", "uint8",
    ]

    @Test(arguments: registered)
    func `every registered type is in the table`(_ name: JSONValue) {
        #expect(Self.v3.contains { $0 == name || $0["name"] == name })
    }

    @Test(
        arguments: [
            (["name": "optional"], "needs a name"),
            (["name": "optional", "configuration": ["name": "quaternion"]], "not known"),
            (
                [
                    "name": "struct",
                    "configuration": [
                        "fields": [
                            [
                                "name": "a",
                                "data_type": [
                                    "name": "optional", "configuration": ["name": "int8"],
                                ],
                            ]
                        ]
                    ],
                ],
                "always has a value"
            ),
        ] as [(JSONValue, String)]
    )
    func `an optional type that makes no sense is refused`(_ json: JSONValue, _ words: String) {
        let error = #expect(throws: MetadataError.self) { try DataType(v3: json, at: "") }
        #expect(error?.message.mentions(words) == true)
    }

    @Test(
        arguments: [
            ("uint8", nil, [0, 0], "null"), ("uint8", [42], [42, 1], "42"),
            ("string", ["é"], [0xc3, 0xa9, 1], "\"é\""), ("string", nil, [0], "null"),
        ] as [(String, JSONValue, [UInt8], String)]
    )
    func `a value that may be absent has a mark behind it`(
        _ name: String,
        _ fill: JSONValue,
        _ bytes: [UInt8],
        _ text: String
    ) throws {
        let type = try DataType(
            v3: ["name": "optional", "configuration": ["name": .string(name)]],
            at: ""
        )
        var diagnostics: [Diagnostic] = []
        let value = try FillValue(v3: fill, type: type, at: "", diagnostics: &diagnostics)
        #expect(value.bytes == bytes)
        #expect(ElementText.json(bytes[...], type) == fill)
        #expect(ElementText.text(bytes[...], type) == text)
    }

    @Test func `nested values that may be absent keep which of them is`() throws {
        let type = DataType.optional(.optional(.integer(.uint8)))
        for (fill, bytes): (JSONValue, [UInt8]) in [
            (nil, [0, 0, 0]), ([nil], [0, 0, 1]), ([[42]], [42, 1, 1]),
        ] {
            var diagnostics: [Diagnostic] = []
            let value = try FillValue(v3: fill, type: type, at: "", diagnostics: &diagnostics)
            #expect(value.bytes == bytes)
            #expect(ElementText.json(bytes[...], type) == fill)
        }
        #expect(ElementText.text([0, 0, 1], type) == "[null]")
    }
}
