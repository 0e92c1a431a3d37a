import JSONValue
import ZarrModel

/// One array of the demo store: its document, its values, and what is wrong with it.
struct DemoArray: Sendable {
    /// What happens to a stored chunk after it was written.
    enum Damage: Sendable {
        /// It is not there.
        case missing
        /// It is empty, as a crash leaves a file that was being written.
        case short
        /// One bit in the middle is turned over.
        case flipped
    }

    /// Where it lies under the root.
    let path: String
    /// Its `zarr.json`, or its `.zarray` where that is v2.
    let document: JSONValue
    /// `.zattrs`, for v2.
    var attributes: JSONValue?
    /// The element at a place, in canonical form. Past the edge too.
    let element: @Sendable ([Int]) -> [UInt8]
    /// The chunks that are not as they should be.
    var damage: @Sendable (ChunkIndex) -> Damage? = { _ in nil }

    /// What its document says. Throws only when the document is wrong.
    func metadata() throws(MetadataError) -> ArrayMetadata {
        let bytes = Array(document.text().utf8)
        return document["zarr_format"]?.intValue == 2
            ? try ArrayMetadata(v2: bytes) : try ArrayMetadata(v3: bytes)
    }
}

extension DemoArray {
    /// A v3 document.
    static func document(
        shape: [Int],
        chunks: [Int],
        type: String,
        fill: JSONValue,
        codecs: [JSONValue],
        names: [String],
        attributes: JSONObject
    ) -> JSONValue {
        [
            "zarr_format": 3,
            "node_type": "array",
            "shape": .integers(shape),
            "data_type": .string(type),
            "chunk_grid": [
                "name": "regular", "configuration": ["chunk_shape": .integers(chunks)],
            ],
            "chunk_key_encoding": ["name": "default", "configuration": ["separator": "/"]],
            "fill_value": fill,
            "codecs": .array(codecs),
            "dimension_names": .strings(names),
            "attributes": .object(attributes),
        ]
    }

    static let bytesCodec: JSONValue = ["name": "bytes", "configuration": ["endian": "little"]]
    static let zstdCodec: JSONValue = [
        "name": "zstd", "configuration": ["level": 3, "checksum": false],
    ]
    static let gzipCodec: JSONValue = ["name": "gzip", "configuration": ["level": 5]]
    static let checksumCodec: JSONValue = ["name": "crc32c"]

    /// `chunks` inside a shard, with an index that has a checksum of its own.
    static func sharding(_ chunks: [Int], _ codecs: [JSONValue]) -> JSONValue {
        [
            "name": "sharding_indexed",
            "configuration": [
                "chunk_shape": .integers(chunks),
                "codecs": .array(codecs),
                "index_codecs": [bytesCodec, checksumCodec],
                "index_location": "end",
            ],
        ]
    }

    /// The bytes of a number, least significant first.
    static func bytes<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
        (0..<Number.bitWidth / 8).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
    }

    /// The bytes of a float.
    static func bytes(_ number: Float) -> [UInt8] {
        bytes(number.bitPattern)
    }
}
