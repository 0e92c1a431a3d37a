import ZarrModel

/// Why a finding stands out, in words.
struct FindingText {
    let names: AxisNames
    let grid: [Int]
    let unit: String
    let median: Int?
    let book: FindingBook

    /// The reason in one line, the most telling part first.
    func why(_ box: FindingBox) -> String {
        switch box.state {
        case .missing: missing(box)
        case .expectedEmpty: "expected to be empty"
        case .orphan:
            "outside the grid: was the array made smaller?"
        case .short: short(box)
        case .corrupt: told(box) ?? corruptSize(box)
        case .unreadable: told(box) ?? "the storage failed"
        default: ""
        }
    }

    private func missing(_ box: FindingBox) -> String {
        switch box.pattern {
        case .everything: return "nothing is stored at all: other keys, or never written?"
        case .slab:
            return "whole slab\(axis(box)) → one writer's task?"
        case .end:
            return "from here to the end\(axis(box)) → not written yet?"
        case .isolated:
            let around = box.around.map { ": \($0.present)/\($0.total) around present" } ?? ""
            let sides = box.ranges.map(\.count).filter { $0 > 1 }
            guard let length = sides.first else { return "isolated hole" + around }
            let along = box.ranges.firstIndex { $0.count > 1 }.map { " along \(names[$0])" } ?? ""
            return sides.count > 1
                ? "hole of \(Format.shape(sides))" + around
                : "run of \(Format.count(length))\(along)" + around
        case .corner: return "at the edge of \(edges(box)) → all fill?"
        case .run:
            let axis = box.ranges.firstIndex { $0.count > 1 } ?? 0
            return "run of \(Format.count(box.count)) along \(names[axis])" + near(box)
        case .block:
            let sides = box.ranges.map(\.count).filter { $0 > 1 }
            return "block of \(Format.shape(sides))" + near(box)
        case .single, .outside: return "missing" + near(box)
        }
    }

    private func near(_ box: FindingBox) -> String {
        guard let around = box.around, around.total > 0 else { return "" }
        return "; \(around.present)/\(around.total) around present"
    }

    /// The axis that a slab lies across.
    private func axis(_ box: FindingBox) -> String {
        box.ranges.indices.first { box.ranges[$0] != 0..<grid[$0] }.map { " of \(names[$0])" } ?? ""
    }

    private func edges(_ box: FindingBox) -> String {
        box.ranges.indices.filter { box.ranges[$0] != 0..<grid[$0] }.map { names[$0] }
            .joined(separator: ", ")
    }

    private func short(_ box: FindingBox) -> String {
        guard let bytes = box.bytes else { return told(box) ?? "truncated: too few bytes" }
        var text = "truncated: " + (bytes == 0 ? "empty" : Format.bytes(bytes))
        if let median, median > 0, bytes < median {
            text += ", median \(Format.bytes(median))"
        }
        return text + (told(box).map { "; \($0)" } ?? "")
    }

    private func corruptSize(_ box: FindingBox) -> String {
        guard let bytes = box.bytes, !box.isRead else { return "does not decode" }
        return "\(Format.bytes(bytes)): not the size that a \(unit) has"
    }

    /// What the verification said.
    private func told(_ box: FindingBox) -> String? {
        box.reason.map { book.words($0) }.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// A box as people say it, axis by axis: `time 40..59`, `lat *`.
    func places(_ box: FindingBox) -> [String] {
        guard box.orphan == nil else { return ["outside the grid"] }
        guard !box.ranges.isEmpty else { return ["the only \(unit)"] }
        return zip(box.ranges.indices, box.ranges)
            .map { "\(names[$0]) \(Format.range($1, of: grid[$0]))" }
    }
}
