import Glibc
import Storage
import StorageBackends
import StorageLayers
import Synchronization
import ZarrEngine
import ZarrModel

// usage: engine WORK ARRAY [OUTPUT]      The same work as engines.py does, with the engine of zscope.

/// CPU seconds of this process.
func cpu() -> Double {
    var used = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &used)
    return Double(used.ru_utime.tv_sec + used.ru_stime.tv_sec)
        + Double(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6
}

/// Element `position` of an array of uint16.
func element(_ position: Int, of values: ArrayValues) -> Int {
    values.withBytes { Int($0.unsafeLoadUnaligned(fromByteOffset: 2 * position, as: UInt16.self)) }
}

/// The value that engines.py prints of a read.
func middle(_ values: ArrayValues) -> Int {
    element(values.count / 2 + min(12345, values.count / 3), of: values)
}

func open(_ locator: String) async throws -> ArrayNode {
    let opener = LocatorOpener(backends: .builtin, layers: .builtin)
    let opened = try await opener.open(locator)
    let node = await ZarrHierarchy(opened.storage).node(at: NodePath(opened.node) ?? .root)
    if let error = node.error { throw error }
    guard let array = node.array else { throw SelectionError("\(locator) is no array") }
    return array
}

/// The sum of the first element of every stored chunk, each lent without a copy; of shards, every inner
/// chunk is lent by itself.
func chunks(_ array: ArrayNode) async throws -> Int {
    let sum = Atomic(0)
    let stored = array.metadata.chunkShape
    _ = try await array.forEachInnerChunk { chunk, bytes in
        let isFirst = zip(chunk.region.ranges, stored).allSatisfy { $0.lowerBound % $1 == 0 }
        guard isFirst else { return }
        let first = bytes.unsafeLoadUnaligned(fromByteOffset: 0, as: UInt16.self)
        sum.add(Int(first), ordering: .relaxed)
    }
    return sum.load(ordering: .relaxed)
}

/// 4,096 reads of 64³ elements, one after another.
func inner(_ array: ArrayNode) async throws -> Int {
    let side = array.metadata.shape[0] / 64
    var sum = 0
    for n in 0..<4096 {
        let place = n * 1531 % (side * side * side)
        let corner = [place / (side * side), place / side % side, place % side]
        let region = Region(corner.map { $0 * 64..<($0 + 1) * 64 })
        sum += element(0, of: try await array.read(ResolvedSelection(region: region)))
    }
    return sum
}

/// An array without chunks under `folder`, with the document of another. Nothing is waited for to
/// reach the disk, as in the other programs.
func created(in folder: String, as other: String) async throws -> ArrayNode {
    let files = try FileStore(path: other, durability: .none)
    guard let bytes = try await files.read(StoreKey("zarr.json"), .all) else {
        throw SelectionError("\(other) has no document")
    }
    guard mkdir(folder, 0o777) == 0 else { throw SelectionError("\(folder) is there already") }
    let store = try FileStore(path: folder, durability: .none)
    return try await ArrayWriter(creating: MetadataDocument(bytes, version: .v3), in: store).array
}

/// Writes all values of `array`, read beforehand, into a new one.
func write(_ array: ArrayNode, _ words: [String]) async throws {
    let values = try await array.read()
    let output = try await created(in: words[2], as: words[1])
    let before = cpu()
    _ = try await output.write(NewValues(values))
    print("{\"cpu\": \(cpu() - before), \"probe\": \(middle(values))}")
}

func run(_ words: [String]) async throws {
    let array = try await open(words[1])
    if words[0] == "write" { return try await write(array, words) }
    let selections = ["read": "[...]", "plane": "[:,:,5:6]", "stride": "[::16,::16,::16]"]
    let before = cpu()
    let probe: Int
    if let text = selections[words[0]] {
        let values = try await array.read(try Selection(parsing: text))
        probe = middle(values)
    } else if words[0] == "inner" {
        probe = try await inner(array)
    } else {
        probe = try await chunks(array)
    }
    print("{\"cpu\": \(cpu() - before), \"probe\": \(probe)}")
}

do {
    try await run(Array(CommandLine.arguments.dropFirst()))
} catch {
    print("engine: \(error)")
    exit(1)
}
