import ZarrModel

/// An array of booleans or integers from a file in NumPy's format.
struct NumPyArray: Hashable {
    /// The element type as NumPy spells it.
    let descr: String
    /// The extents.
    let shape: [Int]
    /// The elements, as they are stored.
    private let elements: ArraySlice<UInt8>
    private let isFortranOrder: Bool

    /// Reads a whole file. Throws with the place where it is none.
    init(contentsOf path: String) throws {
        try self.init(try InputFile.read(path), name: path)
    }

    /// Reads the bytes of a file of that name.
    init(_ bytes: [UInt8], name: String) throws {
        func wrong(_ what: String) -> ToolError { ToolError("\(name): \(what)") }
        guard bytes.starts(with: [0x93] + Array("NUMPY".utf8)), bytes.count >= 12 else {
            throw wrong("this is no file in NumPy's format")
        }
        let prefix = bytes[6] == 1 ? 10 : 12
        let length = bytes[8..<prefix].reversed().reduce(0) { $0 << 8 | Int($1) }
        guard length <= bytes.count - prefix else { throw wrong("its head is cut off") }
        let head = Head(bytes[prefix..<(prefix + length)])
        guard let descr = head.text("descr"), let shape = head.extents("shape"),
            let order = head.word("fortran_order"), let count = shape.checkedProduct()
        else { throw wrong("its head cannot be read: only plain element types are") }
        elements = bytes[(prefix + length)...]
        self.descr = descr
        self.shape = shape
        isFortranOrder = order == "True"
        let (size, overflow) = count.multipliedReportingOverflow(by: Self.size(descr) ?? 1)
        guard !overflow, size <= elements.count else { throw wrong("its elements are cut off") }
    }

    private static func size(_ descr: String) -> Int? {
        switch descr.dropFirst() {
        case "b1", "i1", "u1": 1
        case "i2", "u2": 2
        case "i4", "u4": 4
        case "i8", "u8": 8
        default: nil
        }
    }

    /// The elements in C order as integers, false 0 and true 1; `nil` for another type and for one
    /// that does not fit.
    var integers: [Int]? {
        guard let size = Self.size(descr), let count = shape.checkedProduct() else { return nil }
        var found: [Int] = []
        found.reserveCapacity(count)
        for number in 0..<count {
            let start = elements.startIndex + size * place(of: number)
            let stored = elements[start..<(start + size)]
            let bytes = descr.first == ">" ? Array(stored) : stored.reversed()
            var word = bytes.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            if descr.dropFirst().first == "i", size < 8, bytes[0] >= 0x80 {
                word |= UInt64.max << UInt64(8 * size)
            }
            if descr.dropFirst().first == "u", word > UInt64(Int.max) { return nil }
            found.append(Int(truncatingIfNeeded: word))
        }
        return found
    }

    /// Where the element with a number in C order is stored.
    private func place(of number: Int) -> Int {
        guard isFortranOrder else { return number }
        var rest = number
        var places: [Int] = []
        for length in shape.reversed() {
            places.append(rest % length)
            rest /= length
        }
        return zip(shape.reversed(), places).reduce(0) { $0 * $1.0 + $1.1 }
    }
}

extension NumPyArray {
    /// The dictionary at the start of a file, as Python writes it.
    private struct Head {
        private let text: [UInt8]

        init(_ bytes: ArraySlice<UInt8>) {
            text = Array(bytes)
        }

        /// What stands behind `'key':`.
        private func value(_ key: String) -> ArraySlice<UInt8>? {
            let name = Array("'\(key)':".utf8)
            guard text.count >= name.count else { return nil }
            for start in 0...(text.count - name.count)
            where text[start..<(start + name.count)].elementsEqual(name) {
                return text[(start + name.count)...].drop { $0 == UInt8(ascii: " ") }
            }
            return nil
        }

        func text(_ key: String) -> String? {
            guard let value = value(key), value.first == UInt8(ascii: "'") else { return nil }
            let body = value.dropFirst().prefix { $0 != UInt8(ascii: "'") }
            return String(decoding: body, as: UTF8.self)
        }

        func word(_ key: String) -> String? {
            value(key).map { value in
                String(
                    decoding: value.prefix { $0 >= UInt8(ascii: "A") && $0 <= UInt8(ascii: "z") },
                    as: UTF8.self
                )
            }
        }

        func extents(_ key: String) -> [Int]? {
            guard let value = value(key), value.first == UInt8(ascii: "(") else { return nil }
            let body = value.dropFirst().prefix { $0 != UInt8(ascii: ")") }
            let words = body.split(separator: UInt8(ascii: ","))
                .map { word in String(decoding: word.filter { $0 != 0x20 }, as: UTF8.self) }
            let lengths = words.filter { !$0.isEmpty }.map { Int($0) ?? -1 }
            return lengths.allSatisfy { $0 >= 0 } ? lengths : nil
        }
    }
}
