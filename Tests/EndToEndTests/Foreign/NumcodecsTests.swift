import Glibc
import JSONValue
import Testing

/// numcodecs itself beside `zscope codec`.
@Suite(.enabled(if: Fixtures.hasPython, "no Python environment: make fixtures"))
struct NumcodecsTests {
    private static func check(_ arguments: String...) throws -> JSONValue {
        let outcome = try ChildProcess.run(
            Fixtures.python,
            ["-B", "-W", "ignore", Fixtures.makers + "/codec_check.py", Program.path] + arguments,
            seconds: 300
        )
        try #require(outcome.status == 0, "\(outcome.text)\(outcome.messages)")
        return try outcome.json()
    }

    @Test func `what we encode, numcodecs decodes to the same, and the other way round`() throws {
        let counts = try Self.check()
        #expect(counts["round_trips"]?.intValue ?? 0 >= 180, "\(counts.text())")
        #expect(counts["objects"] == 6)
    }

    @Test(.enabled(if: suite != nil, "numcodecs' fixtures are not there"))
    func `every file that numcodecs keeps decodes to its array`() throws {
        let counts = try Self.check(try #require(Self.suite))
        #expect(counts["fixtures"] == 939, "\(counts.text())")
        #expect(counts["unread"] == ["pcodec": 110, "pickle": 40])
    }

    /// The folder of numcodecs' fixtures, where there is one.
    private static let suite: String? = {
        let root = #filePath.split(separator: "/").dropLast(4).map { "/" + $0 }.joined()
        let folder = unsafe getenv("ZSCOPE_SUITES").map { unsafe String(cString: $0) }
        let path = (folder ?? root + "/../shared/suites") + "/numcodecs"
        return unsafe access(path, R_OK) == 0 ? path : nil
    }()
}
