import Codecs
import Glibc
import JSONValue
import Storage
import ZarrModel

/// A small store with something of everything: 2-D, 4-D, sharded, v2, texts, and damage of every kind.
///
/// The same bytes every time.
enum DemoStore {
    /// Where the demo store lies when nothing else is said: under `XDG_CACHE_HOME` or `~/.cache`.
    static var standardPath: String? {
        let cache =
            Environment.text("XDG_CACHE_HOME")
            ?? Environment.text("HOME").map { $0 + "/.cache" }
        return cache.map { $0 + "/zscope/demo.zarr" }
    }

    /// Makes the store at `locator`, or mends one that is there. Throws over a store of someone else.
    static func make(at locator: String) async throws {
        var place = try StoreLocator(locator)
        if place.scheme == nil {
            // The demo can be made again: nobody waits for the disk.
            place.scheme = "file"
            place.options = [LocatorOption("fsync", "none")]
        }
        let location: OpenedLocation
        do throws(StorageError) {
            location = try await Composition.opener.create(place)
        } catch {
            guard error.code == .exists else { throw error }
            location = try await Composition.opener.open(place)
        }
        guard case .store(let store) = location.storage else {
            throw ToolError("\(locator): the demo needs storage with keys and values")
        }
        try await refuseForeign(store, locator)
        try await write("zarr.json", group(attributes), to: store)
        try await write(
            "climate/zarr.json",
            group(["title": "weather of a made-up world"]),
            to: store
        )
        try await write("legacy/.zgroup", ["zarr_format": 2], to: store)
        try await store.write(
            StoreKey("broken/zarr.json"),
            Array("{\"zarr_format\": 3, \"node".utf8)
        )
        try await store.write(StoreKey("notes.txt"), Array("not Zarr's, and not in its way\n".utf8))
        for array in DemoArray.all { try await write(array, to: store) }
    }

    private static let attributes: JSONObject = [
        "title": "a demo of zscope", "made_by": "zscope demo",
        "hint": "press n on a chunk map to jump to what is missing",
    ]

    private static func group(_ attributes: JSONObject) -> JSONValue {
        ["zarr_format": 3, "node_type": "group", "attributes": .object(attributes)]
    }

    private static func refuseForeign(_ store: any Store, _ locator: String) async throws {
        guard let bytes = try await store.read(StoreKey("zarr.json"), .all) else {
            let listing = try await store.children(.root)
            while let page = try await listing.next() {
                guard page.objects.isEmpty, page.prefixes.isEmpty else {
                    throw ToolError(
                        "\(locator) is not empty, and no store of 'zscope demo'",
                        remedy: "say another place: zscope demo PATH"
                    )
                }
            }
            return
        }
        let document = try? JSONParser.parse(bytes, mode: .lenient, limits: .standard)
        guard document?.value["attributes"]?["made_by"]?.stringValue == "zscope demo" else {
            throw ToolError(
                "there is a store already at \(locator), and not one of 'zscope demo'",
                remedy: "say another place: zscope demo PATH"
            )
        }
    }

    private static func write(
        _ key: String,
        _ document: JSONValue,
        to store: any Store
    ) async throws {
        try await store.write(StoreKey(key), Array(document.text(.pretty).utf8))
    }

    private static func write(_ array: DemoArray, to store: any Store) async throws {
        let metadata = try array.metadata()
        let name = metadata.version == .v3 ? "zarr.json" : ".zarray"
        try await write("\(array.path)/\(name)", array.document, to: store)
        if let attributes = array.attributes {
            try await write("\(array.path)/.zattrs", attributes, to: store)
        }
        let encoder = ChunkEncoder(try CodecChain(metadata: metadata))
        for number in 0..<metadata.gridShape.total {
            let index = metadata.gridShape.index(at: number)
            let key = try StoreKey("\(array.path)/\(metadata.key(for: index))")
            let damage = array.damage(index)
            guard damage != .missing else {
                try await store.delete(key)
                continue
            }
            let bytes = try encoded(array, metadata, index, encoder)
            try await store.write(key, damage.map { harmed(bytes, $0) } ?? bytes)
        }
    }

    private static func encoded(
        _ array: DemoArray,
        _ metadata: ArrayMetadata,
        _ index: ChunkIndex,
        _ encoder: ChunkEncoder
    ) throws -> [UInt8] {
        let shape = metadata.chunkShape
        let origin = zip(index.coordinates, shape).map { $0 * $1 }
        guard let elements = GridShape(counts: shape) else { return [] }
        let values = (0..<elements.total).map { number in
            array.element(zip(origin, elements.index(at: number).coordinates).map { $0 + $1 })
        }
        guard metadata.dataType.byteCount != nil else { return try encoder.encodeVariable(values) }
        let bytes = values.flatMap { $0 }
        return unsafe try encoder.encode(bytes.span.bytes)
    }

    private static func harmed(_ bytes: [UInt8], _ damage: DemoArray.Damage) -> [UInt8] {
        switch damage {
        case .missing, .short: return []
        case .flipped:
            var bytes = bytes
            bytes[bytes.count / 2] ^= 0x10
            return bytes
        }
    }
}
