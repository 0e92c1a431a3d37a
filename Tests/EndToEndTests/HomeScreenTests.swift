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

    /// Runs the explorer by a script, started in `folder`, with the memory that lies in `home`.
    private func run(
        in folder: String,
        _ arguments: [String] = [],
        script: String = "wait idle\nscreen\n",
        home: TemporaryFolder
    ) throws -> ChildProcess.Outcome {
        try home.write("script", Array(script.utf8))
        let line = ["--script", home.path + "/script", "--size", "80x24"]
        return try ChildProcess.run(
            "/bin/sh",
            ["-c", #"cd "$1" && shift && exec "$0" "$@""#, Program.path, folder] + arguments + line,
            environment: [
                "LC_ALL": "C.UTF-8", "TERM": "xterm-256color",
                "XDG_STATE_HOME": home.path + "/state", "XDG_DATA_HOME": home.path + "/data",
            ]
        )
    }

    @Test func `a store that was named by a relative path is one store, and found from everywhere`()
        throws
    {
        let home = try TemporaryFolder()
        let data = try TemporaryFolder()
        try data.write(
            "in/demo.zarr/zarr.json",
            Array(#"{"zarr_format":3,"node_type":"group"}"#.utf8)
        )
        let bookmark = #"[{"locator": "./demo.zarr", "summary": "v3 group", "added": 1}]"#
        try home.write("data/zscope/bookmarks.json", Array(bookmark.utf8))
        _ = try run(in: data.path + "/in", ["./demo.zarr"], home: home)
        _ = try run(in: data.path, ["in/../in//demo.zarr/"], home: home)
        _ = try run(in: "/", [data.path + "/in/demo.zarr"], home: home)
        for file in ["state/zscope/recent.json", "data/zscope/bookmarks.json"] {
            let bytes = try #require(home.read(file))
            let kept = try JSONParser.parse(bytes, mode: .strict, limits: .standard).value
            let locators = kept.arrayValue?.compactMap { $0["locator"]?.stringValue }
            #expect(locators == [data.path + "/in/demo.zarr"], "\(file)")
        }
        let script = "wait idle\nkey Enter\nwait idle\nscreen\n"
        let opened = try run(in: "/", script: script, home: home)
        #expect(opened.text.contains("zscope › demo.zarr"), "\(opened.text)\(opened.messages)")
    }

    @Test func `why a store cannot be opened is told once`() throws {
        let home = try TemporaryFolder()
        let told = try run(in: "/", ["nowhere.zarr"], home: home).text
        #expect(
            told.split(separator: "\n").count { $0.contains("there is nothing at") } == 1,
            "\(told)"
        )
    }

    @Test func `a scheme goes on with its options`() throws {
        let home = try TemporaryFolder()
        let script = "wait idle\nkey o\ntype mock:\nwait idle\nkey Tab\nwait idle\nscreen\n"
        let screen = try run(in: "/", script: script, home: home).text
        #expect(screen.contains("Open  mock:?") && screen.contains("seed="), "\(screen)")
    }
}
