import JSONValue
import Testing

/// Making and filling arrays from the command line.
struct CreateCommandTests {
    /// A folder with the store `s.zarr`, in which lies the array `/g/a` of 5 × 6 int16.
    private static func made(_ options: String...) throws -> (TemporaryFolder, String) {
        let folder = try TemporaryFolder()
        let place = folder.path + "/s.zarr/g/a"
        let words = ["create", place, "--shape", "5,6", "--dtype", "int16", "--chunks", "2,3"]
        let outcome = try Program.run(words + ["--fill", "-1"] + options)
        #expect(outcome.status == 0, "\(outcome.messages)")
        return (folder, place)
    }

    private static func values(_ place: String, _ selection: String...) throws -> [Int] {
        let outcome = try Program.run(["read", place] + selection + ["--json"])
        return try outcome.json()["values"]?.indices ?? []
    }

    @Test func `an array that is made is what was asked for`() throws {
        let (folder, place) = try Self.made(
            "--dimension-names",
            "y,",
            "--codecs",
            "transpose,zstd:level=3,crc32c",
            "--separator",
            "."
        )
        defer { withExtendedLifetime(folder) {} }
        let info = try Program.run("info", place, "--json").json()
        #expect(info["shape"]?.indices == [5, 6] && info["chunk_shape"]?.indices == [2, 3])
        #expect(info["dimension_names"]?.text() == #"["y",null]"#)
        #expect(info["fill_value"]?.intValue == -1)
        let names = info["codecs"]?.arrayValue?.compactMap { $0["name"]?.stringValue }
        #expect(names == ["transpose", "bytes", "zstd", "crc32c"])
        #expect(info["issues"]?.arrayValue?.isEmpty == true)
        #expect(folder.read("s.zarr/zarr.json") != nil && folder.read("s.zarr/g/zarr.json") != nil)
        _ = try Program.run("write", place, "[0,0]", "--value", "3")
        #expect(folder.read("s.zarr/g/a/c.0.0") != nil)
    }

    @Test(arguments: ["int4", "bfloat16", "r16", "uint2", "complex64", "float8_e4m3"])
    func `what read prints raw is written again from the file`(type: String) throws {
        let folder = try TemporaryFolder()
        for name in ["a", "b"] {
            let made = try Program.run(
                "create",
                folder.path + "/s.zarr/" + name,
                "--shape",
                "4",
                "--dtype",
                type
            )
            #expect(made.status == 0, "\(made.messages)")
        }
        let (from, to) = (folder.path + "/s.zarr/a", folder.path + "/s.zarr/b")
        let file = folder.path + "/values.bin"
        for (place, value) in [("[0]", "1"), ("[3]", "0")] {
            let value = type == "r16" ? "[\(value), 9]" : value
            _ = try Program.run(
                "write",
                from,
                place,
                "--value",
                type == "complex64" ? "[\(value), 2]" : value
            )
        }
        #expect(try Program.run("read", from, "--format", "raw", "-o", file).status == 0)
        let written = try Program.run("write", to, "...", "--from", file, "--raw")
        #expect(written.status == 0, "\(written.messages)")
        let both = try [from, to].map {
            try Program.run("read", $0, "--json").json()["values"]?.text()
        }
        #expect(both[0] == both[1] && both[0]?.isEmpty == false)
        let short = try Program.run("write", to, "[0:2]", "--from", file, "--raw")
        #expect(short.status == 2 && short.messages.contains("other than the"))
    }

    @Test func `bytes alone are appended as the end of the array`() throws {
        let folder = try TemporaryFolder()
        let place = folder.path + "/s.zarr/a"
        let words = ["--shape", "2,3", "--dtype", "bfloat16", "--chunks", "2,2"]
        _ = try Program.run(["create", place] + words)
        let file = folder.path + "/end.bin"
        try folder.write("end.bin", [0x80, 0x3F, 0, 0, 0, 0xC0, 0, 0, 0x80, 0x3F, 0, 0])
        let appended = try Program.run("append", place, "--from", file, "--raw")
        #expect(appended.status == 0, "\(appended.messages)")
        let read = try Program.run("read", place, "[2:, :]", "--json").json()
        #expect(read["values"]?.text(.compact) == "[1.0,0.0,-2.0,0.0,1.0,0.0]")
        try folder.write("end.bin", [0, 0, 0, 0])
        let odd = try Program.run("append", place, "--from", file, "--raw")
        #expect(odd.status == 2 && odd.messages.contains("no multiple of the 6"))
        let across = try Program.run("append", place, "--from", file, "--raw", "--axis", "1")
        #expect(across.status == 2 && across.messages.contains("no multiple of the 8"))
    }

    @Test func `a raw byte that is no value of its type is refused`() throws {
        let folder = try TemporaryFolder()
        let place = folder.path + "/s.zarr/a"
        try folder.write("values.bin", [1, 7, 8, 255])
        let file = folder.path + "/values.bin"
        _ = try Program.run("create", place, "--shape", "4", "--dtype", "int4")
        let refused = try Program.run("write", place, "...", "--from", file, "--raw")
        #expect(refused.status == 2 && refused.messages.contains("byte 2 is no value of type int4"))
    }

    @Test func `what is there is named and stays, until it is replaced on purpose`() throws {
        let (folder, place) = try Self.made()
        defer { withExtendedLifetime(folder) {} }
        _ = try Program.run("write", place, "...", "--value", "5")
        let again = ["create", place, "--shape", "3", "--dtype", "int8"]
        for more in [[], ["--overwrite"]] {
            let refused = try Program.run(again + more)
            #expect(refused.status == 2 && refused.messages.contains("6 chunks"))
        }
        let plan = try Program.run(again + ["--overwrite", "--dry-run", "--json"]).json()
        #expect(plan["replaced"]?["chunks"]?.intValue == 6 && plan["created"]?.boolValue == false)
        #expect(try Self.values(place).allSatisfy { $0 == 5 })
        let done = try Program.run(again + ["--overwrite", "--yes"])
        #expect(done.status == 0, "\(done.messages)")
        #expect(try Self.values(place) == [0, 0, 0])
        #expect(try Program.run("chunks", place, "--json").json()["orphans"]?.arrayValue == [])
    }

    @Test(arguments: [
        ["--shape", "4"], ["--dtype", "int8"], ["--shape", "4", "--dtype", "int99"],
        ["--shape", "4,x", "--dtype", "int8"],
        ["--shape", "4", "--dtype", "int8", "--chunks", "0"],
        ["--shape", "4", "--dtype", "int8", "--chunks", "2,2"],
        ["--shape", "4", "--dtype", "int8", "--codecs", "zsdt"],
        ["--shape", "4", "--dtype", "int8", "--fill", "300"],
        ["--shape", "4", "--dtype", "int8", "--zarr", "2", "--shards", "4"],
        ["--shape", "4", "--dtype", "int8", "--shards", "4", "--chunks", "3"],
        ["--group", "--shape", "4"],
        ["--shape", "4", "--dtype", "int8", "--dimension-names", "a,b"],
    ])
    func `a description that means nothing makes nothing`(options: [String]) throws {
        let folder = try TemporaryFolder()
        let outcome = try Program.run(["create", folder.path + "/s.zarr"] + options)
        #expect(outcome.status == 2 && !outcome.messages.isEmpty)
        #expect(try Program.run("info", folder.path + "/s.zarr").status == 2)
    }

    @Test func `a read-only locator makes, writes and changes nothing`() throws {
        let (folder, place) = try Self.made()
        defer { withExtendedLifetime(folder) {} }
        let document = folder.read("s.zarr/g/a/zarr.json")
        for words in [
            ["write", place + "|readonly", "...", "--value", "1"],
            ["attributes", place + "|readonly", "set", "a", "1"],
            ["resize", place + "|readonly", "9,9"],
            ["create", folder.path + "/other.zarr|readonly", "--shape", "1", "--dtype", "int8"],
            ["create", place + "|readonly", "--group", "--overwrite", "--yes"],
        ] {
            let outcome = try Program.run(words)
            #expect(outcome.status == 2, "\(words): \(outcome.text)")
        }
        #expect(folder.read("s.zarr/g/a/zarr.json") == document)
        #expect(folder.read("s.zarr/g/a/c/0/0") == nil)
        #expect(try Program.run("info", folder.path + "/other.zarr").status == 2)
    }

    @Test func `values go where a selection says, and the answer counts chunks`() throws {
        let (folder, place) = try Self.made("--dimension-names", "y,x")
        defer { withExtendedLifetime(folder) {} }
        let first = try Program.run("write", place, "y=0:3,x=1", "--value", "4", "--json").json()
        #expect(first["elements"]?.intValue == 3 && first["written"]?.intValue == 2)
        #expect(try Self.values(place, "[:, 1]") == [4, 4, 4, -1, -1])
        let dry = try Program.run("write", place, "...", "--value", "9", "--dry-run", "--json")
            .json()
        #expect(dry["chunks"]?.intValue == 6 && dry["written"]?.intValue == 0)
        let back = try Program.run("write", place, "--points", "0,0;4,5", "--value", "8")
        #expect(back.status == 0)
        #expect(try Self.values(place, "[::4, ::5]") == [8, -1, -1, 8])
        _ = try Program.run("write", place, "...", "--value", "-1")
        #expect(folder.read("s.zarr/g/a/c/0/0") == nil)
        for words in [
            ["..."], ["--value", "1"], ["[9]", "--value", "1"], ["...", "--value", "x"],
        ] {
            #expect(try Program.run(["write", place] + words).status == 2)
        }
    }

    @Test(arguments: ["<i2", ">i2"], [false, true])
    func `a file of NumPy's is read in either order of bytes and dimensions`(
        descr: String,
        isFortran: Bool
    ) throws {
        let (folder, place) = try Self.made()
        defer { withExtendedLifetime(folder) {} }
        var head = "{'descr': '\(descr)', 'fortran_order': \(isFortran ? "True" : "False"), "
        head += "'shape': (5, 6), }"
        head += String(repeating: " ", count: 117 - head.utf8.count) + "\n"
        var bytes: [UInt8] = [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(head.utf8.count), 0]
        bytes += Array(head.utf8)
        for place in 0..<30 {
            let value = isFortran ? UInt8(place % 5 * 6 + place / 5) : UInt8(place)
            bytes += descr == "<i2" ? [value, 1] : [1, value]
        }
        try folder.write("v.npy", bytes)
        let outcome = try Program.run("write", place, "...", "--from", folder.path + "/v.npy")
        #expect(outcome.status == 0, "\(outcome.messages)")
        #expect(try Self.values(place) == (0..<30).map { 256 + $0 })
        try folder.write("short.npy", Array(bytes.dropLast()))
        try folder.write("long.npy", bytes + [0])
        try folder.write("head.npy", Array(bytes.prefix(40)))
        for name in ["short", "long", "head", "none"] {
            let refused = try Program.run(
                "write",
                place,
                "...",
                "--from",
                "\(folder.path)/\(name).npy"
            )
            #expect(refused.status == 2, "\(name)")
        }
        #expect(try Self.values(place) == (0..<30).map { 256 + $0 })
        let more = try Program.run("append", place, "--from", folder.path + "/v.npy", "--axis", "0")
        #expect(more.status == 0, "\(more.messages)")
        #expect(try Self.values(place, "[5:]") == (0..<30).map { 256 + $0 })
    }

    @Test func `a smaller array says what stays outside, and a larger one what would return`()
        throws
    {
        let (folder, place) = try Self.made()
        defer { withExtendedLifetime(folder) {} }
        _ = try Program.run("write", place, "...", "--value", "5")
        let smaller = try Program.run("resize", place, "3,6", "--json").json()
        #expect(smaller["outside"]?.arrayValue?.count == 2 && smaller["deleted"]?.intValue == 0)
        let refused = try Program.run("resize", place, "5,6")
        #expect(refused.status == 2 && refused.messages.contains("--delete-outside"))
        let unsure = try Program.run("resize", place, "5,6", "--delete-outside")
        #expect(unsure.status == 2 && unsure.messages.contains("--yes"))
        let grown = try Program.run("resize", place, "5,6", "--delete-outside", "--yes", "--json")
        let answer = try grown.json()
        #expect(answer["deleted"]?.intValue == 2)
        #expect(answer["returning_edges"]?.arrayValue?.count == 2)
        #expect(try Self.values(place, "[3:]") == [Int](repeating: -1, count: 12))
        #expect(try Program.run("resize", place, "2,2", "--delete-outside", "--yes").status == 0)
        #expect(try Program.run("chunks", place, "--json").json()["present"]?.intValue == 1)
    }

    @Test func `attributes are read, set and deleted one by one`() throws {
        let (folder, place) = try Self.made()
        defer { withExtendedLifetime(folder) {} }
        let long = "123456789012345678901234567890"
        for words in [["set", "n", long], ["set", "units", "K"], ["set", "gone", "[1]"]] {
            #expect(try Program.run(["attributes", place] + words).status == 0)
        }
        #expect(try Program.run("attributes", place, "delete", "gone").status == 0)
        let all = try Program.run("attributes", place).json()
        #expect(all.text() == #"{"n":\#(long),"units":"K"}"#)
        #expect(try Program.run("attributes", place, "get", "units").json().stringValue == "K")
        #expect(try Program.run("attributes", place, "get", "gone").status == 2)
        try folder.write("more.json", Array(#"{"units":"C","x":{"y":null}}"#.utf8))
        let from = ["attributes", place, "set", "--from", folder.path + "/more.json"]
        let dry = try Program.run(from + ["--dry-run", "--json"]).json()
        #expect(dry["changed"]?.boolValue == true)
        #expect(try Program.run("attributes", place).json() == all)
        #expect(try Program.run(from).status == 0)
        let expected = #"{"n":\#(long),"units":"C","x":{"y":null}}"#
        #expect(try Program.run("attributes", place).json().text() == expected)
    }

    @Test(arguments: ["2", "3"])
    func `consolidated metadata is made, and a change leaves it stale`(version: String) throws {
        let (folder, place) = try Self.made("--zarr", version)
        defer { withExtendedLifetime(folder) {} }
        let store = folder.path + "/s.zarr"
        #expect(try Program.run("consolidate", store, "--check").status == 1)
        #expect(try Program.run("consolidate", store).status == 0)
        #expect(try Program.run("consolidate", store, "--check").status == 0)
        let change = try Program.run("attributes", place, "set", "a", "1")
        #expect(change.status == 0 && change.messages.contains("zscope consolidate"))
        let stale = try Program.run("consolidate", store, "--check", "--json")
        #expect(stale.status == 1)
        let difference = try stale.json()["differences"]?[0]
        #expect(difference?["path"]?.stringValue == "/g/a")
        #expect(difference?["state"]?.stringValue == "differs")
    }
}
