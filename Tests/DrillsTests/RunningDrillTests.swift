import Storage
import Testing

@testable import Drills

/// Drills that are run step by step, with faults turned on the way.
struct RunningDrillTests {
    private func drill(_ name: String, seed: UInt64 = 7, count: Int = 400) throws -> Drill {
        let scenario = try #require(Scenario.named(name))
        return Drill(
            name,
            script: try FaultScript(parsing: scenario.text),
            seed: seed,
            operationCount: count
        )
    }

    @Test(arguments: Scenario.all.map(\.name))
    func `step by step gives the verdict and the log of one run`(_ name: String) async throws {
        let drill = try drill(name)
        var lines: [String] = []
        let whole = try await drill.run(on: .memory(), onLine: { lines.append($0) })
        let running = try await RunningDrill(drill, on: .memory())
        while try await running.step() != nil {}
        #expect(running.verdict() == whole)
        #expect(running.log == lines.map { $0 + "\n" }.joined())
    }

    @Test(arguments: 0..<6 as Range<UInt64>)
    func `what was turned on the way runs again from its rules alone`(_ seed: UInt64) async throws {
        let drill = try drill("outage", seed: seed)
        let running = try await RunningDrill(drill, on: .memory())
        running.turn(.init(errorRate: 0.05))
        for number in 0..<400 {
            switch number {
            case 60: running.turn(.init(errorRate: 0.4, latency: .milliseconds(20)))
            case 100: running.fail(for: .seconds(2))
            case 101: running.turn(.init(errorRate: 0.125))
            case 300: running.turn(.init())
            default: break
            }
            _ = try await running.step()
        }
        running.tidy()
        let text = running.rules.map(\.text).joined(separator: "\n")
        let again = Drill(
            "outage",
            script: try FaultScript(parsing: text),
            seed: seed,
            operationCount: 400
        )
        #expect(running.rules.count > drill.script.rules.count)
        let verdict = try await again.run(on: .memory())
        #expect(verdict == running.verdict())
        let replayed = try Drill(replaying: String(running.log.prefix { $0 != "\n" }))
        #expect(try await replayed.run(on: .memory()) == verdict)
    }

    @Test func `a knob that was turned and never did anything leaves no rule`() async throws {
        let running = try await RunningDrill(drill("rot"), on: .memory())
        running.turn(.init(errorRate: 0.5))
        running.turn(.init(errorRate: 0.2))
        running.turn(.init())
        #expect(running.rules.count == 1)
    }

    @Test func `a call that failed leaves a chunk unknown, never absent`() async throws {
        let script = try FaultScript(parsing: "[gone] * ** : always -> error refused")
        let drill = Drill(script: script, seed: 1, operationCount: 200)
        let running = try await RunningDrill(drill, on: .memory())
        while try await running.step() != nil {}
        #expect(running.chunks.allSatisfy { running.belief($0) != .absent })
        #expect(running.chunks.contains { running.belief($0) == .failed })
    }

    @Test func `storage that forgets makes absent what is there, and that is found`() async throws {
        let running = try await RunningDrill(drill("forgetful", count: 1000), on: .memory())
        var deceived = 0
        while try await running.step() != nil {
            for chunk in running.chunks where running.isDeceived(chunk) {
                deceived += 1
                #expect(running.belief(chunk) != running.truth(chunk))
            }
        }
        #expect(deceived > 0)
        #expect(running.verdict().silentWrong > 0)
    }
}
