import Codecs
import JSONValue
import ZarrEngine
import ZarrModel

/// Values in a file of NumPy's format (versions 1 to 3), in either byte order and order of
/// dimensions.
struct NumPyInput: ~Copyable {
    /// The bytes that such a file begins with.
    static let magic = [0x93] + Array("NUMPY".utf8)

    /// What messages call the file.
    let name: String
    /// The extents.
    let shape: [Int]
    /// What an element is.
    let type: DataType
    private let order: Endianness
    private let fieldOrders: [Endianness]?
    private let isFortran: Bool
    private let file: InputFile

    /// Reads the head of the file at `path`; `-` is standard input.
    init(_ path: String) throws {
        let file = try InputFile(path)
        let start = try file.read(8)
        try self.init(file, InputFile.name(path), after: start)
    }

    /// Reads the rest of the head of `file`, of which `start`, 8 bytes, was read already.
    init(_ file: consuming InputFile, _ name: String, after start: [UInt8]) throws {
        guard start.starts(with: Self.magic), start.count == 8 else {
            throw ToolError("\(name) is no file in NumPy's format")
        }
        let size = try file.read(start[6] == 1 ? 2 : 4)
        let length = size.reversed().reduce(0) { $0 << 8 | Int($1) }
        guard (1...3).contains(start[6]), length <= 1 << 24 else {
            throw ToolError("\(name): NumPy's format \(start[6]) is not known")
        }
        let text = try file.read(length)
        guard text.count == length, let head = PythonLiteral.parse(text)?.objectValue,
            let descr = head["descr"], let isFortran = head["fortran_order"]?.boolValue,
            let list = head["shape"]?.arrayValue
        else { throw ToolError("\(name): the head is not readable") }
        let shape = list.compactMap(\.intValue)
        guard shape.count == list.count, shape.allSatisfy({ $0 >= 0 }), shape.count <= 64 else {
            throw ToolError("\(name): the shape is not readable")
        }
        let dtype = try DataTypeV2(descr, at: name)
        guard dtype.type.byteCount != nil else {
            throw ToolError("\(name): values of type \(dtype.type.name) are not read from a file")
        }
        (self.name, self.shape, self.isFortran) = (name, shape, isFortran)
        (type, order, fieldOrders) = (dtype.type, dtype.endianness, dtype.fieldEndianness)
        self.file = file
    }

    /// The values for elements of `wanted`. Texts of a fixed length go into those of any length.
    /// Throws where the types differ, or the file is shorter or longer than its head says.
    func values(as wanted: DataType) throws -> NewValues {
        let isText = wanted.isVariableLength
        let fits =
            isText
            ? [.fixedText, .fixedBytes, .opaque].contains(type.kind)
            : type == wanted
                || type.byteCount == wanted.byteCount && type.fields == wanted.fields
                    && type.fields != nil
        guard fits else {
            throw ToolError(
                "\(name) holds \(type.summary), and \(wanted.summary) is wanted",
                remedy: "convert it first: numpy's astype does"
            )
        }
        guard let size = type.byteCount, let count = shape.checkedProduct(),
            case let (bytes, over) = count.multipliedReportingOverflow(by: size), !over
        else { throw ToolError("\(name): the shape is too large") }
        if let left = file.size, left < bytes {
            throw ToolError("\(name) is shorter than its head says")
        }
        let packed = try packed(bytes)
        guard isText else { return packed }
        return .variable(Self.elements(packed, size: size, count: count, isText: type.kind))
    }

    /// The elements in C order as integers, false 0 and true 1; `nil` for another type and for one
    /// that does not fit.
    func integers() throws -> [Int]? {
        guard type == .bool || [.signed, .unsigned].contains(type.kind) else { return nil }
        let values = try values(as: type)
        let size = type.byteCount ?? 1
        return values.withBytes { bytes in
            var found: [Int] = []
            for start in stride(from: 0, to: bytes.byteCount, by: size) {
                var element: [UInt8] = []
                bytes.extracting(start..<start + size).copy(into: &element)
                let number = ElementText.json(element[...], type)
                guard let integer = number.intValue ?? number.boolValue.map({ $0 ? 1 : 0 }) else {
                    return nil
                }
                found.append(integer)
            }
            return found
        }
    }

    /// All bytes in canonical form.
    private func packed(_ byteCount: Int) throws -> NewValues {
        let values = try NewValues.filled(byteCount: byteCount) {
            (bytes: inout MutableRawSpan) throws in
            guard try file.read(into: &bytes) == byteCount else {
                throw ToolError("\(name) is shorter than its head says")
            }
        }
        guard let values, try file.read(1).isEmpty else {
            throw ToolError("\(name) is longer than its head says, or than memory")
        }
        let reversed = Array(shape.indices.reversed())
        var specs: [CodecSpec] = []
        if isFortran, shape.count > 1 {
            let order = JSONValue.array(reversed.map { .integer($0) })
            specs.append(CodecSpec(name: "transpose", configuration: ["order": order]))
        }
        var configuration: JSONObject = ["endian": .string(order.rawValue)]
        if let fieldOrders {
            let words = fieldOrders.map { JSONValue.string($0.rawValue) }
            configuration = ["field_endian": .array(words)]
        }
        let isSwapped = order == .big && type.swapUnit != 1 || fieldOrders != nil
        guard isSwapped || !specs.isEmpty, byteCount > 0 else { return values }
        specs.append(CodecSpec(name: "bytes", configuration: configuration))
        let limits = CodecLimits(chunkBytes: byteCount)
        let chain = try CodecChain(specs: specs, shape: shape, type: type, limits: limits)
        let decoded = try NewValues.filled(byteCount: byteCount) {
            (output: inout MutableRawSpan) throws in
            try values.withBytes { try ChunkDecoder(chain).decode($0, into: &output) }
        }
        guard let decoded else { throw ToolError("\(name) is larger than memory") }
        return decoded
    }

    /// Each element without the zeros behind it, text as UTF-8.
    private static func elements(
        _ values: NewValues,
        size: Int,
        count: Int,
        isText kind: DataType.Kind
    ) -> [[UInt8]] {
        values.withBytes { bytes in
            (0..<count).map { number in
                var element: [UInt8] = []
                let span = bytes.extracting(number * size..<(number + 1) * size)
                span.copy(into: &element)
                guard kind == .fixedText else {
                    while kind == .fixedBytes, element.last == 0 { element.removeLast() }
                    return element
                }
                var text = String.UnicodeScalarView()
                for start in stride(from: 0, to: size, by: 4) {
                    let unit = element[start..<start + 4].reversed().reduce(UInt32(0)) {
                        $0 << 8 | UInt32($1)
                    }
                    text.append(Unicode.Scalar(unit) ?? "\u{fffd}")
                }
                while text.last == "\0" { text.removeLast() }
                return Array(String(text).utf8)
            }
        }
    }
}

extension RawSpan {
    fileprivate func copy(into array: inout [UInt8]) {
        unsafe withUnsafeBytes { unsafe array.append(contentsOf: $0) }
    }
}

extension DataType {
    /// The fields of a structured type.
    fileprivate var fields: [StructField]? {
        if case .structure(let fields) = self { fields } else { nil }
    }
}
