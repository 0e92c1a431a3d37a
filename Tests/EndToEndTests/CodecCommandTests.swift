import JSONValue
import Testing

/// What `codec` does with chunks on their own.
@Suite struct CodecCommandTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func write(_ name: String, _ text: String) throws -> String {
        try folder.write(name, Array(text.utf8))
        return folder.path + "/" + name
    }

    @Test func `bytes go through a chain by words and come back, without type or shape`() throws {
        let plain = try write("plain", String(repeating: "zarr ", count: 1000))
        let packed = folder.path + "/packed"
        let encoded = try Program.run(
            "codec",
            "encode",
            "--codecs",
            "zstd,crc32c",
            plain,
            "-o",
            packed
        )
        #expect(encoded.status == 0, "\(encoded.messages)")
        let back = try Program.run("codec", "decode", "--codecs", "zstd,crc32c", packed)
        #expect(back.text == String(repeating: "zarr ", count: 1000))
        let broken = try write("broken", "zarr")
        let refused = try Program.run("codec", "decode", "--codecs", "zstd,crc32c", broken)
        #expect(refused.status == 2)
        #expect(refused.output.isEmpty)
        #expect(refused.messages.contains("crc32c"))
    }

    @Test(arguments: [
        #"{"id": "delta", "dtype": "<i2"}"#,
        #"[{"name": "transpose", "configuration": {"order": [1, 0]}}, "bytes", "gzip"]"#,
        #"{"name": "zfp", "configuration": {"mode": "reversible"}}"#,
        #"[{"id": "shuffle", "elementsize": 2}, {"id": "blosc", "cname": "lz4"}]"#,
    ])
    func `a NumPy file says type and shape, and comes back as one`(config: String) throws {
        let values = try Program.run(
            "read",
            Demo.path.get() + "/legacy/rainfall",
            "[:4,:6]",
            "--format",
            "npy"
        )
        try folder.write("a.npy", values.output)
        let config = try write("config.json", config)
        let chunk = folder.path + "/chunk"
        let encoded = try Program.run(
            ["codec", "encode", "--config", config, folder.path + "/a.npy", "-o", chunk]
        )
        #expect(encoded.status == 0, "\(encoded.messages)")
        let decoded = try Program.run(
            ["codec", "decode", "--config", config, "--dtype", "int16", "--shape", "4,6"]
                + ["--format", "npy", chunk]
        )
        #expect(decoded.output == values.output, "\(decoded.messages)")
    }

    @Test func `elements of any length are a JSON list`() throws {
        let list = try write("list.json", #"["a", "é", ""]"#)
        let chunk = folder.path + "/chunk"
        let encoded = try Program.run("codec", "encode", "--codecs", "vlen-utf8", list, "-o", chunk)
        #expect(encoded.status == 0, "\(encoded.messages)")
        let decoded = try Program.run(
            ["codec", "decode", "--codecs", "vlen-utf8", "--shape", "3", "--json", chunk]
        )
        #expect(try decoded.json()["values"] == ["a", "é", ""])
    }

    @Test(arguments: [
        (["encode", "--codecs", "zap", "/dev/null"], "zap"),
        (["encode", "/dev/null"], "--config"),
        (["encode", "--codecs", "zstd", "--config", "/dev/null", "/dev/null"], "one of"),
        (["decode", "--codecs", "transpose", "/dev/null"], "--shape"),
        (["decode", "--codecs", "bytes", "--shape", "2,x", "/dev/null"], "--shape"),
        (["decode", "--codecs", "zstd", "/nowhere"], "/nowhere"),
        (["list", "more"], "no file"),
        (["zip", "/dev/null"], "encode, decode, list"),
    ])
    func `what makes no sense is said, and nothing is printed`(
        arguments: [String],
        words: String
    ) throws {
        let outcome = try Program.run(["codec"] + arguments)
        #expect(outcome.status == 2)
        #expect(outcome.output.isEmpty)
        #expect(outcome.messages.contains(words), "\(outcome.messages)")
    }

    @Test func `the list has every codec with its names, and those that are not read`() throws {
        let codecs = try #require(try Program.run("codec", "list", "--json").json().arrayValue)
        let zstd = try #require(codecs.first { $0["name"] == "zstd" })
        #expect(zstd["v3"] == ["zstd", "numcodecs.zstd"])
        #expect(zstd["v2"] == ["zstd"])
        #expect(zstd["kind"] == "bytes-to-bytes")
        #expect(zstd["read"] == true)
        let pcodec = try #require(codecs.first { $0["name"] == "numcodecs.pcodec" })
        #expect(pcodec["read"] == false)
        let text = try Program.run("codec", "list").text
        for codec in codecs { #expect(text.contains(codec["name"]?.stringValue ?? "?")) }
    }

    @Test func `the page in docs is what the tables say`() throws {
        let root = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined()
        let file = try ChildProcess.run("/bin/cat", [root + "/docs/codecs.md"])
        let page = try Program.run("codec", "list", "--markdown").text
        #expect(file.text == page, "renew it with: zscope codec list --markdown > docs/codecs.md")
    }
}
