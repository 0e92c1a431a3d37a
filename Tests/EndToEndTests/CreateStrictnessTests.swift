import JSONValue
import Testing

/// What creating, writing and resizing refuse, and what a person reads then.
struct CreateStrictnessTests {
    private static func made(_ options: String...) throws -> (TemporaryFolder, String) {
        let folder = try TemporaryFolder()
        let place = folder.path + "/a.zarr"
        let outcome = try Program.run(["create", place] + options)
        #expect(outcome.status == 0, "\(outcome.messages)")
        return (folder, place)
    }

    @Test func `rewriting the edge needs --yes, is counted, and comes back`() throws {
        let (folder, place) = try Self.made("--shape", "10", "--dtype", "int8", "--chunks", "10")
        defer { withExtendedLifetime(folder) {} }
        _ = try Program.run("write", place, "...", "--value", "5")
        let old = folder.read("a.zarr/c/0")
        #expect(try Program.run("resize", place, "5", "--delete-outside").status == 0)
        let refused = try Program.run("resize", place, "10", "--delete-outside")
        #expect(refused.status == 2 && refused.messages.contains("1 chunk at the edge"))
        #expect(!refused.messages.contains("0 chunks") && folder.read("a.zarr/c/0") == old)
        let grown = try Program.run("resize", place, "10", "--delete-outside", "--yes", "--json")
            .json()
        #expect(grown["rewritten"]?.intValue == 1 && grown["deleted"]?.intValue == 0)
        let values = try Program.run("read", place, "--json").json()["values"]?.indices
        #expect(values == [5, 5, 5, 5, 5, 0, 0, 0, 0, 0])
        #expect(try Program.run("restore", place).status == 0)
        #expect(folder.read("a.zarr/c/0") == old)
    }

    @Test func `a resize to the same shape asks before it deletes what lies outside`() throws {
        let (folder, place) = try Self.made("--shape", "4", "--dtype", "int8", "--chunks", "2")
        defer { withExtendedLifetime(folder) {} }
        _ = try Program.run("write", place, "...", "--value", "5")
        let smaller = try Program.run("resize", place, "2")
        #expect(smaller.text.contains("[4] → [2]"))
        #expect(try Program.run("resize", place, "2", "--delete-outside").status == 2)
        let done = try Program.run("resize", place, "2", "--delete-outside", "--yes")
        #expect(done.status == 0 && done.text.contains("already has the shape"))
        #expect(folder.read("a.zarr/c/1") == nil)
        let twice = try Program.run("resize", place, "0=2,0=3")
        #expect(twice.status == 2 && twice.messages.contains("named twice"))
        let odd = try Program.run("resize", place, "2,x").messages
        #expect(odd.contains("SHAPE takes") && !odd.contains("--shape"))
    }

    @Test(arguments: [
        ("|S3", "abcd"), ("<U3", "abcd"), ("float16", "70000"), ("float32", "1e39"),
        ("complex64", "[1e39,0]"), ("bytes", "abc"), ("int8", "300"),
    ])
    func `a value that would be stored as another is refused in plain words`(
        type: String,
        value: String
    ) throws {
        let (folder, place) = try Self.made("--shape", "2", "--dtype", type)
        defer { withExtendedLifetime(folder) {} }
        let refused = try Program.run("write", place, "...", "--value", value)
        #expect(refused.status == 2 && refused.messages.contains("zscope write --help"))
        #expect(!refused.messages.contains("UsageError"))
    }

    @Test(arguments: ["2", "3"])
    func `a text for fixed bytes is stored as it is`(version: String) throws {
        let (folder, place) = try Self.made(
            "--shape",
            "2",
            "--dtype",
            "|S3",
            "--codecs",
            "none",
            "--zarr",
            version
        )
        defer { withExtendedLifetime(folder) {} }
        #expect(try Program.run("write", place, "[0]", "--value", "ab").status == 0)
        #expect(try Program.run("write", place, "[1]", "--value", "abc").status == 0)
        let stored = folder.read(version == "3" ? "a.zarr/c/0" : "a.zarr/0")
        #expect(stored == Array("ab\0abc".utf8))
    }

    @Test(arguments: [
        ("zstd:levle=3", "did you mean level?"), ("zstd:level=99", "to 22"),
        ("gzip:level=12", "to 9"), ("lz4:acceleratoin=2", "did you mean acceleration?"),
    ])
    func `a codec's configuration is checked`(codecs: String, words: String) throws {
        let folder = try TemporaryFolder()
        let place = folder.path + "/a.zarr"
        let outcome = try Program.run(
            ["create", place, "--shape", "2", "--dtype", "int8", "--codecs", codecs]
        )
        #expect(outcome.status == 2 && outcome.messages.contains(words), "\(outcome.messages)")
    }

    @Test(arguments: ["lz4", "bz2:3", "zlib"])
    func `codecs of numcodecs get the name that other programs know`(codec: String) throws {
        let (folder, place) = try Self.made(
            "--shape",
            "2",
            "--dtype",
            "int8",
            "--codecs",
            codec
        )
        defer { withExtendedLifetime(folder) {} }
        let names = try Program.run("info", place, "--json").json()["codecs"]?.arrayValue?
            .compactMap { $0["name"]?.stringValue }
        #expect(names?.last == "numcodecs." + codec.prefix { $0 != ":" })
        #expect(try Program.run("write", place, "...", "--value", "1").status == 0)
    }

    @Test(arguments: [("M8", "M8[ns]"), ("timedelta64", "m8[ns]"), ("flaot32", "mean float32?")])
    func `a type that says too little says what is missing`(type: String, words: String) throws {
        let folder = try TemporaryFolder()
        let outcome = try Program.run(
            ["create", folder.path + "/a.zarr", "--shape", "2", "--dtype", type]
        )
        #expect(outcome.status == 2 && outcome.messages.contains(words))
        #expect(!outcome.messages.contains("<\(type)"))
    }

    @Test func `nothing is made in a zip that is not there`() throws {
        let folder = try TemporaryFolder()
        for tail in ["", "/a"] {
            let place = folder.path + "/foo.zarr.zip" + tail
            let outcome = try Program.run(["create", place, "--shape", "2", "--dtype", "int8"])
            #expect(outcome.status == 2 && outcome.messages.contains("zip"))
            #expect(folder.read("foo.zarr.zip" + tail + "/zarr.json") == nil)
        }
    }

    @Test func `the fill of bytes is written as base64`() throws {
        let (folder, _) = try Self.made("--shape", "2", "--dtype", "bytes")
        let document = try JSONParser.parse(try #require(folder.read("a.zarr/zarr.json"))).value
        #expect(document["fill_value"]?.stringValue?.isEmpty == true)
    }

    @Test func `help is that of the command, and what it asks for exists`() throws {
        #expect(try Program.run("create", "x", "--shpae").messages.contains("create --help"))
        let append = try Program.run("append", "x").messages
        #expect(append.contains("--from") && !append.contains("--value"))
        #expect(try Program.run("write", "--help").text.contains("zscope write LOCATOR SELECTION"))
        let (folder, _) = try Self.made("--shape", "1", "--dtype", "int8")
        defer { withExtendedLifetime(folder) {} }
        let large = ["--shape", "9000000000", "--dtype", "int8", "--chunks", "9000000000"]
        let warned = try Program.run(["create", folder.path + "/b.zarr"] + large)
        #expect(warned.status == 0 && warned.messages.contains("cannot be written"))
    }
}
