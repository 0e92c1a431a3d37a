import JSONValue
import Testing

/// The home screen and what it remembers.
struct HomeScreenTests {
    @Test func `stores that were pinned are bookmarks now, once and for all`() throws {
        let folder = try TemporaryFolder()
        let recent = """
            [{"locator": "/data/a.zarr", "opened": 1700000000, "pinned": false},
             {"locator": "/data/b.zarr", "opened": 1700000000, "pinned": true}]
            """
        try folder.write("state/zscope/recent.json", Array(recent.utf8))
        try folder.write("script", Array("wait idle\nscreen\nkey B\nwait idle\n".utf8))
        let arguments = ["--script", folder.path + "/script", "--size", "80x24"]
        let environment = [
            "XDG_STATE_HOME": folder.path + "/state", "XDG_DATA_HOME": folder.path + "/data",
        ]
        let first = try Program.run(arguments, environment: environment)
        #expect(first.text.contains("◆ /data/b.zarr"), "\(first.text)\(first.messages)")
        // The key took the mark away; what was pinned once does not bring it back.
        let second = try Program.run(arguments, environment: environment)
        #expect(second.text.contains("/data/b.zarr") && !second.text.contains("◆"))
    }
}
