import Testing
import ZarrModel

struct NodePathTests {
    @Test func `a path is read with or without its outer slashes`() throws {
        for text in ["/a/b", "a/b", "a/b/", "/a/b/"] {
            #expect(NodePath(text)?.description == "/a/b")
        }
        #expect(NodePath("") == .root)
        #expect(NodePath("/") == .root)
        #expect(NodePath("/a%20b/ü")?.segments == ["a%20b", "ü"])
    }

    @Test(arguments: ["a//b", "/..", "a/./b", "../a", "a/.."])
    func `a path that could leave the root is none`(text: String) {
        #expect(NodePath(text) == nil)
    }

    @Test func `a path knows its parts`() {
        let path = NodePath.root.appending("a").appending(NodePath(segments: ["b", "", "c"]))
        #expect(path.description == "/a/b/c")
        #expect(path.keyPrefix == "a/b/c")
        #expect(path.name == "c")
        #expect(path.parent?.description == "/a/b")
        #expect(NodePath.root.parent == nil)
        #expect(NodePath.root.name == nil)
        #expect(NodePath.root < path)
    }

    @Test func `names that differ only in how they are composed are two paths`() {
        let paths: Set = [NodePath(segments: ["\u{e9}"]), NodePath(segments: ["e\u{301}"])]
        #expect(paths.count == 2)
    }

    @Test func `names that the specification forbids are reported`() {
        for name in ["", "a/b", ".", "..", "...", "__x", "zarr.json"] {
            #expect(NodePath.problem(inName: name) != nil)
        }
        for name in ["a", ".hid", "a b", "%20", "ü", "_x", "zarr"] {
            #expect(NodePath.problem(inName: name) == nil)
        }
    }
}
