import ZarrModel

extension FindingsPane {
    func plain(_ context: Context) -> [String]? {
        guard entry == nil, let text, let census = context.array?.shown,
            context.array?.path == path
        else { return nil }
        var lines = [Format.plural(shown.count, "finding") + ", sorted by \(order.rawValue)"]
        for state in ChunkState.allCases.reversed() where state.isAnomaly && census.count(state) > 0
        {
            lines.append("\(Format.count(census.count(state))) \(StateLook.word(state))")
        }
        if shown.isEmpty {
            let isWhole = census.summary?.isComplete ?? false
            lines.append(isWhole ? "nothing stands out" : "nothing stands out so far")
        }
        for number in shown.prefix(Self.mostTold) { lines.append(words(list.boxes[number], text)) }
        if shown.count > Self.mostTold {
            lines.append("and \(Format.count(shown.count - Self.mostTold)) more; / filters them")
        }
        if let selected {
            let place = "\(cursor.selected + 1) of \(Format.count(shown.count))"
            lines.append("selected \(place): \(words(selected, text))")
        }
        return lines
    }

    private static let mostTold = 200

    /// A finding as a sentence: what, where, why.
    private func words(_ box: FindingBox, _ text: FindingText) -> String {
        let count = box.count > 1 ? "\(Format.plural(box.count, text.unit)) " : ""
        let place = box.orphan?.key ?? text.places(box).joined(separator: " ")
        return "\(count)\(StateLook.word(box.state)) at \(place): \(text.why(box))"
    }
}
