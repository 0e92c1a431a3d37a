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
        return [
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
