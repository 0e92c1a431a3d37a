extension Selection {
    /// Reads `[0:10, 5, ::2, ...]` (the brackets may be left out), lists of positions,
    /// `[[1, 5, -1], 0:10]`, or terms by name, `time=0:10,lat=[1,5]`. Nothing, or `[]`, is everything.
    /// Throws where it is neither.
    public init(parsing text: String) throws(SelectionError) {
        self.init(try SelectionText.terms(text))
    }

    /// Reads chunks to choose, `0, 1:3` or by name, in the same form. Throws where it is none.
    public init(parsingBlocks text: String) throws(SelectionError) {
        self.init(.blocks(try SelectionText.terms(text)))
    }

    /// Reads points, each with a coordinate for every dimension: `1,2;3,4` or
    /// `time=1,lat=2;time=3,lat=4`. Throws where they differ in the number or names of dimensions.
    public init(parsingPoints text: String) throws(SelectionError) {
        var names: [String?] = []
        var coordinates: [[Int]] = []
        let points = text.split(separator: ";", omittingEmptySubsequences: false)
        for (number, point) in points.enumerated() {
            let terms = try SelectionText.terms(String(point))
            if number == 0 {
                names = terms.map(\.dimension)
                coordinates = terms.map { _ in [] }
            }
            guard terms.map(\.dimension) == names else {
                throw SelectionError("all points have the same dimensions in the same order")
            }
            for (dimension, term) in terms.enumerated() {
                guard case .index(let position) = term.item else {
                    throw SelectionError("a point has one position for each dimension")
                }
                coordinates[dimension].append(position)
            }
        }
        let named = names.compactMap(\.self)
        self.init(
            .points(
                PointSelection(
                    coordinates,
                    dimensions: named.isEmpty ? nil : named,
                    shape: [points.count]
                )
            )
        )
    }
}

/// How selections are written.
enum SelectionText {
    static func terms(_ text: String) throws(SelectionError) -> [Selection.Term] {
        var body = trim(text[...])
        if isEnclosed(body) { body = trim(body.dropFirst().dropLast()) }
        if body.last == ",", body.count > 1 { body = body.dropLast() }
        // What NumPy takes is a tuple, `a[()]` for one.
        if body.first == "(", body.last == ")" { body = trim(body.dropFirst().dropLast()) }
        guard !body.isEmpty else { return [] }
        var terms: [Selection.Term] = []
        for part in try parts(body) { terms.append(try term(trim(part))) }
        try check(terms)
        return terms
    }

    /// Whether the first bracket is closed by the last, and holds it all.
    private static func isEnclosed(_ text: Substring) -> Bool {
        guard text.first == "[", text.last == "]" else { return false }
        var depth = 0
        for (place, character) in zip(text.indices, text) {
            if character == "[" { depth += 1 }
            if character == "]" { depth -= 1 }
            if depth == 0 { return text.index(after: place) == text.endIndex }
        }
        return false
    }

    /// Splits at the commas outside brackets.
    private static func parts(_ text: Substring) throws(SelectionError) -> [Substring] {
        var parts: [Substring] = []
        var start = text.startIndex
        var depth = 0
        for (place, character) in zip(text.indices, text) {
            switch character {
            case "[": depth += 1
            case "]": depth -= 1
            case "," where depth == 0:
                parts.append(text[start..<place])
                start = text.index(after: place)
            default: break
            }
            guard depth == 0 || depth == 1 else { break }
        }
        guard depth == 0 else {
            throw SelectionError("a bracket is open or closed only once")
        }
        return parts + [text[start...]]
    }

    private static func check(_ terms: [Selection.Term]) throws(SelectionError) {
        let names = terms.compactMap(\.dimension)
        guard names.isEmpty || names.count == terms.count else {
            throw SelectionError("dimensions are chosen by name or by place, not both")
        }
        guard Set(names).count == names.count else {
            throw SelectionError("a dimension is chosen twice")
        }
        guard terms.count(where: { $0.item == .ellipsis }) < 2 else {
            throw SelectionError("there is one ... at most")
        }
    }

    private static func term(_ text: Substring) throws(SelectionError) -> Selection.Term {
        guard let equals = text.lastIndex(of: "=") else { return .init(try item(text)) }
        let name = trim(text[..<equals])
        guard !name.isEmpty else { throw SelectionError("a dimension's name stands before '='") }
        let item = try item(trim(text[text.index(after: equals)...]))
        guard item != .ellipsis else {
            throw SelectionError("... does not go with a dimension's name")
        }
        return .init(item, dimension: String(name))
    }

    private static func item(_ text: Substring) throws(SelectionError) -> Selection.Item {
        switch text {
        case "": throw SelectionError("something is missing beside a comma")
        case "...": return .ellipsis
        case "newaxis", "None", "np.newaxis", "numpy.newaxis":
            throw SelectionError("newaxis adds a dimension, which is not read from the array")
        default: break
        }
        if text.first == "[" { return try list(text) }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(trim)
        guard parts.count > 1 else { return .index(try number(text)) }
        guard parts.count <= 3 else { throw SelectionError("a slice has at most two ':'") }
        let numbers = try parts.map { part throws(SelectionError) -> Int? in
            part.isEmpty ? nil : try number(part)
        }
        let step = numbers.count == 3 ? numbers[2] : nil
        guard step != 0 else { throw SelectionError("the step of a slice is not 0") }
        return .slice(start: numbers[0], stop: numbers[1], step: step)
    }

    /// `[1, 5, -1]` or `[true, false]`.
    private static func list(_ text: Substring) throws(SelectionError) -> Selection.Item {
        guard text.last == "]", text.count > 1 else {
            throw SelectionError("a bracket is open or closed only once")
        }
        var body = trim(text.dropFirst().dropLast())
        if body.isEmpty { return .positions([]) }
        if body.last == "," { body = body.dropLast() }
        let words = body.split(separator: ",", omittingEmptySubsequences: false).map(trim)
        let flags = words.compactMap(flag)
        if flags.count == words.count { return .flags(flags) }
        var positions: [Int] = []
        for word in words { positions.append(try number(word)) }
        return .positions(positions)
    }

    private static func flag(_ text: Substring) -> Bool? {
        switch text {
        case "true", "True": true
        case "false", "False": false
        default: nil
        }
    }

    private static func number(_ text: Substring) throws(SelectionError) -> Int {
        let digits = text.first == "-" || text.first == "+" ? text.dropFirst() : text
        guard !digits.isEmpty, digits.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else {
            throw SelectionError("\(text) is no number, slice or '...'")
        }
        guard let number = Int(text), number != .min else {
            throw SelectionError("\(text) is beyond what an array can have")
        }
        return number
    }

    private static func trim(_ text: Substring) -> Substring {
        var text = text
        while let first = text.first, first == " " || first == "\t" { text.removeFirst() }
        while let last = text.last, last == " " || last == "\t" { text.removeLast() }
        return text
    }
}
