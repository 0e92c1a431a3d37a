import JSONValue
import Testing

/// Codecs and types as words of the command line, and what is written for them.
struct CreateWordsTests {
    /// What `create` makes of `options`: how it ended, and the document of the array.
    private static func create(
        _ options: [String],
        _ document: String = "zarr.json"
    ) throws -> (outcome: ChildProcess.Outcome, document: JSONValue) {
        let folder = try TemporaryFolder()
        let words = ["create", folder.path + "/a.zarr", "--shape", "4"]
        let outcome = try Program.run(words + options)
        let bytes = folder.read("a.zarr/" + document)
        return (outcome, try bytes.map { try JSONParser.parse($0).value } ?? .null)
    }

    private static let endian: JSONValue = [
        "name": "bytes", "configuration": ["endian": "little"],
    ]

    @Test func `a chain in shards is written as a chain outside them is`() throws {
        let codecs = """
            [{"name":"sharding_indexed","configuration":{"chunk_shape":[2],"codecs":
            ["bytes","gzip","crc32"],"index_codecs":["bytes","crc32c"]}}]
            """
        let made = try Self.create(["--dtype", "int16", "--chunks", "4", "--codecs", codecs])
        #expect(made.outcome.status == 0, "\(made.outcome.messages)")
        let shard = made.document["codecs"]?[0]?["configuration"]
        #expect(
            shard?["codecs"] == [
                Self.endian, ["name": "gzip", "configuration": ["level": 5]],
                ["name": "numcodecs.crc32", "configuration": [:]],
            ]
        )
        #expect(shard?["index_codecs"] == [Self.endian, ["name": "crc32c"]])
    }

    @Test func `every codec that holds a chain has it completed`() throws {
        let conditional = #"["bytes",{"name":"conditional","configuration":{"codecs":["crc32c"]}}]"#
        let made = try Self.create(["--dtype", "int16", "--codecs", conditional])
        #expect(made.outcome.status == 0, "\(made.outcome.messages)")
        #expect(
            made.document["codecs"]?[1]?["configuration"]?["codecs"] == [["name": "crc32c"]]
        )
        let optional = """
            [{"name":"zarrs.optional","configuration":{"mask_codecs":["packbits","zstd"],
            "data_codecs":["crc32c"]}}]
            """
        let type = #"{"name":"zarrs.optional","configuration":{"name":"int16","configuration":{}}}"#
        let other = try Self.create(["--dtype", type, "--codecs", optional])
        #expect(other.outcome.status == 0, "\(other.outcome.messages)")
        let configuration = other.document["codecs"]?[0]?["configuration"]
        #expect(configuration?["mask_codecs"]?[1]?["configuration"]?["checksum"] == false)
        #expect(configuration?["data_codecs"] == [Self.endian, ["name": "crc32c"]])
    }

    @Test(arguments: [
        (#"["bytes",{"name":"nope","must_understand":false}]"#, "no codec 'nope'"),
        (
            #"[{"name":"sharding_indexed","configuration":{"chunk_shape":[2],"codecs":["nope"]}}]"#,
            "no codec 'nope'"
        ),
        ("quantize", "needs digits"), ("astype", "needs encode_dtype"), ("pcodec", "Rust"),
        ("numcodecs.pcodec", "Rust"), ("zsdt", "did you mean zstd?"),
    ])
    func `a codec that is not known is refused with what is known of it`(
        codecs: String,
        words: String
    ) throws {
        let made = try Self.create(["--dtype", "int16", "--codecs", codecs])
        #expect(made.outcome.status == 2 && made.document.isNull)
        #expect(made.outcome.messages.contains(words), "\(made.outcome.messages)")
    }

    @Test(arguments: ["crc32", "adler32", "fletcher32", "jenkins_lookup3", "delta"])
    func `codecs of numcodecs alone go by their short names`(name: String) throws {
        let made = try Self.create(["--dtype", "int16", "--codecs", name])
        #expect(made.outcome.status == 0, "\(made.outcome.messages)")
        let names = made.document["codecs"]?.arrayValue?.compactMap { $0["name"]?.stringValue }
        #expect(names?.contains("numcodecs." + name) == true)
    }

    @Test(arguments: [
        (["--dtype", "int16"], "zarr.json", "<i2"),
        (["--dtype", ">i2", "--zarr", "2"], ".zarray", ">i2"),
    ])
    func `a filter is told the type that it takes`(
        options: [String],
        name: String,
        dtype: String
    ) throws {
        let made = try Self.create(options + ["--codecs", "delta"], name)
        #expect(made.outcome.status == 0, "\(made.outcome.messages)")
        let filter = made.document["filters"]?[0] ?? made.document["codecs"]?[0]?["configuration"]
        #expect(filter?["dtype"]?.stringValue == dtype)
    }

    @Test(arguments: [
        #"[["a","|i1"],["b",">f4",[2,3]],["c",[["x","<i2"],["y","|S3"]]],["u",">U2"]]"#,
        #"[["t","<M8[ms]"],["c",[["x",">i2"],["y","|S3"]]]]"#,
        #"[["a","<u2"],["b",">f4",[2,3]]]"#, #"[["a",">u2"],["b",">f4"]]"#,
    ])
    func `every field keeps the order of its bytes in v2`(dtype: String) throws {
        for codecs in ["zstd", "bytes,zlib"] {
            let options = ["--zarr", "2", "--dtype", dtype, "--codecs", codecs]
            let made = try Self.create(options, ".zarray")
            #expect(made.outcome.status == 0, "\(made.outcome.messages)")
            #expect(made.document["dtype"]?.text(.compact) == dtype)
        }
    }

    @Test(arguments: [
        ("O", "vlen-utf8", "string"), ("|O", "vlen-bytes", "bytes"), ("O", "vlen-bytes", "bytes"),
        ("|O", "json2", "object"), ("O", "zstd", "string"), ("str", "none", "string"),
    ])
    func `an object is what its codec says`(dtype: String, codecs: String, type: String) throws {
        let folder = try TemporaryFolder()
        let place = folder.path + "/a.zarr"
        let made = try Program.run([
            "create", place, "--shape", "4", "--zarr", "2", "--dtype", dtype, "--codecs", codecs,
        ])
        #expect(made.status == 0, "\(made.messages)")
        let info = try Program.run("info", place, "--json").json()
        #expect(info["data_type"]?.stringValue == type)
    }

    @Test func `a type that v2 has by another name is refused with that`() throws {
        let made = try Self.create(["--zarr", "2", "--dtype", "r16"])
        #expect(made.outcome.status == 2 && made.outcome.messages.contains("'|V2'"))
    }

    @Test func `text for fixed bytes in a field is stored as it is`() throws {
        let folder = try TemporaryFolder()
        let place = folder.path + "/a.zarr"
        let type = #"[["a","|S4"],["b","|S3",[2]],["c",[["d","|S2"]]],["e","<i2"]]"#
        let words = ["--shape", "1", "--zarr", "2", "--codecs", "none", "--dtype", type]
        #expect(try Program.run(["create", place] + words).status == 0)
        let value = #"{"a":"abcd","b":["abc","x"],"c":{"d":"ab"},"e":1}"#
        let written = try Program.run("write", place, "...", "--value", value)
        #expect(written.status == 0, "\(written.messages)")
        #expect(folder.read("a.zarr/0") == Array("abcdabcx\0\0ab\u{1}\0".utf8))
        let list = #"["wxyz",["abc",[120]],["ab"],1]"#
        #expect(try Program.run("write", place, "...", "--value", list).status == 0)
        #expect(folder.read("a.zarr/0") == Array("wxyzabcx\0\0ab\u{1}\0".utf8))
        let long = #"["wxyz",["abcd","x"],["ab"],1]"#
        #expect(try Program.run("write", place, "...", "--value", long).status == 2)
    }

    @Test(arguments: ["int32", "float32", "M8[ns]"])
    func `a truth is no number`(type: String) throws {
        let folder = try TemporaryFolder()
        let place = folder.path + "/a.zarr"
        #expect(try Program.run("create", place, "--shape", "1", "--dtype", type).status == 0)
        let refused = try Program.run("write", place, "...", "--value", "true")
        #expect(refused.status == 2 && refused.messages.contains("write a number"))
    }
}
