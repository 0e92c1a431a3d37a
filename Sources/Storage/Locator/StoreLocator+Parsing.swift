extension StoreLocator {
    /// Longest locator that is read, in bytes.
    static let longest = 16_384

    /// Reads `text`. Throws `.invalidLocator`, saying what is wrong. O(bytes).
    public init(_ text: String) throws(StorageError) {
        guard text.utf8.count <= Self.longest else {
            throw Self.invalid("a locator is at most \(Self.longest) bytes")
        }
        guard !text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7f }) else {
            throw Self.invalid("a locator has no control character")
        }
        let layersBegin = Self.firstBar(in: text)
        let storage = Self.single(text[..<layersBegin])
        var layers: [LayerLocator] = []
        for part in Self.parts(of: text[layersBegin...], separator: "|").dropFirst() {
            layers.append(try Self.layer(part))
        }
        let scheme = Self.scheme(of: storage)
        var rest = scheme.map { storage.dropFirst($0.utf8.count + 1) } ?? storage
        let node = try Self.cutNode(&rest, hasScheme: scheme != nil)
        guard scheme != nil else {
            guard !rest.isEmpty else { throw Self.invalid("a locator cannot be empty") }
            self.init(scheme: nil, place: String(rest), node: node, layers: layers)
            return
        }
        var options: [LocatorOption] = []
        if let (place, text) = Self.halves(of: rest, at: "?") {
            options = try Self.options(text, separator: "&")
            rest = place
        }
        self.init(
            scheme: scheme?.lowercased(),
            place: try Self.decoded(rest),
            options: options,
            node: node,
            layers: layers
        )
    }

    /// Where the layers begin in `text`: at the first bar that is not one of a pair.
    private static func firstBar(in text: String) -> String.Index {
        let bar = UInt8(ascii: "|")
        var place = text.utf8.startIndex
        while let found = text.utf8[place...].firstIndex(of: bar) {
            let next = text.utf8.index(after: found)
            guard next < text.utf8.endIndex, text.utf8[next] == bar else { return found }
            place = text.utf8.index(after: next)
        }
        return text.endIndex
    }

    /// `text` with one bar for each pair: what stands before the layers.
    private static func single(_ text: Substring) -> Substring {
        guard text.utf8.contains(UInt8(ascii: "|")) else { return text }
        var bytes: [UInt8] = []
        var isSecond = false
        for byte in text.utf8 {
            let isBar = byte == UInt8(ascii: "|")
            isSecond = isBar && !isSecond
            if !isBar || isSecond { bytes.append(byte) }
        }
        return Substring(decoding: bytes, as: UTF8.self)
    }

    /// The scheme of `text` as written, or `nil` when it is a plain path.
    ///
    /// A letter, then letters, digits, `+`, `-`, `.`, then a colon; at least two characters.
    private static func scheme(of text: Substring) -> String? {
        guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")) else { return nil }
        let word = text[..<colon]
        guard word.utf8.count >= 2, let first = word.utf8.first, isLetter(first) else { return nil }
        let isScheme = word.utf8.allSatisfy {
            isLetter($0) || (48...57).contains($0) || "+-.".utf8.contains($0)
        }
        return isScheme ? String(word) : nil
    }

    /// Takes `#NODE` off the end of `rest`: the first `#` after a scheme, the last `#/` of a path.
    private static func cutNode(
        _ rest: inout Substring,
        hasScheme: Bool
    ) throws(StorageError) -> String? {
        let bytes = rest.utf8
        let hashes = bytes.indices.filter { bytes[$0] == UInt8(ascii: "#") }
        let mark =
            hasScheme
            ? hashes.first : hashes.last { bytes[$0...].starts(with: "#/".utf8) }
        guard let mark else { return nil }
        let node = String(rest[bytes.index(after: mark)...])
        rest = rest[..<mark]
        guard node.isEmpty || node.utf8.first == UInt8(ascii: "/") else {
            throw invalid("a node begins with '/': '#/\(node)'")
        }
        return node.isEmpty ? "/" : node
    }

    private static func layer(_ text: Substring) throws(StorageError) -> LayerLocator {
        let halves = halves(of: text, at: ":")
        let id = String(halves?.before ?? text)
        guard let first = id.utf8.first, isLetter(first) else {
            throw invalid("'|' is followed by the name of a layer, not '\(text)'")
        }
        guard let halves else { return LayerLocator(id) }
        return LayerLocator(id, try options(halves.after, separator: ","))
    }

    private static func options(
        _ text: Substring,
        separator: Unicode.Scalar
    ) throws(StorageError) -> [LocatorOption] {
        var options: [LocatorOption] = []
        for part in parts(of: text, separator: separator) where !part.isEmpty {
            let (before, after) = halves(of: part, at: "=") ?? (part, "")
            let name = try decoded(before)
            guard !name.isEmpty else { throw invalid("an option has a name: '\(part)'") }
            // A percent sign at the very end begins no escape: `failures=50%`.
            let isShare = after.utf8.last == UInt8(ascii: "%")
            let value = try decoded(isShare ? Substring(after.utf8.dropLast()) : after)
            options.append(LocatorOption(name, isShare ? value + "%" : value))
        }
        return options
    }

    // Signs are looked for among the bytes: a combining mark behind one makes another `Character`
    // of it, and what was written as a layer, an option or a node would be taken for a name.

    /// What lies before and behind the first `sign` (ASCII), or `nil` without one.
    private static func halves(
        of text: Substring,
        at sign: Unicode.Scalar
    ) -> (before: Substring, after: Substring)? {
        text.utf8.firstIndex(of: UInt8(ascii: sign)).map { place in
            (text[..<place], text[text.utf8.index(after: place)...])
        }
    }

    /// What lies between the `separator`s (ASCII), empty parts too.
    static func parts(of text: Substring, separator: Unicode.Scalar) -> [Substring] {
        text.utf8.split(separator: UInt8(ascii: separator), omittingEmptySubsequences: false)
            .map { Substring($0) }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    static func invalid(_ message: String) -> StorageError {
        StorageError(.invalidLocator, .open, message)
    }
}
