import Testing

/// What `show` draws, and what the slice of the explorer reads.
@Suite struct ShowCommandTests {
    @Test func `an image is one pixel for each element, in the format of the file's name`() throws {
        let folder = try TemporaryFolder()
        let path = try Demo.path.get() + "/legacy/rainfall"
        let png = try Program.run("show", path, "[:20,:30]", "-o", folder.path + "/x.png")
        #expect(png.status == 0)
        let bytes = try #require(folder.read("x.png"))
        #expect(Array(bytes.prefix(4)) == [0x89, 0x50, 0x4e, 0x47])
        // Width and height of IHDR.
        #expect(Array(bytes[16..<24]) == [0, 0, 0, 30, 0, 0, 0, 20])
        #expect(try Program.run("show", path, "-o", folder.path + "/x.svg").status == 0)
        let values = try Program.run("show", path, "-o", folder.path + "/x.csv")
        #expect(values.status == 2 && values.messages.contains("zscope read --format csv"))
        let svg = String(decoding: try #require(folder.read("x.svg")), as: UTF8.self)
        #expect(svg.hasPrefix("<?xml"))
    }

    @Test func `a missing and a damaged chunk show however small the image is`() throws {
        let path = try Demo.path.get()
        let rain = try Program.run("show", path + "/legacy/rainfall")
        #expect(rain.text.contains("absent"))
        #expect(rain.text.split(separator: "\n").dropLast().joined().contains("o"))
        let terrain = try Program.run("show", path + "/terrain")
        #expect(terrain.status == 1)
        #expect(terrain.text.split(separator: "\n").dropLast().joined().contains("X"))
        #expect(terrain.messages.contains("c/1/9"))
    }

    @Test func `a histogram counts every number once`() throws {
        let path = try Demo.path.get() + "/legacy/rainfall"
        let outcome = try Program.run("show", path, "[:4,:5]", "--as", "histogram")
        let lines = outcome.text.split(separator: "\n").dropFirst().dropLast()
        let counts = lines.compactMap { $0.split(separator: " ").last }.compactMap { Int($0) }
        #expect(counts.reduce(0, +) == 20)
    }

    @Test(arguments: ["plot", "table", "image"])
    func `a row can be shown in every way`(how: String) throws {
        let path = try Demo.path.get() + "/legacy/rainfall"
        let outcome = try Program.run("show", path, "[3]", "--as", how)
        #expect(outcome.status == 0)
        #expect(outcome.text.split(separator: "\n").count >= 2)
    }

    @Test func `a range that is none is a mistake of the command line`() throws {
        let path = try Demo.path.get() + "/legacy/rainfall"
        let outcome = try Program.run("show", path, "--range", "high")
        #expect(outcome.status == 2)
        #expect(outcome.messages.contains("--range"))
        #expect(try Program.run("show", path, "--range", "around 5").status == 0)
    }

    @Test func `a slice behind a slow store is answered and painted while it is read`() throws {
        let folder = try TemporaryFolder()
        // Each key is pressed only when nothing is under way.
        try folder.write("keys", Array("key s\nscreen slice\n".utf8))
        let path = try Demo.path.get() + "/legacy/rainfall|latency:p50=30ms"
        let outcome = try Program.run(
            path,
            "--script",
            folder.path + "/keys",
            "--size",
            "100x30"
        )
        #expect(outcome.status == 0)
        #expect(outcome.text.contains("In view"))
        #expect(outcome.text.contains("o missing"))
    }
}
