import Testing

/// The map on stores that other implementations wrote.
struct MapScreenTests {
    /// Sharded arrays of the fixtures, with whether there are shards inside their shards.
    static let arrays: [(path: String, isNested: Bool)] = [
        ("tensorstore/v3.zarr/sharded", false), ("zarrs/v3.zarr/sharded", false),
        ("zarrs/v3.zarr/nested", true), ("zarr3/shards-v3.zarr/nested", true),
        ("zarr3/shards-v3.zarr/gaps", false), ("zarr3/shards-v3.zarr/index-start", false),
        ("zarr3/shards-v3.zarr/index-end", false), ("zarr3/shards-v3.zarr/turned", false),
    ]

    private func play(_ script: String, _ locator: String, size: String) throws -> String {
        let folder = try TemporaryFolder()
        try folder.write("script", Array(script.utf8))
        let outcome = try Program.run(
            [locator, "--script", folder.path + "/script", "--size", size],
            environment: ["XDG_STATE_HOME": folder.path + "/state"]
        )
        #expect(outcome.status == 0, "\(locator): \(outcome.messages)")
        return outcome.text
    }

    @Test(.enabled(if: !Fixtures.arrays.isEmpty), arguments: arrays, ["80x24", "160x45"])
    func `every measure of a sharded array is drawn, outside and inside`(
        _ array: (path: String, isNested: Bool),
        _ size: String
    ) throws {
        let locator = Fixtures.folder + "/stores/" + array.path
        let digits = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "0"]
        let measures = digits.map { "key alt-\($0)\nwait idle\nscreen m\($0)\n" }.joined()
        let turning = "keys a x a y + + G $ 0\nwait idle\n"
        let inside = "key >\nwait idle\n" + measures + "key +\nkey V\nwait idle\nscreen inside\n"
        let deeper = array.isNested ? "key 0\nkey >\nwait idle\n" + measures : ""
        let text = try play(
            "wait idle\n" + measures + turning + measures + inside + deeper,
            locator,
            size: size
        )
        let screens = text.split(separator: "--- ")
        #expect(screens.count == 10 + 10 + 11 + (array.isNested ? 10 : 0))
        for screen in screens {
            #expect(!screen.contains("cannot be shown"), "\(array.path)\n\(screen)")
            #expect(screen.contains("› map") || screen.contains("shard ["), "\(screen)")
        }
        if array.isNested { #expect(text.contains("› [")) }
    }

    @Test(
        .enabled(if: !Fixtures.arrays.isEmpty),
        arguments: ["zarr3/shards-v3.zarr/index-end", "zarrs/v3.zarr/sharded"]
    )
    func `values of inner chunks are those of the array`(_ path: String) throws {
        let locator = Fixtures.folder + "/stores/" + path
        let shown = try play(
            "wait idle\nkey >\nwait idle\nkey alt-7\nwait idle\nscreen\n",
            locator,
            size: "160x45"
        )
        #expect(shown.contains("least value"))
        #expect(!shown.contains("unreadable"))
    }
}
