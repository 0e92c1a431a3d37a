import JSONValue
import Testing

/// A folder of chunks that the person may not look into.
@Suite struct UnlistedTests {
    /// Runs the program as somebody who may not read `c/1` of an array of three rows of chunks.
    private func run(_ command: [String], script: String? = nil) throws -> ChildProcess.Outcome {
        let folder = try TemporaryFolder()
        let array = folder.path + "/s.zarr/a"
        let shape = ["--shape", "6,4", "--chunks", "2,2", "--dtype", "int8", "--fill", "0"]
        _ = try Program.run(["create", array] + shape)
        _ = try Program.run("write", array, "[0:4]", "--value", "1")
        _ = try Program.run("delete", array, "--chunks", "0,1", "--yes", "--no-trash")
        var line = command.map { $0 == "ARRAY" ? array : $0 }
        if let script {
            try folder.write("script", Array(script.utf8))
            line += ["--script", folder.path + "/script", "--size", "80x24"]
        }
        let shell = #"""
            chmod -R a+rX "$1" && chmod 000 "$1/s.zarr/a/c/1" && shift
            [ "$(id -u)" = 0 ] || exec "$@"
            exec setpriv --reuid 65534 --clear-groups "$@"
            """#
        return try ChildProcess.run(
            "/bin/sh",
            ["-c", shell, "sh", folder.path, Program.path] + line,
            environment: ["LC_ALL": "C.UTF-8", "XDG_STATE_HOME": "/nowhere"]
        )
    }

    @Test func `chunks below a folder that cannot be listed are unknown, the others are counted`()
        throws
    {
        let outcome = try run(["chunks", "ARRAY", "--json"])
        #expect(outcome.status == 2, "\(outcome.messages)")
        let report = try outcome.json()
        #expect(report["present"] == 1 && report["missing"] == 3 && report["unknown"] == 2)
        #expect(report["complete"] == false)
        let rows = report["chunks"]?.arrayValue ?? []
        let unknown = rows.filter { $0["state"] == "unknown" }.compactMap { $0["key"]?.stringValue }
        #expect(unknown == ["c/1/0", "c/1/1"])
        #expect(outcome.messages.contains("c/1 cannot be listed"), "\(outcome.messages)")
    }

    @Test func `the map names the folder that cannot be listed and keeps what is known`() throws {
        let outcome = try run(["ARRAY"], script: "wait idle\nscreen\n")
        #expect(outcome.text.contains("2 of 6 unknown"), "\(outcome.text)\(outcome.messages)")
        #expect(outcome.text.contains("c/1 cannot be listed"), "\(outcome.text)")
    }

    @Test func `what must know every chunk still refuses, and names the folder`() throws {
        let outcome = try run(["verify", "ARRAY"])
        #expect(outcome.status == 2)
        #expect(outcome.messages.contains("c/1"), "\(outcome.messages)")
    }
}

/// What a new user meets first.
@Suite struct FirstStepsTests {
    @Test func `the laws do not write into a store that holds something without being told to`()
        throws
    {
        let folder = try TemporaryFolder()
        try folder.write("full/zarr.json", Array(#"{"zarr_format":3,"node_type":"group"}"#.utf8))
        try folder.write("empty/x", [])
        _ = try ChildProcess.run("/bin/rm", [folder.path + "/empty/x"])
        let refused = try Program.run("conform", folder.path + "/full")
        #expect(refused.status == 2 && refused.messages.contains("--yes"), "\(refused.messages)")
        #expect(try Program.run("conform", folder.path + "/full", "--yes").status == 0)
        #expect(try Program.run("conform", folder.path + "/empty").status == 0)
    }

    @Test func `lines that nobody reads end quietly`() throws {
        let demo = try Demo.path.get()
        let script =
            #"(yes . | head -2000) | "$0" "$1" --plain 2>&1 >&3 | cat; exit ${PIPESTATUS[1]}"#
        let outcome = try ChildProcess.run(
            "/bin/bash",
            ["-c", "exec 3> >(head -1 >/dev/null); " + script, Program.path, demo],
            environment: ["LC_ALL": "C.UTF-8", "XDG_STATE_HOME": "/nowhere"]
        )
        #expect(outcome.status == 141, "\(outcome.text)")
        #expect(outcome.text.isEmpty, "\(outcome.text)")
    }

    @Test func `the path of a chunk leads on to its array`() throws {
        let demo = try Demo.path.get()
        let folder = try TemporaryFolder()
        try folder.write("script", Array("wait idle\nscreen\n".utf8))
        let outcome = try Program.run(
            [demo + "/terrain/c/0", "--script", folder.path + "/script", "--size", "160x45"],
            environment: ["XDG_STATE_HOME": folder.path]
        )
        #expect(outcome.text.contains("the array is \(demo)/terrain"), "\(outcome.text)")
    }

    @Test func `an array that is opened by its own path keeps the name of its store`() throws {
        let demo = try Demo.path.get()
        let folder = try TemporaryFolder()
        try folder.write("script", Array("wait idle\nscreen\n".utf8))
        let outcome = try Program.run(
            [
                demo + "/climate/temperature", "--script", folder.path + "/script", "--size",
                "120x30",
            ],
            environment: ["XDG_STATE_HOME": folder.path]
        )
        let name = demo.split(separator: "/").last ?? ""
        #expect(
            outcome.text.contains("zscope › \(name) › climate › temperature › map"),
            "\(outcome.text)"
        )
    }
}
