import JSONValue
import Testing

/// Values in JSON, there and back.
struct WriteJSONTests {
    /// A type as `create` takes it, and six values of it.
    private static let types: [(name: String, values: String, options: [String])] = [
        ("bool", "[true,false,true,true,false,false]", []),
        ("int8", "[-128,127,0,1,-1,5]", []),
        ("uint64", "[18446744073709551615,0,9007199254740993,1,2,3]", []),
        ("int64", "[-9223372036854775808,9223372036854775807,0,1,2,3]", []),
        ("float16", #"["NaN","Infinity","-Infinity",0.1,-0.0,65504.0]"#, []),
        ("float32", #"["NaN","0x7fc00001",3.4028235e+38,1e-45,0.1,-0.0]"#, []),
        ("float64", #"["-Infinity",0.1,5e-324,1.7976931348623157e+308,1.0,2.0]"#, []),
        ("bfloat16", #"[1.0,0.1,"NaN",-2.0,0.0,3e+38]"#, []),
        (
            "complex64", #"[[1.0,2.0],["NaN",0.0],[0.0,"Infinity"],[0.0,0.0],[1.5,2.5],[3.0,4.0]]"#,
            []
        ),
        ("r24", "[[1,2,3],[0,0,0],[255,254,253],[0,0,1],[9,9,9],[0,1,0]]", []),
        ("|S3", "[[97,98,99],[],[255],[1,2],[97],[0,1]]", []),
        ("|V2", "[[1,2],[0,0],[255,254],[0,1],[9,9],[0,1]]", []),
        ("<U4", #"["abcd","","日本","é","a\"b","𝄞"]"#, []),
        ("string", #"["","a,b","日本\n","é","\"","\u001b[31m"]"#, []),
        ("bytes", "[[],[0],[255,0,1],[10],[97,98],[0,0]]", []),
        ("M8[10us]", "[0,-9223372036854775808,9223372036854775807,-1,1,5]", []),
        ("m8[h]", "[0,-5,7,-1,1,5]", []),
        (
            "|O", #"[null,12,"é",[1,[]],{"a":[true,1.5]},0.1]"#,
            ["--zarr", "2", "--codecs", "json2,zstd"]
        ),
    ]

    private static func run(_ words: [String]) throws -> ChildProcess.Outcome {
        let outcome = try Program.run(words)
        #expect(outcome.status == 0, "\(words): \(outcome.messages)")
        return outcome
    }

    /// An array of 2 × 3 elements.
    private static func create(_ place: String, _ type: String, _ options: [String] = []) throws {
        let words = ["create", place, "--shape", "2,3", "--chunks", "1,2", "--dtype", type]
        _ = try run(words + options)
    }

    @Test(arguments: types.map(\.name))
    func `values of every type come back as they are`(name: String) throws {
        let (type, values, options) = try #require(Self.types.first { $0.name == name })
        let folder = try TemporaryFolder()
        let (first, second) = (folder.path + "/a.zarr", folder.path + "/b.zarr")
        try Self.create(first, type, options)
        try Self.create(second, type, options)
        try folder.write("flat.json", Array(values.utf8))
        _ = try Self.run(["write", first, "...", "--from", folder.path + "/flat.json"])
        let file = folder.path + "/read.json"
        _ = try Self.run(["read", first, "-o", file])
        _ = try Self.run(["write", second, "...", "--from", file])
        let read = try Self.run(["read", second, "--json"])
        #expect(read.output == folder.read("read.json"))
        let wanted = try JSONParser.parse(Array(values.utf8)).value
        #expect(try read.json()["values"]?.text(.compact) == wanted.text(.compact))
        // Nested as the dimensions are, the same.
        let list = wanted.arrayValue ?? []
        let nested = JSONValue.array([.array(Array(list[..<3])), .array(Array(list[3...]))])
        try folder.write("nested.json", Array(nested.text().utf8))
        _ = try Self.run(["write", first, "...", "--value", Self.other(type)])
        _ = try Self.run(["write", first, "...", "--from", folder.path + "/nested.json"])
        #expect(try Self.run(["read", first, "--json"]).output == read.output)
    }

    private static func other(_ type: String) -> String {
        switch type {
        case "bool": "true"
        case "complex64": "[7,7]"
        case "r24": "[7,7,7]"
        case "|V2", "bytes": "[7,7]"
        case "|S3": "[7,7]"
        default: "7"
        }
    }

    @Test func `structured values come back as they are`() throws {
        let folder = try TemporaryFolder()
        let type = #"[["a","<i2"],["b","|S2"],["c","<f4",[2]]]"#
        let (first, second) = (folder.path + "/a.zarr", folder.path + "/b.zarr")
        for place in [first, second] { try Self.create(place, type, ["--zarr", "2"]) }
        let value = #"[-5,[97],["NaN",1.5]]"#
        _ = try Self.run(["write", first, "[1, :]", "--value", value])
        _ = try Self.run(["read", first, "-o", folder.path + "/x.json"])
        _ = try Self.run(["write", second, "...", "--from", folder.path + "/x.json"])
        let read = try Self.run(["read", second, "--json"])
        #expect(read.output == folder.read("x.json"))
        #expect(try read.json()["values"]?[5]?.text(.compact) == value)
    }

    @Test func `a list whose rows have one entry is taken as what its entries are`() throws {
        let folder = try TemporaryFolder()
        let place = folder.path + "/a.zarr"
        _ = try Self.run(["create", place, "--shape", "3,1", "--dtype", "bytes"])
        for text in ["[[65],[66],[67]]", "[[[65]],[[66]],[[67]]]", #"["QQ==","Qg==","Qw=="]"#] {
            try folder.write("x.json", Array(text.utf8))
            _ = try Self.run(["write", place, "...", "--value", "[1]"])
            _ = try Self.run(["write", place, "...", "--from", folder.path + "/x.json"])
            let read = try Self.run(["read", place, "--json"]).json()
            #expect(read["values"] == [[65], [66], [67]], "\(text)")
        }
    }

    @Test func `texts are appended, as far as the list or the document says`() throws {
        let folder = try TemporaryFolder()
        let place = folder.path + "/a.zarr"
        _ = try Self.run([
            "create", place, "--shape", "0,2", "--chunks", "2,2", "--dtype", "string",
        ])
        for text in [
            #"[["a","b"],["c","d"]]"#, #"{"shape":[1,2],"data_type":"string","values":["e","f"]}"#,
        ] {
            try folder.write("x.json", Array(text.utf8))
            _ = try Self.run(["append", place, "--from", folder.path + "/x.json"])
        }
        let read = try Self.run(["read", place, "--json"]).json()
        #expect(read["shape"] == [3, 2] && read["values"] == ["a", "b", "c", "d", "e", "f"])
    }

    @Test(arguments: [
        ("[1,2,3]", "has 3 elements, the selection 6"),
        ("[[1,2,3],[4,5]]", "values[1] has 2 elements"),
        ("[1,2,3,4,5,300]", "value 5: 300 is beyond the range of uint8"),
        (#"[1,2,3,4,5,"6"]"#, "value 5"), ("[1,2,3,4,5,1.5]", "value 5"),
        (#"{"shape":[3,2],"values":[1,2,3,4,5,6]}"#, "has the shape [3, 2]"),
        (#"{"data_type":"int8","values":[1,2,3,4,5,6]}"#, "holds int8, and uint8 is wanted"),
        (#"{"a":1}"#, "no list 'values'"), ("[1,2,3,4,5,6", "not readable as JSON"),
        ("[1,2,3,4,5,NaN]", "not readable as JSON"), ("hello", "no JSON"), ("", "no JSON"),
    ])
    func `what does not fit is refused, and nothing is written`(text: String, words: String) throws
    {
        let folder = try TemporaryFolder()
        let place = folder.path + "/a.zarr"
        try Self.create(place, "uint8")
        try folder.write("x.json", Array(text.utf8))
        let outcome = try Program.run("write", place, "...", "--from", folder.path + "/x.json")
        #expect(outcome.status == 2 && outcome.messages.contains(words), "\(outcome.messages)")
        #expect(try Self.run(["read", place, "--json"]).json()["values"] == [0, 0, 0, 0, 0, 0])
    }
}
