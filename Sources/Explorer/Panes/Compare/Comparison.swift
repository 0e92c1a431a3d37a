import ZarrModel

/// What is known of a comparison: for every chunk of the left grid what was found, and both sizes.
///
/// Costs 14 bytes for each chunk of the grid.
struct Comparison: Sendable {
    /// Grids up to this many chunks are compared on the screen.
    static let limit = 16 << 20

    /// What was found as a census, which folds it: `DifferenceLook.state`.
    private(set) var census: Census
    /// What was found, as raw values.
    private(set) var differences: [UInt8]
    /// Bytes on the right; `Census.noSize` where there are none.
    private var rightSizes: [UInt32]
    /// How many chunks were found to be what, by raw value.
    private(set) var counts: [Int]
    /// How the last pass ended; `nil` while the first one runs.
    private(set) var summary: CompareSummary?
    /// What is done of the pass that runs, and of how many.
    private(set) var progress: (done: Int, wanted: Int?, milliseconds: Int) = (0, nil, 0)
    /// Whether a pass was stopped, so that some chunks were not compared.
    var isStopped = false

    /// Makes a comparison where nothing is known; `nil` where there are too many chunks.
    init?(grid: [Int]) {
        guard let census = Census(grid: grid), census.total <= Self.limit else {
            return nil
        }
        self.census = census
        let unknown = ChunkDifference.unknown.rawValue
        differences = Array(repeating: unknown, count: census.total)
        rightSizes = Array(repeating: Census.noSize, count: census.total)
        counts = ChunkDifference.allCases.map { _ in 0 }
        counts[Int(unknown)] = census.total
    }

    /// How many chunks were found to be `difference`.
    func count(_ difference: ChunkDifference) -> Int {
        counts[Int(difference.rawValue)]
    }

    /// How many chunks are known to differ. Of what cannot be read nothing is known.
    var differenceCount: Int {
        ChunkDifference.allCases.reduce(0) {
            $0 + ($1.isDifference && $1 != .unreadable ? count($1) : 0)
        }
    }

    /// Whether there is a chunk that a person should look at.
    var hasFindings: Bool {
        differenceCount + count(.unreadable) > 0
    }

    /// How many differ and how many could not be read: `2 differences, 1 unreadable`; empty for none.
    var words: String {
        var words: [String] = []
        if differenceCount > 0 { words.append(Format.plural(differenceCount, "difference")) }
        let unreadable = count(.unreadable)
        if unreadable > 0 { words.append("\(Format.count(unreadable)) unreadable") }
        return words.joined(separator: ", ")
    }

    /// What was found of a chunk. Requires `0 <= index < total`.
    func difference(_ index: Int) -> ChunkDifference {
        ChunkDifference(rawValue: differences[index]) ?? .unknown
    }

    /// Bytes on both sides, where known. Requires `0 <= index < total`.
    func sizes(_ index: Int) -> (left: Int?, right: Int?) {
        let right = rightSizes[index]
        return (census.size(index), right == Census.noSize ? nil : Int(right))
    }

    /// Takes a page. Indexes outside the grid are left out. Cost: the page.
    mutating func merge(_ page: ComparePage) {
        let count = min(
            page.indexes.count,
            page.differences.count,
            page.leftSizes.count,
            page.rightSizes.count
        )
        for place in 0..<count {
            let index = page.indexes[place]
            guard differences.indices.contains(index) else { continue }
            set(index, page.differences[place], left: page.leftSizes[place])
            let right = page.rightSizes[place]
            if right >= 0 {
                rightSizes[index] = UInt32(clamping: min(right, Int64(Census.noSize) - 1))
            }
        }
        progress = (page.done, page.wanted, page.elapsedMilliseconds)
        census.touch()
    }

    /// Ends a pass over the listings, or over the values: what no listing named is absent.
    mutating func finish(_ summary: CompareSummary) {
        let missing: ChunkDifference =
            summary.isOfValues && summary.fillsDiffer ? .values : .missing
        for index in differences.indices {
            let difference = difference(index)
            if difference == .unknown || difference == .missing && missing == .values {
                set(index, missing, left: -1)
            }
        }
        self.summary = summary
        isStopped = false
        census.touch()
    }

    private mutating func set(_ index: Int, _ difference: ChunkDifference, left: Int64) {
        counts[Int(differences[index])] -= 1
        counts[Int(difference.rawValue)] += 1
        differences[index] = difference.rawValue
        census.set(
            index,
            DifferenceLook.state(difference),
            size: left,
            isSlow: difference == .alike
        )
    }

    /// The differences as text, one to a line, C order.
    func text(_ form: Form, _ details: ArrayDetails?) -> String {
        var text = form == .csv ? "index,difference,left_bytes,right_bytes,key\n" : ""
        for index in differences.indices where difference(index).isDifference {
            let place = GridOrder.coordinates(index, in: census.grid)
            let key = details?.keyEncoding?.key(for: ChunkIndex(place)) ?? ""
            let numbers = place.map(String.init).joined(separator: ",")
            let sizes = sizes(index)
            let word = difference(index).word
            let left = sizes.left.map(String.init)
            let right = sizes.right.map(String.init)
            switch form {
            case .keys: text += key + "\n"
            case .csv: text += "\"\(numbers)\",\(word),\(left ?? ""),\(right ?? ""),\(key)\n"
            case .lines:
                text += "{\"index\":[\(numbers)],\"difference\":\"\(word)\",\"left_bytes\":"
                text += "\(left ?? "null"),\"right_bytes\":\(right ?? "null"),\"key\":\"\(key)\"}\n"
            }
        }
        return text
    }

    /// How differences are written down.
    enum Form: Hashable, Sendable {
        case lines, csv, keys

        /// The form that the name of a file asks for: `.csv`, `.txt` for keys alone, else NDJSON.
        init(name: String) {
            self = name.hasSuffix(".csv") ? .csv : name.hasSuffix(".txt") ? .keys : .lines
        }
    }
}
