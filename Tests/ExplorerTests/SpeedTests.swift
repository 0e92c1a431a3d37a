import Testing
import ZarrModel

@testable import Explorer

/// What a person would feel. The limits are several times what is measured on a quiet machine.
struct SpeedTests {
    private func million() throws -> Census {
        var census = try #require(Census(grid: [100, 10, 32, 32]))
        for news in World.era5.censuses["/air/temp"] ?? [] {
            switch news {
            case .censusPage(let page): census.merge(page)
            case .censusFinished(let summary): census.finish(summary)
            default: break
            }
        }
        return census
    }

    private func best(of times: Int, _ work: () -> Void) -> Duration {
        let clock = ContinuousClock()
        return (0..<times).map { _ in clock.measure(work) }.min() ?? .seconds(99)
    }

    @Test func `a million chunks are folded within a frame`() throws {
        let census = try million()
        for (rows, columns) in [(0, 3), (2, 3), (3, 0), (0, 1)] {
            var view = GridProjection(grid: census.grid, total: census.total)
            view.run(rows, as: .rows)
            view.run(columns, as: .columns)
            var camera = MapCamera()
            camera.resize(tileRows: 18, tileColumns: 20, view)
            camera.fit(view)
            for number in [nil, MapNumber.size] {
                let time = best(of: 15) {
                    _ = MapFold(census, view, camera.window(view), number)
                }
                #expect(time < .milliseconds(60))
            }
        }
        let view = GridProjection(grid: census.grid, total: census.total)
        #expect(best(of: 15) { _ = AxisStrips(census, view) } < .milliseconds(60))
        #expect(best(of: 15) { _ = census.anomaly(from: 0, forward: true) } < .milliseconds(60))
    }

    @Test func `a hundred million chunks of which few are there cost what is there`() throws {
        var census = try #require(Census(grid: [10_000, 10_000]))
        var page = CensusPage()
        var random = Seeded(state: 7)
        var scattered: Set<Int> = []
        while scattered.count < 20_000 {
            scattered.insert(Int.random(in: 0..<census.total, using: &random))
        }
        for index in scattered { page.append(index, .present, size: 54) }
        // A writer that was stopped in its third row.
        for index in 0..<25_000 where !scattered.contains(index) {
            page.append(index, .present, size: 54)
        }
        census.merge(page)
        census.finish(CensusSummary(isComplete: true))
        let stored = page.indexes.count
        #expect(census.count(.present) == stored)
        #expect(census.count(.missing) == 100_000_000 - stored)
        #expect(census.heldBytes < 8 << 20)
        #expect(census.anomaly(from: 0, forward: true) == 25_000)
        let view = GridProjection(grid: census.grid, total: census.total)
        var camera = MapCamera()
        camera.resize(tileRows: 18, tileColumns: 20, view)
        camera.fit(view)
        let fold = MapFold(census, view, camera.window(view), .size)
        #expect(fold.cells.reduce(0) { $0 + $1.anomalies } == census.count(.missing))
        #expect(fold.cells.reduce(0) { $0 + $1.known } == stored)
        #expect(fold.rowAnomalies.reduce(0, +) == census.count(.missing))
        #expect(
            best(of: 5) { _ = MapFold(census, view, camera.window(view)) } < .milliseconds(200)
        )
    }
}
