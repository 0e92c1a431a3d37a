import Testing

/// A slice of an OME-Zarr image: the levels are really read, and only they.
@Suite struct SliceLevelTests {
    private let folder: TemporaryFolder
    private var store: String { folder.path + "/image.zarr" }

    init() throws {
        folder = try TemporaryFolder()
    }

    /// An image of 2048 × 2048 in four levels; level `n` holds `10 * (n + 1)`, level 3 another number
    /// in its last quarter.
    private func make(version: Int, hasScales: Bool = true) throws {
        let datasets = (0..<4).map { level in
            let size = 1 << level
            let scale =
                "[{\"type\":\"scale\",\"scale\":[\(Double(size) * 0.25),\(Double(size) * 0.25)]}]"
            return "{\"path\":\"\(level)\""
                + (hasScales ? ",\"coordinateTransformations\":\(scale)}" : "}")
        }
        let image =
            "[{\"axes\":[{\"name\":\"y\",\"type\":\"space\"},{\"name\":\"x\",\"type\":\"space\"}],"
            + "\"datasets\":[\(datasets.joined(separator: ","))]}]"
        if version == 2 {
            try folder.write("image.zarr/.zgroup", Array(#"{"zarr_format":2}"#.utf8))
            try folder.write("image.zarr/.zattrs", Array("{\"multiscales\":\(image)}".utf8))
        } else {
            let text =
                "{\"zarr_format\":3,\"node_type\":\"group\",\"attributes\":{\"ome\":"
                + "{\"version\":\"0.5\",\"multiscales\":\(image)}}}"
            try folder.write("image.zarr/zarr.json", Array(text.utf8))
        }
        for level in 0..<4 {
            let length = 2048 >> level
            try run(
                "create",
                "\(store)/\(level)",
                "--shape",
                "\(length),\(length)",
                "--chunks",
                "256,256",
                "--dtype",
                "uint8",
                "--zarr",
                "\(version)"
            )
            try run("write", "\(store)/\(level)", "[:,:]", "--value", "\(10 * (level + 1))")
        }
        try run("write", store + "/3", "[128:,128:]", "--value", "77")
    }

    private func run(_ words: String...) throws {
        let outcome = try Program.run(words)
        #expect(outcome.status == 0, "\(words) \(outcome.messages)")
    }

    /// The screens of a script on the slice of the finest level, by name.
    private func play(_ script: String, size: String = "100x30") throws -> [String: String] {
        try folder.write("keys", Array(("wait idle\nkey s\n" + script).utf8))
        let outcome = try Program.run(
            [store + "#/0", "--no-session", "--script", folder.path + "/keys", "--size", size],
            environment: ["XDG_STATE_HOME": folder.path]
        )
        #expect(outcome.status == 0, "\(outcome.messages)")
        var screens: [String: String] = [:]
        var name = ""
        for line in outcome.text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("--- ") { name = String(line.dropFirst(4)) }
            screens[name, default: ""] += line + "\n"
        }
        return screens
    }

    private func expect(_ screen: String?, _ words: String...) {
        for word in words {
            #expect(screen?.contains(word) == true, "\(word)\n\(screen ?? "no screen")")
        }
    }

    @Test(arguments: [2, 3])
    func `a zoomed-out slice reads the coarsest level that fills its pixels`(version: Int) throws {
        try make(version: version)
        let screens = try play(
            """
            screen far
            key f
            screen whole
            key f
            key /
            type 2000,2000
            key enter
            screen quarter
            key +
            key +
            key +
            screen nearer
            key +
            key +
            key +
            key +
            screen near

            """
        )
        expect(screens["far"], "slice of level 3", "level 3 (⅛)", "256×256", "mean    40 of")
        expect(screens["far"], "1 chunk,")
        expect(screens["whole"], "the array itself;", "f shows 3", "64 chunks", "10 … 10")
        expect(screens["quarter"], "[2000,2000]", "mean    77 of")
        expect(screens["nearer"], "of level 2")
        expect(screens["near"], "value   10", "[2000,2000]")
        #expect(screens["near"]?.contains("level 1") == false)
    }

    @Test func `without scales the shapes say how coarse a level is`() throws {
        try make(version: 2, hasScales: false)
        expect(try play("screen far\n")["far"], "level 3 (⅛)", "mean    40 of", "1 chunk,")
    }

    @Test func `levels that cannot be read are left out one after another, each with its reason`()
        throws
    {
        try make(version: 3)
        try folder.write("image.zarr/3/c/0/0", [1, 2, 3])
        var screens = try play("screen chunk\n", size: "120x30")
        expect(screens["chunk"], "level 2 (¼)", "Level 3 is left out: 3/c/0/0")
        try folder.write("image.zarr/3/zarr.json", Array("{".utf8))
        screens = try play("screen broken\n", size: "120x30")
        expect(screens["broken"], "level 2 (¼)", "Level 3 is left out", "3/zarr.json")
        try run("resize", store + "/2", "300,512", "--yes")
        screens = try play("screen shape\n", size: "120x30")
        expect(screens["shape"], "level 1 (½)", "3 left out")
        _ = try ChildProcess.run("/bin/rm", ["-r", store + "/1"])
        screens = try play("screen none\nkey +\nkey +\nkey +\nscreen nearer\n", size: "120x45")
        expect(screens["none"], "3 left out", "10 … 10")
        expect(screens["nearer"], "2 left out", "does not fit")
    }

    @Test func `what is written to files is of the array, not of the level that is shown`() throws {
        try make(version: 3)
        _ = try play("key w\nkey ctrl-u\ntype \(folder.path)/a.npy\nkey enter\nscreen done\n")
        let file = try #require(folder.read("a.npy"))
        #expect(file.count > 2048 * 2048 && file.suffix(2048 * 2048).allSatisfy { $0 == 10 })
        let screens = try play("key w\nscreen form\n")
        expect(screens["form"], "zscope-0-slice-of-level-3.png")
    }
}
