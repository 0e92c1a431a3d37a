import Codecs
import Explorer
import Raster
import Storage
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
        report.microseconds = Int((clock.now - start) / .microseconds(1))
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
        if let values = found.values {
            report.shape = values.shape
            report.preview = (0..<min(values.count, Self.previewLimit)).map { place in
                ElementText.text(values.element(place)[...], values.dataType)
            }
            report.statistics = Self.statistics(of: values, fill: array.metadata.fillValue)
        }
        return report
    }

    private static let previewLimit = 400

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
