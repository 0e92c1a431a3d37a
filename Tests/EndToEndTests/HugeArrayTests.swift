import JSONValue
import Testing

/// Arrays far larger than memory are shown and summed up in little of it.
@Suite struct HugeArrayTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func array(
        _ shape: [Int],
        _ chunks: [Int],
        codecs: String = #"[{"name":"bytes"}]"#,
        type: String = "uint8"
    ) throws -> String {
        let document = """
            {"zarr_format":3,"node_type":"array","shape":\(shape),"data_type":"\(type)",
            "chunk_grid":{"name":"regular","configuration":{"chunk_shape":\(chunks)}},
            "chunk_key_encoding":{"name":"default"},"fill_value":0,"codecs":\(codecs),"attributes":{}}
            """
        try folder.write("zarr.json", Array(document.utf8))
        return folder.path
    }

    /// Runs the tool where the system gives it no more than 256 MiB of data.
    private func run(_ line: String) throws -> ChildProcess.Outcome {
        try ChildProcess.run(
            "/bin/sh",
            ["-c", "ulimit -d 262144; exec '\(Program.path)' \(line)"],
            environment: ["LC_ALL": "C.UTF-8"]
        )
    }

    @Test(arguments: [([Int.max], [1]), ([1 << 31, 1 << 31], [1, 1]), ([1 << 62, 1], [1, 1])])
    func `a map of more missing chunks than can be listed shows none as present`(
        shape: [Int],
        chunks: [Int]
    ) throws {
        let place = try array(shape, chunks)
        try folder.write(shape.count == 1 ? "c/0" : "c/0/0", [7])
        let outcome = try run("map \(place)")
        let lines = outcome.text.split(separator: "\n")
        #expect(outcome.status == 1)
        #expect(lines.first { $0.contains("axis") } != nil && outcome.text.contains("o missing"))
        #expect(!outcome.text.contains("██"), "\(outcome.text)")
    }

    @Test func `more missing chunks than can be listed are counted by verify`() throws {
        let place = try array([Int.max], [1])
        try folder.write("c/0", [7])
        let outcome = try run("verify \(place) --json")
        #expect(outcome.status == 1 && outcome.messages.contains("too many missing"))
        let report = try outcome.json()
        #expect(report["missing"]?.intValue == Int.max - 1 && report["checked"] == 1)
        #expect(report["complete"] == true && report["findings"] == [])
    }

    private static let shapes: [([Int], [Int])] = [
        ([Int.max], [1_000_000]), ([Int.max], [1]), ([Int.max], [1 << 62]), ([1 << 40], [1 << 40]),
        ([1 << 32], [1 << 31]), ([10_000_000_000], [100_000]), ([1 << 31, 1 << 31], [1000, 1000]),
    ]

    @Test(arguments: shapes)
    func `an array of any length is shown in little memory, or refused with a reason`(
        shape: [Int],
        chunks: [Int]
    ) throws {
        let path = try array(shape, chunks)
        for how in ["", "--as image", "--as histogram", "--as table", "--as plot"] {
            let outcome = try run("show '\(path)' \(how)")
            let isRefused = outcome.status == 2 && !outcome.messages.isEmpty
            #expect(outcome.status == 0 || isRefused, "\(how): \(outcome.messages)")
            if how.isEmpty { #expect(outcome.status == 0 && outcome.text.contains("sample")) }
        }
    }

    @Test(arguments: shapes)
    func `what is missing is counted, not made`(shape: [Int], chunks: [Int]) throws {
        let path = try array(shape, chunks)
        let outcome = try run("stats '\(path)' --json")
        #expect(outcome.status == 0, "\(outcome.messages)")
        let count = JSONValue.integer(shape.reduce(1, *))
        let figures = try outcome.json()
        #expect(figures["count"] == count && figures["absent"] == count && figures["fill"] == count)
        #expect(figures["finite"] == 0 && figures["min"] == .null)
    }

    @Test(arguments: [
        (Int.max, "more chunks than can be drawn"), (1 << 50, "1.13P missing of 1.13P"),
    ])
    func `the explorer draws a grid of any length, or says that it cannot`(
        length: Int,
        words: String
    ) throws {
        let path = try array([length], [1])
        try folder.write(
            "keys",
            Array(
                """
                wait idle
                key m
                wait idle
                screen map
                key - - n space enter
                wait idle
                key q L
                wait idle
                screen findings
                key q s
                wait idle
                screen slice

                """.utf8
            )
        )
        let keys = ["--script", folder.path + "/keys", "--size", "80x24", "--no-session"]
        let outcome = try Program.run([path] + keys)
        #expect(outcome.status == 0 && outcome.text.contains(words), "\(outcome.text)")
        #expect(!outcome.text.contains("Nothing is missing"))
        #expect(outcome.text.contains("--- slice"))
    }

    @Test func `chunks beyond all counting are counted and not named`() throws {
        let codecs =
            #"[{"name":"sharding_indexed","configuration":{"chunk_shape":[16],"codecs":[{"name":"bytes"}],"#
            + #""index_codecs":[{"name":"bytes","configuration":{"endian":"little"}}]}}]"#
        let path = try array([Int.max], [1024], codecs: codecs)
        let shards = JSONValue.integer(Int.max / 1024 + 1)
        for line in ["chunks '\(path)' --json", "verify '\(path)' --json"] {
            let outcome = try run(line)
            #expect(outcome.status == 1 && outcome.messages.contains("too many"), "\(line)")
            #expect(try outcome.json()["missing"] == shards, "\(line)")
        }
        let inner = try run("chunks '\(path)' --inner --json")
        #expect(inner.messages.contains("too many"))
        #expect(try inner.json()["chunks"] == [])
    }

    @Test func `figures of more than fits in memory are those of its chunks`() throws {
        // A GiB of values in 256 chunks that are one file.
        let little = #"[{"name":"bytes","configuration":{"endian":"little"}}]"#
        let path = try array([1 << 28], [1 << 20], codecs: little, type: "uint32")
        try folder.write("c/0", (0..<(1 << 20)).flatMap { [UInt8($0 & 255), 1, 0, 0] })
        let links = "cd '\(path)/c' && for n in $(seq 2 255); do ln 0 $n; done"
        #expect(try ChildProcess.run("/bin/sh", ["-c", links]).status == 0)
        let figures = try run("stats '\(path)' --json").json()
        #expect(figures["finite"] == .integer(255 << 20) && figures["absent"] == .integer(1 << 20))
        #expect(figures["min"] == 256 && figures["max"] == 511)
        #expect(figures["mean"]?.doubleValue == 383.5)
        #expect(try run("show '\(path)' --as plot").status == 0)
    }

    @Test func `times and truth values keep their form`() throws {
        let place = folder.path + "/times.zarr"
        let made = ["--shape", "3", "--chunks", "3", "--dtype", "M8[ns]", "--zarr", "2"]
        #expect(try Program.run(["create", place] + made).status == 0)
        let wrote = try Program.run("write", place, "...", "--value", "1704067200123456789")
        #expect(wrote.status == 0, "\(wrote.messages)")
        let figures = try Program.run("stats", place, "--json").json()
        #expect(figures["min"]?.text() == "1704067200123456789")
        #expect(figures["max"]?.text() == "1704067200123456789")
        #expect(try Program.run("stats", place).text.contains("2024-01-01T00:00:00.123456789"))
        let flags = folder.path + "/flags.zarr"
        let words = ["create", flags, "--shape", "3", "--chunks", "3", "--dtype", "bool"]
        #expect(try Program.run(words).status == 0)
        #expect(try Program.run("write", flags, "[1]", "--value", "true").status == 0)
        let truth = try Program.run("stats", flags, "--json").json()
        #expect(truth["min"] == false && truth["max"] == true)
    }
}
