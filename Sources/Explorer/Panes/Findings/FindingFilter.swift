import ZarrModel

/// Which findings are shown: every word that is typed must fit.
///
/// A word fits a finding's state or pattern; `axis=3` or `axis=3..5` fits boxes that reach there;
/// anything else is looked for in the reason and in the key of an orphan.
struct FindingFilter: Hashable, Sendable {
    private enum Term: Hashable {
        case word(String, reasons: Set<Int>)
        case place(axis: Int, Range<Int>)
    }

    private var terms: [Term] = []

    /// Lets everything through.
    init() {}

    /// Takes what was typed.
    init(_ text: String, names: AxisNames, _ book: FindingBook) {
        for part in text.lowercased().split(whereSeparator: { $0 == " " || $0 == "," }) {
            if let place = Self.place(part, names) {
                terms.append(place)
                continue
            }
            let word = String(part)
            let reasons = book.reasons.indices.filter {
                book.reasons[$0].lowercased().mentions(word)
            }
            terms.append(.word(word, reasons: Set(reasons)))
        }
    }

    /// Whether everything is let through.
    var isEmpty: Bool {
        terms.isEmpty
    }

    /// Whether a finding is shown.
    func lets(_ box: FindingBox) -> Bool {
        terms.allSatisfy { term in
            switch term {
            case .place(let axis, let range):
                return box.ranges.indices.contains(axis) && box.ranges[axis].overlaps(range)
            case .word(let word, let reasons):
                return box.state.word.mentions(word) || box.pattern.rawValue.mentions(word)
                    || box.reason.map(reasons.contains) ?? false
                    || box.orphan?.key.lowercased().mentions(word) ?? false
            }
        }
    }

    private static func place(_ part: Substring, _ names: AxisNames) -> Term? {
        let sides = part.split(separator: "=", omittingEmptySubsequences: false)
        guard sides.count == 2,
            let axis = names.names.firstIndex(where: { $0.lowercased() == sides[0] })
        else { return nil }
        let numbers = sides[1].split(separator: ".").map { Int($0) }
        guard let low = numbers.first ?? nil, low >= 0, numbers.count <= 2,
            let high = numbers.last ?? nil, high >= low, high < Int.max
        else { return nil }
        return .place(axis: axis, low..<high + 1)
    }
}
