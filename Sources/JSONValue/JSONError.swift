/// Why bytes are not a JSON document, and where.
public struct JSONError: Error, Sendable, Hashable {
    /// What is wrong, in one sentence without a full stop.
    public var message: String
    /// The line, from 1.
    public var line: Int
    /// The byte in the line, from 1.
    public var column: Int
    /// The byte in the document, from 0.
    public var offset: Int
    /// Where the document ends before it is complete, and inside what; `nil` where it is wrong instead.
    public var cut: Cut?

    /// The end of a document that is not complete.
    public struct Cut: Sendable, Hashable {
        /// The bytes that there are.
        public var byteCount: Int
        /// What is not complete, as a JSON pointer (RFC 6901); empty for the whole document.
        public var pointer: String

        /// Makes an end.
        public init(byteCount: Int, pointer: String) {
            self.byteCount = byteCount
            self.pointer = pointer
        }
    }

    /// Makes an error.
    public init(_ message: String, line: Int, column: Int, offset: Int) {
        self.message = message
        self.line = line
        self.column = column
        self.offset = offset
    }
}

extension JSONError: CustomStringConvertible {
    /// The message with line and column.
    public var description: String {
        "\(message) (line \(line), column \(column))"
    }
}

/// Something that a strict reader refuses and that was read all the same.
public struct JSONNote: Sendable, Hashable {
    /// What was found.
    public enum Kind: Sendable, Hashable {
        /// The document starts with a byte order mark.
        case byteOrderMark
        /// A bare `NaN`, `Infinity` or `-Infinity`.
        case bareSpecial
        /// A name that its object already had: the last value counts.
        case duplicateName
    }

    /// What was found.
    public var kind: Kind
    /// What was found and what was made of it, in one sentence.
    public var message: String
    /// Where: a JSON pointer (RFC 6901), empty for the whole document.
    public var pointer: String
    /// The line, from 1.
    public var line: Int

    /// Makes a note.
    public init(_ kind: Kind, _ message: String, pointer: String, line: Int) {
        self.kind = kind
        self.message = message
        self.pointer = pointer
        self.line = line
    }
}

/// A document and what was odd about it.
public struct JSONDocument: Sendable, Hashable {
    /// The value.
    public var value: JSONValue
    /// What a strict reader would have refused. Empty after a strict reading.
    public var notes: [JSONNote]
    /// Where the value of each member of the outermost object stands in the bytes, in their order;
    /// of one name that stands there twice, both.
    public var places: [Range<Int>]

    /// Makes a document.
    public init(_ value: JSONValue, notes: [JSONNote] = [], places: [Range<Int>] = []) {
        self.value = value
        self.notes = notes
        self.places = places
    }
}

/// How much a document may ask of its reader. What exceeds it is an error, never a crash.
public struct JSONLimits: Sendable, Hashable {
    /// Bytes of the whole document.
    public var byteCount: Int
    /// Arrays and objects inside one another, at most 512 whatever is asked.
    public var depth: Int
    /// Members and elements of the whole document.
    public var valueCount: Int
    /// Bytes of one number.
    public var numberByteCount: Int
    /// Notes that are kept; further ones are dropped.
    public var noteCount: Int

    /// Makes limits.
    public init(
        byteCount: Int = 512 << 20,
        depth: Int = 128,
        valueCount: Int = 20_000_000,
        numberByteCount: Int = 4096,
        noteCount: Int = 100
    ) {
        self.byteCount = byteCount
        self.depth = min(depth, 512)
        self.valueCount = valueCount
        self.numberByteCount = numberByteCount
        self.noteCount = noteCount
    }

    /// Enough for the consolidated metadata of 100,000 nodes.
    public static let standard = JSONLimits()
}
