import Explorer
import ZarrModel

extension World {
    /// Three scenarios, one of which fails.
    static let scenarios = [
        ScenarioCard(
            id: "flaky",
            summary: "one call in twenty fails for a moment",
            rules: ["[busy]  *      ** : 4% -> error 503 retry-after=200ms"]
        ),
        ScenarioCard(
            id: "outage",
            summary: "nothing answers for two seconds",
            rules: ["[cable] * ** : 2s..4s -> error refused"]
        ),
        ScenarioCard(
            id: "forgetful",
            summary: "storage says that objects are absent which are there",
            rules: ["[forget] read ** : 2% -> error 404"]
        ),
    ]

    /// Rules end in an effect; what is not that far yet is a mistake.
    static func mistake(in rules: String) -> Problem? {
        rules.isEmpty || rules.hasSuffix("flip") ? nil : Problem("column 9: a key is missing")
    }

    /// Breakers that were opened: one is open until 12:40:10.
    static let openBreakers: [BreakerStanding] = {
        var reads = BreakerStanding(side: "reads", phase: .open)
        (reads.until, reads.opened, reads.refused) = (1_795_437_610_000, 2, 251)
        reads.reason = "10 of 20 calls failed"
        return [reads, BreakerStanding(side: "writes", phase: .closed)]
    }()

    /// What the breakers of a drill did, whose columns are given how they stood.
    private static func addBreakers(to progress: inout DrillProgress) {
        var breakers = DrillProgress.Breakers()
        breakers.standings = openBreakers
        breakers.standings[0].phase = .closed
        breakers.longestRun = 10
        breakers.longestRunAllowed = 20
        breakers.mustOpen = true
        progress.breakers = breakers
        for place in progress.course.indices {
            let isOpen = (9..<16).contains(place) || (17..<26).contains(place)
            progress.course[place].breaker =
                isOpen ? .open : place == 16 || place == 26 ? .halfOpen : .closed
            guard isOpen else { continue }
            progress.course[place] = DrillProgress.Calls()
            progress.course[place].refused = 14
            // Nothing was asked here: it is as before.
            if place != 12 { progress.course[place].breaker = .open }
        }
        progress.calls.refused = 224
        progress.log.append(
            DrillLogLine(
                milliseconds: 4502,
                key: "breaker, reads",
                text: "opens: 10 of 20 calls failed",
                weight: .note
            )
        )
    }

    /// A drill half way, then at its end.
    func drill(_ order: DrillOrder) -> [News] {
        let isLying = order.scenario == "forgetful"
        var progress = DrillProgress(
            scenario: order.scenario,
            seed: order.seed,
            operations: order.operations
        )
        progress.performed = 400
        progress.succeeded = 400
        progress.milliseconds = 18_250
        progress.calls.good = 420
        progress.calls.failed = 21
        progress.calls.retried = 21
        progress.course = (0..<37).map { column in
            var calls = DrillProgress.Calls()
            calls.good = 8 + column % 7
            calls.failed = column % 5 == 0 ? 4 : 0
            calls.wrong = isLying && column % 9 == 0 ? 1 : 0
            calls.retried = calls.failed
            return calls
        }
        progress.column = .milliseconds(500)
        progress.believed = (0..<48).map { chunk in
            if isLying, chunk == 7 || chunk == 30 { return .corrupt }
            return chunk % 11 == 3 ? .missing : chunk == 20 ? .unreadable : .present
        }
        progress.truth = (0..<48).map { $0 % 11 == 3 ? .missing : $0 > 44 ? .unknown : .present }
        progress.silentWrong = isLying ? 9 : 0
        progress.unknown = 3
        progress.resolved = 3
        progress.rules = [.init(name: "busy", fired: 21)]
        progress.budgetLeft = 486
        progress.budgetCapacity = 500
        progress.p50 = 21
        progress.p99 = 900
        progress.log = [
            DrillLogLine(
                milliseconds: 17_102,
                operation: "read",
                key: "c/3/0/1/7",
                text: "error 503 by [busy]",
                weight: .fault
            ),
            DrillLogLine(
                milliseconds: 17_980,
                operation: "read",
                key: "3/0/1/8",
                text: isLying ? "wrong answer, no error: absent" : "failed throttled",
                weight: isLying ? .finding : .failure
            ),
        ]
        if order.scenario == "outage" { Self.addBreakers(to: &progress) }
        progress.replay =
            "zscope drill \(order.scenario) --on /data/era5.zarr/air/temp --seed \(order.seed) --ops 1000"
        var end = progress
        end.performed = order.operations
        end.succeeded = order.operations
        end.log = []
        end.fullLog = "{}\n"
        end.passed = !isLying
        return [.drillProgress(progress), .drillFinished(end)]
    }

    /// A few operations of every kind and outcome.
    var operations: OperationReport {
        var meter = OperationMeter()
        meter.total.count = 1204
        meter.total.failed = 3
        meter.total.absent = 4
        meter.total.retries = 5
        meter.total.bytes = 55_262_000
        (meter.total.p50, meter.total.p90, meter.total.p99) = (112, 410, 2100)
        meter.total.longest = 61_200_000
        var read = meter.total
        read.operation = "read"
        read.count = 1100
        var list = OperationMeter.Kind("list")
        (list.count, list.p50, list.p90, list.p99) = (104, 4100, 12_000, 38_000)
        meter.kinds = [read, list]
        meter.seconds = (0..<60).map { place in
            var second = OperationMeter.Second()
            second.count = place < 30 ? 0 : place * 7 % 31
            second.failed = place == 40 || place == 52 ? 1 : 0
            return second
        }
        meter.inFlight = 2
        meter.breakers = breakers
        let noon: Int64 = 1_795_356_070_123
        var entries = (0..<40).map { place in
            OperationEntry(
                number: place,
                moment: noon + Int64(place) * 137,
                operation: place % 9 == 0 ? "list" : "read",
                key: place % 9 == 0 ? "air/temp/c/" : "air/temp/c/20/2/\(place)/2",
                microseconds: 90 + place * place * 3,
                outcome: place % 13 == 5 ? .absent : .done
            )
        }
        for place in entries.indices where entries[place].outcome == .done {
            if entries[place].operation == "list" {
                entries[place].names = 1000
            } else {
                entries[place].bytes = 54
            }
        }
        entries[33].range = "0..511"
        entries[36].outcome = .failed
        entries[36].code = "throttled"
        entries[36].message = "the storage asks to wait (503), after 4 tries"
        entries[36].retries = 3
        entries[36].microseconds = 61_200_000
        return OperationReport(meter: meter, entries: entries)
    }
}
