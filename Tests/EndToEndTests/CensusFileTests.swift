import Glibc
import JSONValue
import Testing

/// A census near the data, browsed anywhere.
@Suite struct CensusFileTests {
    private let folder: TemporaryFolder
    private var file: String { folder.path + "/demo.census" }

    init() throws {
        folder = try TemporaryFolder()
    }

    /// Records the demo store, and answers where.
    private func recorded(_ node: String = "") throws -> String {
        let outcome = try Program.run("chunks", Demo.path.get() + node, "-o", file)
        #expect(outcome.status == 1, "\(outcome.messages)")
        #expect(outcome.messages.contains("open it with zscope -f"))
        return file
    }

    @Test func `chunks and map say of a census file what they say of the store`() throws {
        let store = try Demo.path.get()
        let file = try recorded()
        for node in ["/terrain", "/climate/temperature", "/legacy/rainfall", "/sharded/volume"] {
            for words in [["chunks", "--csv"], ["map", "--measure", "size"], ["info", "--json"]] {
                let live = try Program.run([words[0], store + node] + words.dropFirst())
                guard live.status != 2 else { continue }
                let kept = try Program.run([words[0], "-f", file, node] + words.dropFirst())
                #expect(kept.status == live.status, "\(kept.messages)")
                // A store that is opened at a node has it at its root.
                let lines = { (text: String) in
                    text.split(separator: "\n").dropFirst().filter { !$0.hasPrefix("  \"path\"") }
                }
                #expect(lines(kept.text) == lines(live.text), "\(words) \(node)")
            }
        }
        let tree = try Program.run("tree", "-f", file)
        #expect(tree.text.contains("terrain"))
    }

    @Test func `a census file of one array has it at its root`() throws {
        let file = try recorded("/terrain")
        let json = try Program.run("chunks", "-f", file, "--json").json()
        let live = try Program.run("chunks", Demo.path.get() + "/terrain", "--json").json()
        #expect(json == live)
    }

    @Test func `what needs the values says from when the census is, and changes nothing`() throws {
        let file = try recorded("/terrain")
        for words in [["read"], ["verify"], ["stats"]] {
            let outcome = try Program.run([words[0], "census:" + file])
            #expect(outcome.status != 0)
            let text = outcome.messages + outcome.text
            #expect(text.contains("a census file of 20"), "\(words): \(text)")
        }
        let delete = try Program.run("delete", "census:" + file, "--state", "short", "--yes")
        #expect(delete.status == 2)
    }

    @Test func `the explorer opens a census file, and says why values are not there`() throws {
        let file = try recorded()
        try folder.write(
            "keys",
            Array("wait idle\nkey n\nscreen map\nkey s\nscreen slice\n".utf8)
        )
        let outcome = try Program.run(
            "-f",
            file,
            "/terrain",
            "--script",
            folder.path + "/keys",
            "--size",
            "100x30"
        )
        #expect(outcome.status == 0, "\(outcome.messages)")
        #expect(outcome.text.contains("› map"))
        #expect(outcome.text.contains("census made just now"))
        #expect(outcome.text.contains("listed  20") && outcome.text.contains("of      "))
        #expect(outcome.text.contains("missing 1/"))
        #expect(outcome.text.contains("open the store"))
    }

    @Test func `a chunk that is looked at in a census file is not taken for broken`() throws {
        let file = try recorded()
        try folder.write("keys", Array("screen\nkey enter\nscreen\nkey q\nscreen\n".utf8))
        let outcome = try Program.run(
            ["-f", file, "/terrain", "--no-session", "--script", folder.path + "/keys"]
                + ["--size", "100x30"],
            environment: ["XDG_STATE_HOME": folder.path]
        )
        let screens = outcome.text.split(separator: "---")
        try #require(screens.count == 3, "\(outcome.text)")
        #expect(screens[1].contains("a census file of 20"))
        for screen in screens { #expect(!screen.contains("unreadable"), "\(screen)") }
    }

    @Test func `what is inside of shards is not in a census file, and nothing is made of that`()
        throws
    {
        let file = try recorded()
        let script = "screen\nkey >\nscreen\nkey I\nscreen\nkey alt-6\nscreen\nkey V\nscreen\n"
        try folder.write("keys", Array(script.utf8))
        let outcome = try Program.run(
            ["-f", file, "/mosaic", "--no-session", "--script", folder.path + "/keys"]
                + ["--size", "120x30"],
            environment: ["XDG_STATE_HOME": folder.path]
        )
        let screens = outcome.text.split(separator: "---")
        try #require(screens.count == 5, "\(outcome.text)")
        #expect(screens[0].contains("1 of 16 shards missing"))
        for screen in screens { #expect(!screen.contains("unreadable"), "\(screen)") }
        for screen in screens.dropFirst() {
            #expect(screen.contains("From a census file of 20"), "\(screen)")
        }
        let inner = try Program.run("chunks", "-f", file, "/mosaic", "--inner")
        #expect(inner.status == 2 && inner.messages.contains("open the store"))
    }

    @Test func `a file appears whole or not at all, and formats stay as they were`() throws {
        let nowhere = try Program.run("chunks", folder.path + "/nowhere", "-o", file)
        #expect(nowhere.status == 2)
        #expect(folder.read("demo.census") == nil)
        let table = folder.path + "/t.csv"
        _ = try Program.run("chunks", Demo.path.get() + "/terrain", "-o", table)
        #expect(
            folder.read("t.csv").map { String(decoding: $0.prefix(6), as: UTF8.self) } == "index,"
        )
        let both = try Program.run("chunks", Demo.path.get() + "/terrain", "-o", file, "--inner")
        #expect(both.status == 2)
    }

    @Test func `no census file is told from a damaged one`() throws {
        try folder.write("x.census", Array("zscope census 1\nnothing".utf8))
        let cut = try Program.run("map", "-f", folder.path + "/x.census")
        #expect(cut.status == 2 && cut.messages.contains("cut off"))
        try folder.write("y.csv", Array("b,k,1\n".utf8))
        let other = try Program.run("map", "-f", folder.path + "/y.csv")
        #expect(other.status == 2 && other.messages.contains("--metadata"))
        let missing = try Program.run("map", "-f", folder.path + "/z.census")
        #expect(missing.status == 2)
    }

    @Test func `an inventory says what is there, with the metadata of the store`() throws {
        let store = try Demo.path.get()
        let terrain = store + "/terrain"
        let csv = try Program.run("chunks", terrain, "--csv").text
        var lines = [#""bucket","x/demo.zarr/terrain/zarr.json","9","2026-11-22T14:00:31.000Z""#]
        for row in csv.split(separator: "\n").dropFirst() where !row.contains(",missing,") {
            guard let key = row.split(separator: ",").first(where: { $0.hasPrefix("c/") }) else {
                continue
            }
            lines.append(#""bucket","x/demo.zarr/terrain/\#(key)","77","2026-11-22T14:00:31.000Z""#)
        }
        try folder.write("i.csv", Array(lines.joined(separator: "\n").utf8))
        let listing = folder.path + "/i.csv"
        let live = try Program.run("chunks", terrain, "--json").json()
        for words in [
            ["chunks", terrain, "--inventory", listing, "--json"],
            ["chunks", "-f", listing, "--metadata", terrain, "--json"],
        ] {
            let kept = try Program.run(words)
            let json = try kept.json()
            #expect(json["present"]?.intValue == live["present"]?.intValue, "\(kept.messages)")
            #expect(json["missing"]?.intValue == live["missing"]?.intValue)
        }
    }
}
