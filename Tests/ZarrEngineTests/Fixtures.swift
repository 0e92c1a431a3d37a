import Storage
import StorageBackends
import Testing
import ZarrEngine
import ZarrModel

/// Small stores that tests write by hand.
enum Fixture {
    /// A v3 array's document; codecs are JSON text.
    static func v3(
        shape: [Int],
        chunks: [Int],
        type: String = "int16",
        fill: String = "0",
        codecs: String = #"[{"name":"bytes","configuration":{"endian":"little"}}]"#
    ) -> String {
        """
        {"zarr_format":3,"node_type":"array","shape":\(shape),"data_type":"\(type)",
        "chunk_grid":{"name":"regular","configuration":{"chunk_shape":\(chunks)}},
        "chunk_key_encoding":{"name":"default","configuration":{"separator":"/"}},
        "fill_value":\(fill),"codecs":\(codecs),"attributes":{}}
        """
    }

    /// A v2 array's document without a compressor.
    static func v2(shape: [Int], chunks: [Int], type: String = "<i2", more: String = "") -> String {
        """
        {"zarr_format":2,"shape":\(shape),"chunks":\(chunks),"dtype":"\(type)","fill_value":0,
        "order":"C","filters":null,"compressor":null\(more)}
        """
    }

    /// A store in memory that holds `objects`.
    static func store(_ objects: [String: String]) async throws -> MemoryStore {
        let store = MemoryStore()
        for (key, text) in objects {
            try await store.write(StoreKey(key), Array(text.utf8))
        }
        return store
    }

    /// The array at `path` of `store`.
    static func array(_ store: any Store, _ path: String = "/") async throws -> ArrayNode {
        let place = try #require(NodePath(path))
        return try #require(await ZarrHierarchy(.store(store)).node(at: place).array)
    }

    /// Every object of `store`.
    static func contents(_ store: any Store) async throws -> [String: [UInt8]] {
        var found: [String: [UInt8]] = [:]
        let listing = try await store.list(.root)
        while let page = try await listing.next() {
            for position in 0..<page.count {
                let key = page.key(position)
                found[key] = try await store.read(StoreKey(key), .all)
            }
        }
        return found
    }
}
