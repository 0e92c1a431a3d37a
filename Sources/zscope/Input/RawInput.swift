import ZarrEngine
import ZarrModel

/// Values in a file of nothing but bytes, as `read --format raw` prints them: C order, little-endian,
/// elements one after another; a value of fewer than 8 bits, and a bool, has a byte for itself.
enum RawInput {
    /// The values of the file at `path` for `count` elements of `type`. Throws where it is shorter or
    /// longer than they are, or a byte is no value of the type.
    static func values(_ path: String, count: Int, of type: DataType) throws -> NewValues {
        let name = InputFile.name(path)
        guard let size = type.byteCount else {
            throw ToolError("elements of type \(type.name) have no fixed length")
        }
        let (wanted, over) = count.multipliedReportingOverflow(by: size)
        guard !over else { throw ToolError("\(name): the selection is too large") }
        let file = try InputFile(path)
        if let size = file.size, size != wanted { throw mismatch(name, wanted) }
        let values = try NewValues.filled(byteCount: wanted) {
            (bytes: inout MutableRawSpan) throws in
            guard try file.read(into: &bytes) == wanted, try file.read(1).isEmpty else {
                throw mismatch(name, wanted)
            }
        }
        guard let values else { throw ToolError("\(name) is larger than memory") }
        try values.withBytes { bytes in
            if let place = foreignByte(in: bytes, type) {
                throw ToolError("\(name): byte \(place) is no value of type \(type.name)")
            }
        }
        return values
    }

    private static func mismatch(_ name: String, _ wanted: Int) -> ToolError {
        ToolError("\(name) has other than the \(Wording.count(wanted, "byte")) of the selection")
    }

    /// Where a byte is that stands for no value.
    private static func foreignByte(in bytes: RawSpan, _ type: DataType) -> Int? {
        let fits: (UInt8) -> Bool
        switch type {
        case .bool: fits = { $0 <= 1 }
        case .integer(let integer) where integer.bitCount < 8:
            let range = integer.range
            fits = { range.contains(integer.isSigned ? Int128(Int8(bitPattern: $0)) : Int128($0)) }
        default: return nil
        }
        return (0..<bytes.byteCount).first { place in
            !fits(unsafe bytes.unsafeLoad(fromByteOffset: place, as: UInt8.self))
        }
    }
}
