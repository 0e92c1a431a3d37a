import Codecs
import Explorer
import Glibc
import Raster
import Storage
import StorageBackends
import ZarrEngine
import ZarrModel

extension OpenStore {
    /// A direct look at one stored chunk: its object, its codec stages, its first values.
    func inspect(_ path: String, _ chunk: ChunkIndex) async throws -> ChunkReport {
        let array = try await array(path)
        let clock = ContinuousClock()
        let start = clock.now
        let found = try await array.inspect(chunk)
        var report = ChunkReport(chunk: chunk, key: found.key, state: found.state)
        if let record = location.storage.record, found.state == .unreadable,
            let look = try await array.look(at: array.keyEncoding.key(for: chunk))
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
        if let values = found.values {
            report.take(values)
            report.statistics = Self.statistics(of: values, fill: array.metadata.fillValue)
        }
        return report
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
    /// Rows and columns of the plane that is kept.
    private static let planeLimit = 64
    /// Values of a list that are kept.
    private static let listLimit = 1024

    /// Keeps the first plane of a chunk's values as text.
    fileprivate mutating func take(_ values: ArrayValues) {
        shape = values.shape
        let text = { (place: Int) in
            ElementText.text(values.element(place)[...], values.dataType)
        }
        guard values.shape.count >= 2, let width = values.shape.last else {
            preview = (0..<min(values.count, Self.listLimit)).map(text)
            return
        }
        let rows = min(Self.planeLimit, values.shape[values.shape.count - 2])
        previewWidth = min(Self.planeLimit, width)
        guard values.count > 0 else { return }
        preview = (0..<rows).flatMap { row in
            (0..<previewWidth).map { text(row * width + $0) }
        }
    }
}
