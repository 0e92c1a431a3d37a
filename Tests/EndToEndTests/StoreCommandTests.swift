import JSONValue
import Testing

/// What the commands say of a store, to a script.
@Suite struct StoreCommandTests {
    @Test func `tree lists a broken node with its error, keeps its siblings, and finds it`() throws
    {
        let outcome = try Program.run("tree", Demo.path.get(), "--json")
        #expect(outcome.status == 1)
        let children = try outcome.json()["children"]?.arrayValue ?? []
        let kinds = Dictionary(
            uniqueKeysWithValues: children.map {
                ($0["name"]?.stringValue ?? "", $0["kind"]?.stringValue ?? "")
            }
        )
        #expect(
            kinds == [
                "broken": "error", "climate": "group", "legacy": "group", "mosaic": "array",
                "notes.txt": "foreign", "stations": "array", "terrain": "array",
            ]
        )
        let climate = children.first { $0["name"] == "climate" }
        #expect(climate?["children"]?[0]?["path"] == "/climate/temperature")
        #expect(climate?["children"]?[0]?["shape"] == [24, 6, 48, 96])
    }

    @Test func `sizes that a listing does not give are unknown, and never nothing`() throws {
        let array = try "file:\(Demo.path.get())/climate/temperature?sizes=false"
        let sized = try Program.run("chunks", Demo.path.get() + "/climate/temperature", "--json")
        let outcome = try Program.run("chunks", array, "--json")
        #expect(try outcome.json()["stored_bytes"] == .null)
        #expect(try outcome.json()["missing"] == sized.json()["missing"])
        #expect(try sized.json()["stored_bytes"]?.intValue ?? 0 > 0)
        #expect(try Program.run("chunks", array).text.contains("sizes unknown"))
        let screen = try Program.run(array, "--script", "/dev/null", "--size", "100x30").text
        #expect(!screen.contains("0 B"))
    }

    @Test func `info counts stored objects, which are shards where the array is sharded`() throws {
        let info = try Program.run("info", Demo.path.get() + "/mosaic", "--json").json()
        #expect(info["kind"] == "array")
        #expect(info["zarr_format"] == 3)
        #expect(info["chunk_shape"] == [32, 32])
        #expect(info["shard_shape"] == [256, 256])
        #expect(info["grid_shape"] == [4, 4])
        #expect(info["chunks_total"] == 16)
        #expect(info["data_type"] == "uint16")
        #expect(info["dimension_names"] == ["row", "column"])
        #expect(info["fill_value"] == 0)
        #expect(info["issues"] == [])
    }

    @Test func `a fill value that JSON has no number for is a string`() throws {
        let info = try Program.run("info", Demo.path.get() + "/terrain", "--json").json()
        #expect(info["fill_value"] == "NaN")
    }

    @Test func `info of a group names its children`() throws {
        let info = try Program.run("info", Demo.path.get() + "/legacy", "--json").json()
        #expect(info["kind"] == "group")
        #expect(info["zarr_format"] == 2)
        #expect(info["children"]?[0]?["name"] == "rainfall")
    }

    @Test func `info of a group with a broken child is a finding, and names it`() throws {
        let outcome = try Program.run("info", Demo.path.get(), "--json")
        #expect(outcome.status == 1)
        let children = try outcome.json()["children"]?.arrayValue ?? []
        #expect(children.contains { $0["kind"] == "error" && $0["error"] != nil })
        #expect(children.contains { $0["kind"] == "array" })
        #expect(try Program.run("info", Demo.path.get()).status == 1)
    }

    @Test func `the state option filters the list and not the counts`() throws {
        let path = try Demo.path.get() + "/terrain"
        let all = try Program.run("chunks", path, "--json")
        let some = try Program.run("chunks", path, "--state", "missing,short", "--json")
        #expect(all.status == 1)
        #expect(some.status == 1)
        let (every, few) = (try all.json(), try some.json())
        for document in [every, few] {
            #expect(document["total"] == 144)
            #expect(document["present"] == 139)
            #expect(document["missing"] == 5)
            #expect(document["complete"] == true)
        }
        #expect(every["chunks"]?.arrayValue?.count == 144)
        #expect(few["chunks"]?.arrayValue?.count == 6)
        let hole = few["chunks"]?.arrayValue?.first { $0["index"] == [9, 10] }
        #expect(hole?["state"] == "missing")
        #expect(hole?["bytes"] == .null)
        #expect(hole?["key"] == "c/9/10")
    }

    @Test func `each chunk is one line of NDJSON and of CSV`() throws {
        let path = try Demo.path.get() + "/legacy/rainfall"
        let lines = try Program.run("chunks", path, "--ndjson").text.split(separator: "\n")
        #expect(lines.count == 9)
        #expect(lines[0].hasPrefix("{\"index\":[0,0],\"state\":\"present\",\"bytes\":"))
        let rows = try Program.run("chunks", path, "--csv").text.split(separator: "\n")
        #expect(rows.count == 10)
        #expect(rows[0] == "index,state,bytes,key,modified")
        #expect(rows[6] == "\"1,2\",missing,,1.2,")
    }

    @Test func `verify tells corrupt from short from missing`() throws {
        let outcome = try Program.run("verify", Demo.path.get() + "/terrain", "--json")
        #expect(outcome.status == 1)
        let document = try outcome.json()
        #expect(document["checked"] == 139)
        #expect(document["corrupt"] == 1)
        #expect(document["complete"] == true)
        let findings = document["findings"]?.arrayValue ?? []
        func state(_ index: JSONValue) -> JSONValue? {
            findings.first { $0["index"] == index }?["state"]
        }
        #expect(state([1, 9]) == "corrupt")
        #expect(state([7, 2]) == "short")
        #expect(state([3, 4]) == "missing")
        #expect(findings.count == 7)
    }

    @Test func `a map without a terminal shows one hole among many, and has status 1`() throws {
        let outcome = try Program.run("map", Demo.path.get() + "/terrain")
        #expect(outcome.status == 1)
        #expect(outcome.text.contains("oo"))
        #expect(outcome.text.contains("o missing"))
        let folded = try Program.run(
            "map",
            Demo.path.get() + "/climate/temperature",
            "--axes",
            "level,time"
        )
        #expect(folded.text.split(separator: "\n").contains { $0.contains("██████████oo") })
    }

    @Test func `pictures are written whole, and nothing when they cannot be`() throws {
        let folder = try TemporaryFolder()
        let path = try Demo.path.get() + "/terrain"
        let outcome = try Program.run("map", path, "-o", folder.path + "/map.png")
        #expect(outcome.status == 1)
        #expect(folder.read("map.png")?.prefix(8) == [0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10])
        let broken = try Program.run("map", path + "/nowhere", "-o", folder.path + "/none.svg")
        #expect(broken.status == 2)
        #expect(folder.read("none.svg") == nil)
    }

    @Test func `without a terminal the explorer prints the map and how it is opened`() throws {
        let outcome = try Program.run(Demo.path.get())
        #expect(outcome.status == 1)
        #expect(outcome.text.contains("terrain"))
        #expect(
            outcome.text.contains(
                "in a terminal that can draw, this opens the explorer: zscope /tmp"
            )
        )
        #expect(!outcome.text.contains("\u{1b}"))
    }

    @Test func `statistics leave out what is not stored`() throws {
        let path = try Demo.path.get() + "/legacy/rainfall"
        let document = try Program.run("stats", path, "--json").json()
        #expect(document["count"] == 2592)
        #expect(document["absent"] == 288)
        #expect(document["finite"] == 2304)
        #expect(document["min"] == .integer(0))
    }

    @Test func `a reader that goes away ends the program quietly`() throws {
        let script =
            "'\(Program.path)' chunks '\(try Demo.path.get())/terrain' --json | head -c 1 >/dev/null"
        let shell = "set -o pipefail; \(script); echo ${PIPESTATUS[0]}"
        let outcome = try ChildProcess.run("/bin/bash", ["-c", shell])
        // Short documents may be written before the reader goes.
        #expect(["141\n", "1\n"].contains(outcome.text))
        #expect(outcome.messages.isEmpty)
    }

    @Test func `a link or a directory in place of a chunk is unreadable, not present`() throws {
        let demo = try Demo.Copy()
        let folder = demo.path + "/terrain/c"
        for line in [
            "rm 0/0 0/1 0/2", "ln -s 3 0/0", "mkdir 0/1", "mkdir -p 0/2/deep", "touch 0/2/deep/x",
        ] {
            let outcome = try ChildProcess.run("/bin/sh", ["-c", "cd '\(folder)' && \(line)"])
            #expect(outcome.status == 0)
        }
        let outcome = try Program.run("chunks", demo.path + "/terrain", "--json")
        #expect(outcome.status == 1)
        let document = try outcome.json()
        #expect(document["unreadable"] == 3)
        let keys = document["chunks"]?.arrayValue?.filter { $0["state"] == "unreadable" }
            .compactMap { $0["key"]?.stringValue }
        #expect(keys == ["c/0/0", "c/0/1", "c/0/2"])
        let text = try Program.run("chunks", demo.path + "/terrain", "--state", "unreadable").text
        #expect(text.contains("c/0/1"))
    }

    @Test func `a map goes into a picture file or on standard output, into no other file`() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/m.gif"
        let outcome = try Program.run("map", Demo.path.get() + "/terrain", "-o", path)
        #expect(outcome.status == 2)
        #expect(outcome.messages.contains(".svg") && outcome.messages.contains(".png"))
        #expect(folder.read("m.gif") == nil)
    }

    @Test func `a map of sizes differs from one of presence, without colours too`() throws {
        let path = try Demo.path.get() + "/climate/temperature"
        let presence = try Program.run("map", path, "--ascii").text
        let sizes = try Program.run("map", path, "--ascii", "--measure", "size").text
        let drawn = { (text: String) in text.split(separator: "\n").dropFirst(3) }
        #expect(drawn(presence) != drawn(sizes))
        #expect(sizes.contains(". : = #") && sizes.contains("of a chunk"))
        #expect(presence.contains("folded: "))
    }

    @Test func `a verification keeps a record, and goes on from it`() throws {
        let folder = try TemporaryFolder()
        let record = folder.path + "/record.json"
        let terrain = try Demo.path.get() + "/terrain"
        let first = try Program.run("verify", terrain, "--resume", record, "--json").json()
        let bytes = try #require(folder.read("record.json"))
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(text.contains("\"next\":"))
        let again = try Program.run("verify", terrain, "--resume", record, "--json")
        #expect(again.status == 1)
        #expect(try again.json()["checked"] == first["checked"])
        #expect(try again.json()["corrupt"] == first["corrupt"])
        let parent = terrain.split(separator: "/").dropLast().last ?? ""
        for spelling in [
            terrain + "/", "file:\(terrain)", "\(terrain)|retry",
            terrain.dropLast("terrain".count) + "../\(parent)/terrain",
        ] {
            let same = try Program.run("verify", String(spelling), "--resume", record)
            #expect(same.status == 1, "\(spelling): \(same.messages)")
        }
        let sibling = try Demo.path.get() + "/mosaic"
        #expect(try Program.run("verify", sibling, "--resume", record).status == 2)
        let other = try Program.run("verify", terrain, "--resume", record, "--part", "1/2")
        #expect(other.status == 2 && other.messages.contains("part"))
        try folder.write("record.json", Array("{}".utf8))
        #expect(try Program.run("verify", terrain, "--resume", record).status == 2)
    }

    @Test func `shards inside another codec have their chunks counted by decoding them`() throws {
        let folder = try TemporaryFolder()
        let place = folder.path + "/a.zarr"
        let codecs = """
            [{"name":"sharding_indexed","configuration":{"chunk_shape":[2],"codecs":["bytes"]}},"gzip"]
            """
        let words = ["--shape", "8", "--dtype", "int16", "--chunks", "4", "--codecs", codecs]
        #expect(try Program.run(["create", place] + words).status == 0)
        #expect(try Program.run("write", place, "[0:6]", "--value", "3").status == 0)
        let counted = try Program.run("chunks", place, "--inner", "--json").json()
        #expect(counted["inner_total"] == 4 && counted["inner_present"] == 3)
        let rows = counted["chunks"]?.arrayValue ?? []
        let states = rows.compactMap { $0["state"]?.stringValue }
        #expect(states == ["present", "present", "present", "missing"])
        #expect(rows.first?["bytes"] == 4 && rows.first?["shard"] == [0])
        #expect(try Program.run("verify", place).status == 0)
        // What does not decode hides whether anything is in it.
        try folder.write("a.zarr/c/1", [1, 2, 3])
        let broken = try Program.run("chunks", place, "--inner", "--json")
        #expect(try broken.status == 1 && broken.json()["inner_unknown"] == 2)
    }

    @Test func `integers of 64 bits are told to the last digit`() throws {
        let folder = try TemporaryFolder()
        for (type, least, most) in [
            ("int64", "-9007199254740993", "9007199254740993"), ("uint64", "7", "\(UInt64.max)"),
        ] {
            let place = folder.path + "/\(type).zarr"
            #expect(try Program.run("create", place, "--shape", "3", "--dtype", type).status == 0)
            _ = try Program.run("write", place, "[0]", "--value", least)
            _ = try Program.run("write", place, "[1]", "--value", most)
            _ = try Program.run("write", place, "[2]", "--value", "9")
            let stats = try Program.run("stats", place, "--json").json()
            #expect(stats["min"]?.text() == least && stats["max"]?.text() == most)
            #expect(try Program.run("stats", place).text.contains(most))
        }
    }

    @Test func `the counts of all shares add up`() throws {
        let terrain = try Demo.path.get() + "/terrain"
        let names = ["total", "present", "missing", "checked"]
        let whole = try Program.run("verify", terrain, "--json").json()
        var sums = [0, 0, 0, 0]
        for part in ["1/3", "2/3", "3/3"] {
            let share = try Program.run("verify", terrain, "--part", part, "--json").json()
            for (place, name) in names.enumerated() { sums[place] += share[name]?.intValue ?? 0 }
        }
        #expect(sums == names.map { whole[$0]?.intValue ?? -1 })
    }

    @Test func `the reports of all shares merge into the report of the whole`() throws {
        let folder = try TemporaryFolder()
        let terrain = try Demo.path.get() + "/terrain"
        let whole = try Program.run("verify", terrain, "--json").json()
        var reports: [String] = []
        for part in 1...3 {
            let report = folder.path + "/\(part).json"
            let words = ["verify", terrain, "--part", "\(part)/3", "--json", "-o", report]
            #expect(try Program.run(words).status <= 1)
            reports.insert(report, at: 0)
        }
        let merged = try Program.run(["verify", "--merge"] + reports + ["--json"])
        #expect(merged.status == 1)
        let document = try merged.json()
        for name in ["total", "present", "missing", "checked", "corrupt", "short", "complete"] {
            #expect(document[name] == whole[name], "\(name)")
        }
        func places(_ report: JSONValue) -> [JSONValue] {
            (report["findings"]?.arrayValue ?? []).compactMap { $0["index"] }
        }
        #expect(Set(places(document)) == Set(places(whole)))
        #expect(places(document) == places(document).sorted { "\($0)" < "\($1)" })

        let shell = "\"$0\" verify --merge \"$1\" - \"$2\" --json < \"$3\""
        let piped = try ChildProcess.run("/bin/sh", ["-c", shell, Program.path] + reports)
        #expect(piped.status == 1 && piped.output == merged.output, "\(piped.messages)")
        #expect(try Program.run("verify", "--merge", "-", "-").status == 2)
        let nothing = try Program.run("verify", "--merge", "-")
        #expect(nothing.status == 2 && nothing.messages.contains("standard input"))

        let some = try Program.run(["verify", "--merge", reports[0], reports[2], "--json"])
        #expect(some.status == 1 && some.messages.contains("share 2/3"))
        #expect(try some.json()["complete"] == false)
        let twice = try Program.run(["verify", "--merge", reports[0], reports[0]])
        #expect(twice.status == 2)
        let all = folder.path + "/whole.json"
        try folder.write("whole.json", Array(whole.text().utf8))
        #expect(try Program.run("verify", "--merge", all, reports[0]).status == 2)
        try folder.write("none.json", Array("[]".utf8))
        #expect(try Program.run("verify", "--merge", folder.path + "/none.json").status == 2)
    }

    @Test func `findings come a line each, and the counts last`() throws {
        let terrain = try Demo.path.get() + "/terrain"
        let lines = try Program.run("verify", terrain, "--ndjson").text.split(separator: "\n")
        #expect(lines.count == 8)
        #expect(lines.dropLast().allSatisfy { $0.contains("\"state\":") })
        #expect(lines.last?.contains("\"checked\":139") == true)
    }

    @Test func `a tree of one array counts it`() throws {
        let text = try Program.run("tree", Demo.path.get() + "/terrain").text
        #expect(text.hasSuffix("\n1 array\n"))
    }

    @Test func `the length of the path moves no column of a tree`() throws {
        let lines = try Program.run("tree", Demo.path.get()).text.split(separator: "\n")
        let legacy = try #require(lines.first { $0.contains("mosaic") })
        #expect(legacy.prefix(40).contains("uint") || legacy.prefix(40).contains("float"))
    }

    @Test func `a message names what it is about once`() throws {
        let path = try Demo.path.get() + "/nothere"
        let nothing = try Program.run("info", path).messages
        #expect(nothing.components(of: path) == 1, "\(nothing)")
        let file = try Demo.path.get() + "/notes.txt"
        let foreign = try Program.run("info", file).messages
        #expect(foreign.components(of: "notes.txt") == 1, "\(foreign)")
        let failing = "mock:" + (try Demo.path.get()) + "?fail_on=read+list+info"
        let injected = try Program.run("tree", failing).messages
        #expect(injected.contains("injected"))
        #expect(!injected.contains(": :") && !injected.contains("/:"), "\(injected)")
    }

    @Test func `the options of a backend fit a terminal`() throws {
        let lines = try Program.run("backends", "mock").text.split(separator: "\n")
        #expect(lines.allSatisfy { $0.count <= 132 })
        #expect(lines.contains { $0.contains("throttled") })
    }

    @Test func `a document that ends early is told with its place and what helps`() throws {
        let demo = try Demo.path.get()
        let info = try Program.run("info", demo + "/broken")
        #expect(info.status == 2)
        for words in ["ends early: cut off after ", " on line ", "put a whole copy of it back"] {
            #expect(info.messages.contains(words), "\(info.messages)")
        }
        let tree = try Program.run("tree", demo)
        #expect(tree.status == 1)
        #expect(tree.text.contains("the document ends early: cut off after "))
        #expect(tree.text.contains("put a whole copy of it back"))
    }

    @Test func `an array of an unknown codec is never called complete without a word`() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/odd.zarr"
        let made = try Program.run(
            "create",
            path,
            "--shape",
            "4",
            "--chunks",
            "2",
            "--dtype",
            "int8"
        )
        #expect(made.status == 0)
        _ = try Program.run("write", path, "[:]", "--value", "1")
        let document = try #require(folder.read("odd.zarr/zarr.json"))
        var value = try JSONParser.parse(document).value.objectValue ?? [:]
        value["codecs"] = [["name": "bytes"], ["name": "squash_me"]]
        try folder.write("odd.zarr/zarr.json", Array(JSONValue.object(value).text().utf8))
        try folder.write("script", Array("wait idle\nscreen\nkey enter\nwait idle\nscreen\n".utf8))
        let outcome = try Program.run(
            [path, "--script", folder.path + "/script", "--size", "80x24"],
            environment: ["XDG_STATE_HOME": folder.path + "/state"]
        )
        #expect(outcome.status == 0)
        #expect(!outcome.text.contains("complete"))
        #expect(outcome.text.contains("undecodable: squash_me"))
        #expect(outcome.text.contains("its values are not known: squash_me"))
        #expect(outcome.text.contains("present") && !outcome.text.contains("is unknown"))
    }

    @Test func `verify says how far its word goes where no codec keeps a checksum`() throws {
        let folder = try TemporaryFolder()
        let plain = folder.path + "/plain.zarr"
        _ = try Program.run(
            "create",
            plain,
            "--shape",
            "4",
            "--chunks",
            "2",
            "--dtype",
            "int8",
            "--codecs",
            "bytes"
        )
        _ = try Program.run("write", plain, "[:]", "--value", "1")
        let text = try Program.run("verify", plain).text
        let words = "no checksum here: only length and decoding are checked"
        #expect(text.components(of: words) == 1, "\(text)")
        let report = try Program.run("verify", plain, "--json")
        #expect(try report.json()["checksums"] == [])
        let merged = folder.path + "/1.json"
        _ = try Program.run("verify", plain, "--json", "-o", merged)
        #expect(try Program.run("verify", "--merge", merged).text.contains(words))

        let demo = try Demo.path.get()
        let guarded = try Program.run("verify", demo + "/terrain")
        #expect(!guarded.text.contains("no checksum"))
        let json = try Program.run("verify", demo + "/terrain", "--json").json()
        #expect(json["checksums"]?.arrayValue?.contains("crc32c") == true)
        let all = try Program.run("verify", demo).text
        #expect(all.components(of: "only length and decoding are checked") == 1)
    }

    @Test func `the help of chunks says that a state chooses no exit status`() throws {
        let help = try Program.run("chunks", "--help").text
        #expect(help.contains("counts and exit status stay those of all"))
    }
}

extension String {
    /// How often `text` stands in it.
    fileprivate func components(of text: String) -> Int {
        indices.count { self[$0...].hasPrefix(text) }
    }
}
