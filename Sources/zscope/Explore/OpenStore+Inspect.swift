import Codecs
import Explorer
import Glibc
import Raster
import Storage
import StorageBackends
import Synchronization
import ZarrEngine
import ZarrModel

extension OpenStore {
    /// A direct look at one stored chunk, or at one inside a shard: its object, its codec stages, its
    /// first values.
    func inspect(_ path: String, _ place: ShardPlace) async throws -> ChunkReport {
        let array = try await array(path)
        let clock = ContinuousClock()
        let start = clock.now
        let found = try await array.inspect(place.shard, inside: place.inside)
        let chunk = found.index
        var report = ChunkReport(chunk: chunk, key: found.key, state: found.state)
        report.codecs = found.codecs.map(CodecCard.init)
        report.inside = found.siblings.map { grid in
            InnerPlace(
                region: found.region.ranges,
                grid: grid.counts,
                offset: found.place?.lowerBound
            )
        }
        if let record = location.storage.record, found.state == .unreadable,
            let look = try await array.look(at: array.keyEncoding.key(for: place.shard))
        {
            // A record knows that it is there, and not whether it can be read.
            report.state = look.state
            report.reason = "f" + record.reason.dropFirst()
            report.size = look.info.size
            report.modified = look.info.modified.map(Timestamp.plain)
            return report
        }
        report.microseconds = Int((clock.now - start) / .microseconds(1))
        report.looked = Timestamp.plain(Int64(time(nil)))
        report.reason = found.reason
        if array.codecError != nil, found.state == .unknown, let reason = found.reason {
            // It is there: what it holds is what nobody knows.
            report.state = .present
            report.reason = "its values are not known: \(reason)"
        }
        report.size = found.info?.size
        report.modified = found.info?.modified.map(Timestamp.plain)
        report.tag = found.info?.tag
        report.stages = found.stages.map { stage in
            CodecStage(
                codec: stage.codec,
                bytesIn: stage.bytesIn,
                bytesOut: stage.bytesOut,
                problem: stage.error?.message
            )
        }
        report.inner = found.inner.map { inner in
            InnerChunk(
                index: inner.index,
                offset: inner.range?.lowerBound,
                bytes: inner.range?.count,
                state: inner.state,
                reason: inner.reason
            )
        }
        keep(found.values, path, place)
        if let values = found.values {
            report.take(values)
            report.statistics = Self.statistics(of: values, fill: array.metadata.fillValue)
        }
        return report
    }

    /// Larger chunks are decoded again for each window of their values.
    private static let keptLimit = 64 << 20

    /// Keeps the values of a chunk that is being looked at.
    private func keep(_ values: ArrayValues?, _ path: String, _ place: ShardPlace) {
        decoded.withLock { decoded in
            decoded = nil
            guard let values, values.count <= Self.keptLimit / (values.dataType.byteCount ?? 64)
            else { return }
            decoded = (path, place, values)
        }
    }

    /// A window of a chunk's values: as they were when it was inspected, where that was the last one.
    func values(
        _ path: String,
        _ place: ShardPlace,
        row: Int,
        column: Int
    ) async throws -> ChunkPreview {
        let chunk = place.inside.last ?? place.shard
        let known = decoded.withLock { decoded in
            decoded.flatMap { $0.path == path && $0.place == place ? $0.values : nil }
        }
        if let known { return ChunkPreview(known, chunk, row: row, column: column) }
        let found = try await array(path).inspect(place.shard, inside: place.inside)
        guard let values = found.values else {
            throw ToolError("it could be decoded and cannot any more")
        }
        keep(values, path, place)
        return ChunkPreview(values, chunk, row: row, column: column)
    }

    /// Bytes of a stored chunk as they lie in the storage.
    func bytes(_ path: String, _ chunk: ChunkIndex, _ range: Range<Int>) async throws -> News {
        let array = try await array(path)
        guard let bytes = try await array.storedBytes(of: chunk, range) else {
            throw ToolError("it was there and is gone")
        }
        return .bytes(ObjectBytes(chunk: chunk, start: range.lowerBound, bytes: bytes))
    }

    private static func statistics(of values: ArrayValues, fill: FillValue) -> ValueStatistics? {
        guard let numbers = values.numbers else { return nil }
        var counted = Statistics()
        counted.add(numbers)
        var statistics = ValueStatistics()
        statistics.count = values.count
        statistics.nanCount = counted.notANumberCount
        statistics.fillCount = values.count(of: fill.bytes)
        statistics.minimum = counted.minimum
        statistics.maximum = counted.maximum
        statistics.mean = counted.mean
        statistics.deviation = counted.standardDeviation
        return statistics
    }
}

extension ChunkReport {
    /// Keeps the first plane of a chunk's values as text.
    fileprivate mutating func take(_ values: ArrayValues) {
        shape = values.shape
        let first = ChunkPreview(values, chunk, row: 0, column: 0)
        preview = first.texts
        previewWidth = first.width
    }
}

extension ChunkPreview {
    /// The values from a row and a column on, as many as are told at once.
    fileprivate init(_ values: ArrayValues, _ chunk: ChunkIndex, row: Int, column: Int) {
        self.init(chunk: chunk, row: max(0, row), column: 0, width: 0, texts: [])
        let text = { (place: Int) in
            ElementText.text(values.element(place)[...], values.dataType)
        }
        guard values.shape.count >= 2, let length = values.shape.last else {
            self.row = min(self.row, max(0, values.count - 1))
            let rest = values.count - self.row
            texts = (self.row..<self.row + min(rest, Self.listLimit)).map(text)
            return
        }
        let height = values.shape[values.shape.count - 2]
        self.row = min(self.row, max(0, height - 1))
        self.column = max(0, min(column, length - 1))
        width = min(Self.planeLimit, length - self.column)
        guard values.count > 0 else { return }
        let rows = self.row..<self.row + min(Self.planeLimit, height - self.row)
        let columns = self.column..<self.column + width
        texts = rows.flatMap { row in columns.map { text(row * length + $0) } }
    }
}
