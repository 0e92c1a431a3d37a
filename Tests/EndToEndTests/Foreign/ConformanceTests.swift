import Glibc
import JSONValue
import Testing

/// The checklist of what implementations of Zarr get wrong, run by the script that also makes
/// `docs/conformance.md`.
@Suite(.enabled(if: Checklist.python != nil, "there is no Python"))
struct ConformanceTests {
    @Test(arguments: 1...41)
    func `every probe of an item comes out as the specifications say`(item: Int) throws {
        let entry = try #require(try Checklist.outcome.get().first { $0["item"]?.intValue == item })
        #expect(entry["probes"]?.arrayValue?.isEmpty == false)
        for failure in entry["failures"]?.arrayValue ?? [] {
            let probe = failure["probe"]?.stringValue ?? ""
            Issue.record("\(probe): \(failure["what"]?.stringValue ?? "")")
        }
    }

    @Test func `the table of items names all of them and every probe, and ours are all right`()
        throws
    {
        let lines = try Checklist.table.split(separator: "\n").map { line in
            line.split(separator: "|", omittingEmptySubsequences: false)
                .map { String($0.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()) }
        }
        let head = try #require(lines.firstIndex { $0.count > 4 && $0[2] == "item" })
        #expect(lines[head][3].hasPrefix("zscope "))
        let items = lines[(head + 2)...].prefix { $0.count > 4 }.filter { !$0[1].isEmpty }
        #expect(items.compactMap { Int($0[1]) } == Array(1...41))
        #expect(items.allSatisfy { $0[3] == "✓" })
        let told = Set(lines.filter { $0.count > 4 }.map { $0[1] })
        for entry in try Checklist.outcome.get() {
            for probe in entry["probes"]?.arrayValue?.compactMap(\.stringValue) ?? [] {
                #expect(told.contains(probe), "make conformance")
            }
        }
    }
}

/// What came of the checklist, run once for all tests.
private enum Checklist {
    /// A Python without anything besides.
    static let python: String? = ["/usr/bin/python3", "/usr/local/bin/python3"]
        .first { unsafe access($0, X_OK) == 0 }

    /// The entries of all items.
    static let outcome = Result<[JSONValue], any Error> {
        let script = Fixtures.makers + "/../Conformance/run.py"
        let outcome = try ChildProcess.run(
            python ?? "",
            ["-B", script, Program.path],
            seconds: 300
        )
        guard let items = try? outcome.json()["items"]?.arrayValue else {
            throw ChildProcess.Failure(message: outcome.messages)
        }
        return items
    }

    /// The table that is committed.
    static var table: String {
        get throws {
            let file = unsafe open(Fixtures.makers + "/../../docs/conformance.md", O_RDONLY)
            defer { close(file) }
            var bytes: [UInt8] = []
            while case let piece = Pipe.read(file), !piece.isEmpty { bytes += piece }
            return String(decoding: bytes, as: UTF8.self)
        }
    }
}
