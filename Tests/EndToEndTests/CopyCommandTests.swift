import JSONValue
import Testing

/// Copying from the command line.
@Suite struct CopyCommandTests {
    @Test func `a store is copied whole, with its groups, and compared`() throws {
        let folder = try TemporaryFolder()
        let source = try Demo.path.get() + "/climate"
        let copy = folder.path + "/copy.zarr"
        let outcome = try Program.run("copy", source, copy, "--verify", "--json")
        #expect(outcome.status == 0, "\(outcome.messages)")
        let document = try outcome.json()
        #expect(document["arrays"] == 1 && document["groups"] == 1 && document["encoded"] == 0)
        #expect(document["complete"] == true && document["failed"] == 0)
        #expect(document["verified"] == document["chunks"])
        for words in [["chunks", "--json"], ["stats", "--json"]] {
            let old = try Program.run([words[0], source + "/temperature", words[1]])
            let new = try Program.run([words[0], copy + "/temperature", words[1]])
            #expect(old.status == new.status)
            #expect(try old.json()["present"] == new.json()["present"])
            #expect(try old.json()["mean"] == new.json()["mean"])
        }
        let again = try Program.run("copy", source, copy)
        #expect(again.status == 2 && again.messages.contains("already"))
    }

    @Test(arguments: [
        ["--zarr", "2"], ["--chunks", "3,1,12,16"], ["--shards", "4,4,24,32"],
        ["--codecs", "blosc:lz4"], ["--chunks", "5,5,5,5", "--codecs", "none"],
    ])
    func `values stay the same whatever the copy is made of`(options: [String]) throws {
        let folder = try TemporaryFolder()
        let source = try Demo.path.get() + "/climate/temperature"
        let copy = folder.path + "/copy.zarr/a"
        let outcome = try Program.run(["copy", source, copy, "--verify", "--json"] + options)
        #expect(outcome.status == 0, "\(outcome.messages)")
        let old = try Program.run("read", source, "--format", "npy")
        let new = try Program.run("read", copy, "--format", "npy")
        #expect(old.status == 0 && old.output == new.output)
    }

    @Test func `chunks that do not decode are told, and the copy is none until they are mended`()
        throws
    {
        let demo = try Demo.Copy()
        let folder = try TemporaryFolder()
        let (source, copy) = (demo.path + "/terrain", folder.path + "/copy.zarr")
        let words = ["copy", source, copy, "--chunks", "40,60", "--codecs", "zstd", "--json"]
        let outcome = try Program.run(words)
        #expect(outcome.status == 1)
        let document = try outcome.json()
        #expect(document["failed"] == 2 && document["complete"] == false)
        let indices = document["findings"]?.arrayValue?.compactMap { $0["index"] }
        #expect(indices == [[1, 9], [7, 2]])
        #expect(try Program.run("info", copy).status == 2)
        let mend = ["repair", source, "--chunks", "1,9;7,2", "--reset-to-fill", "--yes"]
        #expect(try Program.run(mend).status == 0)
        let mended = try Program.run(words)
        #expect(mended.status == 0)
        #expect(try mended.json()["resumed"] == true)
        #expect(try mended.json()["kept"] == 137)
        #expect(try Program.run("info", copy).status == 0)
    }

    @Test func `a copy out of an archive and into memory works as any other`() throws {
        let folder = try TemporaryFolder()
        let source = try Demo.path.get() + "/legacy/rainfall"
        let zip = folder.path + "/a.zip"
        let packed = try ChildProcess.run(
            "/usr/bin/env",
            ["python3", "-c", Self.pack, source, zip]
        )
        #expect(packed.status == 0, "\(packed.messages)")
        let copy = folder.path + "/copy.zarr"
        #expect(try Program.run("copy", zip, copy, "--zarr", "3", "--verify").status == 0)
        let old = try Program.run("read", source, "--format", "npy")
        #expect(try old.output == Program.run("read", copy, "--format", "npy").output)
        #expect(try Program.run("copy", copy, "memory:copied", "--verify").status == 0)
        #expect(try Program.run("copy", copy, zip).status == 2)
    }

    private static let pack = """
        import os, sys, zipfile
        with zipfile.ZipFile(sys.argv[2], 'w') as archive:
            for folder, _, names in os.walk(sys.argv[1]):
                for name in names:
                    path = os.path.join(folder, name)
                    archive.write(path, os.path.relpath(path, sys.argv[1]))
        """

    @Test func `attributes that cannot be read are told, and count as not copied`() throws {
        let folder = try TemporaryFolder()
        let source = folder.path + "/s.zarr"
        for (path, text) in [("g/a", "{bad"), ("g", "[1")] {
            if path == "g/a" {
                let words = ["--zarr", "2", "--shape", "4", "--dtype", "int8"]
                #expect(try Program.run(["create", source + "/g/a"] + words).status == 0)
            }
            try folder.write("s.zarr/\(path)/.zattrs", Array(text.utf8))
        }
        let outcome = try Program.run("copy", source, folder.path + "/c.zarr", "--json")
        #expect(outcome.status == 1 && outcome.messages.contains("attributes are not copied"))
        let report = try outcome.json()
        #expect(report["complete"] == false && report["arrays"] == 1)
        let places = report["problems"]?.arrayValue?.compactMap { $0["where"]?.stringValue }
        #expect(places == ["g/.zattrs", "g/a/.zattrs"])
        for path in ["/g", "/g/a"] {
            let read = try Program.run("attributes", source + path)
            #expect(read.status == 2 && read.output.isEmpty && read.messages.contains(".zattrs"))
        }
    }

    @Test func `a copy that may not lie where it is asked for writes nothing`() throws {
        let folder = try TemporaryFolder()
        let source = folder.path + "/a.zarr"
        let words = ["--shape", "4", "--dtype", "int8", "--chunks", "2"]
        #expect(try Program.run(["create", source] + words).status == 0)
        #expect(try Program.run("write", source, "...", "--value", "3").status == 0)
        let inside = try Program.run("copy", source, source + "/sub")
        #expect(inside.status == 2 && inside.messages.contains("lies inside"))
        #expect(folder.read("a.zarr/sub/.zscope-copy.json") == nil)
        #expect(folder.read("a.zarr/sub/c/0") == nil)
        let old = folder.path + "/old.zarr"
        #expect(try Program.run("create", old, "--group", "--zarr", "2").status == 0)
        let mixed = try Program.run("copy", source, old + "/a")
        #expect(mixed.status == 2 && mixed.messages.contains("--zarr 2"), "\(mixed.messages)")
        #expect(folder.read("old.zarr/a/.zscope-copy.json") == nil)
        #expect(folder.read("old.zarr/a/zarr.json") == nil)
        #expect(try Program.run("copy", source, old + "/a", "--zarr", "2").status == 0)
    }

    @Test func `a copy into a consolidated hierarchy says that it is stale now`() throws {
        let folder = try TemporaryFolder()
        let (source, store) = (folder.path + "/a.zarr", folder.path + "/s.zarr")
        #expect(try Program.run("create", source, "--shape", "4", "--dtype", "int8").status == 0)
        #expect(try Program.run("create", store, "--group", "--zarr", "2").status == 0)
        #expect(try Program.run("consolidate", store).status == 0)
        let copied = try Program.run("copy", source, store + "/a", "--zarr", "2")
        #expect(copied.status == 0 && copied.messages.contains("stale now"))
        // A copy of consolidated metadata is made anew.
        #expect(try Program.run("consolidate", store).status == 0)
        let whole = try Program.run("copy", store, folder.path + "/t.zarr")
        #expect(whole.status == 0 && !whole.messages.contains("stale"))
        #expect(try Program.run("consolidate", folder.path + "/t.zarr", "--check").status == 0)
    }

    @Test func `consolidated metadata that cannot be read is no missing copy`() throws {
        let folder = try TemporaryFolder()
        let store = folder.path + "/s.zarr"
        #expect(try Program.run("create", store, "--group", "--zarr", "2").status == 0)
        try folder.write("s.zarr/.zmetadata", Array("{bad".utf8))
        let check = try Program.run("consolidate", store, "--check")
        #expect(check.status == 1 && check.text.contains("cannot be read: .zmetadata"))
        let issues = try Program.run("info", store, "--json").json()["issues"]?.arrayValue
        #expect(issues?.contains { $0.text().contains(".zmetadata") } == true)
        #expect(try Program.run("consolidate", store).status == 0)
        #expect(try Program.run("consolidate", store, "--check").status == 0)
    }

    @Test(arguments: [
        ["--chunks", "0,1"], ["--chunks", "a"], ["--shards", "40,61"], ["--codecs", "zpaq"],
        ["--zarr", "4"], ["--chunks", "1,2,3"],
    ])
    func `a copy that cannot be made is refused, and nothing is written`(options: [String]) throws {
        let folder = try TemporaryFolder()
        let copy = folder.path + "/copy.zarr"
        let source = try Demo.path.get() + "/terrain"
        let outcome = try Program.run(["copy", source, copy] + options)
        #expect(outcome.status == 2 && outcome.output.isEmpty, "\(outcome.messages)")
        #expect(folder.read("copy.zarr/zarr.json") == nil)
        #expect(folder.read("copy.zarr/.zscope-copy.json") == nil)
    }

    @Test func `what zfpy stored goes to the other version and back byte for byte`() throws {
        let folder = try TemporaryFolder()
        let (old, new, back) = (
            folder.path + "/old.zarr", folder.path + "/new.zarr", folder.path + "/back.zarr"
        )
        let words = ["--shape", "8,8", "--chunks", "4,8", "--dtype", "float32", "--zarr", "2"]
        let codecs = ["--codecs", "zfpy:mode=4:tolerance=0.01"]
        #expect(try Program.run(["create", old] + words + codecs).status == 0)
        let values = (0..<64).map { "\(Double($0) * 1.37)" }.joined(separator: ",")
        try folder.write("x.json", Array("[\(values)]".utf8))
        #expect(try Program.run("write", old, "...", "--from", folder.path + "/x.json").status == 0)
        for (source, copy, version) in [(old, new, "3"), (new, back, "2")] {
            let outcome = try Program.run(
                "copy",
                source,
                copy,
                "--zarr",
                version,
                "--verify",
                "--json"
            )
            #expect(outcome.status == 0, "\(outcome.messages)")
            #expect(try outcome.json()["copied"] == 2)
        }
        #expect(folder.read("new.zarr/c/1/0") == folder.read("old.zarr/1.0"))
        #expect(folder.read("back.zarr/1/0") == folder.read("old.zarr/1.0"))
    }

    @Test func `codecs without a counterpart are no hindrance where others are named`() throws {
        let folder = try TemporaryFolder()
        let (old, new) = (folder.path + "/old.zarr", folder.path + "/new.zarr")
        let words = [
            "--shape", "8", "--dtype", ">f4", "--zarr", "2", "--codecs", "bytes:big,zfpy:mode=5",
        ]
        _ = try Program.run(["create", old, "--chunks", "4"] + words)
        let refused = try Program.run("copy", old, new, "--zarr", "3")
        #expect(refused.status == 2 && refused.messages.contains("name other codecs"))
        let outcome = try Program.run(
            "copy",
            old,
            new,
            "--zarr",
            "3",
            "--codecs",
            "zstd",
            "--verify"
        )
        #expect(outcome.status == 0, "\(outcome.messages)")
    }
}
