extension Selection {
    /// Reads `[0:10, 5, ::2, ...]` (the brackets may be left out) or `time=0:10,lat=5`. Nothing,
    /// or `[]`, is everything. Throws where it is neither.
    public init(parsing text: String) throws(SelectionError) {
        var body = Self.trim(text[...])
        if body.first == "[" || body.last == "]" {
            guard body.first == "[", body.last == "]", body.count > 1 else {
                throw SelectionError("a bracket is open or closed only once")
            }
            body = Self.trim(body.dropFirst().dropLast())
        }
        if body.last == ",", body.count > 1 { body = body.dropLast() }
        terms = []
        guard !body.isEmpty else { return }
        for part in body.split(separator: ",", omittingEmptySubsequences: false) {
            terms.append(try Self.term(Self.trim(part)))
        }
        try check()
    }

    private func check() throws(SelectionError) {
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

    private static func term(_ text: Substring) throws(SelectionError) -> Term {
        guard let equals = text.lastIndex(of: "=") else { return Term(try item(text)) }
        let name = trim(text[..<equals])
        guard !name.isEmpty else { throw SelectionError("a dimension's name stands before '='") }
        let item = try item(trim(text[text.index(after: equals)...]))
        guard item != .ellipsis else {
            throw SelectionError("... does not go with a dimension's name")
        }
        return Term(item, dimension: String(name))
    }

    private static func item(_ text: Substring) throws(SelectionError) -> Item {
        switch text {
        case "": throw SelectionError("something is missing beside a comma")
        case "...": return .ellipsis
        case "newaxis", "None", "np.newaxis", "numpy.newaxis":
            throw SelectionError("newaxis adds a dimension, which is not read from the array")
        default: break
        }
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
