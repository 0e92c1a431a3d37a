import Glibc
import JSONValue
import Storage
import StorageBackends
import Testing
import ZarrEngine
import ZarrModel

/// Arrays of any shape, type and chain of codecs, as zarr-python, TensorStore and zarrs write and read
/// them. They go through the library: the program itself is started for the stores that are made by hand.
@Suite(
    .enabled(if: !RandomArray.batches.isEmpty, "no stores by other programs: make fixtures"),
    .enabled(if: unsafe getenv("ZSCOPE_BIN") == nil, "the library is what was tried before")
)
struct RandomStoresTests {
    @Test(arguments: RandomArray.batches)
    func `what others wrote at random reads as they wrote it`(batch: Batch) async throws {
        for array in batch.arrays where array.writer != nil {
            do {
                try await check(array)
            } catch {
                Issue.record("\(array.failure("\(error)"))")
            }
        }
    }

    private func check(_ array: RandomArray) async throws {
        let store = try FileStore(path: array.store)
        let node = await ZarrHierarchy(.store(store)).node(at: .root)
        let read = try #require(node.array, "\(array.failure("\(String(describing: node.error))"))")
        for difference in try array.metadata().differences(from: read.metadata) {
            Issue.record("\(array.failure("the metadata differ in \(difference)"))")
        }
        let values = try await read.read()
        if try !values.areStored(as: array.values) {
            Issue.record("\(array.failure("the values differ"))")
        }
        let census = try #require(array.census)
        let summary = try await read.census().finished()
        let absent = (0..<summary.total).filter { !summary.presence.contains($0) }
            .map { read.metadata.gridShape.index(at: $0).coordinates }
        if summary.total != census.total || summary.present != census.present
            || absent != census.absent || summary.orphans + summary.foreign > 0
        {
            Issue.record(
                "\(array.failure("the census counts \(summary.present) of \(summary.total)"))"
            )
        }
        guard let inner = census.inner else { return }
        let counted = try await read.innerCensus().finished()
        if counted.total != inner.total || counted.present != inner.present {
            let what = "the census of inner chunks counts \(counted.present) of \(counted.total)"
            Issue.record("\(array.failure(what))")
        }
    }

    @Test func `what we write at random, each of the others reads as we wrote it`() async throws {
        let folder = try TemporaryFolder()
        for array in RandomArray.batches.flatMap(\.arrays) {
            do {
                try await write(array, to: "\(folder.path)/\(array.id)")
            } catch {
                Issue.record("\(array.failure("we cannot write it: \(error)"))")
            }
        }
        let outcome = try ChildProcess.run(
            "\(Fixtures.folder)/venv-zarr3/bin/python",
            [
                "-B", "-W", "ignore", Fixtures.makers + "/random_check.py", Fixtures.folder,
                folder.path,
            ],
            seconds: 300
        )
        #expect(outcome.status == 0, "\(outcome.text)\(outcome.messages)")
        let counts = try outcome.json()
        for peer in ["zarr-python", "TensorStore", "zarrs"] {
            #expect(counts[peer]?.intValue ?? 0 >= 400, "\(peer) read too few: \(counts.text())")
        }
    }

    private func write(_ array: RandomArray, to path: String) async throws {
        guard unsafe mkdir(path, 0o777) == 0 else { throw ChildProcess.Failure(message: path) }
        let hierarchy = ZarrHierarchy(
            .store(try FileStore(path: path, durability: .none))
        )
        let description = ArrayDescription(try array.metadata())
        let node = try await hierarchy.createArray(description, at: .root)
        let bytes = array.values
        if description.dataType.byteCount == nil {
            let texts = try JSONParser.parse(bytes).value.arrayValue ?? []
            try await node.write(.variable(texts.map { Array(($0.stringValue ?? "").utf8) }))
        } else {
            try await node.write(.packed(bytes))
        }
        let again = try await node.read()
        if try !again.areStored(as: bytes) {
            Issue.record("\(array.failure("we read what we wrote differently"))")
        }
    }
}

extension ArrayValues {
    /// Whether the elements are those of a file of values.
    fileprivate func areStored(as file: [UInt8]) throws -> Bool {
        guard let variable else { return (0..<count).flatMap { element($0) } == file }
        let texts = try JSONParser.parse(file).value.arrayValue ?? []
        return variable == texts.map { Array(($0.stringValue ?? "").utf8) }
    }
}

extension ArrayMetadata {
    /// What another description of the same array says differently.
    fileprivate func differences(from other: ArrayMetadata) -> [String] {
        [
            ("version", version == other.version), ("shape", shape == other.shape),
            ("grid", axes == other.axes), ("inner chunks", shardLevels == other.shardLevels),
            ("data type", dataType == other.dataType),
            ("fill value", fillValue.bytes == other.fillValue.bytes),
            ("keys", keyEncoding == other.keyEncoding),
            ("codecs", codecs.map(\.name) == other.codecs.map(\.name)),
            ("names", givenNames == other.givenNames),
            ("attributes", attributes == other.attributes),
        ].filter { !$0.1 }.map(\.0)
    }

    /// The names; `nil` where no dimension has one, which TensorStore writes as no names at all.
    private var givenNames: [String?]? {
        dimensionNames?.contains { $0 != nil } == true ? dimensionNames : nil
    }
}
