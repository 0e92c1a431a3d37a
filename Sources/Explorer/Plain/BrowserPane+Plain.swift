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
        if let bytes = card.storedBytes { words.append("\(Format.bytes(bytes)) stored") }
        if !card.isDecodable { words.append("its chunks cannot be decoded") }
        if let error = card.error { words.append(error) }
        return words.joined(separator: ", ")
    }
}
