import JSONValue

/// Reads MessagePack as JSON values.
struct MessagePackReader {
    let bytes: [UInt8]
    let codec: String
    private var position = 0

    init(bytes: [UInt8], codec: String) {
        self.bytes = bytes
        self.codec = codec
    }

    private static let depthLimit = 64

    /// The one value that the bytes hold.
    mutating func document() throws(CodecError) -> JSONValue {
        let value = try value(depth: 0)
        guard position == bytes.count else {
            throw CodecError(.long, codec: codec, "\(bytes.count - position) bytes follow the list")
        }
        return value
    }

    private mutating func number(_ size: Int) throws(CodecError) -> UInt64 {
        guard bytes.count - position >= size else {
            throw CodecError(.short, codec: codec, "the bytes end within a value")
        }
        defer { position += size }
        return bytes[position..<(position + size)].reduce(0) { $0 << 8 | UInt64($1) }
    }

    private mutating func take(_ length: UInt64) throws(CodecError) -> ArraySlice<UInt8> {
        guard let count = Int(exactly: length), bytes.count - position >= count else {
            throw CodecError(.short, codec: codec, "the bytes end within a text")
        }
        defer { position += count }
        return bytes[position..<(position + count)]
    }

    private mutating func text(_ length: UInt64) throws(CodecError) -> JSONValue {
        .string(String(decoding: try take(length), as: UTF8.self))
    }

    /// JSON has no byte strings: as everywhere, a list of numbers.
    private mutating func bytes(_ length: UInt64) throws(CodecError) -> JSONValue {
        .array(try take(length).map { .integer($0) })
    }

    private mutating func value(depth: Int) throws(CodecError) -> JSONValue {
        guard depth < Self.depthLimit else {
            throw CodecError(.corrupt, codec: codec, "lists are nested too deep")
        }
        let tag = UInt8(truncatingIfNeeded: try number(1))
        switch tag {
        case 0x00...0x7f: return .integer(tag)
        case 0x80...0x8f: return try map(UInt64(tag & 15), depth)
        case 0x90...0x9f: return try list(UInt64(tag & 15), depth)
        case 0xa0...0xbf: return try text(UInt64(tag & 31))
        case 0xc0: return .null
        case 0xc2, 0xc3: return .bool(tag == 0xc3)
        case 0xc4...0xc6: return try bytes(try number(1 << Int(tag - 0xc4)))
        case 0xca: return .floating(Double(Float(bitPattern: UInt32(try number(4)))))
        case 0xcb: return .floating(Double(bitPattern: try number(8)))
        case 0xcc...0xcf: return .integer(try number(1 << Int(tag - 0xcc)))
        case 0xd0...0xd3: return .integer(try signed(1 << Int(tag - 0xd0)))
        case 0xd9...0xdb: return try text(try number(1 << Int(tag - 0xd9)))
        case 0xdc, 0xdd: return try list(try number(tag == 0xdc ? 2 : 4), depth)
        case 0xde, 0xdf: return try map(try number(tag == 0xde ? 2 : 4), depth)
        case 0xe0...0xff: return .integer(Int8(bitPattern: tag))
        default: throw CodecError(.unsupported, codec: codec, "it has values of an extension type")
        }
    }

    private mutating func signed(_ size: Int) throws(CodecError) -> Int64 {
        let shift = UInt64(64 - 8 * size)
        return Int64(bitPattern: try number(size) << shift) >> Int64(shift)
    }

    private mutating func list(_ count: UInt64, _ depth: Int) throws(CodecError) -> JSONValue {
        try checkCount(count, each: 1)
        var values: [JSONValue] = []
        for _ in 0..<count { values.append(try value(depth: depth + 1)) }
        return .array(values)
    }

    private mutating func map(_ count: UInt64, _ depth: Int) throws(CodecError) -> JSONValue {
        try checkCount(count, each: 2)
        var object = JSONObject()
        for _ in 0..<count {
            guard let key = try value(depth: depth + 1).stringValue else {
                throw CodecError(.unsupported, codec: codec, "a map has keys that are no texts")
            }
            object[key] = try value(depth: depth + 1)
        }
        return .object(object)
    }

    /// Each of `count` items takes at least `each` bytes.
    private func checkCount(_ count: UInt64, each: UInt64) throws(CodecError) {
        guard count <= UInt64(bytes.count - position) / each else {
            throw CodecError(.short, codec: codec, "it claims \(count) items")
        }
    }
}

/// Writes JSON values as MessagePack.
struct MessagePackWriter {
    private(set) var bytes: [UInt8] = []

    private mutating func number(_ value: UInt64, _ size: Int) {
        for place in (0..<size).reversed() {
            bytes.append(UInt8(truncatingIfNeeded: value >> (8 * UInt64(place))))
        }
    }

    private mutating func head(_ tag: UInt8, _ count: Int) {
        bytes.append(tag)
        number(UInt64(count), 4)
    }

    mutating func write(_ value: JSONValue) {
        switch value {
        case .null: bytes.append(0xc0)
        case .bool(let truth): bytes.append(truth ? 0xc3 : 0xc2)
        case .string(let text):
            head(0xdb, text.utf8.count)
            bytes += Array(text.utf8)
        case .array(let values):
            head(0xdd, values.count)
            for value in values { write(value) }
        case .object(let object):
            head(0xdf, object.members.count)
            for member in object.members {
                write(.string(member.key))
                write(member.value)
            }
        case .number(let number):
            if let integer = Int64(number.text) {
                bytes.append(0xd3)
                self.number(UInt64(bitPattern: integer), 8)
            } else if let integer = UInt64(number.text) {
                bytes.append(0xcf)
                self.number(integer, 8)
            } else {
                bytes.append(0xcb)
                self.number(number.double.bitPattern, 8)
            }
        }
    }
}
