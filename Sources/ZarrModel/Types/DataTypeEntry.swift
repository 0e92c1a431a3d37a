public import JSONValue

/// One row of the table of data types: for documentation, and for tests that go over all of them.
public struct DataTypeEntry: Sendable {
    /// How v3 metadata spells it, the proper spelling first; empty where v3 has none.
    public let v3: [JSONValue]
    /// How v2 metadata spells it; empty where v2 has none.
    public let v2: [JSONValue]
    /// How a fill value is written.
    public let fill: String
    /// What a reader may want to know.
    public let note: String

    private init(
        _ v3: [JSONValue],
        v2: [JSONValue] = [],
        fill: String,
        _ note: String = ""
    ) {
        self.v3 = v3
        self.v2 = v2
        self.fill = fill
        self.note = note
    }

    /// Every type that is read and written.
    public static let all: [DataTypeEntry] = numbers + complexes + others

    private static let floatFill = "number, `\"NaN\"`, `\"Infinity\"`, `\"-Infinity\"`, `\"0x…\"`"

    private static let numbers: [DataTypeEntry] =
        [
            DataTypeEntry(
                ["bool"],
                v2: ["|b1"],
                fill: "`true`, `false`",
                "any byte but 0 reads as true"
            )
        ]
        + IntegerType.allCases.map { type in
            DataTypeEntry(
                [.string(type.rawValue)],
                v2: DataType.integer(type).nameV2.map { [.string($0)] } ?? [],
                fill: "integer",
                type.bitCount < 8 ? "a byte each, or \(type.bitCount) bits by `packbits`" : ""
            )
        }
        + FloatType.allCases.map { type in
            let fill =
                if type.hasInfinity {
                    floatFill
                } else if DataType.float(type).hasNaN {
                    "number, `\"NaN\"`, `\"0x…\"`"
                } else {
                    "number, `\"0x…\"`"
                }
            return DataTypeEntry(
                [.string(type.rawValue)],
                v2: DataType.float(type).nameV2.map { [.string($0)] } ?? [],
                fill: fill,
                (type.bitCount < 8 ? "a byte each, or \(type.bitCount) bits by `packbits`" : "")
                    + (type == .float4_e2m1fn ? "; in v2 the fill value is base64" : "")
            )
        }

    private static let complexes: [DataTypeEntry] = FloatType.allCases.map { part in
        let type = DataType.complex(part)
        let longer = "complex_" + part.rawValue
        let names = longer == type.name ? [longer] : [type.name, longer]
        return DataTypeEntry(
            names.map { .string($0) },
            v2: type.numpyDescr.map { [.string($0)] } ?? [],
            fill: "list of two: real, imaginary"
        )
    }

    private static func sized(_ name: String, _ bytes: Int) -> JSONValue {
        ["name": .string(name), "configuration": ["length_bytes": .integer(bytes)]]
    }

    private static func timed(_ name: String) -> JSONValue {
        ["name": .string(name), "configuration": ["unit": "ms", "scale_factor": 10]]
    }

    private static let others: [DataTypeEntry] = [
        DataTypeEntry(["r24"], fill: "list of bytes", "raw bits, any multiple of 8"),
        DataTypeEntry(
            ["string"],
            v2: ["|O"],
            fill: "string",
            "any length; v2 with `vlen-utf8` or `categorize`"
        ),
        DataTypeEntry(
            ["bytes", "variable_length_bytes", "binary"],
            v2: ["|O"],
            fill: "base64 or list of bytes",
            "any length; v2 with `vlen-bytes`"
        ),
        DataTypeEntry(
            [],
            v2: ["|O"],
            fill: "any JSON",
            "objects: v2 with `json2`, `msgpack2` or `vlen-array`; an element reads as JSON"
        ),
        DataTypeEntry(
            [sized("fixed_length_utf32", 28)],
            v2: ["<U7", ">U7"],
            fill: "string",
            "UTF-32, padded with NUL"
        ),
        DataTypeEntry(
            [sized("null_terminated_bytes", 7)],
            v2: ["|S7"],
            fill: "base64, list of bytes, or text",
            "padded with NUL"
        ),
        DataTypeEntry(
            [sized("raw_bytes", 7)],
            v2: ["|V7"],
            fill: "base64 or list of bytes",
            "v2 also without a fill value"
        ),
        DataTypeEntry(
            [timed("numpy.datetime64")],
            v2: ["<M8[10ms]", ">M8[10ms]"],
            fill: "integer, `\"NaT\"`",
            "every unit of NumPy and multiples"
        ),
        DataTypeEntry(
            [timed("numpy.timedelta64")],
            v2: ["<m8[10ms]", ">m8[10ms]"],
            fill: "integer, `\"NaT\"`",
            "every unit of NumPy and multiples"
        ),
        DataTypeEntry(
            [
                [
                    "name": "struct",
                    "configuration": [
                        "fields": [
                            ["name": "a", "data_type": "int8"], ["name": "b", "data_type": "r16"],
                        ]
                    ],
                ],
                [
                    "name": "structured",
                    "configuration": ["fields": [["a", "int8"], ["b", "float32"]]],
                ],
            ],
            v2: [[["a", "|i1"], ["b", ">f4", [2, 3]]]],
            fill: "object by field, or base64",
            "nested; v2 with sub-arrays, and an order of bytes for each field"
        ),
        DataTypeEntry(
            [
                ["name": "zarrs.optional", "configuration": ["name": "uint8"]],
                ["name": "optional", "configuration": ["name": "string"]],
            ],
            fill: "`null`, or a list of one",
            "a value of any other type, or none; nested"
        ),
    ]
}

extension DataType {
    /// Whether it is a float type that has a NaN.
    fileprivate var hasNaN: Bool {
        if case .float(let type) = self { return FloatFormat(type).nan != nil }
        return false
    }
}
