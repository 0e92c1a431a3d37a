extension BrowserPane {
    func plain(_ context: Context) -> [String]? {
        var result = ["\(Format.plural(lines.count, "line")) in the tree"]
        for line in lines.prefix(500) {
            let entry = tree[line].card
            let text =
                switch line.note {
                case .empty: "nothing in it"
                case .waiting: "not listed yet"
                case .failed: "cannot be listed"
                case nil: Self.words(entry, tree.isOpen(entry.path))
                }
            result.append("level \(line.depth): \(text)")
        }
        if lines.count > 500 { result.append("and \(lines.count - 500) more; / finds by name") }
        if isReading {
            result.append("\(tab.title) of \(selected?.path ?? "/")")
            result += text.lines.map { $0.pieces.map(\.0).joined() }
        }
        if let selected {
            let place = "\(list.selected + 1) of \(lines.count)"
            let isOpen = tree.isOpen(selected.path)
            result.append("selected \(place): \(Self.words(selected, isOpen)), \(selected.path)")
        }
        return result
    }

    private static func words(_ card: NodeCard, _ isOpen: Bool) -> String {
        var words = ["\(card.kind.rawValue) \(card.name)"]
        if card.kind == .group { words.append(isOpen ? "open" : "closed") }
        if let type = card.dataType { words.append(type) }
        if let shape = card.shape {
            words.append(
                shape.isEmpty ? "scalar" : shape.map(Format.count).joined(separator: " by ")
            )
        }
        if let counts = card.counts {
            words += Self.words(counts)
        } else if let bytes = card.storedBytes {
            words.append("\(Format.bytes(bytes)) stored")
        }
        if !card.isDecodable { words.append("its chunks cannot be decoded") }
        if let error = card.error { words.append(error) }
        return words.joined(separator: ", ")
    }

    private static func words(_ counts: CensusCounts) -> [String] {
        var words = [
            "\(Format.count(counts.whole)) of \(Format.plural(counts.total, "chunk")) present"
        ]
        for (count, word) in [
            (counts.missing, "missing"), (counts.broken, "broken"), (counts.orphans, "orphan"),
        ] where count > 0 {
            words.append("\(Format.count(count)) \(word)")
        }
        if !counts.isComplete { words.append("the listing was not read to its end") }
        if let bytes = counts.storedBytes { words.append("\(Format.bytes(bytes)) stored") }
        return words
    }
}
