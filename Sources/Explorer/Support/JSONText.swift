import Canvas

/// JSON with its parts in roles, line by line.
enum JSONText {
    /// The pieces of one line: names, strings, other values, punctuation.
    static func pieces(_ line: String) -> [(String, Role)] {
        var pieces: [(String, Role)] = []
        var rest = line[...]
        while let first = rest.first {
            let end: String.Index
            let role: Role
            if first == "\"" {
                end = stringEnd(rest)
                let after = rest[end...].first { $0 != " " }
                role = after == ":" ? .label : .value
            } else if first.isLetter || first.isNumber || first == "-" {
                end = rest.firstIndex { ",]} :".contains($0) } ?? rest.endIndex
                role = .accent
            } else {
                let isBlank = first == " "
                end =
                    rest.firstIndex {
                        ($0 == " ") != isBlank || $0 == "\"" || $0.isLetter
                            || $0.isNumber || $0 == "-"
                    } ?? rest.endIndex
                role = .dim
            }
            let stop = end > rest.startIndex ? end : rest.index(after: rest.startIndex)
            pieces.append((String(rest[..<stop]), role))
            rest = rest[stop...]
        }
        return pieces
    }

    private static func stringEnd(_ text: Substring) -> String.Index {
        var place = text.index(after: text.startIndex)
        while place < text.endIndex {
            let character = text[place]
            place = text.index(after: place)
            if character == "\"" { return place }
            if character == "\\", place < text.endIndex { place = text.index(after: place) }
        }
        return place
    }
}
