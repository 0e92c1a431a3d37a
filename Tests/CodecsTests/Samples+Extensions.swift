import Codecs
import JSONValue
import ZarrModel

/// Codecs that were registered after the core ones.
extension Sample {
    static let zfp: [Sample] = [
        Sample(
            name: "zfp reversible",
            specs: [.v3("zfp", ["mode": "reversible"])],
            type: .float(.float32),
            padding: 7
        ),
        Sample(
            name: "zfp reversible of bytes",
            specs: [.v3("zfp", ["mode": "reversible"])],
            shape: [7, 9],
            type: .integer(.uint8),
            padding: 7
        ),
        Sample(
            name: "zfp without dimensions",
            specs: [.v3("zfp", ["mode": "reversible"])],
            shape: [],
            type: .integer(.int16),
            padding: 7
        ),
        Sample(
            name: "zfp at a rate",
            specs: [.v3("zfp", ["mode": "fixed_rate", "rate": 40])],
            shape: [12, 8],
            type: .float(.float32),
            padding: 7
        ),
        Sample(
            name: "zfp at a precision, in a shard",
            specs: [
                sharding(
                    [6, 5, 8],
                    [
                        [
                            "name": "zfp",
                            "configuration": ["mode": "fixed_precision", "precision": 32],
                        ]
                    ]
                )
            ],
            type: .float(.float32)
        ),
        Sample(
            name: "numcodecs.zfpy",
            specs: [.v3("numcodecs.zfpy", ["mode": 4, "tolerance": -1, "rate": -1])],
            type: .integer(.int64),
            padding: 7
        ),
        Sample(
            name: "zfpy in v2, transposed",
            specs: [
                .v3("transpose", ["order": [1, 0, 2]]), .bytes(),
                .v2("zfpy", ["mode": 5]),
            ],
            type: .float(.float32),
            padding: 7
        ),
    ]

    static let extensions: [Sample] = [
        Sample(
            name: "packbits of booleans",
            specs: [.v3("packbits"), .v3("zstd")],
            shape: [5, 9],
            type: .bool
        ),
        Sample(
            name: "packbits with its padding first",
            specs: [.v3("packbits", ["padding_encoding": "first_byte"])],
            shape: [3, 5],
            type: .integer(.int4)
        ),
        Sample(
            name: "packbits with its padding last",
            specs: [.v3("packbits", ["padding_encoding": "last_byte"])],
            shape: [3, 5],
            type: .complex(.float6_e2m3fn)
        ),
        Sample(
            name: "numcodecs.packbits",
            specs: [.v3("numcodecs.packbits"), .v3("bytes")],
            shape: [3, 7],
            type: .bool
        ),
        Sample(
            name: "reshape",
            specs: [.v3("reshape", ["shape": [[0, 1], 4, -1]]), .bytes(), .v3("zstd")]
        ),
        Sample(
            name: "reshape between transposes",
            specs: [
                .v3("transpose", ["order": [2, 0, 1]]), .v3("reshape", ["shape": [[0], -1]]),
                .v3("transpose", ["order": [1, 0]]), .bytes("big"),
            ]
        ),
        Sample(
            name: "squeeze before zfp",
            specs: [.v3("zarrs.squeeze"), .v3("zfp", ["mode": "reversible"])],
            shape: [1, 4, 1, 6, 1],
            padding: 7
        ),
        Sample(
            name: "n5_default",
            specs: [
                .v3(
                    "n5_default",
                    [
                        "codecs": [
                            ["name": "transpose", "configuration": ["order": [2, 1, 0]]],
                            ["name": "bytes", "configuration": ["endian": "big"]], "gzip",
                        ]
                    ]
                )
            ]
        ),
        Sample(
            name: "conditional",
            specs: [
                .bytes(),
                .v3(
                    "conditional",
                    [
                        "codecs": [
                            ["name": "shuffle", "configuration": ["element_size": 2]], "zstd",
                        ]
                    ]
                ), .v3("crc32c"),
            ],
            isChecked: true
        ),
        Sample(
            name: "cast_value",
            specs: [.v3("cast_value", ["data_type": "int32"]), .bytes(), .v3("zstd")]
        ),
        Sample(
            name: "scale_offset",
            specs: [.v3("scale_offset", ["offset": 5, "scale": 4]), .bytes()],
            type: .float(.float32)
        ),
    ]

    private static let maskAndValues: JSONObject = [
        "mask_codecs": ["packbits"],
        "data_codecs": [["name": "bytes", "configuration": ["endian": "little"]], "zstd"],
    ]

    static let optional: [Sample] = [
        Sample(
            name: "optional",
            specs: [.v3("zarrs.optional", maskAndValues)],
            shape: [4, 7],
            type: .optional(.integer(.uint16))
        ),
        Sample(
            name: "optional in optional, transposed, in a shard",
            specs: [
                .v3("transpose", ["order": [1, 0]]),
                sharding(
                    [7, 2],
                    [
                        [
                            "name": "optional",
                            "configuration": [
                                "mask_codecs": ["packbits"],
                                "data_codecs": [
                                    [
                                        "name": "optional",
                                        "configuration": .object(maskAndValues),
                                    ]
                                ],
                            ],
                        ]
                    ]
                ),
            ],
            shape: [4, 7],
            type: .optional(.optional(.integer(.uint8)))
        ),
        Sample(
            name: "optional text",
            specs: [
                .v3(
                    "optional",
                    ["mask_codecs": ["bytes"], "data_codecs": ["vlen-utf8", "gzip"]]
                )
            ],
            shape: [4, 7],
            type: .optional(.string)
        ),
        Sample(
            name: "zarrs.vlen",
            specs: [
                .v3(
                    "zarrs.vlen",
                    [
                        "index_codecs": littleAndZstd, "data_codecs": ["bytes", "zstd"],
                        "index_data_type": "uint32", "index_location": "start",
                    ]
                )
            ],
            shape: [5, 4],
            type: .string
        ),
        Sample(
            name: "zarrs.vlen from its end",
            specs: [
                .v3("reshape", ["shape": [-1]]),
                .v3(
                    "zarrs.vlen",
                    [
                        "index_codecs": littleAndCRC, "data_codecs": ["bytes"],
                        "index_data_type": "uint64", "index_location": "end",
                    ]
                ),
            ],
            shape: [5, 4],
            type: .bytes
        ),
        Sample(
            name: "categorize",
            specs: [.v2("categorize", ["labels": ["é", "b"], "dtype": "|O", "astype": "|u1"])],
            shape: [5, 4],
            type: .string
        ),
    ]
}
