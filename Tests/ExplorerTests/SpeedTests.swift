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
            for bytes in [false, true] {
                let time = best(of: 15) {
                    _ = MapFold(census, view, camera.window(view), bytes: bytes)
                }
                #expect(time < .milliseconds(60))
            }
        }
        let view = GridProjection(grid: census.grid, total: census.total)
        #expect(best(of: 15) { _ = AxisStrips(census, view) } < .milliseconds(60))
        #expect(best(of: 15) { _ = census.anomaly(from: 0, forward: true) } < .milliseconds(60))
    }
}
