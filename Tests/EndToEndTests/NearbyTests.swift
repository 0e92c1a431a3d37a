import JSONValue
import Testing

/// What is said of nodes that are not there, or that cannot be where they are asked for.
struct NearbyTests {
    @Test(arguments: [
        ("#/terain", "did you mean", "/terrain?"),
        ("/climat/temperature", "did you mean", "climate"),
        ("#nope", "behind '#/'", "#/nope"), ("/zzzzzzz", "nodes in", "climate, legacy, mosaic"),
        ("/terrain/x", "is an array", "nothing lies below"),
    ])
    func `a node that is not there is answered with those that are`(
        node: String,
        first: String,
        second: String
    ) throws {
        let outcome = try Program.run("info", try Demo.path.get() + node)
        #expect(outcome.status == 2)
        #expect(
            outcome.messages.contains(first) && outcome.messages.contains(second),
            "\(outcome.messages)"
        )
    }

    @Test func `a store that is not there is answered with one of nearly that name`() throws {
        let path = try Demo.path.get()
        let outcome = try Program.run("tree", path.dropLast(9) + "dmeo.zarr")
        #expect(outcome.status == 2 && outcome.messages.contains("did you mean \(path)?"))
    }

    @Test func `a folder whose name is no text is broken, not foreign`() throws {
        let copy = try Demo.Copy()
        let script = "cd \"$0\" && cp -r terrain \"$(printf 'b\\377')\""
        #expect(try ChildProcess.run("/bin/sh", ["-c", script, copy.path]).status == 0)
        let outcome = try Program.run("tree", copy.path)
        #expect(outcome.status == 1 && outcome.text.contains("no UTF-8"), "\(outcome.text)")
    }

    @Test func `what does not decode is written over when that is asked for`() throws {
        let copy = try Demo.Copy()
        try copy.write("terrain/c/0/0", [1, 2, 3])
        let outcome = try Program.run("write", copy.path + "/terrain", "0,0", "--value", "1")
        #expect(outcome.status == 2 && outcome.messages.contains("--replace-corrupt"))
    }

    @Test(arguments: [["--chunks", "7"], ["--codecs", "nope"], ["--zarr", "2", "--shards", "4"]])
    func `a copy that cannot be made leaves no folder behind`(options: [String]) throws {
        let folder = try TemporaryFolder()
        let words = ["copy", try Demo.path.get() + "/terrain", folder.path + "/b.zarr"]
        #expect(try Program.run(words + options).status == 2)
        #expect(try ChildProcess.run("/bin/ls", [folder.path]).text == "")
    }

    @Test func `a layer that is not known is no store of nearly that name`() throws {
        let outcome = try Program.run("info", try Demo.path.get() + "|nope")
        #expect(outcome.status == 2 && !outcome.messages.contains("did you mean"))
    }

    @Test func `a record that cannot be written is told before anything is printed`() throws {
        let place = try Demo.path.get() + "/terrain"
        let outcome = try Program.run("verify", place, "--resume", "/proc/none/record")
        #expect(outcome.status == 2 && outcome.output.isEmpty)
    }

    @Test(arguments: ["demo.zarr/sub", "file:demo.zarr/sub", "link/sub", "demo.zarr#/climate/sub"])
    func `a copy into what it copies is refused before anything is written`(place: String) throws {
        let copy = try Demo.Copy()
        let script = """
            cd "${0%/*}" && ln -s demo.zarr link && find demo.zarr >before
            '\(Program.path)' copy demo.zarr '\(place)'; echo "status $?"
            find demo.zarr | cmp - before && echo same
            """
        let outcome = try ChildProcess.run("/bin/sh", ["-c", script, copy.path])
        #expect(outcome.text == "status 2\nsame\n")
        #expect(outcome.messages.contains("outside of it"), "\(outcome.messages)")
    }

    @Test func `axes that v2 has no word for are kept apart by other codecs`() throws {
        let folder = try TemporaryFolder()
        let (source, copy) = (folder.path + "/a.zarr", folder.path + "/b.zarr")
        let codecs = "transpose:order=[1,0,2],zstd"
        let shape = ["--shape", "2,3,4", "--dtype", "int16", "--codecs", codecs]
        #expect(try Program.run(["create", source] + shape).status == 0)
        let refused = try Program.run("copy", source, copy, "--zarr", "2")
        #expect(refused.status == 2 && refused.messages.contains("--codecs zstd"))
        let outcome = try Program.run("copy", source, copy, "--zarr", "2", "--codecs", "zstd")
        #expect(outcome.status == 0, "\(outcome.messages)")
    }

    @Test func `append counts the chunks that it touches`() throws {
        let folder = try TemporaryFolder()
        let place = folder.path + "/a.zarr"
        _ = try Program.run("create", place, "--shape", "3,4", "--chunks", "2,2", "--dtype", "u1")
        try folder.write("values", [UInt8](repeating: 1, count: 8))
        let words = ["append", place, "--from", folder.path + "/values", "--raw", "--json"]
        #expect(try Program.run(words + ["--dry-run"]).json()["chunks"] == 4)
        let done = try Program.run(words).json()
        #expect(done["chunks"] == 4 && done["written"] == 4)
    }

    @Test func `scenarios, trees and examples are made for scripts`() throws {
        let scenarios = try Program.run("drill", "--json").json()
        #expect(scenarios[0]?["scenario"] == "flaky" && scenarios[0]?["summary"] != nil)
        #expect(scenarios[0]?["rules"]?.arrayValue?.count == 2)
        let place = try Demo.path.get()
        let lost = try Program.run("drill", place)
        #expect(lost.messages.contains("--on \(place)"), "\(lost.messages)")
        let tree = try Program.run("tree", place, "--depth", "0", "--json").json()
        #expect(tree["children"] == .null)
        let deeper = try Program.run("tree", place, "--depth", "1", "--json").json()
        let children = deeper["children"]?.arrayValue ?? []
        #expect(children.first { $0["name"] == "climate" }?["children"] == .null)
        #expect(children.first { $0["name"] == "terrain" }?["children"] == nil)
        let backends = try Program.run("backends", "--json").text
        #expect(!backends.contains("{scratch}"))
        let other = try Program.run("map", place, "--inner")
        #expect(other.messages.contains("'chunks' and 'repair' have it"), "\(other.messages)")
    }
}
