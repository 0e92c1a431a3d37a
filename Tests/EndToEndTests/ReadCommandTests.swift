import JSONValue
import Testing

/// What `read` prints.
@Suite struct ReadCommandTests {
    @Test func `values come with shape and type, negative steps and dropped dimensions included`()
        throws
    {
        let path = try Demo.path.get() + "/legacy/rainfall"
        let outcome = try Program.run("read", path, "[2:0:-1, 5]", "--json")
        let document = try outcome.json()
        #expect(document["shape"] == [2])
        #expect(document["data_type"] == "int16")
        let named = try Program.run("read", path, "lon=5,lat=2:0:-1", "--json").json()
        #expect(named["values"] == document["values"])
    }

    @Test func `a selection that begins with a minus is a selection`() throws {
        let path = try Demo.path.get() + "/stations"
        #expect(try Program.run("read", path, "-1", "--json").json()["values"] == ["東京"])
        #expect(try Program.run("read", path, "[-2:]", "--csv").text == "San José\n東京\n")
    }

    @Test func `absent chunks read as the fill value, and a warning says so`() throws {
        let path = try Demo.path.get() + "/legacy/rainfall"
        let outcome = try Program.run("read", path, "[12:14,48:50]", "--json")
        #expect(outcome.status == 0)
        #expect(try outcome.json()["values"] == [-1, -1, -1, -1])
        #expect(outcome.messages.contains("1 chunk absent"))
    }

    @Test func `a chunk that does not decode is an error and never fill`() throws {
        let outcome = try Program.run("read", Demo.path.get() + "/terrain", "[40:42,540:542]")
        #expect(outcome.status == 2)
        #expect(outcome.output.isEmpty)
        #expect(outcome.messages.contains("c/1/9"))
        #expect(outcome.messages.contains("checksum"))
    }

    @Test func `a NumPy file has the head that NumPy writes`() throws {
        let outcome = try Program.run(
            "read",
            Demo.path.get() + "/legacy/rainfall",
            "[:2,:3]",
            "--format",
            "npy"
        )
        let head = "{'descr': '<i2', 'fortran_order': False, 'shape': (2, 3), }"
        #expect(outcome.output.prefix(8) == [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0])
        #expect(
            String(decoding: outcome.output.dropFirst(10).prefix(head.utf8.count), as: UTF8.self)
                == head
        )
        #expect(outcome.output.count == 128 + 12)
        #expect(outcome.output[127] == 0x0a)
    }

    @Test func `raw bytes are packed and little-endian, whatever is stored`() throws {
        let path = try Demo.path.get() + "/legacy/rainfall"
        let raw = try Program.run("read", path, "[1:3,70]", "--format", "raw").output
        let values = try Program.run("read", path, "[1:3,70]", "--json").json()["values"]
        let numbers = stride(from: 0, to: raw.count, by: 2).map { place in
            Int(Int16(bitPattern: UInt16(raw[place]) | UInt16(raw[place + 1]) << 8))
        }
        #expect(numbers == values?.arrayValue?.compactMap(\.intValue))
    }

    @Test func `conformance prints one element a line`() throws {
        let outcome = try Program.run("conformance", "--array_path", Demo.path.get() + "/stations")
        #expect(outcome.text.split(separator: "\n").first == "\"Longyearbyen\"")
        #expect(outcome.text.split(separator: "\n").count == 6)
    }

    @Test(arguments: [
        ("[0, 0, 0]", "dimensions"), ("[999]", "999"), ("depth=1", "no dimension"),
        ("[1", "bracket"),
    ])
    func `a selection that does not fit is said so with status 2`(
        selection: String,
        message: String
    ) throws {
        let outcome = try Program.run("read", Demo.path.get() + "/legacy/rainfall", selection)
        #expect(outcome.status == 2)
        #expect(outcome.output.isEmpty)
        #expect(outcome.messages.contains(message), "\(outcome.messages)")
    }

    @Test func `figures leave out what does not decode, and count it`() throws {
        let outcome = try Program.run("stats", Demo.path.get() + "/terrain", "--json")
        #expect(outcome.status == 1)
        let figures = try outcome.json()
        let count = { (name: String) in figures[name]?.intValue ?? -1 }
        #expect(count("failed_chunks") == 2 && count("failed") > 0 && count("absent") > 0)
        let parts = ["finite", "nan", "infinite", "absent", "failed"].map(count)
        #expect(parts.reduce(0, +) == count("count"))
        #expect(outcome.messages.contains("c/1/9"))
    }
}
