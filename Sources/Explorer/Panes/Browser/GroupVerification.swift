import ZarrModel

/// A verification of every array below a group, one after another.
struct GroupVerification: Hashable, Sendable {
    /// An array that was not verified, and why.
    struct Failure: Hashable, Sendable {
        var path: String
        var reason: String
    }

    /// The group.
    let path: String
    /// The array whose turn it is.
    private(set) var current: String?
    /// The request that lists its chunks, before they are read.
    var looking: Int?
    /// The request that reads it; `nil` until that has begun.
    var reading: Int?
    /// The request for its description, while that is under way.
    var describing: Int?
    /// Whether a person stopped it: it goes on when it is asked for again.
    var isStopped = false
    /// Whether all arrays had their turn.
    private(set) var isDone = false
    /// Groups that were asked for what they hold.
    var listed: Set<String> = []
    /// Arrays that were verified, and what they come to together.
    private(set) var verified: Set<String> = []
    private(set) var sum = CensusCounts(total: 0)
    /// Verified arrays in which something was found.
    private(set) var troubled: [String] = []
    private(set) var failures: [Failure] = []

    /// Nodes below whose documents cannot be read.
    private(set) var broken = 0

    /// Begins with nothing verified.
    init(path: String) {
        self.path = path
        sum.isComplete = true
    }

    /// Whether it is under way.
    var isRunning: Bool {
        !isDone && !isStopped
    }

    /// Takes the next of `arrays` that had no turn yet, or ends.
    mutating func choose(from arrays: [String], broken: Int) {
        self.broken = broken
        let had = verified.union(failures.map(\.path))
        current = arrays.first { !had.contains($0) }
        reading = nil
        describing = nil
        if current == nil { isDone = true }
    }

    /// Takes what the array whose turn it was comes to.
    mutating func take(_ counts: CensusCounts) {
        guard let current else { return }
        verified.insert(current)
        sum.add(counts)
        if counts.hasFindings { troubled.append(current) }
        self.current = nil
    }

    /// Takes why the array whose turn it was could not be verified.
    mutating func fail(_ reason: String) {
        guard let current else { return }
        failures.append(Failure(path: current, reason: reason))
        self.current = nil
    }

    /// How far it is, for the title: `verify 3 of 12 arrays`.
    func title(of count: Int) -> String {
        let had = verified.count + failures.count
        let place = current == nil ? "" : ", \(Format.count(min(had + 1, count)))"
        return had == 0 && current == nil
            ? "verify: listing groups"
            : "verify\(place) of \(Format.plural(count, "array"))"
    }

    /// What was found, in words: `7 missing, 1 broken in 2 arrays`.
    var found: String {
        let parts = [
            (sum.missing, "missing"), (sum.broken, "broken"), (sum.orphans, "outside the grid"),
        ].filter { $0.0 > 0 }.map { "\(Format.count($0.0)) \($0.1)" }
        return parts.isEmpty
            ? "nothing found"
            : parts.joined(separator: ", ") + " in \(Format.plural(troubled.count, "array"))"
    }

    /// The sum in one line.
    var words: String {
        let bytes = sum.storedBytes.map { ", \(Format.bytes($0))" } ?? ""
        let all = "\(Format.plural(verified.count, "array")) verified\(bytes): \(found)"
        let left = [(failures.count, "not verified"), (broken, "broken in its metadata")]
            .filter { $0.0 > 0 }.map { "; \(Format.count($0.0)) \($0.1)" }
        return all + left.joined()
    }
}
