/// Reads JSON (RFC 8259) from bytes, exactly and within limits.
///
/// O(bytes). No byte string traps it: whatever is not JSON is a ``JSONError`` with its place.
public struct JSONParser {
    /// How much is forgiven.
    public enum Mode: Sendable, Hashable {
        /// Nothing: what RFC 8259 leaves open (duplicate names, a byte order mark) is an error.
        case strict
        /// What other writers of Zarr leave behind is read and noted: a byte order mark, bare
        /// `NaN`, `Infinity` and `-Infinity`, duplicate names (the last counts).
        case lenient
    }

    let bytes: [UInt8]
    let mode: Mode
    let limits: JSONLimits
    var offset = 0
    var notes: [JSONNote] = []
    private var depth = 0
    private var valueCount = 0
    private var path: [PathStep] = []
    private var places: [Range<Int>] = []

    private enum PathStep {
        case name(String)
        case position(Int)
    }

    private init(_ bytes: [UInt8], mode: Mode, limits: JSONLimits) {
        self.bytes = bytes
        self.mode = mode
        self.limits = limits
    }

    /// Reads the one value that `bytes` holds. Throws where they are no JSON or exceed `limits`.
    public static func parse(
        _ bytes: [UInt8],
        mode: Mode = .strict,
        limits: JSONLimits = .standard
    ) throws(JSONError) -> JSONDocument {
        var parser = JSONParser(bytes, mode: mode, limits: limits)
        do throws(JSONError) {
            return try parser.document()
        } catch {
            throw parser.atEnd(error)
        }
    }

    /// The error, with where the document ends if it is not wrong but breaks off.
    private func atEnd(_ error: JSONError) -> JSONError {
        guard peek == nil else { return error }
        var error = error
        error.cut = JSONError.Cut(byteCount: bytes.count, pointer: pointer)
        return error
    }

    private mutating func document() throws(JSONError) -> JSONDocument {
        guard bytes.count <= limits.byteCount else {
            throw failure("the document is larger than \(limits.byteCount) bytes")
        }
        if bytes.starts(with: [0xef, 0xbb, 0xbf]) {
            guard mode == .lenient else {
                throw failure("the document starts with a byte order mark")
            }
            note(.byteOrderMark, "the document starts with a byte order mark; it was skipped")
            offset = 3
        }
        skipSpace()
        let value = try value()
        skipSpace()
        guard offset == bytes.count else {
            throw failure("something follows the end of the document")
        }
        return JSONDocument(value, notes: notes, places: places)
    }

    private mutating func countValue() throws(JSONError) {
        valueCount += 1
        guard valueCount <= limits.valueCount else {
            throw failure("the document holds more than \(limits.valueCount) values")
        }
    }

    private mutating func value() throws(JSONError) -> JSONValue {
        try countValue()
        return try countedValue()
    }

    private mutating func countedValue() throws(JSONError) -> JSONValue {
        switch peek {
        case UInt8(ascii: "{"):
            return try nested { parser throws(JSONError) in try parser.object() }
        case UInt8(ascii: "["): return try nested { parser throws(JSONError) in try parser.array() }
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case UInt8(ascii: "-"), .some(UInt8(ascii: "0")...UInt8(ascii: "9")): return try number()
        case UInt8(ascii: "N"): return try special("NaN")
        case UInt8(ascii: "I"): return try special("Infinity")
        case nil: throw failure("the document ends where a value is expected")
        default: throw failure("no value starts with this character")
        }
    }

    private mutating func nested(
        _ body: (inout JSONParser) throws(JSONError) -> JSONValue
    ) throws(JSONError) -> JSONValue {
        guard depth < limits.depth else {
            throw failure("arrays and objects are nested deeper than \(limits.depth)")
        }
        depth += 1
        let value = try body(&self)
        depth -= 1
        return value
    }

    private mutating func array() throws(JSONError) -> JSONValue {
        offset += 1
        var elements: [JSONValue] = []
        skipSpace()
        if take("]") { return .array(elements) }
        path.append(.position(0))
        while true {
            skipSpace()
            path[path.count - 1] = .position(elements.count)
            try countValue()
            if let integer = plainInteger() {
                elements.append(integer)
            } else {
                elements.append(try countedValue())
            }
            skipSpace()
            if take("]") { break }
            if elements.count == Self.longList { elements.reserveCapacity(lengthOfList()) }
            guard take(",") else { throw failure("an array goes on with ',' or ends with ']'") }
        }
        path.removeLast()
        return .array(elements)
    }

    /// A list that has so many elements is measured, so that it takes no more memory than it needs.
    private static let longList = 4096

    /// How many elements a list may have in all whose first `longList` were read, if the others are
    /// numbers: to its end or to the next one inside it.
    private func lengthOfList() -> Int {
        var commas = 0
        for byte in bytes[offset...] {
            if byte == UInt8(ascii: ",") { commas += 1 }
            if byte == UInt8(ascii: "]") || byte == UInt8(ascii: "[") { break }
        }
        return min(Self.longList + commas, limits.valueCount)
    }

    private mutating func object() throws(JSONError) -> JSONValue {
        offset += 1
        var object = JSONObject()
        skipSpace()
        if take("}") { return .object(object) }
        while true {
            skipSpace()
            guard peek == UInt8(ascii: "\"") else { throw failure("a member starts with its name") }
            let start = offset
            let key = try string()
            skipSpace()
            guard take(":") else { throw failure("a name is followed by ':'") }
            skipSpace()
            path.append(.name(key))
            let valueStart = offset
            if object.put(key, try value()) { try duplicate(at: start) }
            if depth == 1 { places.append(valueStart..<offset) }
            path.removeLast()
            skipSpace()
            if take("}") { break }
            guard take(",") else { throw failure("an object goes on with ',' or ends with '}'") }
        }
        return .object(object)
    }

    private mutating func duplicate(at start: Int) throws(JSONError) {
        guard mode == .lenient else {
            throw failure("the object already has a member of this name", at: start)
        }
        note(.duplicateName, "the name occurs more than once; the last value counts")
    }
}

// Scanning, shared with the strings and numbers.
extension JSONParser {
    var peek: UInt8? {
        offset < bytes.count ? bytes[offset] : nil
    }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard peek == UInt8(ascii: character) else { return false }
        offset += 1
        return true
    }

    mutating func skipSpace() {
        while let byte = peek, byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09 {
            offset += 1
        }
    }

    mutating func word(_ text: String, _ value: JSONValue) throws(JSONError) -> JSONValue {
        try pass(text)
        return value
    }

    /// Goes past a word.
    mutating func pass(_ text: String) throws(JSONError) {
        let rest = bytes[offset...]
        guard !rest.starts(with: text.utf8) else {
            offset += text.utf8.count
            return
        }
        guard text.utf8.starts(with: rest) else {
            throw failure("no value starts with this character")
        }
        let start = offset
        offset = bytes.count
        throw failure("the document ends inside a word", at: start)
    }

    mutating func note(_ kind: JSONNote.Kind, _ message: String) {
        guard notes.count < limits.noteCount else { return }
        let line = place(of: offset).line
        notes.append(JSONNote(kind, message, pointer: pointer, line: line))
    }

    func failure(_ message: String, at offset: Int? = nil) -> JSONError {
        let offset = offset ?? self.offset
        let place = place(of: offset)
        return JSONError(message, line: place.line, column: place.column, offset: offset)
    }

    private func place(of offset: Int) -> (line: Int, column: Int) {
        let before = bytes[..<min(offset, bytes.count)]
        let line = before.count { $0 == 0x0a } + 1
        let start = before.lastIndex(of: 0x0a).map { $0 + 1 } ?? 0
        return (line, before.count - start + 1)
    }

    /// RFC 6901.
    private var pointer: String {
        path.map { step in
            switch step {
            case .name(let name): "/" + JSONPointer.escape(name)
            case .position(let position): "/\(position)"
            }
        }.joined()
    }
}
