import Glibc
import JSONValue
import Testing

/// What `attributes` takes and keeps, and what a folder without a document shows.
@Suite struct AttributesCommandTests {
    @Test func `programs that set attributes at the same time lose none`() throws {
        let folder = try TemporaryFolder()
        let place = folder.path + "/a.zarr"
        let words = ["create", place, "--shape", "4", "--dtype", "int8"]
        #expect(try Program.run(words).status == 0)
        let script = """
            pids=
            for k in 1 2 3 4 5 6 7 8; do
                "$0" attributes "$1" set "k$k" "$k" & pids="$pids $!"
            done
            for pid in $pids; do wait "$pid" || exit 9; done
            """
        let outcome = try ChildProcess.run("/bin/sh", ["-c", script, Program.path, place])
        #expect(outcome.status == 0, "\(outcome.messages)")
        let kept = try Program.run("attributes", place).json().objectValue
        #expect(kept?.members.map(\.key).sorted() == (1...8).map { "k\($0)" })
    }

    @Test(arguments: [
        (#"{"x":NaN}"#, "VALUE begins as JSON"), ("[1,Infinity]", "VALUE begins as JSON"),
        ("\"half", "VALUE begins as JSON"), ("1e400", "1e400 is more than"),
        (#"{"a":[1,-1e999]}"#, "-1e999 is more than"),
    ])
    func `what no reader takes is no attribute`(value: String, reason: String) throws {
        let folder = try TemporaryFolder()
        let place = folder.path + "/a.zarr"
        _ = try Program.run("create", place, "--shape", "4", "--dtype", "int8")
        let outcome = try Program.run("attributes", place, "set", "b", value)
        #expect(outcome.status == 2 && outcome.messages.contains(reason), "\(outcome.messages)")
        #expect(try Program.run("attributes", place).json().text() == "{}")
        #expect(try Program.run("attributes", place, "set", "b", "a {text}").status == 0)
    }

    @Test func `one child that cannot be looked at leaves the others listed`() throws {
        let folder = try TemporaryFolder()
        for name in ["a", "z"] {
            let words = ["create", folder.path + "/" + name, "--shape", "4", "--dtype", "int8"]
            #expect(try Program.run(words).status == 0)
        }
        #expect(unsafe symlink("a", folder.path + "/link") == 0)
        let outcome = try Program.run("tree", folder.path, "--json")
        #expect(outcome.status == 1)
        let children = try outcome.json()["children"]?.arrayValue ?? []
        #expect(children.compactMap { $0["name"]?.stringValue } == ["a", "link", "z"])
        #expect(children.compactMap { $0["kind"]?.stringValue } == ["array", "error", "array"])
        // Also where nothing else is in it.
        let links = try TemporaryFolder()
        #expect(unsafe symlink(folder.path + "/a", links.path + "/only") == 0)
        let only = try Program.run("tree", links.path, "--json")
        #expect(only.status == 1)
        #expect(try only.json()["children"]?.arrayValue?.first?["kind"]?.stringValue == "error")
    }
}
