import JSONValue
import Testing

/// Words of a stranger: taken where they mean one thing, else answered with what helps.
struct OddWordsTests {
    private static func create(_ options: [String]) throws -> (
        outcome: ChildProcess.Outcome, info: JSONValue, folder: TemporaryFolder
    ) {
        let folder = try TemporaryFolder()
        let place = folder.path + "/a.zarr"
        let outcome = try Program.run(["create", place, "--shape", "2,2"] + options)
        let info = try? Program.run("info", place, "--json").json()
        return (outcome, info ?? .null, folder)
    }

    @Test(arguments: [
        ("?", "bool"), ("|b1", "bool"), ("<f4", "float32"), (">i2", "int16"), ("double", "float64"),
        ("e", "float16"), ("U5", "fixed_length_utf32"), ("S3", "null_terminated_bytes"),
        ("M8[ns]", "numpy.datetime64"), ("Q", "uint64"),
    ])
    func `numpy's spellings of a type are taken`(word: String, name: String) throws {
        let made = try Self.create(["--dtype", word])
        #expect(made.outcome.status == 0, "\(made.outcome.messages)")
        #expect(made.info["data_type"]?.stringValue == name)
    }

    @Test(arguments: ["l", "U", "<f5", "flaot32", #"{"name":"x"}"#])
    func `a type that is not known is answered with those that are`(word: String) throws {
        let made = try Self.create(["--dtype", word])
        #expect(made.outcome.status == 2)
        for known in ["float32", "datetime64[ns]", "'<f4'", "JSON"] {
            #expect(made.outcome.messages.contains(known), "\(made.outcome.messages)")
        }
    }

    @Test(arguments: [
        ("none,crc32c", "crc32c"), ("crc32c,none", "crc32c"), ("none,none", "bytes"),
        ("transpose:order=[1,0],zstd", "zstd"),
    ])
    func `'none' in a list of codecs is no codec`(words: String, last: String) throws {
        let made = try Self.create(["--dtype", "int16", "--codecs", words])
        #expect(made.outcome.status == 0, "\(made.outcome.messages)")
        #expect(made.info["codecs"]?.arrayValue?.last?["name"]?.stringValue == last)
    }

    @Test(arguments: [
        ("zstd,", "beside a comma"), ("qqqqqq", "codec list"), ("ZSTD", "mean zstd?"),
    ])
    func `an odd list of codecs is answered with what it may hold`(
        words: String,
        answer: String
    ) throws {
        let made = try Self.create(["--dtype", "int16", "--codecs", words])
        #expect(made.outcome.status == 2)
        #expect(made.outcome.messages.contains(answer), "\(made.outcome.messages)")
    }

    @Test func `dates are values of datetimes`() throws {
        let made = try Self.create(["--dtype", "M8[s]", "--fill", "NaT"])
        let place = made.folder.path + "/a.zarr"
        let date = "2026-01-02T03:04:05"
        #expect(try Program.run("write", place, "0,0", "--value", date).status == 0)
        let text = try Program.run("read", place).text
        #expect(text.contains(date) && text.contains("NaT"), "\(text)")
        #expect(try Program.run("info", place).text.contains("fill value  NaT"))
        let odd = try Program.run("write", place, "0,0", "--value", "2026-02-30")
        #expect(odd.status == 2 && odd.messages.contains("no date"), "\(odd.messages)")
        let fine = try Program.run("write", place, "0,0", "--value", "2026-01-02T00:00:00.5")
        #expect(fine.status == 2 && fine.messages.contains("between two steps"))
    }

    @Test func `info tells units, lengths and the places of fields`() throws {
        let type = #"[["t","<M8[10s]"],["name","<U5"],["p",[["x","<f4"],["y",">i2",[2,3]]]]]"#
        let made = try Self.create(["--zarr", "2", "--dtype", type])
        let fields = made.info["element"]?["fields"]
        #expect(fields?[0]?["unit"] == "s" && fields?[0]?["scale_factor"] == 10)
        #expect(fields?[1]?["offset"] == 8 && fields?[1]?["characters"] == 5)
        #expect(fields?[2]?["fields"]?[1]?["offset"] == 4)
        #expect(fields?[2]?["fields"]?[1]?["shape"] == [2, 3])
        let text = try Program.run("info", made.folder.path + "/a.zarr").text
        for line in ["t: datetime64[10s], at byte 0", "p.y: int16 [2, 3], at byte 32, 12 bytes"] {
            #expect(text.contains(line), "\(text)")
        }
        let plain = try Self.create(["--dtype", "m8[ms]"]).info["element"]
        #expect(plain?["meaning"] == "spans of time: milliseconds")
    }

    @Test func `an array that cannot be leaves no folder behind`() throws {
        let folder = try TemporaryFolder()
        let place = folder.path + "/a.zarr"
        let words = ["--shape", "4611686018427387904,4611686018427387904", "--chunks", "1,1"]
        let outcome = try Program.run(["create", place, "--dtype", "u1"] + words)
        #expect(outcome.status == 2 && outcome.messages.contains("a.zarr: "))
        #expect(try ChildProcess.run("/bin/ls", [folder.path]).text == "")
    }

    @Test func `everything of an array without dimensions is '()'`() throws {
        let folder = try TemporaryFolder()
        let place = folder.path + "/a.zarr"
        _ = try Program.run("create", place, "--shape", "", "--dtype", "f4", "--fill", "3")
        #expect(try Program.run("read", place, "()").text == "3.0\n")
        #expect(try Program.run("write", place, "()", "--value", "4").status == 0)
        #expect(try Program.run("read", place, "[()]").text == "4.0\n")
        let terrain = try Demo.path.get() + "/terrain"
        let tuple = try Program.run("read", terrain, "(0, 1:3)")
        #expect(try tuple.text == Program.run("read", terrain, "0,1:3").text && tuple.status == 0)
    }
}
