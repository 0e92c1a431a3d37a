import JSONValue
import ZarrModel

extension OptionDeclaration {
    static let shape = Self(
        "shape",
        takes: .text("N,…"),
        help: "the length of each dimension, outermost first; '' for none"
    )
    static let chunkShape = Self(
        "chunks",
        takes: .text("N,…"),
        help:
            "the shape of a chunk (of one in a shard, with --shards), lengths one by one in a list:"
            + " '[10,10,20],5'; guessed when left out"
    )
    static let shardShape = Self(
        "shards",
        takes: .text("N,…"),
        help: "keep chunks together in shards of this shape, or of these lengths (v3)"
    )
    static let dataType = Self(
        "dtype",
        takes: .text("TYPE"),
        help: "what an element is: uint16, float32, string, '<i4', 'M8[ns]', or JSON"
    )
    static let codecs = Self(
        "codecs",
        takes: .text("C,…"),
        help: "how chunks are stored: zstd, zstd:level=3, blosc:lz4, none, or JSON (zstd)"
    )
    static let zarrFormat = Self(
        "zarr",
        takes: .choice("", ["2", "3"]),
        help: "the version of the format (3)"
    )
    static let fillValue = Self(
        "fill",
        takes: .text("V"),
        help: "what absent elements read as, in the form of a v3 fill value, |S as text (zero)"
    )
    static let dimensionNames = Self(
        "dimension-names",
        takes: .text("NAME,…"),
        help: "a name for each dimension; nothing between two commas is none"
    )
    static let attributesFile = Self(
        "attributes",
        takes: .file("FILE"),
        help: "attributes: a JSON object in FILE; '-' is standard input"
    )
}

/// What a command line says of an array that is to be made.
struct NewArrayWords {
    /// The options that say it.
    static let options: [OptionDeclaration] = [
        .shape, .chunkShape, .shardShape, .dataType, .codecs, .zarrFormat, .fillValue,
        .dimensionNames, .attributesFile, .bounded, .keyStyle, .separator, .keySuffix,
    ]

    let arguments: Arguments

    /// The version of the format that is asked for.
    var version: FormatVersion {
        arguments.value(.zarrFormat) == "2" ? .v2 : .v3
    }

    /// The array in full: what is not said is chosen. Throws where something is missing or no word
    /// that means anything.
    func description() throws -> ArrayDescription {
        guard let shapeText = arguments.value(.shape), let typeText = arguments.value(.dataType)
        else { throw UsageError("an array needs --shape and --dtype; a group is made by --group") }
        let shape = try Self.lengths(shapeText, "--shape", least: 0)
        let read = try DataTypeWord.read(typeText)
        let text = arguments.value(.codecs) ?? "zstd"
        let type = try decidedType(read, text)
        var description = ArrayDescription(
            version,
            shape: shape,
            grid: .regular(chunkShape: shape),
            dataType: type
        )
        try setChunks(of: &description)
        let (order, fields) = (read.endianness, read.fieldEndianness)
        let words = CodecWords(version, type, order, fields, rank: shape.count)
        description.codecs = try words.chain(text)
        if let text = arguments.value(.fillValue) {
            description.fillValue = try Self.fill(text, type, version)
        }
        if let text = arguments.value(.dimensionNames) {
            description.dimensionNames = try Self.names(text, rank: shape.count)
        }
        description.keyEncoding = try GridWords.keys(arguments, version, description.keyEncoding)
        description.attributes = try attributes()
        return description
    }

    /// What an element is, where the codecs that `text` names have decided it.
    private func decidedType(_ read: DataTypeV2, _ text: String) throws -> DataType {
        if version == .v2, case .rawBits(let count) = read.type {
            throw UsageError("--dtype: v2 has no \(read.type.name); '|V\(count)' is the same there")
        }
        guard read.type == .object else { return read.type }
        let specs = try CodecWords(version, read.type, .little, rank: 0).specs(text)
        return DataTypeWord.decided(read.type, by: specs)
    }

    /// The attributes in the file that is named; none where none is.
    func attributes() throws -> JSONObject {
        guard let path = arguments.value(.attributesFile) else { return [:] }
        guard let object = try InputFile.json(path).objectValue else {
            throw ToolError("\(path): attributes are a JSON object")
        }
        return object
    }

    private func setChunks(of description: inout ArrayDescription) throws {
        let shape = description.shape
        let shards = try grid(.shardShape, shape)
        if shards != nil, version == .v2 {
            throw UsageError("v2 has no shards", command: "create")
        }
        guard let shards else {
            description.grid = try grid(.chunkShape, shape) ?? guess(shape, description.dataType)
            guard version == .v3 || description.grid.isRegular else {
                throw UsageError(
                    "v2 has chunks of one shape only, no \(description.grid.name) grid",
                    command: "create"
                )
            }
            return
        }
        let lengths = shards.axes(for: shape)?.map(\.storedLengths) ?? []
        let inner = try arguments.value(.chunkShape).map { text throws(UsageError) in
            try GridWords.grid(try GridWords.lengths(text, "--chunks"), shape, "--chunks")
        }
        let chosen: [Int]
        switch inner {
        case nil:
            let size = description.dataType.byteCount ?? 32
            chosen = ChunkGuess.shape(
                of: lengths.map(\.divisor),
                elementSize: size,
                mustDivide: true
            )
        case .regular(let shape): chosen = shape
        default: throw UsageError("--chunks: inside shards all chunks have one shape")
        }
        for (lengths, part) in zip(lengths, chosen) {
            guard let odd = lengths.first(where: { $0 % part != 0 }) else { continue }
            throw UsageError(
                "chunks \(chosen) do not divide the shards: \(part) does not divide \(odd)"
            )
        }
        description.grid = shards
        description.sharding = ArrayDescription.Sharding(innerShape: chosen)
    }

    private func guess(_ shape: [Int], _ type: DataType) -> ChunkGrid {
        let guessed = ChunkGuess.shape(of: shape, elementSize: type.byteCount ?? 32)
        return arguments.has(.bounded)
            ? .regularBounded(chunkShape: guessed) : .regular(chunkShape: guessed)
    }

    /// The grid of stored objects that an option asks for.
    private func grid(
        _ option: OptionDeclaration,
        _ shape: [Int]
    ) throws(UsageError) -> ChunkGrid? {
        guard let text = arguments.value(option) else { return nil }
        let what = "--\(option.name)"
        var lengths = try GridWords.lengths(text, what)
        lengths.isBounded = arguments.has(.bounded)
        return try GridWords.grid(lengths, shape, what)
    }

    /// Whole numbers with commas between them, in brackets or not; nothing is no dimension. `what`
    /// is what says them.
    static func lengths(
        _ text: String,
        _ what: String,
        least: Int
    ) throws(UsageError) -> [Int] {
        var body = text[...]
        if body.first == "[", body.last == "]", body.count > 1 {
            body = body.dropFirst().dropLast()
        }
        if body.allSatisfy({ $0 == " " }) { return [] }
        var lengths: [Int] = []
        for part in body.split(separator: ",", omittingEmptySubsequences: false) {
            guard let length = Int(part.filter { $0 != " " }), length >= least else {
                throw UsageError("\(what) takes lengths from \(least) up, not '\(text)'")
            }
            lengths.append(length)
        }
        return lengths
    }

    private static func fill(
        _ text: String,
        _ type: DataType,
        _ version: FormatVersion
    ) throws -> FillValue {
        if text == "null", version == .v2 { return .undefined(for: type) }
        let bytes = try ValueWord.bytes(text, type, what: "--fill")
        return FillValue(bytes: bytes, json: ElementText.json(bytes[...], type))
    }

    private static func names(_ text: String, rank: Int) throws(UsageError) -> [String?] {
        let names = text.split(separator: ",", omittingEmptySubsequences: false)
            .map { $0.isEmpty ? nil : String($0) }
        guard names.count == rank else {
            throw UsageError("--dimension-names has \(names.count) names, the shape \(rank)")
        }
        return names
    }
}

extension ChunkGrid {
    /// Whether it is the usual one, the only one of v2.
    fileprivate var isRegular: Bool {
        if case .regular = self { true } else { false }
    }
}

extension [Int] {
    /// The largest number that divides all of them; 1 for none.
    fileprivate var divisor: Int {
        let common = reduce(0) { first, second in
            var (left, right) = (first, second)
            while right != 0 { (left, right) = (right, left % right) }
            return left
        }
        return common == 0 ? 1 : common
    }
}
