import Canvas

extension BrowserPane {
    /// More lines of a text are not searched.
    private static let mostSearched = 50_000

    /// Goes to a match in the text of the tab: with `step` 1 or -1 to the next or the one before, round
    /// the end; with 0 to the first from the line that is selected. Answers whether there is one.
    mutating func seek(_ step: Int) -> Bool {
        guard let path = selected?.path, let wanted = search?.wanted, !wanted.isEmpty else {
            search?.found = nil
            return false
        }
        if tab == .attributes, let hits = text.attributeHits(wanted) {
            if step == 0 {
                // What only a part of the text had opened is closed again.
                let folds = search?.folds ?? folds[path] ?? []
                search?.folds = folds
                self.folds[path] = folds
            }
            let before = search?.found.flatMap { $0.path == path ? $0.place - 1 : nil }
            let next = step == 0 ? 0 : (before ?? (step > 0 ? -1 : 0)) + step
            guard let place = found(next, of: hits.count, path) else { return false }
            hits[place].open(in: &folds[path, default: []])
            sought = hits[place].pointer
            return true
        }
        if tab == .keys, let hits = keys?.hits(wanted) {
            let here = keys?.key(at: reader.selected) ?? 0
            let next =
                step < 0
                ? hits.lastIndex { $0 < here } ?? -1
                : hits.firstIndex { step == 0 ? $0 >= here : $0 > here } ?? hits.count
            guard let place = found(next, of: hits.count, path) else { return false }
            reader.selected = keys?.reveal(hits[place]) ?? 0
            return true
        }
        let hits = (0..<min(textCount, Self.mostSearched)).filter {
            Array(textLine($0).text.lowercased().utf8).has(wanted)
        }
        let line = reader.selected
        let next =
            step < 0
            ? hits.lastIndex { $0 < line } ?? -1
            : hits.firstIndex { step == 0 ? $0 >= line : $0 > line } ?? hits.count
        guard let place = found(next, of: hits.count, path) else { return false }
        reader.selected = hits[place]
        return true
    }

    /// Notes which match is selected; `nil` where there is none.
    private mutating func found(_ next: Int, of count: Int, _ path: String) -> Int? {
        let place = count > 0 ? (next % count + count) % count : -1
        search?.found = TextSearch.Found(path: path, place: place + 1, count: count)
        return count > 0 ? place : nil
    }

    /// Selects the line of the attribute that was found, once its parents are open.
    mutating func revealSought() {
        guard let pointer = sought else { return }
        sought = nil
        if let line = text.lines.firstIndex(where: { $0.place == pointer }) {
            reader.selected = line
        }
    }
}
