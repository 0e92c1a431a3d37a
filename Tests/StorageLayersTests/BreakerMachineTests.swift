import Storage
import StorageLayers
import Testing

/// The states of a breaker.
@Suite struct BreakerMachineTests {
    private static func machine(
        _ change: (inout BreakerPolicy) -> Void = { _ in }
    ) -> BreakerMachine {
        var policy = BreakerPolicy()
        change(&policy)
        return BreakerMachine(policy) { _ in 0 }
    }

    private static let second = Duration.seconds(1)

    /// A breaker that has just opened at `now`, for 5 s.
    private static func opened(at now: Duration = .zero) throws -> BreakerMachine {
        var machine = machine()
        for _ in 0..<10 {
            machine.leave(try admitted(&machine, now), .failure, after: .zero, at: now)
        }
        #expect(machine.state == .open(until: now + .seconds(5)))
        return machine
    }

    private static func admitted(
        _ machine: inout BreakerMachine,
        _ now: Duration
    ) throws -> BreakerMachine.Permission {
        let entry = machine.enter(at: now)
        guard case .admitted(let permission) = entry else {
            throw StorageError(.internal, .read, "refused at \(now): \(entry)")
        }
        return permission
    }

    // MARK: Beside a model

    private static let policies: [BreakerPolicy] = {
        var all = [BreakerPolicy(), BreakerPolicy(), BreakerPolicy(), BreakerPolicy()]
        all[1].window = .seconds(10)
        all[2].window = .calls(3)
        all[2].probes = 1
        all[2].failures = 1
        all[2].slow = 0.3
        all[3].window = .seconds(1)
        all[3].leastCalls = 4
        all[3].probes = 5
        all[3].probeLimit = .milliseconds(700)
        all[3].longestOpen = .seconds(12)
        return all
    }()

    @Test(arguments: 0..<4, 0..<5 as Range<UInt64>)
    func `a breaker does what a model does that counts everything anew`(
        _ which: Int,
        _ seed: UInt64
    ) {
        let policy = Self.policies[which]
        let draw = KeyedDraw(seed: seed)
        let jitter: @Sendable (Int) -> Double = { draw.unit(.open, key: "j", count: $0) }
        var machine = BreakerMachine(policy, jitter: jitter)
        var model = BreakerModel(policy, jitter: jitter)
        var now = Duration.zero
        var calls: [(BreakerMachine.Permission, Int, Duration)] = []
        var differences = 0
        var kinds: Set<String> = []
        for number in 0..<10_000 {
            func unit(_ purpose: UInt64) -> Double {
                draw.unit(.read, key: "e", count: number, purpose: purpose)
            }
            // Mostly milliseconds, sometimes seconds; bad times come and go.
            let isPause = unit(1) < 0.01
            now += .microseconds(Int64(unit(2) * (isPause ? 9_000_000 : 40_000)))
            let isBad = (number / 300) % 3 == 1
            if unit(3) < 0.52 || calls.isEmpty {
                let ticket = model.ask(now)
                if case .admitted(let permission) = machine.enter(at: now) {
                    if let ticket {
                        calls.append((permission, ticket, now))
                    } else {
                        differences += 1
                    }
                } else if ticket != nil {
                    differences += 1
                }
            } else if unit(4) < 0.02 {
                // Nobody ever hears of this one again.
                calls.remove(at: Int(unit(5) * Double(calls.count)))
            } else {
                let place = Int(unit(5) * Double(min(calls.count, 4)))
                let (permission, ticket, begun) = calls.remove(at: place)
                let isIgnored = unit(6) < 0.1
                let isFailed = unit(7) < (isBad ? 0.8 : 0.1)
                let took = unit(8) < 0.05 ? .seconds(3) : now - begun
                let outcome: BreakerMachine.Outcome =
                    isIgnored ? .ignored : isFailed ? .failure : .success
                machine.leave(permission, outcome, after: took, at: now)
                model.tell(ticket, isFailed: isIgnored ? nil : isFailed, took: took, now)
            }
            let isEqual: Bool =
                switch (machine.state, model.state) {
                case (.closed, .closed), (.halfOpen, .halfOpen): true
                case (.open(let ours), .open(let theirs)): ours == theirs
                default: false
                }
            kinds.insert(String("\(machine.state)".prefix(4)))
            if !isEqual || machine.counts.opened != model.opened
                || machine.counts.refused != model.refused || machine.counts.late != model.late
            {
                differences += 1
            }
        }
        #expect(differences == 0)
        #expect(kinds.count == 3 && model.opened > 2, "all states are seen: \(kinds)")
    }

    // MARK: State by event

    /// What can be done to a breaker, in every state.
    private enum Deed: CaseIterable {
        case enter, succeed, fail, ignore, beLate, wait
    }

    @Test func `every state answers every event as it should`() throws {
        let until = Duration.seconds(5)
        for deed in Deed.allCases {
            // Closed, one failure before it opens.
            var closed = Self.machine()
            for _ in 0..<9 {
                closed.leave(try Self.admitted(&closed, .zero), .failure, after: .zero, at: .zero)
            }
            try Self.does(deed, &closed, at: .zero)
            let isOpened = deed == .fail
            // Nine failures and one success are 90 %.
            let opens = isOpened || deed == .succeed
            #expect(closed.state == (opens ? .open(until: until) : .closed), "closed, \(deed)")

            var open = try Self.opened()
            if deed == .wait {
                #expect(open.state(at: until - .nanoseconds(1)) == .open(until: until))
                #expect(open.state(at: until) == .halfOpen)
            } else if deed == .enter {
                #expect(open.enter(at: Self.second) == .refused(until: until))
                #expect(open.counts.refused == 1)
            } else if deed == .beLate {
                try Self.does(deed, &open, at: Self.second)
                #expect(open.state == .open(until: until) && open.counts.late == 1)
            }

            var half = try Self.opened()
            for _ in 0..<2 {
                half.leave(try Self.admitted(&half, until), .success, after: .zero, at: until)
            }
            try Self.does(deed, &half, at: until)
            switch deed {
            case .succeed: #expect(half.state == .closed)
            case .fail: #expect(half.state == .closed, "one of three is below a half")
            case .enter, .ignore, .beLate, .wait: #expect(half.state == .halfOpen, "\(deed)")
            }
        }
    }

    private static func does(
        _ deed: Deed,
        _ machine: inout BreakerMachine,
        at now: Duration
    ) throws {
        let outcomes: [Deed: BreakerMachine.Outcome] = [
            .succeed: .success, .fail: .failure, .ignore: .ignored,
        ]
        switch deed {
        case .enter: _ = machine.enter(at: now)
        case .succeed, .fail, .ignore:
            let permission = try admitted(&machine, now)
            machine.leave(permission, outcomes[deed] ?? .ignored, after: .zero, at: now)
        case .beLate:
            var other = Self.machine()
            let old = try admitted(&other, .zero)
            if machine.state != .closed { machine.leave(old, .failure, after: .zero, at: now) }
        case .wait: _ = machine.state(at: now + .seconds(600))
        }
    }

    @Test
    func `probes that fail open it again, twice as long each time, and never over the longest`()
        throws
    {
        var machine = try Self.opened()
        var now = Duration.seconds(5)
        for wait in [10, 20, 40, 60, 60] {
            for _ in 0..<3 {
                machine.leave(try Self.admitted(&machine, now), .failure, after: .zero, at: now)
            }
            #expect(machine.state == .open(until: now + .seconds(wait)))
            now += .seconds(wait)
        }
        for _ in 0..<3 {
            machine.leave(try Self.admitted(&machine, now), .success, after: .zero, at: now)
        }
        #expect(machine.state == .closed)
        // Closed, it begins anew: nothing of before counts, and the first wait is the short one.
        for _ in 0..<9 {
            machine.leave(try Self.admitted(&machine, now), .failure, after: .zero, at: now)
        }
        #expect(machine.state == .closed)
        machine.leave(try Self.admitted(&machine, now), .failure, after: .zero, at: now)
        #expect(machine.state == .open(until: now + .seconds(5)))
    }

    @Test func `what was drawn shortens the wait by at most a fifth`() {
        for (unit, wait) in [(0.0, 5000), (0.5, 4500), (1, 4000)] {
            var machine = BreakerMachine(BreakerPolicy()) { _ in unit }
            for _ in 0..<10 {
                guard case .admitted(let permission) = machine.enter(at: .zero) else { return }
                machine.leave(permission, .failure, after: .zero, at: .zero)
            }
            guard case .open(let until) = machine.state else {
                Issue.record("it is not open")
                return
            }
            #expect(abs(until / .milliseconds(1) - Double(wait)) < 0.001)
        }
    }

    @Test func `a result that comes late changes nothing, in whatever state it comes`() throws {
        var machine = Self.machine()
        let old = try (0..<40).map { _ in try Self.admitted(&machine, .zero) }
        for permission in old[..<10] {
            machine.leave(permission, .failure, after: .zero, at: .zero)
        }
        let open = machine.state
        for permission in old[10..<20] {
            machine.leave(permission, .success, after: .zero, at: Self.second)
        }
        #expect(machine.state == open)
        let half = Duration.seconds(5)
        _ = try Self.admitted(&machine, half)
        for permission in old[20..<30] {
            machine.leave(permission, .failure, after: .zero, at: half)
        }
        #expect(machine.state == .halfOpen)
        #expect(machine.counts.late == 20 && machine.counts.opened == 1)
    }

    @Test func `probes that never come back do not keep it half open`() throws {
        var machine = try Self.opened()
        let half = Duration.seconds(5)
        let lost = try (0..<3).map { try Self.admitted(&machine, half + .seconds($0)) }
        let limit = half + .seconds(12)
        #expect(machine.enter(at: half + .seconds(3)) == .refused(until: limit))
        #expect(machine.state(at: limit - .nanoseconds(1)) == .halfOpen)
        #expect(machine.state(at: limit) == .open(until: limit + .seconds(10)))
        // Then others are let through, and those that were lost count no more.
        let again = limit + .seconds(10)
        let probes = try (0..<3).map { _ in try Self.admitted(&machine, again) }
        machine.leave(lost[0], .failure, after: .seconds(20), at: again)
        for probe in probes { machine.leave(probe, .success, after: .zero, at: again) }
        #expect(machine.state == .closed && machine.counts.opened == 2)
    }

    @Test func `probes that tell nothing make room for others`() throws {
        var machine = try Self.opened()
        let half = Duration.seconds(5)
        for _ in 0..<50 {
            machine.leave(try Self.admitted(&machine, half), .ignored, after: .zero, at: half)
        }
        #expect(machine.state == .halfOpen)
        for _ in 0..<3 {
            machine.leave(try Self.admitted(&machine, half), .success, after: .zero, at: half)
        }
        #expect(machine.state == .closed)
    }

    @Test func `calls that succeed and are slow open it as well`() throws {
        var machine = Self.machine()
        for number in 0..<20 {
            let time: Duration = number < 16 ? .milliseconds(2001) : .seconds(2)
            guard machine.state == .closed else { break }
            machine.leave(try Self.admitted(&machine, .zero), .success, after: time, at: .zero)
        }
        #expect(machine.counts.opened == 1 && machine.reason.slow == 10)
    }

    @Test func `failures below the share never open it, and old ones leave the window`() throws {
        var machine = Self.machine()
        for number in 0..<2000 {
            let outcome: BreakerMachine.Outcome = number % 20 < 9 ? .failure : .success
            // Any twenty in a row hold nine failures; of the first ones more may be.
            let isFirst = number < 20 && outcome == .failure
            let told = isFirst ? .success : outcome
            machine.leave(try Self.admitted(&machine, .zero), told, after: .zero, at: .zero)
        }
        #expect(machine.state == .closed)
        var timed = Self.machine { $0.window = .seconds(10) }
        for second in 0..<100 {
            let now = Duration.seconds(second * 2)
            timed.leave(try Self.admitted(&timed, now), .failure, after: .zero, at: now)
        }
        #expect(timed.state == .closed, "five in ten seconds are fewer than ten")
    }
}
