import JSONValue
import Testing

/// Selections by lists, points, masks, blocks and fields on the command line.
@Suite struct SelectionOptionTests {
    private func values(_ arguments: String...) throws -> [JSONValue] {
        let path = try Demo.path.get() + "/legacy/rainfall"
        let outcome = try Program.run(["read", path] + arguments + ["--json"])
        #expect(outcome.status == 0, "\(outcome.messages)")
        return try outcome.json()["values"]?.arrayValue ?? []
    }

    @Test func `a list takes positions one by one`() throws {
        let rows = try values("[[2,0,-1], 5:8]")
        #expect(try rows == values("[2, 5:8]") + values("[0, 5:8]") + values("[-1, 5:8]"))
        #expect(try values("lat=[2,0,-1],lon=5:8") == rows)
    }

    @Test func `points are read one by one, from the line or from a file`() throws {
        let points = try values("--points", "2,5;0,7;2,5")
        #expect(try points == values("[2,5]") + values("[0,7]") + values("[2,5]"))
        let folder = try TemporaryFolder()
        let head = "{'descr': '<i8', 'fortran_order': False, 'shape': (3, 2), }"
        let numbers = [2, 5, 0, 7, 2, 5].flatMap { [UInt8($0)] + [UInt8](repeating: 0, count: 7) }
        try folder.write("points.npy", npy(head, numbers))
        #expect(try values("--points", folder.path + "/points.npy") == points)
    }

    @Test func `a mask is as large as the array, whatever its order in memory`() throws {
        let path = try Demo.path.get() + "/legacy/rainfall"
        let shape = try #require(try Program.run("info", path, "--json").json()["shape"]).indices
        let folder = try TemporaryFolder()
        for order in ["False", "True"] {
            var flags = [UInt8](repeating: 0, count: shape[0] * shape[1])
            flags[order == "True" ? 7 * shape[0] + 2 : 2 * shape[1] + 7] = 1
            let extents = "(\(shape[0]), \(shape[1]))"
            let head = "{'descr': '|b1', 'fortran_order': \(order), 'shape': \(extents), }"
            try folder.write("mask.npy", npy(head, flags))
            #expect(try values("--mask", folder.path + "/mask.npy") == values("[2,7]"))
        }
    }

    @Test func `blocks are whole chunks`() throws {
        let path = try Demo.path.get() + "/legacy/rainfall"
        let info = try Program.run("info", path, "--json").json()
        let chunk = try #require(info["chunk_shape"]).indices
        let first = try values("--blocks", "0,1")
        #expect(try first == values("[0:\(chunk[0]), \(chunk[1]):\(2 * chunk[1])]"))
    }

    @Test func `figures and pictures are made of points too`() throws {
        let path = try Demo.path.get() + "/terrain"
        let figures = try Program.run("stats", path, "--points", "0,0;41,541;1,1", "--json")
        #expect(figures.status == 1)
        #expect(try figures.json()["failed"] == 1)
        #expect(try figures.json()["finite"] == 2)
        #expect(try Program.run("show", path, "--points", "0,0;1,1").status == 0)
    }

    @Test(arguments: [
        (["[0]", "--points", "0,0"], "exclude"), (["--points", "0"], "coordinates"),
        (["--blocks", "::2"], "without a step"), (["--field", "a"], "no fields"),
        (["--mask", "/nonexistent.npy"], "No such file"), (["--mask", "/dev/null"], "NumPy"),
        (["[[0,true]]"], "true"), (["[[999,1,2]]"], "999"),
    ])
    func `a selection that means nothing is said so with status 2`(
        arguments: [String],
        message: String
    ) throws {
        let path = try Demo.path.get() + "/legacy/rainfall"
        let outcome = try Program.run(["read", path] + arguments)
        #expect(outcome.status == 2)
        #expect(outcome.output.isEmpty)
        #expect(outcome.messages.contains(message), "\(outcome.messages)")
    }

    /// A file in NumPy's format.
    private func npy(_ head: String, _ elements: [UInt8]) -> [UInt8] {
        [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(head.utf8.count), 0] + Array(head.utf8)
            + elements
    }
}
