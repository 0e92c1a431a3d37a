public import ZarrModel

/// Everything that the explorer shows of one node.
public struct NodeDetails: Hashable, Sendable {
    /// From the root of the store.
    public var path: String
    /// What it is.
    public var kind: NodeKind
    /// A group without a document of its own.
    public var isImplicit = false
    /// 2 or 3; `nil` where there is no document.
    public var zarrFormat: Int?
    /// For arrays only.
    public var array: ArrayDetails?
    /// The attributes as pretty JSON; empty where there are none.
    public var attributes: String = ""
    /// The documents as they are stored, by key.
    public var documents: [StoredDocument] = []
    /// What is worth telling, the broken node's error included.
    public var diagnostics: [Diagnostic] = []
    /// More facts for the info tab, such as `consolidated`: in order.
    public var facts: [Fact] = []
    /// What it is by the conventions of CF, xarray and OME-Zarr, under headings.
    public var sections: [FactSection] = []

    /// Makes empty details.
    public init(path: String, kind: NodeKind) {
        self.path = path
        self.kind = kind
    }
}

/// A named fact.
public struct Fact: Hashable, Sendable {
    /// Its name, in a word or two.
    public var name: String
    /// Its text: untrusted.
    public var text: String

    /// Makes a fact.
    public init(_ name: String, _ text: String) {
        self.name = name
        self.text = text
    }
}

/// Facts under a heading.
public struct FactSection: Hashable, Sendable {
    /// The heading.
    public var title: String
    /// The facts, in order.
    public var facts: [Fact]

    /// Makes a section.
    public init(_ title: String, _ facts: [Fact]) {
        self.title = title
        self.facts = facts
    }
}

/// A metadata document as it is stored.
public struct StoredDocument: Hashable, Sendable {
    /// Its key, from the root of the store.
    public var key: String
    /// Its text, invalid UTF-8 replaced. May be cut where it is very long.
    public var text: String
    /// Whether it ends before it is complete, as it is stored.
    public var isCutOff = false

    /// Makes a document.
    public init(key: String, text: String) {
        self.key = key
        self.text = text
    }
}

/// What is known of an array.
public struct ArrayDetails: Hashable, Sendable {
    /// Elements along each dimension.
    public var shape: [Int]
    /// Elements of a stored object (a shard, where the array is sharded) along each dimension; of
    /// the longest, where they differ.
    public var chunkShape: [Int]
    /// How the stored objects lie along each dimension.
    public var axes: [ChunkAxis]
    /// Elements of an inner chunk, where the array is sharded.
    public var innerChunkShape: [Int]?
    /// Stored objects along each dimension.
    public var gridShape: [Int]
    /// Names of the dimensions; `nil` for one without.
    public var dimensionNames: [String?] = []
    /// The element type's name.
    public var dataType: String
    /// Bytes of one element in memory; `nil` where they vary.
    public var elementBytes: Int?
    /// Whether the elements are numbers, so that a slice can be an image.
    public var isNumeric = true
    /// The fill value, as it is shown.
    public var fillValue: String = ""
    /// What the attributes say that stored numbers mean: `× 0.01 + 273.15, in K`; empty for nothing.
    /// Untrusted text, made visible.
    public var decoding = ""
    /// The codecs in the order of encoding.
    public var codecs: [CodecCard] = []
    /// How the keys of chunks are made; `nil` where the storage has no keys.
    public var keyEncoding: ChunkKeyEncoding?
    /// Why no chunk can be decoded, naming the codec or the type; `nil` where they can. Which chunks are
    /// there is known all the same.
    public var reasonNoValues: String?

    /// Makes details. Stored objects all have `chunkShape` until `axes` says otherwise. Requires no
    /// length below 0.
    public init(shape: [Int], chunkShape: [Int], gridShape: [Int], dataType: String) {
        axes = zip(shape, chunkShape).map { ChunkAxis(length: $0, chunkLength: max(1, $1)) }
        self.shape = shape
        self.chunkShape = chunkShape
        self.gridShape = gridShape
        self.dataType = dataType
    }
}

extension ArrayDetails {
    /// Whether elements are points or spans of time: numbers of them are counts.
    var isTime: Bool {
        dataType.hasPrefix("numpy.datetime64") || dataType.hasPrefix("numpy.timedelta64")
    }

    /// Whether elements are whole numbers, or truths.
    var isWhole: Bool {
        dataType == "bool" || dataType.hasPrefix("int") || dataType.hasPrefix("uint")
    }

    /// What a number stands for where it is not the element itself; empty where it is.
    var numberWord: String {
        if isTime { return "counts" }
        if dataType.hasPrefix("complex") { return "magnitude" }
        return dataType == "bool" ? "1 is true" : ""
    }

    /// Whether stored objects differ in shape.
    public var hasUnevenChunks: Bool {
        !axes.allSatisfy(\.isUniform)
    }

    /// The element that stored object `chunk` begins with.
    func start(of chunk: ChunkIndex) -> [Int] {
        zip(axes, chunk.coordinates).map { $0.range(of: $1).lowerBound }
    }

    /// The stored object that holds the element at `indexes`, and where in it; places outside the
    /// array count as its nearest.
    func chunk(holding indexes: [Int]) -> (index: ChunkIndex, inside: [Int]) {
        let chunks = zip(axes, indexes).map { axis, place in
            axis.length == 0 ? 0 : axis.chunk(containing: min(max(0, place), axis.length - 1))
        }
        let index = ChunkIndex(chunks)
        return (index, zip(indexes, start(of: index)).map { $0 - $1 })
    }
}

/// One codec of a chain.
public struct CodecCard: Hashable, Sendable {
    /// Its name, as stored.
    public var name: String
    /// Its configuration as compact JSON; empty where there is none.
    public var configuration: String
    /// What it does: `array to array`, `array to bytes`, `bytes to bytes`.
    public var kind: String
    /// Whether this program has it.
    public var isKnown: Bool
    /// What it does, in one line; empty where it is not known.
    public var summary = ""
    /// The library that does the work; empty where none does.
    public var library = ""
    /// The checksum that it keeps over every chunk, in a word or two; `nil` where it keeps none.
    public var checksum: String?

    /// Makes a card.
    public init(name: String, configuration: String = "", kind: String = "", isKnown: Bool = true) {
        self.name = name
        self.configuration = configuration
        self.kind = kind
        self.isKnown = isKnown
    }
}

extension ArrayDetails {
    /// Why no value can be shown, in a sentence; `nil` where they can.
    var reasonUndecodable: String? {
        reasonNoValues.map { "No chunk can be decoded: \($0)" }
    }

    /// How far a verification's word goes where no codec keeps a checksum; `nil` where one does, or nothing
    /// is known of the codecs.
    var reasonUnguarded: String? {
        codecs.isEmpty || codecs.contains { $0.checksum != nil }
            ? nil : "only length and decoding are checked"
    }

    /// Inner chunks of the whole array, those of missing shards among them; `nil` where it is not sharded
    /// or no integer holds the number.
    var innerChunkCount: Int? {
        guard let inner = innerChunkShape, inner.count == shape.count else { return nil }
        var count = 1
        for (length, part) in zip(shape, inner) {
            guard part > 0, length >= 0 else { return nil }
            let (product, isOver) = count.multipliedReportingOverflow(
                by: length / part + (length % part > 0 ? 1 : 0)
            )
            if isOver { return nil }
            count = product
        }
        return count
    }
}
