/// A drill that has a name.
public struct Scenario: Hashable, Sendable {
    /// Its name on the command line.
    public var name: String
    /// What it tries, in one line.
    public var summary: String
    /// Its rules.
    public var text: String
    /// Whether a breaker stands around the faults, also where no layer says so, and must open and close.
    public var hasBreaker = false

    /// Every scenario that comes with the program.
    public static let all = [
        Scenario(
            name: "flaky",
            summary: "one call in twenty fails for a moment",
            text: """
                [busy]  *      ** : 4% -> error 503 retry-after=200ms
                [reset] reads  ** : 1% -> error reset
                """
        ),
        Scenario(
            name: "slow",
            summary: "most calls are quick and some take seconds",
            text: "[slow] * ** : always -> delay p50=20ms p99=800ms max=3s"
        ),
        Scenario(
            name: "throttled",
            summary: "storage refuses 30 of every 200 calls and asks to wait",
            text: """
                [pace]  * ** : always -> delay 5ms
                [storm] * ** : burst 30 of 200 -> error 429 retry-after=1s
                """
        ),
        Scenario(
            name: "outage",
            summary: "nothing answers for two seconds",
            text: """
                [pace]  * ** : always -> delay p50=10ms p99=50ms
                [cable] * ** : 2s..4s -> error refused
                """
        ),
        Scenario(
            name: "breaker",
            summary: "a storm that opens a breaker, and probes that close it",
            text: """
                [pace]  * ** : always -> delay 5ms
                [storm] * ** : 500ms..8s -> error 500
                """,
            hasBreaker: true
        ),
        Scenario(
            name: "lost-ack",
            summary: "changes are done and their acknowledgements are lost",
            text: "[lost] write,delete ** : 5% -> dropack"
        ),
        Scenario(
            name: "torn",
            summary: "writes stop in the middle",
            text: "[torn] write ** : 3% -> torn 60%"
        ),
        Scenario(
            name: "rot",
            summary: "bits come back flipped, and nobody says so",
            text: "[rot] read ** : 1% -> flip 1bit"
        ),
        Scenario(
            name: "forgetful",
            summary: "storage says that objects are absent which are there",
            text: "[forget] read ** : 2% -> error 404"
        ),
        Scenario(
            name: "listing",
            summary: "listings end too early",
            text: "[page] list ** : 10% -> page 50%"
        ),
    ]

    /// The scenario `name`, or `nil`.
    public static func named(_ name: String) -> Scenario? {
        all.first { $0.name == name }
    }
}
