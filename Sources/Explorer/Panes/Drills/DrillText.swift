import ZarrModel

/// Drills in the words that a person reads.
enum DrillText {
    /// Something that must hold.
    struct Invariant: Hashable {
        var text: String
        /// How often it did not; 0 where it holds.
        var breaches: Int
        /// How often nobody knows, since the drill has not come to its end.
        var open = 0
    }

    /// What must hold, in the order to show.
    static func invariants(_ progress: DrillProgress) -> [Invariant] {
        let lies = zip(progress.believed, progress.truth).reduce(0) { sum, pair in
            sum + (pair.0 == .missing && pair.1 == .present ? 1 : 0)
        }
        return breakers(progress) + [
            Invariant(text: "no acknowledged write lost", breaches: progress.lost),
            Invariant(text: "no wrong answer taken for right", breaches: progress.silentWrong),
            Invariant(text: "no object half written", breaches: progress.torn),
            Invariant(text: "nothing deleted came back", breaches: progress.resurrected),
            settled(progress),
            Invariant(text: "nothing there called absent in the end", breaches: lies),
            Invariant(
                text: "every rule fired",
                breaches: progress.performed < progress.operations
                    ? 0 : progress.rules.count { $0.fired == 0 }
            ),
        ]
    }

    /// What breakers are for.
    private static func breakers(_ progress: DrillProgress) -> [Invariant] {
        guard let breakers = progress.breakers else { return [] }
        var all = [Invariant(text: "no call past an open breaker", breaches: breakers.passed)]
        if let most = breakers.longestRunAllowed {
            let isLate = breakers.longestRun > most
            let text = "breaker opens within \(most) failed calls"
            all.append(Invariant(text: text, breaches: isLate ? 1 : 0))
        }
        if breakers.mustOpen {
            let isMissing = progress.passed != nil && !hasCycled(breakers)
            let text = "breaker opened and closed again"
            all.append(Invariant(text: text, breaches: isMissing ? 1 : 0))
        }
        return all
    }

    private static func hasCycled(_ breakers: DrillProgress.Breakers) -> Bool {
        breakers.standings.opened > 0 && breakers.standings.allSatisfy { $0.phase == .closed }
    }

    /// What breakers did not do that they are for, and what helps; `nil` for nothing.
    private static func failure(of breakers: DrillProgress.Breakers) -> (String, String)? {
        if breakers.passed > 0 {
            return (
                "\(Format.plural(breakers.passed, "call")) went past an open breaker",
                "It stands around another storage."
            )
        }
        if let most = breakers.longestRunAllowed, breakers.longestRun > most {
            return (
                "\(Format.count(breakers.longestRun)) calls failed in a row before the breaker opened",
                "Put it inside: LOCATOR|breaker|retry"
            )
        }
        guard breakers.mustOpen, !hasCycled(breakers) else { return nil }
        return breakers.standings.opened == 0
            ? ("the breaker never opened, so nothing was tried", "More errors may open it.")
            : ("the breaker was not closed in the end", "More operations give it the time.")
    }

    /// The parts of the lane of a breaker: columns that stand alike. One where nothing was asked is as
    /// the one before.
    static func lane(
        _ course: [DrillProgress.Calls]
    ) -> [(phase: BreakerStanding.Phase, columns: Range<Int>)] {
        var runs: [(phase: BreakerStanding.Phase, columns: Range<Int>)] = []
        for (place, calls) in course.enumerated() {
            let phase = calls.breaker ?? runs.last?.phase ?? .closed
            if let last = runs.last, last.phase == phase {
                runs[runs.count - 1].columns = last.columns.lowerBound..<(place + 1)
            } else {
                runs.append((phase, place..<(place + 1)))
            }
        }
        return runs
    }

    /// `───closed───`, `××open××`, `half`: a word between signs, or the signs alone.
    static func laneText(_ phase: BreakerStanding.Phase, _ width: Int) -> String {
        let (sign, word) =
            switch phase {
            case .closed: ("─", "closed")
            case .halfOpen: ("/", "half")
            case .open: ("×", "open")
            }
        let rest = width - word.utf8.count
        guard rest >= 0 else { return String(repeating: sign, count: width) }
        let left = rest / 2
        return String(repeating: sign, count: left) + word
            + String(repeating: sign, count: rest - left)
    }

    /// A change that nobody knows of is no mistake before the drill has come to its end.
    private static func settled(_ progress: DrillProgress) -> Invariant {
        let count = max(0, progress.unknown - progress.resolved)
        let isOver = progress.passed != nil
        return Invariant(
            text: "every unknown change settled",
            breaches: isOver ? count : 0,
            open: isOver ? 0 : count
        )
    }

    /// What came of a drill that ended, and what helps; both in a sentence.
    static func verdict(_ progress: DrillProgress) -> (String, String) {
        if progress.silentWrong > 0 {
            return (
                "\(Format.plural(progress.silentWrong, "wrong answer")) got through unnoticed",
                "crc32c catches wrong bytes; a false absence, nothing."
            )
        }
        if progress.lost > 0 {
            return (
                "\(Format.plural(progress.lost, "acknowledged write")) lost",
                "Read back what was written."
            )
        }
        if progress.torn > 0 {
            return (
                "\(Format.plural(progress.torn, "object")) left half written",
                "verify finds the torn ones."
            )
        }
        if progress.resurrected > 0 {
            return (
                "\(Format.plural(progress.resurrected, "deleted object")) came back",
                "A census after deleting shows them."
            )
        }
        if progress.unknown > progress.resolved {
            return (
                "\(Format.plural(progress.unknown - progress.resolved, "change")) never settled",
                "Read back once the storage answers."
            )
        }
        if let breakers = progress.breakers, let failure = failure(of: breakers) { return failure }
        if let silent = progress.rules.first(where: { $0.fired == 0 }) {
            return (
                "rule [\(silent.name)] never fired, so it tried nothing",
                "Another seed (S) may try it."
            )
        }
        return held(progress)
    }

    private static func held(_ progress: DrillProgress) -> (String, String) {
        let failed = progress.performed - progress.succeeded
        if let opened = progress.breakers?.standings.opened, opened > 0 {
            return (
                "the breaker opened \(opened)× and refused \(Format.plural(progress.calls.refused, "call"))",
                "None of these reached the storage."
            )
        }
        if failed > 0 {
            let share = Format.percent(failed, of: progress.performed)
            return (
                "\(share) of the operations failed, and each one said so",
                "More tries help: LOCATOR|retry:attempts=8"
            )
        }
        guard progress.calls.failed > 0 else {
            return (
                "nothing failed; half took up to \(time(progress.p50)), 99 % up to \(time(progress.p99))",
                "Nothing was lost or wrong."
            )
        }
        let share = Format.percent(progress.calls.failed, of: progress.calls.count)
        return (
            "\(share) of the calls failed and no operation did: retries carried them",
            "Nothing was lost or wrong."
        )
    }

    /// A time of the drill in milliseconds, short.
    static func time(_ milliseconds: Double) -> String {
        Format.latency(microseconds: Int(min(1e12, max(0, milliseconds * 1000))))
    }

    /// The drill's clock: `00:00:37.412`.
    static func clock(_ milliseconds: Int) -> String {
        Format.timeOfDay(Int64(milliseconds))
    }

    /// The course in at most so many columns, each of as many parts as that takes.
    static func folded(
        _ progress: DrillProgress,
        to width: Int
    ) -> (columns: [DrillProgress.Calls], column: DrillProgress.Column) {
        let count = progress.course.count
        guard width > 0, count > width else { return (progress.course, progress.column) }
        let parts = (count + width - 1) / width
        var columns: [DrillProgress.Calls] = []
        for (place, calls) in progress.course.enumerated() {
            if place.isMultiple(of: parts) {
                columns.append(calls)
            } else {
                columns[columns.count - 1].add(calls)
            }
        }
        switch progress.column {
        case .milliseconds(let width): return (columns, .milliseconds(width * parts))
        case .operations(let count): return (columns, .operations(count * parts))
        }
    }

    /// What a column of the course holds.
    static func column(_ column: DrillProgress.Column) -> String {
        switch column {
        case .milliseconds(let width): "one column = " + Format.duration(milliseconds: width)
        case .operations(let count): "one column = " + Format.plural(count, "operation")
        }
    }

    /// How a scenario stands: a glyph and a word.
    static func state(
        _ record: DrillSession.Record?,
        isRunning: Bool,
        isPaused: Bool,
        isQueued: Bool
    ) -> (String, String) {
        if isQueued { return ("·", "queued") }
        guard let progress = record?.progress else { return ("·", "not run") }
        switch progress.passed {
        case true?: return ("✔", "passed")
        case false?: return ("✖", "FAILED")
        case nil where isRunning:
            let share =
                progress.operations == 0 ? 0 : progress.performed * 100 / progress.operations
            return (isPaused ? "=" : "⟳", isPaused ? "paused" : "\(share) %")
        case nil: return ("·", "stopped")
        }
    }
}
