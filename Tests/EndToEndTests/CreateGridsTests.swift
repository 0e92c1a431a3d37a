import JSONValue
import Testing

/// Grids and chunk keys of every kind, made and filled from the command line.
struct CreateGridsTests {
    private static let base = ["--shape", "12,10", "--dtype", "int32"]

    /// What `create` makes of `options`: how it ended, and the array's document.
    private static func create(
        _ folder: TemporaryFolder,
        _ options: [String]
    ) throws -> (outcome: ChildProcess.Outcome, document: JSONValue) {
        let outcome = try Program.run(["create", folder.path + "/a.zarr"] + base + options)
        let bytes = folder.read("a.zarr/zarr.json")
        return (outcome, try bytes.map { try JSONParser.parse($0).value } ?? .null)
    }

    private static func run(_ words: [String]) throws -> ChildProcess.Outcome {
        let outcome = try Program.run(words)
        #expect(outcome.status == 0, "\(words): \(outcome.messages)")
        return outcome
    }

    @Test(arguments: [
        ("[4,4,2,2],5", "[[[4,2],[2,2]],5]"), ("[[[4,2],4],[3,7]]", "[[[4,3]],[3,7]]"),
        ("[[4,3]],10", "[[[4,3]],10]"),
    ])
    func `lengths one by one are written in runs, and read back`(
        chunks: String,
        written: String
    ) throws {
        let folder = try TemporaryFolder()
        let store = folder.path + "/a.zarr"
        let made = try Self.create(folder, ["--chunks", chunks])
        #expect(made.outcome.status == 0, "\(made.outcome.messages)")
        let grid = made.document["chunk_grid"]
        #expect(grid?["name"] == "rectilinear" && grid?["configuration"]?["kind"] == "inline")
        #expect(grid?["configuration"]?["chunk_shapes"]?.text(.compact) == written)
        _ = try Self.run(["write", store, "[1:11, 2]", "--value", "7"])
        let read = try Self.run(["read", store, "[:, 2]", "--format", "csv"])
        #expect(read.text.filter { $0 == "7" }.count == 10)
    }

    @Test func `bounded chunks end with the array`() throws {
        let folder = try TemporaryFolder()
        let store = folder.path + "/a.zarr"
        let options = ["--chunks", "5,10", "--bounded", "--codecs", "none"]
        let made = try Self.create(folder, options)
        #expect(made.document["chunk_grid"]?["name"] == "zarrs.regular_bounded")
        _ = try Self.run(["write", store, "...", "--value", "7"])
        #expect(folder.read("a.zarr/c/0/0")?.count == 200)
        #expect(folder.read("a.zarr/c/2/0")?.count == 80)
        #expect(try Self.run(["verify", store]).status == 0)
    }

    @Test func `shards may have lengths of their own where the chunks divide all of them`() throws {
        let folder = try TemporaryFolder()
        let store = folder.path + "/a.zarr"
        let made = try Self.create(folder, ["--shards", "[4,2,6],5"])
        #expect(made.outcome.status == 0, "\(made.outcome.messages)")
        let inner = made.document["codecs"]?[0]?["configuration"]?["chunk_shape"]
        #expect(inner == [2, 5])
        _ = try Self.run(["write", store, "...", "--value", "7"])
        #expect(try Self.run(["verify", store]).status == 0)
        let odd =
            ["create", store + "/b"] + Self.base + ["--shards", "[4,2,6],5", "--chunks", "4,5"]
        let refused = try Program.run(odd)
        #expect(refused.status == 2 && refused.messages.contains("4 does not divide"))
    }

    @Test(arguments: [
        (["--separator", "."], "c.1.0"), (["--key-encoding", "default"], "c/1/0"),
        (["--key-encoding", "v2"], "1.0"), (["--key-encoding", "v2", "--separator", "/"], "1/0"),
        (["--key-suffix", ".tiff"], "c/1/0.tiff"),
        (["--key-suffix", ".tiff", "--separator", "."], "c.1.0.tiff"),
        (["--key-encoding", "v2", "--key-suffix", ".tiff"], "1.0.tiff"),
    ])
    func `chunks are named as the command line says`(options: [String], key: String) throws {
        let folder = try TemporaryFolder()
        let store = folder.path + "/a.zarr"
        let made = try Self.create(folder, ["--chunks", "6,10"] + options)
        #expect(made.outcome.status == 0, "\(made.outcome.messages)")
        _ = try Self.run(["write", store, "...", "--value", "7"])
        #expect(folder.read("a.zarr/" + key) != nil)
        let census = try Self.run(["chunks", store, "--json"])
        let counts = try JSONParser.parse(Array(census.text.utf8)).value
        #expect(counts["present"] == 2 && counts["foreign"] == [])
    }

    @Test(arguments: [
        (["--chunks", "[4,4],5"], "8 elements in all, the array 12"),
        (["--chunks", "[4,0,8],5"], "from 1"), (["--chunks", "[12],[5,[5]]"], "pair"),
        (["--chunks", "[[12],5"], "'10,5', or a list"),
        (["--chunks", "[4,8],5", "--bounded"], "no bounds"),
        (["--chunks", "[4,8],5", "--zarr", "2"], "v2 has chunks of one shape only"),
        (["--chunks", "5,5", "--bounded", "--zarr", "2"], "v2 has chunks of one shape only"),
        (["--chunks", "[4,8],5", "--shards", "12,10"], "inside shards"),
        (["--chunks", "[[[1,9223372036854775807],5],5]"], "more than 2^63 - 1"),
        (["--key-encoding", "default", "--zarr", "2"], "v2 names chunks"),
        (["--key-suffix", ".x", "--zarr", "2"], "end with their numbers"),
        (["--key-suffix", "a/b"], "no '/'"),
    ])
    func `a grid that cannot be made is refused in words`(options: [String], words: String) throws {
        let folder = try TemporaryFolder()
        let made = try Self.create(folder, options)
        #expect(made.outcome.status == 2 && made.document.isNull)
        #expect(made.outcome.messages.contains(words), "\(made.outcome.messages)")
    }

    @Test func `a copy is cut as it is asked to be, and back`() throws {
        let folder = try TemporaryFolder()
        let store = folder.path + "/a.zarr"
        _ = try Self.create(folder, ["--chunks", "[4,8],[3,7]"])
        _ = try Self.run(["write", store, "[3:9, 1:8]", "--value", "7"])
        let cuts: [[String]] = [
            ["--chunks", "[5,[1,2],5],4"], ["--chunks", "5,4", "--bounded"],
            ["--chunks", "2,5", "--shards", "[4,2,6],5"], ["--chunks", "5,4", "--zarr", "2"],
        ]
        let wanted = try Self.run(["read", store, "--format", "csv"]).text
        for (number, cut) in cuts.enumerated() {
            let copy = folder.path + "/\(number).zarr"
            _ = try Self.run(["copy", store, copy, "--verify"] + cut)
            #expect(try Self.run(["read", copy, "--format", "csv"]).text == wanted)
        }
        let odd = try Program.run(["copy", store, folder.path + "/odd.zarr", "--chunks", "[5,6],4"])
        #expect(odd.status == 2 && odd.messages.contains("11 elements in all, the array 12"))
    }
}
