import JSONValue
import Testing

/// Copies of what other programs wrote, of whole stores at a time, are read by those programs, bit by bit.
@Suite(
    .enabled(if: Fixtures.hasPython && !Fixtures.arrays.isEmpty, "no other programs: make fixtures")
)
struct CopiedStoresTests {
    /// The arrays with a file of what is in them.
    private static let arrays = Fixtures.arrays.filter { $0.npy != nil && !$0.isDamaged }

    @Test(arguments: [[], ["--zarr", "3"], ["--zarr", "2"], ["--codecs", "blosc:lz4"]])
    func `zarr-python reads copies of whatever was written`(options: [String]) throws {
        // It knows regular grids alone.
        let uneven = ["/bounded", "/rectilinear"]
        let read = try Self.check("zarr", options) { !uneven.contains($0.node) }
        #expect(read > 100)
    }

    @Test(arguments: ["tensorstore", "zarrs"], [[], ["--zarr", "3", "--codecs", "gzip,crc32c"]])
    func `a program reads copies of what it wrote`(program: String, options: [String]) throws {
        let read = try Self.check(program, options) { $0.id.hasPrefix(program + "/") }
        #expect(read > 10)
    }

    /// Copies the stores of the arrays that `isMeant` picks and lets a program compare what is in the
    /// copies; how many arrays it compared.
    private static func check(
        _ program: String,
        _ options: [String],
        _ isMeant: (ForeignArray) -> Bool
    ) throws -> Int {
        let folder = try TemporaryFolder()
        let meant = arrays.filter(isMeant)
        var count = 0
        for (number, store) in Set(meant.map(\.store)).sorted().enumerated() {
            let copy = "\(folder.path)/\(number).zarr"
            let source = "\(Fixtures.folder)/\(store)"
            let outcome = try Program.run(["copy", source, copy, "--verify", "--json"] + options)
            #expect(outcome.status <= 1, "\(store): \(outcome.messages)")
            let left = try notCopied(outcome.json(), store)
            let copied = meant.filter { $0.store == store && !left.contains($0.node) }
            guard !copied.isEmpty else { continue }
            count += copied.count
            try WrittenStoresTests.check(
                program,
                copy,
                copied.map { "\($0.node)=\(Fixtures.folder)/\($0.npy ?? "")" }
            )
        }
        return count
    }

    /// The arrays that have no counterpart as the copy is to be. Nothing that is sound may have failed.
    private static func notCopied(_ report: JSONValue, _ store: String) -> Set<String> {
        for finding in report["findings"]?.arrayValue ?? [] {
            let path = finding["path"]?.stringValue ?? ""
            let isSound = arrays.contains { $0.store == store && $0.node == path }
            #expect(!isSound, "\(store)\(path): \(finding["reason"]?.stringValue ?? "")")
        }
        let problems = (report["problems"]?.arrayValue ?? []).compactMap {
            $0["where"]?.stringValue
        }
        let unmade = arrays.map(\.node).filter { node in
            problems.contains { ("/" + $0).hasPrefix(node + "/") || $0 == node }
        }
        let unfinished = (report["unfinished"]?.arrayValue ?? []).compactMap(\.stringValue)
        return Set(unmade + unfinished)
    }
}
