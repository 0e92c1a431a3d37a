import JSONValue
import Testing

/// What zarr-python 2 and 3, TensorStore and zarrs wrote is read as they wrote it.
@Suite(.enabled(if: !Fixtures.arrays.isEmpty, "no stores by other programs: make fixtures"))
struct ForeignStoresTests {
    @Test(arguments: Fixtures.arrays.filter { $0.npy != nil && !$0.isDamaged })
    func `an array reads as the file that numpy saves, byte for byte`(
        array: ForeignArray
    ) throws {
        let outcome = try Program.run("read", array.locator, "--format", "npy")
        #expect(outcome.status == 0, "\(outcome.messages)")
        let expected = Fixtures.read(array.npy ?? "")
        #expect(!expected.isEmpty)
        #expect(outcome.output == expected)
    }

    @Test(arguments: Fixtures.arrays.filter { !$0.isDamaged })
    func `an array reads as the JSON that stands for its elements`(array: ForeignArray) throws {
        let outcome = try Program.run("read", array.locator, "--json")
        #expect(outcome.status == 0, "\(outcome.messages)")
        let answer = try outcome.json()
        let expected = try JSONParser.parse(
            Fixtures.read(array.values),
            mode: .strict,
            limits: .standard
        ).value
        #expect(answer["shape"]?.indices == array.shape)
        let values = try #require(answer["values"]?.arrayValue)
        let wanted = try #require(expected.arrayValue)
        #expect(values.count == wanted.count)
        for (place, pair) in zip(values, wanted).enumerated() where !pair.0.isSame(as: pair.1) {
            Issue.record(
                "element \(place) is \(pair.0.text(.compact)), not \(pair.1.text(.compact))"
            )
            break
        }
    }

    @Test(arguments: Fixtures.arrays.filter { !$0.isDamaged })
    func `the census counts what is stored and names what is not`(array: ForeignArray) throws {
        let outcome = try Program.run("chunks", array.locator, "--json")
        let answer = try outcome.json()
        #expect(answer["total"]?.intValue == array.total)
        #expect(answer["present"]?.intValue == array.present)
        #expect(answer["missing"]?.intValue == array.absent.count)
        #expect(answer["orphans"]?.arrayValue?.isEmpty == true)
        #expect(answer.missingChunks.map { $0["index"]?.indices } == array.absent)
        #expect(answer["inner_total"]?.intValue == array.inner?.total)
        #expect(answer["inner_present"]?.intValue == array.inner?.present)
        #expect(outcome.status == (array.absent.isEmpty ? 0 : 1))
    }

    @Test(arguments: Fixtures.arrays.filter { $0.inner != nil })
    func `the census of inner chunks names each that no shard holds`(array: ForeignArray) throws {
        let outcome = try Program.run("chunks", array.locator, "--inner", "--json")
        let inner = try #require(array.inner)
        let missing = try outcome.json().missingChunks
        #expect(missing.count == inner.total - inner.present)
        #expect(missing.allSatisfy { $0["index"]?.indices.count == array.shape.count })
        #expect(outcome.status == (missing.isEmpty ? 0 : 1))
    }

    @Test(arguments: Fixtures.arrays.filter(\.isDamaged))
    func `an object that cannot be decoded fails the read, by its key`(array: ForeignArray) throws {
        let outcome = try Program.run("read", array.locator, "--json")
        #expect(outcome.status == 2)
        #expect(outcome.output.isEmpty)
        #expect(outcome.messages.contains("c/0/0"), "\(outcome.messages)")
    }

    @Test func `a path that goes on inside a store names the node`() throws {
        let array = try #require(
            Fixtures.arrays.first { $0.id == "zarr3/hierarchy-v3-a-b-c-three" }
        )
        let path = "\(Fixtures.folder)/\(array.store)\(array.node)"
        let byPath = try Program.run("read", path, "--json")
        let byFragment = try Program.run("read", array.locator, "--json")
        #expect(byPath.status == 0)
        #expect(byPath.output == byFragment.output)
    }
}

extension JSONValue {
    /// The chunks of a census that are not there.
    fileprivate var missingChunks: [JSONValue] {
        (self["chunks"]?.arrayValue ?? []).filter { $0["state"]?.stringValue == "missing" }
    }

    /// The same value; numbers are compared as numbers, so that `1.0` is `1`.
    fileprivate func isSame(as other: JSONValue) -> Bool {
        switch (self, other) {
        case (.number(let one), .number(let two)):
            if let one = one.int, let two = two.int { return one == two }
            return one.double == two.double
        case (.array(let one), .array(let two)):
            return one.count == two.count && zip(one, two).allSatisfy { $0.isSame(as: $1) }
        default:
            return self == other
        }
    }
}
