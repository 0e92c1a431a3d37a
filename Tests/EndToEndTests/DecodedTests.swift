import JSONValue
import Testing

/// Values as what the CF attributes say that they mean, on the command line.
@Suite struct DecodedTests {
    private let folder: TemporaryFolder
    private var store: String { folder.path + "/a.zarr" }

    init() throws {
        folder = try TemporaryFolder()
    }

    /// An array of 2 × 2 × 3 int16 with these attributes, of which the second plane is missing.
    private func make(_ attributes: String) throws {
        try folder.write(
            "a.zarr/zarr.json",
            Array(
                """
                {"zarr_format":3,"node_type":"array","shape":[2,2,3],"data_type":"int16",
                "chunk_grid":{"name":"regular","configuration":{"chunk_shape":[1,2,3]}},
                "chunk_key_encoding":{"name":"default","configuration":{"separator":"/"}},
                "fill_value":5,"codecs":[{"name":"bytes","configuration":{"endian":"little"}}],
                "attributes":{\(attributes)}}
                """.utf8
            )
        )
        let numbers: [Int16] = [1000, 2000, 250, 3000, -99, 7]
        let bytes = numbers.flatMap {
            [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)]
        }
        try folder.write("a.zarr/c/0/0/0", bytes)
    }

    private static let packed =
        #""scale_factor":0.01,"add_offset":-3,"units":"K","_FillValue":-99"#

    private func show(_ words: String...) throws -> ChildProcess.Outcome {
        try Program.run(["show", store] + words)
    }

    private func read(_ words: String...) throws -> ChildProcess.Outcome {
        try Program.run(["read", store] + words)
    }

    /// The words of the lines after the first.
    private func rows(_ text: String) -> [[Substring]] {
        text.split(separator: "\n").dropFirst().map { $0.split(separator: " ") }
    }

    @Test func `a table shows what is meant, as the slice of the explorer does`() throws {
        try make(Self.packed)
        let stored = try show("0", "--as", "table")
        #expect(rows(stored.text) == [["1000", "2000", "250"], ["3000", "-99", "7"]])
        let decoded = try show("0", "--as", "table", "--decoded")
        #expect(decoded.status == 0 && decoded.messages.isEmpty)
        #expect(decoded.text.contains("decoded: × 0.01 - 3, -99 is none, in K"))
        #expect(rows(decoded.text) == [["7.0", "17.0", "-0.5"], ["27.0", "none", "-2.93"]])
        try folder.write("keys", Array("key s\nkey 2\nkey d\nscreen\n".utf8))
        let screen = try Program.run(
            [store, "--no-session", "--script", folder.path + "/keys", "--size", "80x24"],
            environment: ["XDG_STATE_HOME": folder.path]
        )
        for word in ["7.0", "17.0", "-0.5", "27.0", "none", "-2.93", "× 0.01 - 3"] {
            #expect(screen.text.contains(word), "\(word)\n\(screen.text)")
        }
    }

    @Test func `pictures and their ranges are of what is meant`() throws {
        try make(Self.packed)
        let stored = try show("0")
        #expect(stored.text.contains("-99.0 to 3000") || stored.text.contains("-99"))
        for selection in ["0", "[0,::-1]"] {
            let decoded = try show(selection, "--decoded")
            #expect(decoded.status == 0)
            for words in ["-2.930 to 27", "1 none", " K"] {
                #expect(decoded.text.contains(words), "\(words)\n\(decoded.text)")
            }
            #expect(!decoded.text.contains("NaN"))
        }
        for arguments in [[], ["--decoded"]] {
            let file = folder.path + "/x.png"
            let outcome = try Program.run(["show", store, "0", "-o", file] + arguments)
            #expect(outcome.status == 0)
        }
        let range = try show("0", "--decoded", "--range", "0 10", "-o", folder.path + "/y.png")
        #expect(range.status == 0)
        #expect(folder.read("x.png") != folder.read("y.png"))
    }

    @Test func `decoded values are written in every format that can hold them`() throws {
        try make(Self.packed)
        #expect(try read("0", "--decoded", "--csv").text == "7.0,17.0,-0.5\n27.0,NaN,-2.93\n")
        let json = try read("0", "--decoded", "--json").json()
        #expect(json["data_type"]?.stringValue == "float32")
        #expect(json["values"]?.arrayValue?.compactMap(\.doubleValue) == [7, 17, -0.5, 27, -2.93])
        #expect(json["values"]?.arrayValue?[4].stringValue == "NaN")
        let npy = try read("0", "--decoded", "--format", "npy").output
        #expect(String(decoding: npy[10..<64], as: UTF8.self).contains("'<f4'"))
        #expect(Array(npy.suffix(24).prefix(4)) == [0, 0, 0xe0, 0x40])
        #expect(try read("0", "--decoded", "--format", "raw").output == Array(npy.suffix(24)))
        #expect(try read("0", "--decoded").text == " 7.0  17.0   -0.5\n27.0  none  -2.93\n")
        #expect(try read("[1,0,:2]", "--decoded", "--csv").text == "-2.95\n-2.95\n")
        let refused = try show("0", "--decoded", "-o", folder.path + "/x.csv")
        #expect(refused.status == 2)
        #expect(refused.messages.contains("zscope read --decoded --format csv or npy"))
    }

    @Test func `times are dates, and those that are none are not`() throws {
        try make(#""units":"hours since 2019-01-01","_FillValue":-99"#)
        let table = try show("0", "--decoded")
        #expect(
            rows(table.text) == [
                ["2019-02-11T16:00", "2019-03-25T08:00", "2019-01-11T10:00"],
                ["2019-05-06", "none", "2019-01-01T07:00"],
            ],
            "\(table.text)"
        )
        let json = try read("[0,1]", "--decoded", "--json").json()
        #expect(json["data_type"]?.stringValue == "string")
        #expect(
            json["values"]?.arrayValue?.compactMap(\.stringValue)
                == ["2019-05-06", "NaT", "2019-01-01T07:00"]
        )
        #expect(
            try read("[0,1]", "--decoded", "--csv").text == "2019-05-06\nNaT\n2019-01-01T07:00\n"
        )
        let npy = try read("[0,1]", "--decoded", "--format", "npy")
        #expect(npy.status == 0)
        let raw = try read("0", "--decoded", "--format", "raw")
        #expect(raw.status == 2 && raw.messages.contains("no fixed length"))
        #expect(try show("0", "--decoded", "--as", "image").status == 0)
    }

    @Test func `where nothing is said the values are what they are, and that is told`() throws {
        try make(#""units":"m""#)
        for command in ["show", "read"] {
            let plain = try Program.run([command, store, "0"])
            let decoded = try Program.run([command, store, "0", "--decoded"])
            #expect(decoded.status == 0 && decoded.text == plain.text)
            #expect(decoded.messages.contains("nothing to decode"))
        }
    }
}
