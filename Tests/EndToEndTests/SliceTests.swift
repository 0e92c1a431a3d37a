import Glibc
import Testing

/// The values of a slice: decoded, written to files, and read behind storage that is far away.
@Suite struct SliceTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    /// Plays `script` on `store` from its slice, and answers the screens.
    private func play(_ store: String, _ script: String, size: String = "80x24") throws -> String {
        try folder.write("keys", Array(("key s\n" + script).utf8))
        let outcome = try Program.run(
            [store, "--no-session", "--script", folder.path + "/keys", "--size", size],
            environment: ["XDG_STATE_HOME": folder.path]
        )
        #expect(outcome.status == 0, "\(outcome.messages)")
        return outcome.text
    }

    /// Keys that write what is shown to a file of the folder.
    private func write(_ name: String) -> String {
        "key w\nkey ctrl-u\ntype \(folder.path)/\(name)\nkey enter\nscreen \(name)\n"
    }

    /// An array of 2 × 2 × 3 int16, packed, of which the second plane is missing.
    private func packed(_ attributes: String) throws -> String {
        try folder.write(
            "a.zarr/zarr.json",
            Array(
                """
                {"zarr_format":3,"node_type":"array","shape":[2,2,3],"data_type":"int16",
                "chunk_grid":{"name":"regular","configuration":{"chunk_shape":[1,2,2]}},
                "chunk_key_encoding":{"name":"default","configuration":{"separator":"/"}},
                "fill_value":5,"codecs":[{"name":"bytes","configuration":{"endian":"little"}}],
                "attributes":{\(attributes)}}
                """.utf8
            )
        )
        func bytes(_ numbers: [Int16]) -> [UInt8] {
            numbers.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
        }
        try folder.write("a.zarr/c/0/0/0", bytes([1000, 2000, 3000, -99]))
        try folder.write("a.zarr/c/0/0/1", bytes([250, 0, 7, 0]))
        return folder.path + "/a.zarr"
    }

    // MARK: Decoding

    @Test(arguments: [
        #""_FillValue":-99"#, #""missing_value":[-99]"#, #""_FillValue":"AAAAAADAWMA=""#,
    ])
    func `numbers are shown as stored until a person asks what they mean`(none: String) throws {
        let store = try packed(#""scale_factor":0.01,"add_offset":-3,"units":"K","# + none)
        let text = try play(store, "key 2\nscreen\nkey d\nscreen\nkey d\nscreen\n")
        let screens = text.split(separator: "---", omittingEmptySubsequences: true)
        try #require(screens.count >= 3)
        for stored in [screens[screens.count - 3], screens[screens.count - 1]] {
            #expect(stored.contains("as stored") && stored.contains("1000"))
            #expect(stored.contains("-99") && !stored.contains(" K "))
        }
        let decoded = screens[screens.count - 2]
        for word in ["decoded", "7.0", "17.0", "-0.5", "none", "× 0.01 - 3", "in K"] {
            #expect(decoded.contains(word), "\(word)\n\(decoded)")
        }
    }

    @Test func `an array of which the attributes say nothing has nothing to decode`() throws {
        let text = try play(try packed(#""units":"m""#), "key 2\nkey d\nscreen\n")
        #expect(text.contains("no scale_factor, add_offset or _FillValue"))
        #expect(!text.contains("as stored"))
    }

    // MARK: Files

    @Test func `a plane is written exactly, whichever way round it is shown`() throws {
        let store = try packed(#""scale_factor":2"#)
        let text = try play(
            store,
            "key 2\n" + write("a.csv") + write("a.npy") + "key d\nkey t\n" + write("t.csv")
                + write("t.npy") + "key t\nkey a\n" + write("none.csv")
        )
        #expect(text.contains("6 values as stored"))
        func file(_ name: String) -> String {
            String(decoding: folder.read(name) ?? [], as: UTF8.self)
        }
        #expect(file("a.csv") == "1000,2000,250\n3000,-99,7\n")
        #expect(file("t.csv") == "1000,3000\n2000,-99\n250,7\n")
        let same = try Program.run("read", store, "[0]", "--format", "npy")
        #expect(folder.read("a.npy") == same.output)
        let turned = try #require(folder.read("t.npy"))
        #expect(turned.suffix(12) == same.output.suffix(12) && turned.count == same.output.count)
        let head = String(decoding: turned[10..<128], as: UTF8.self)
        #expect(head.hasPrefix("{'descr': '<i2', 'fortran_order': True, 'shape': (3, 2), }"))
    }

    @Test func `missing chunks are written as the fill value and told, broken ones end it`() throws
    {
        let store = try packed(#""units":"m""#)
        // The second plane: the picked dimension goes on by one.
        let text = try play(store, "key 2\nkey ]\n" + write("b.csv"), size: "120x24")
        #expect(text.contains("2 missing chunks as the fill value"))
        #expect(folder.read("b.csv") == Array("5,5,5\n5,5,5\n".utf8))
        try folder.write("a.zarr/c/0/0/1", [1])
        let broken = try play(store, "key 2\n" + write("c.csv"), size: "120x24")
        #expect(broken.contains("c/0/0/1"))
        #expect(folder.read("c.csv") == nil)
    }

    @Test(
        .enabled(if: Fixtures.hasPython, "no other programs: make fixtures"),
        arguments: ["string", "datetime64[s]", "float32", "complex64", "bool", "uint64", "|S3"]
    )
    func `every type is written as it is read, by other programs as well`(type: String) throws {
        let store = folder.path + "/x.zarr"
        let values =
            type == "string"
            ? "['a', 'b,c', 'é\"', '', 'x', 'y']"
            : type == "float32"
                ? "[1.5, float('nan'), float('-inf'), 0, 1e-40, 3]"
                : type == "complex64" ? "[1j, 2, 3, 4, 5, complex('nan')]" : "[0, 1, 1, 0, 1, 1]"
        let script = """
            import zarr, numpy as n
            v = n.array(\(values), dtype=\(type == "string" ? "n.dtypes.StringDType()" : "'\(type)'"))
            if '\(type)' == 'uint64': v[0] = 2**64 - 1
            a = zarr.create_array('\(store)', shape=(2, 3), chunks=(1, 2),
                                  dtype=\(type == "string" ? "str" : "'\(type)'"))
            a[...] = v.reshape(2, 3)
            """
        let made = try ChildProcess.run(Fixtures.python, ["-W", "ignore", "-c", script])
        #expect(made.status == 0, "\(made.messages)")
        _ = try play(
            store,
            "key 2\n" + write("x.csv") + write("x.npy") + "key t\n" + write("t.npy")
        )
        for (name, format) in [("x.csv", "csv"), ("x.npy", "npy")] {
            let read = try Program.run("read", store, "--format", format)
            #expect(folder.read(name) == read.output, "\(name)")
        }
        let check = """
            import numpy as n
            a = n.load('\(folder.path)/x.npy'); t = n.load('\(folder.path)/t.npy')
            assert a.shape == (2, 3) and t.shape == (3, 2)
            assert n.ascontiguousarray(t.T).tobytes() == n.ascontiguousarray(a).tobytes(), (a, t)
            """
        let checked = try ChildProcess.run(Fixtures.python, ["-c", check])
        #expect(checked.status == 0, "\(checked.messages)")
    }

    @Test func `more than the limit is refused, and it is told what writes it`() throws {
        let store = folder.path + "/big.zarr"
        let made = try Program.run(
            "create",
            store,
            "--shape",
            "20000,20000",
            "--chunks",
            "1000,1000",
            "--dtype",
            "int8"
        )
        #expect(made.status == 0)
        let text = try play(store, "key 2\n" + write("big.npy"), size: "120x24")
        #expect(text.contains("more than 100,000,000 elements: zscope read"))
        #expect(folder.read("big.npy") == nil)
    }

    @Test func `what a killed program left of its small files is removed, a living one's is not`()
        throws
    {
        let store = try packed("")
        let living = "zscope/recent.json.\(getpid())"
        for name in ["zscope/recent.json.99999999", living, "zscope/recent.json.old"] {
            try folder.write(name, [1])
        }
        _ = try play(store, "screen\n")
        #expect(folder.read("zscope/recent.json.99999999") == nil)
        #expect(folder.read(living) != nil && folder.read("zscope/recent.json.old") != nil)
        #expect(folder.read("zscope/recent.json") != nil)
    }

    // MARK: Far away

    @Test func `keys are answered while reads are under way`() throws {
        let path = try Demo.path.get() + "/legacy/rainfall|latency:p50=300ms"
        // After the first key nothing waits for what is read.
        try folder.write(
            "keys",
            Array(
                """
                key s
                now screen reading
                now key 2
                now screen table
                now key ?
                now screen help
                now key esc
                now key /
                now type 3,3
                now screen typing
                now key enter
                screen read

                """.utf8
            )
        )
        let outcome = try Program.run(
            [path, "--no-session", "--script", folder.path + "/keys", "--size", "100x30"],
            environment: ["XDG_STATE_HOME": folder.path]
        )
        #expect(outcome.status == 0, "\(outcome.messages)")
        var screens: [Substring: String] = [:]
        var name = Substring()
        for line in outcome.text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("--- ") { name = line.dropFirst(4) }
            screens[name, default: ""] += line + "\n"
        }
        #expect(screens["table"]?.contains("Table") == true)
        #expect(screens["table"]?.contains("Reading values…") == true)
        #expect(
            screens["help"]?.contains("Everywhere") == true
                || screens["help"]?.contains("Move") == true
        )
        #expect(screens["typing"]?.contains("Go to 3,3") == true)
        #expect(screens["read"]?.contains("[3,3]") == true)
        #expect(screens["read"]?.contains("Reading values…") == false)
    }
}
