import Codecs
import JSONValue
import ZarrModel

/// Metadata to start from: written here, and what the samples of codecs come to.
enum Documents {
    static let all = v3 + v2 + groups + consolidated

    /// A chain of codecs with chunks of `shape`, as a document.
    static func document(of sample: Sample) -> [UInt8]? {
        guard sample.specs.allSatisfy({ $0.dialect == .v3 }) else { return nil }
        let shape = JSONValue.array(sample.shape.map { .integer($0) })
        let codecs = sample.specs.map { spec -> JSONValue in
            ["name": .string(spec.name), "configuration": .object(spec.configuration)]
        }
        let document: JSONValue = [
            "zarr_format": 3, "node_type": "array", "shape": shape, "data_type": sample.type.json,
            "chunk_grid": ["name": "regular", "configuration": ["chunk_shape": shape]],
            "chunk_key_encoding": ["name": "default"], "fill_value": fill(sample.type),
            "codecs": .array(codecs),
        ]
        return Array(document.text().utf8)
    }

    private static func fill(_ type: DataType) -> JSONValue {
        switch type {
        case .bool: false
        case .complex: [1, "NaN"]
        case .rawBits(let count): .array([JSONValue](repeating: 1, count: count))
        case .string, .fixedText: "a"
        case .bytes: [1, 2]
        default: 11
        }
    }

    static let v3: [[UInt8]] =
        Sample.all.compactMap { document(of: $0) }
        + [
            #"""
            {"zarr_format":3,"node_type":"array","shape":[3,0],"data_type":{"name":"struct","configuration":
            {"fields":[{"name":"a","data_type":"complex64"},{"name":"b","data_type":
            {"name":"numpy.datetime64","configuration":{"unit":"ms","scale_factor":10}}}]}},
            "chunk_grid":{"name":"regular","configuration":{"chunk_shape":[2,5]}},"storage_transformers":[],
            "chunk_key_encoding":{"name":"v2","configuration":{"separator":"."}},
            "fill_value":{"a":[1,"-Infinity"],"b":"NaT"},"codecs":["bytes"],"dimension_names":["x",null]}
            """#,
            #"""
            {"zarr_format":3,"node_type":"array","shape":[10,7],"data_type":"float16",
            "chunk_grid":{"name":"rectilinear","configuration":{"kind":"inline","chunk_shapes":[[[2,5]],[3,4]]}},
            "chunk_key_encoding":{"name":"default","configuration":{"separator":"/"}},"fill_value":"0x7e01",
            "codecs":[{"name":"bytes","configuration":{"endian":"big"}}],
            "x":{"must_understand":false},"attributes":{"a":[1,{"b":NaN}]}}
            """#,
        ].map { Array($0.utf8) }

    static let plainV2 = Array(
        #"""
        {"zarr_format":2,"shape":[10],"chunks":[4],"dtype":"<i4","fill_value":0,"order":"C",
        "filters":null,"compressor":null}
        """#.utf8
    )

    static let v2: [[UInt8]] =
        [plainV2]
        + [
            #"""
            {"zarr_format":2,"shape":[10,20],"chunks":[4,5],"dtype":[["a",">i2"],["b","<f4",[2,2]]],
            "fill_value":"AAEAAIA/AAAAQAAAgD8AAABA","order":"F","filters":[{"id":"delta","dtype":"<u2"}],
            "compressor":{"id":"blosc","cname":"lz4","shuffle":1},"dimension_separator":"/"}
            """#,
            #"""
            {"zarr_format":2,"shape":[],"chunks":[],"dtype":"|O","fill_value":"","order":"C",
            "filters":[{"id":"vlen-utf8"}],"compressor":{"id":"zstd","level":1}}
            """#,
            #"""
            {"zarr_format":2,"shape":[6],"chunks":[2],"dtype":"<M8[25us]","fill_value":-9223372036854775808,
            "order":"F","filters":[],"compressor":{"id":"lzma","format":3,"filters":[{"id":3,"dist":2}]}}
            """#,
            #"{"_ARRAY_DIMENSIONS":["time"],"units":"days since 1970"}"#,
        ].map { Array($0.utf8) }

    static let groups: [[UInt8]] = [
        #"{"zarr_format":3,"node_type":"group","attributes":{"a":1},"consolidated_metadata":null}"#,
        #"{"zarr_format":2}"#,
    ].map { Array($0.utf8) }

    static let consolidated: [[UInt8]] = [
        #"""
        {"zarr_consolidated_format":1,"metadata":{".zgroup":{"zarr_format":2},".zattrs":{},
        "a/.zarray":{"zarr_format":2,"shape":[1],"chunks":[1],"dtype":"|u1","fill_value":0,"order":"C",
        "filters":null,"compressor":null},"a/.zattrs":{"x":1},"b/c/.zgroup":{"zarr_format":2}}}
        """#,
        #"""
        {"kind":"inline","must_understand":false,"metadata":{"g":{"zarr_format":3,"node_type":"group"},
        "g/a":{"zarr_format":3,"node_type":"array","shape":[],"data_type":"bool"}}}
        """#,
    ].map { Array($0.utf8) }

    static let words: [String] =
        CodecDescriptor.all.flatMap { $0.v3Names + $0.v2Names }.map { "\"\($0)\"" } + [
            "\"zarr_format\":", "\"node_type\":", "\"shape\":", "\"chunks\":", "\"dtype\":",
            "\"data_type\":", "\"fill_value\":", "\"codecs\":[", "\"chunk_grid\":",
            "\"configuration\":{", "\"name\":", "\"chunk_shape\":", "\"endian\":", "\"big\"",
            "\"order\":\"F\"", "\"filters\":", "\"compressor\":", "\"dimension_separator\":",
            "\"chunk_key_encoding\":", "\"v2\"", "\"rectilinear\"", "\"regular_bounded\"",
            "\"chunk_shapes\":", "\"kind\":\"inline\"", "\"must_understand\":",
            "\"index_codecs\":[",
            "\"index_location\":\"start\"", "\"attributes\":", "\"dimension_names\":",
            "\"float32\"", "\"r24\"", "\"complex64\"", "\"<M8[10ns]\"", "\"|S3\"", "\">U2\"",
            "\"struct\"", "\"fields\":", "\"0x7fc0\"", "\"NaN\"", "9223372036854775807",
            "18446744073709551616", "\"optional\"", "\"fixed_length_utf32\"",
        ]
}
