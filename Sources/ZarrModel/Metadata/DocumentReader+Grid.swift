public import JSONValue

extension DocumentReader {
    /// Zarr v3, "Chunk grids", and zarr-extensions, "Rectilinear chunk grid".
    func chunkGrid() throws(MetadataError) -> ChunkGrid {
        let place = location("chunk_grid")
        let named = try NamedConfiguration(
            try required("chunk_grid"),
            at: place,
            what: "a chunk grid"
        )
        switch named.name {
        case "regular": return .regular(chunkShape: try Self.chunkShape(named, at: place))
        case "zarrs.regular_bounded", "regular_bounded":
            return .regularBounded(chunkShape: try Self.chunkShape(named, at: place))
        case "rectilinear": return .rectilinear(try Self.edges(named, at: place))
        default: throw MetadataError(at: place, "the chunk grid \(named.name) is not known")
        }
    }

    private static func chunkShape(
        _ named: NamedConfiguration,
        at place: String
    ) throws(MetadataError) -> [Int] {
        try lengths(
            named.configuration["chunk_shape"],
            at: place + "/configuration/chunk_shape",
            what: "chunk_shape",
            least: 1
        )
    }

    private static func edges(
        _ named: NamedConfiguration,
        at place: String
    ) throws(MetadataError) -> [ChunkEdges] {
        guard named.configuration["kind"]?.stringValue == "inline" else {
            throw MetadataError(
                at: place + "/configuration/kind",
                "the kind of a rectilinear grid is inline"
            )
        }
        let place = place + "/configuration/chunk_shapes"
        guard let list = named.configuration["chunk_shapes"]?.arrayValue else {
            throw MetadataError(at: place, "chunk_shapes is a list of chunk lengths")
        }
        guard list.count <= rankLimit else {
            throw MetadataError(at: place, "more than \(rankLimit) dimensions")
        }
        var edges: [ChunkEdges] = []
        for (dimension, value) in list.enumerated() {
            edges.append(try ChunkEdges(value, at: "\(place)/\(dimension)"))
        }
        return edges
    }
}

extension ChunkEdges {
    /// Reads a number, or a list of numbers and of runs `[length, count]`. O(bytes of the document).
    public init(_ value: JSONValue, at place: String) throws(MetadataError) {
        guard let list = value.arrayValue else {
            self = .every(try Self.positive(value, "a chunk length", at: place))
            return
        }
        var builder = ChunkRuns.Builder(capacity: list.count)
        for (position, element) in list.enumerated() {
            guard builder.add(try Self.run(element, at: "\(place)/\(position)")) else {
                throw MetadataError(at: place, "the chunk lengths add up to more than 2^63 - 1")
            }
        }
        let runs = ChunkRuns(builder)
        self = .listed(runs)
    }

    private static func run(
        _ value: JSONValue,
        at place: @autoclosure () -> String
    ) throws(MetadataError) -> ChunkRuns.Run {
        guard let pair = value.arrayValue else {
            return ChunkRuns.Run(
                length: try positive(value, "a chunk length", at: place()),
                count: 1
            )
        }
        guard pair.count == 2 else {
            throw MetadataError(at: place(), "a run is a pair of a length and a count")
        }
        return ChunkRuns.Run(
            length: try positive(pair[0], "a chunk length", at: place() + "/0"),
            count: try positive(pair[1], "the count of a run", at: place() + "/1")
        )
    }

    private static func positive(
        _ value: JSONValue,
        _ what: String,
        at place: @autoclosure () -> String
    ) throws(MetadataError) -> Int {
        guard let number = value.intValue, number > 0 else {
            throw MetadataError(at: place(), "\(what) is a whole number from 1 to 2^63 - 1")
        }
        return number
    }

    /// How metadata says it: a number, or a list of numbers and of runs.
    public var json: JSONValue {
        switch self {
        case .every(let length): .integer(length)
        case .listed(let runs):
            .array(
                runs.runs.map { run in
                    run.count == 1
                        ? .integer(run.length)
                        : .array([.integer(run.length), .integer(run.count)])
                }
            )
        }
    }
}

extension ChunkGrid {
    /// The lengths of chunks as metadata says them: one number, or a list of numbers and of runs
    /// `[length, count]`, for each dimension.
    public var chunkShapeJSON: JSONValue {
        switch self {
        case .regular(let chunkShape), .regularBounded(let chunkShape):
            .array(chunkShape.map { .integer($0) })
        case .rectilinear(let edges): .array(edges.map(\.json))
        }
    }

    /// The `chunk_grid` of a v3 document.
    public var json: JSONValue {
        let configuration: JSONObject =
            switch self {
            case .regular, .regularBounded: ["chunk_shape": chunkShapeJSON]
            case .rectilinear: ["kind": "inline", "chunk_shapes": chunkShapeJSON]
            }
        return .object(["name": .string(name), "configuration": .object(configuration)])
    }
}
