import Codecs
import JSONValue
import ZarrEngine
import ZarrModel

extension OptionDeclaration {
    fileprivate static let codecConfiguration = Self(
        "config",
        takes: .file("FILE"),
        help:
            "codecs as JSON in FILE: {\"id\": …}, {\"name\": …, \"configuration\": …}, or a list of them"
    )
    static let codecPage = Self("markdown", help: "print the page docs/codecs.md")
}

extension CommandDeclaration {
    static let codec = CommandDeclaration(
        "codec",
        "one codec or chain on its own: encode, decode, list",
        operands: [
            Operand("ACTION", words: ["encode", "decode", "list"]), Operand("IN", isOptional: true),
        ],
        options: [
            .codecConfiguration, .codecs, .zarrFormat, .dataType, .shape, .fillValue,
            .format(["raw", "npy", "json", "csv", "text"]), .json, .codecPage, .output,
        ],
        discussion:
            "The codecs come from --config or, as words, from --codecs; one that makes bytes of"
            + "\nthe array is put in where none is named. IN is a file, standard input when it is left"
            + "\nout. Type and shape come from IN where it is in NumPy's format, else from --dtype and"
            + "\n--shape; codecs that turn bytes into bytes need neither. Raw elements are packed and"
            + "\nlittle-endian; those without a fixed length are a JSON list.",
        examples: [
            .init("zscope codec list", "every codec, by its names in Zarr v3 and v2"),
            .init("zscope codec decode --codecs zstd c/0/0 -o chunk.raw", "a chunk, decompressed"),
            .init(
                "zscope codec encode --config chain.json a.npy -o chunk",
                "an array as one chunk"
            ),
        ],
        action: .batch { context in
            switch context.arguments.operand(0) {
            case "encode": try CodecWork(context).encode()
            case "decode": try CodecWork(context).decode()
            default: try CodecList(context).print()
            }
            return .done
        }
    )
}

/// One chunk, encoded or decoded on its own.
private struct CodecWork {
    private let context: CommandContext
    private let given: [CodecSpec]
    private let type: DataType?
    private let order: Endianness
    private let shape: [Int]?
    private let path: String

    init(_ context: CommandContext) throws {
        self.context = context
        let arguments = context.arguments
        path = arguments.operand(1) ?? "-"
        let read = try arguments.value(.dataType).map(DataTypeWord.read)
        order = read?.endianness ?? .little
        shape = try arguments.value(.shape).map { text in
            try NewArrayWords.lengths(text, "--shape", least: 1)
        }
        guard !arguments.has(.codecPage) else { throw UsageError("--markdown goes with 'list'") }
        let version: FormatVersion = arguments.value(.zarrFormat) == "2" ? .v2 : .v3
        switch (arguments.value(.codecConfiguration), arguments.value(.codecs)) {
        case (let file?, nil):
            let json = try InputFile.json(file)
            given = try (json.arrayValue ?? [json]).enumerated().map { position, codec in
                let place = "\(file)#/\(position)"
                return codec["id"] == nil
                    ? try CodecSpec(v3: codec, at: place) : try CodecSpec(v2: codec, at: place)
            }
        case (nil, let words?):
            let rank = shape?.count ?? 1
            given = try CodecWords(version, read?.type ?? .integer(.uint8), order, rank: rank)
                .specs(words)
        default:
            throw UsageError("name the codecs with one of --config and --codecs", command: "codec")
        }
        let named = given
        type = DataTypeWord.objects(named) ?? read.map { DataTypeWord.decided($0.type, by: named) }
    }

    // MARK: Encoding

    func encode() throws {
        try refuseTerminal()
        if isNumPy {
            let file = try NumPyInput(path)
            let wanted = type ?? file.type
            let values = try file.values(as: wanted)
            let chain = try chain(wanted, shape ?? file.shape)
            let encoded =
                wanted.isVariableLength
                ? try ChunkEncoder(chain).encodeVariable(values.variable)
                : try values.withBytes { bytes throws(CodecError) in
                    try ChunkEncoder(chain).encode(bytes)
                }
            try context.output.write(encoded)
            return
        }
        let bytes = try InputFile.bytes(path, limit: Self.limit)
        guard !bytes.starts(with: NumPyInput.magic) else {
            throw ToolError("standard input is in NumPy's format: name it as a file")
        }
        if type == nil, shape == nil, ByteChain.fits(given) {
            try context.output.write(try ByteChain(specs: given).encode(bytes))
            return
        }
        let type = type ?? .integer(.uint8)
        if type.isVariableLength {
            let (elements, length) = try elements(bytes, type)
            let chain = try chain(type, shape ?? length)
            try context.output.write(try ChunkEncoder(chain).encodeVariable(elements))
        } else {
            let chain = try chain(type, shape ?? [bytes.count / max(1, type.byteCount ?? 1)])
            try context.output.write(
                try bytes.withRawBytes { span throws(CodecError) in
                    try ChunkEncoder(chain).encode(span)
                }
            )
        }
    }

    /// Elements of any length from a JSON list, or from what `read --json` prints.
    private func elements(
        _ bytes: [UInt8],
        _ type: DataType
    ) throws -> (elements: [[UInt8]], shape: [Int]) {
        let json: JSONValue
        do throws(JSONError) {
            json = try JSONParser.parse(bytes, mode: .lenient).value
        } catch {
            throw ToolError("elements of type \(type.summary) are a JSON list: \(error)")
        }
        guard let list = json.arrayValue ?? json["values"]?.arrayValue else {
            throw ToolError("elements of type \(type.summary) are a JSON list")
        }
        let elements = try list.enumerated().map { position, value in
            var diagnostics: [Diagnostic] = []
            let fill = try FillValue(
                v3: value,
                type: type,
                at: "element \(position)",
                diagnostics: &diagnostics
            )
            return fill.bytes
        }
        let shape = json["shape"]?.arrayValue?.compactMap(\.intValue)
        return (elements, shape ?? [elements.count])
    }

    // MARK: Decoding

    func decode() throws {
        let format = try context.format(.raw)
        if format == .raw { try refuseTerminal() }
        let bytes = try InputFile.bytes(path, limit: Self.limit)
        let values = try decoded(bytes)
        let report = ValuesReport(values: values, output: context.output)
        switch format {
        case .json: try report.json()
        case .csv: try report.csv()
        case .npy: try report.npy()
        case .text, .ndjson: try report.text()
        case .raw: try report.raw()
        }
    }

    private func decoded(_ bytes: [UInt8]) throws -> ArrayValues {
        guard let shape else {
            guard ByteChain.fits(given), type?.isVariableLength != true else {
                throw UsageError(
                    "these codecs work on arrays: say --dtype and --shape",
                    command: "codec"
                )
            }
            let type = type ?? .integer(.uint8)
            let decoded = try ByteChain(specs: given, type: type).decode(bytes)
            let size = max(1, type.byteCount ?? 1)
            guard decoded.count % size == 0 else {
                throw ToolError(
                    "it decodes to \(decoded.count) bytes: no whole number of \(type.summary)"
                )
            }
            let values = ArrayValues.filled(shape: [decoded.count / size], dataType: type) {
                output in
                unsafe output.withUnsafeMutableBytes { unsafe $0.copyBytes(from: decoded) }
            }
            return try Self.whole(values)
        }
        let type = type ?? .integer(.uint8)
        let chain = try chain(type, shape)
        if type.isVariableLength {
            let elements = try bytes.withRawBytes { span throws(CodecError) in
                try ChunkDecoder(chain).decodeVariable(span)
            }
            return try Self.whole(ArrayValues(shape: shape, dataType: type, variable: elements))
        }
        let made = try ArrayValues.filled(shape: shape, dataType: type) {
            (output: inout MutableRawSpan) throws(CodecError) in
            try bytes.withRawBytes { (span: RawSpan) throws(CodecError) in
                try ChunkDecoder(chain).decode(span, into: &output)
            }
        }
        return try Self.whole(made)
    }

    private static func whole(_ values: ArrayValues?) throws(ToolError) -> ArrayValues {
        guard let values else { throw ToolError("there is not as much memory as the values need") }
        return values
    }

    /// The chain for chunks of `shape`, with what makes bytes of them where nothing else does.
    private func chain(_ type: DataType, _ shape: [Int]) throws -> CodecChain {
        let words = CodecWords(.v3, type, order, rank: shape.count)
        var fill: [UInt8] = []
        if let text = context.arguments.value(.fillValue) {
            fill = try ValueWord.bytes(text, type, what: "--fill")
        }
        return try CodecChain(
            specs: words.completed(given),
            shape: shape,
            type: type,
            fill: fill
        )
    }

    // MARK: Files

    /// The most that is read: what a chunk may have.
    private static let limit = CodecLimits.standard.chunkBytes

    private var isNumPy: Bool {
        guard path != "-", let file = try? InputFile(path) else { return false }
        return (try? file.read(NumPyInput.magic.count)) == NumPyInput.magic
    }

    private func refuseTerminal() throws {
        guard Environment.isOutputTerminal, !context.arguments.has(.output) else { return }
        throw UsageError("the answer is no text: name a file with -o", command: "codec")
    }
}
