import JSONValue
import Testing

/// Two arrays, or two times of one.
@Suite struct CompareCommandTests {
    private let demo: Demo.Copy
    private let folder: TemporaryFolder

    init() throws {
        demo = try Demo.Copy()
        folder = try TemporaryFolder()
    }

    private func compare(_ words: String...) throws -> (status: Int32, json: JSONValue) {
        let outcome = try Program.run(["compare"] + words + ["--json"])
        return (outcome.status, try outcome.json())
    }

    @Test func `a copy is alike by listing and equal by value`() throws {
        let store = try Demo.path.get()
        let listed = try compare(store + "/climate/temperature", demo.path + "/climate/temperature")
        #expect(listed.status == 0)
        #expect(listed.json["only_left"]?.intValue == 0)
        let read = try compare(
            store + "/legacy/rainfall",
            demo.path + "/legacy/rainfall",
            "--values"
        )
        #expect(read.status == 0)
        #expect(read.json["equal"]?.intValue == 8)
        #expect(read.json["missing"]?.intValue == 1)
    }

    @Test func `what came and went since a census is told, chunk by chunk`() throws {
        let file = folder.path + "/then.census"
        #expect(try Program.run("chunks", demo.path, "-o", file).status == 1)
        let array = demo.path + "/legacy/rainfall"
        let delete = try Program.run("delete", array, "--chunks", "0,2", "--yes", "--no-trash")
        #expect(delete.status == 0, "\(delete.messages)")
        let found = try compare("census:" + file + "#/legacy/rainfall", array)
        #expect(found.status == 1)
        #expect(found.json["only_left"]?.intValue == 1)
        let first = found.json["differences"]?.arrayValue?.first
        #expect(first?["difference"]?.stringValue == "only-left")
        #expect(first?["key"]?.stringValue == "0.2")
        #expect(first?["right_bytes"]?.isNull == true)
        // The root of a store stands for the array at the same path.
        let root = try compare(demo.path + "#/legacy/rainfall", "census:" + file)
        #expect(root.json["only_right"]?.intValue == 1)
        let values = try Program.run("compare", "census:" + file, array, "--values")
        #expect(values.status == 2)
    }

    @Test func `one changed element is found, also where the chunks lie otherwise`() throws {
        let array = demo.path + "/legacy/rainfall"
        let other = folder.path + "/other.zarr"
        let copy = try Program.run("copy", array, other, "--chunks", "7,5")
        #expect(copy.status == 0, "\(copy.messages)")
        let same = try compare(array, other, "--values")
        #expect(same.status == 0, "\(same.json)")
        #expect(same.json["same_grid"]?.boolValue == false)
        #expect(try Program.run("write", other, "[0,0]", "--value", "12345").status == 0)
        let found = try compare(array, other, "--values")
        #expect(found.status == 1)
        #expect(found.json["differ"]?.intValue == 1)
        let first = found.json["differences"]?.arrayValue?.first
        #expect(first?["reason"]?.stringValue?.hasPrefix("1 of ") == true)
        #expect(first?["reason"]?.stringValue?.contains("12345") == true)
    }

    @Test func `what cannot be compared says why`() throws {
        let store = try Demo.path.get()
        let shapes = try Program.run("compare", store + "/terrain", store + "/legacy/rainfall")
        #expect(shapes.status == 2 && shapes.messages.contains("their shapes differ"))
        #expect(try Program.run("compare", store + "/terrain").status == 2)
        #expect(try Program.run("compare", store + "/terrain", "/nowhere.zarr").status == 2)
    }

    @Test func `a chunk that cannot be read is unreadable on either side, and no difference`()
        throws
    {
        let store = try Demo.path.get()
        let found = try compare(store + "/terrain", demo.path + "/terrain", "--values")
        #expect(found.status == 2 || found.json["unreadable"]?.intValue == 0)
        #expect(found.json["differ"]?.intValue == 0)
    }
}
