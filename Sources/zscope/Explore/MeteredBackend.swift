import Storage
import ZarrModel

/// An array of which every operation is noted.
struct MeteredBackend: StorageBackend, Layered {
    let base: any StorageBackend
    let meter: StorageMeter

    var inner: OpenedStorage { .array(base) }
    var interceptor: (any Interceptor)? { nil }
    var capabilities: Capabilities { base.capabilities }
    var location: String { base.location }

    func readChunk(
        _ index: ChunkIndex,
        range: ByteRange
    ) async throws(StorageError) -> [UInt8]? {
        let call = OperationRecorder.Call(
            operation: .read,
            key: index.description,
            range: range
        )
        return try await meter.measure(call, StorageMeter.read) { () async throws(StorageError) in
            try await base.readChunk(index, range: range)
        }
    }

    func writeChunk(_ index: ChunkIndex, _ bytes: [UInt8]) async throws(StorageError) {
        let call = OperationRecorder.Call(
            operation: .write,
            key: index.description,
            byteCount: bytes.count
        )
        try await meter.measure(call, { _ in .done() }) { () async throws(StorageError) in
            try await base.writeChunk(index, bytes)
        }
    }

    func readMetadata() async throws(StorageError) -> MetadataDocument? {
        let call = OperationRecorder.Call(operation: .readMetadata)
        return try await meter.measure(call, { StorageMeter.read($0?.bytes) }) {
            () async throws(StorageError) in try await base.readMetadata()
        }
    }

    func writeMetadata(_ document: MetadataDocument) async throws(StorageError) {
        let call = OperationRecorder.Call(
            operation: .writeMetadata,
            byteCount: document.bytes.count
        )
        try await meter.measure(call, { _ in .done() }) { () async throws(StorageError) in
            try await base.writeMetadata(document)
        }
    }

    func listChunks() async throws(StorageError) -> any Listing<ChunkPage> {
        let call = OperationRecorder.Call(operation: .list)
        let pages = try await meter.opening(call) { () async throws(StorageError) in
            try await base.listChunks()
        }
        return MeteredListing(base: pages, call: call, meter: meter) { $0.entries.count }
    }

    func deleteChunk(_ index: ChunkIndex) async throws(StorageError) {
        let call = OperationRecorder.Call(operation: .delete, key: index.description)
        try await meter.measure(call, { _ in .done() }) { () async throws(StorageError) in
            try await base.deleteChunk(index)
        }
    }

    func exists() async throws(StorageError) -> Bool {
        let call = OperationRecorder.Call(operation: .exists)
        return try await meter.measure(call, { $0 ? .done() : .absent }) {
            () async throws(StorageError) in try await base.exists()
        }
    }
}
