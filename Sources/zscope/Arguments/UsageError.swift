/// A command line that means nothing.
struct UsageError: Error, Hashable {
    /// What is wrong with it.
    let message: String
    /// The command whose help explains it; empty for the program's own.
    let command: String

    init(_ message: String, command: String = "") {
        self.message = message
        self.command = command
    }

    /// The lines for standard error.
    var lines: [String] {
        let help = command.isEmpty ? "zscope --help" : "zscope \(command) --help"
        return [message, "try: \(help)"]
    }
}

/// The word of `candidates` that a person probably meant, or `nil` when none is near.
///
/// At most one slip in three letters counts as near. O(candidates × letters²).
func nearest(to word: String, among candidates: some Sequence<String>) -> String? {
    let scored = candidates.map { (slips(word, $0), $0) }
    guard let best = scored.min(by: { $0.0 < $1.0 }), !word.isEmpty else { return nil }
    return best.0 <= max(1, word.count / 3) ? best.1 : nil
}

/// How many letters must be changed, added, left out or swapped to make `left` into `right`.
private func slips(_ left: String, _ right: String) -> Int {
    let left = Array(left)
    let right = Array(right)
    guard left.count <= 64 else { return .max }
    var rows = [Array(0...right.count)]
    for row in left.indices {
        var next = [row + 1]
        for column in right.indices {
            let change = rows[row][column] + (left[row] == right[column] ? 0 : 1)
            var best = min(change, rows[row][column + 1] + 1, next[column] + 1)
            if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                best = min(best, rows[row - 1][column - 1] + 1)
            }
            next.append(best)
        }
        rows.append(next)
    }
    return rows[left.count][right.count]
}
