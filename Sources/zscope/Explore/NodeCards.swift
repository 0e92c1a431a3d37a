import Codecs
import Explorer
import JSONValue
import ZarrEngine
import ZarrModel

extension NodeCard {
    /// One line of the tree for `node`.
    init(_ node: Node) {
        let kind: NodeKind =
            switch node.content {
            case .array: .array
            case .group: .group
            case .error: .broken
            case .foreign: .foreign
            }
        self.init(path: node.path.description, name: node.name, kind: kind)
        isImplicit = node.group?.isImplicit ?? false
        severity = node.issues.map(\.severity).max()
        error = node.error?.message
        if let metadata = node.array?.metadata {
            dataType = metadata.dataType.name
            shape = metadata.shape
            chunkShape = metadata.chunkShape
            innerChunkShape = metadata.innerChunkShape
            hasUnevenChunks = !metadata.hasUniformChunks
            isDecodable = node.array?.codecError == nil
        }
    }
}

extension NodeDetails {
    /// Everything that is known of `node` without its documents.
    init(_ node: Node) {
        let card = NodeCard(node)
        self.init(path: card.path, kind: card.kind)
        isImplicit = card.isImplicit
        diagnostics = node.issues
        switch node.content {
        case .array(let array):
            zarrFormat = array.metadata.version.rawValue
            self.array = ArrayDetails(array)
            let conventions = ArrayConventions(array.metadata.attributes)
            if let section = FactSection(conventions) { sections.append(section) }
            attributes = Self.text(array.metadata.attributes)
        case .group(let group):
            zarrFormat = group.metadata?.version.rawValue
            attributes = Self.text(group.attributes)
            if let copy = group.metadata?.consolidated {
                facts.append(Fact("consolidated", Wording.count(copy.nodes.count, "node")))
            }
        case .error(let error):
            let known = diagnostics.contains { $0.message == error.message }
            if !known { diagnostics.insert(error.diagnostic, at: 0) }
            if error.isCutOff {
                facts.append(Fact("to do", Wording.cutOffRemedy + "; 4 shows what is left of it"))
            }
        case .foreign:
            break
        }
    }

    private static func text(_ attributes: JSONObject) -> String {
        attributes.isEmpty ? "" : JSONValue.object(attributes).text(.pretty)
    }
}

extension ArrayDetails {
    /// What the metadata of `array` says.
    init(_ array: ArrayNode) {
        let metadata = array.metadata
        self.init(
            shape: metadata.shape,
            chunkShape: metadata.chunkShape,
            gridShape: array.grid.counts,
            dataType: metadata.dataType.fullName
        )
        axes = metadata.axes
        innerChunkShape = metadata.innerChunkShape
        dimensionNames = metadata.dimensionNames ?? []
        elementBytes = metadata.dataType.byteCount
        isNumeric =
            switch metadata.dataType {
            case .bool, .integer, .float, .complex, .datetime, .timedelta: true
            default: false
            }
        let fill = metadata.fillValue
        fillValue =
            fill.isUndefined
            ? "undefined" : ElementText.text(fill.bytes[...], metadata.dataType)
        decoding = ValueDecoding(metadata)?.words ?? ""
        codecs = metadata.codecs.map(CodecCard.init)
        keyEncoding = metadata.keyEncoding
        reasonNoValues = array.codecError?.message
    }
}

extension DataType {
    /// The name, with what times are counted in: `numpy.datetime64[ns]`.
    fileprivate var fullName: String {
        switch self {
        case .datetime(let unit, let scale), .timedelta(let unit, let scale):
            "\(name)[\(scale == 1 ? "" : String(scale))\(unit.rawValue)]"
        default: name
        }
    }
}

extension CodecCard {
    /// What the metadata and the list of codecs say.
    init(_ spec: CodecSpec) {
        let descriptor = CodecDescriptor.find(spec.name, in: spec.dialect)
        self.init(
            name: spec.name,
            configuration: spec.configuration.isEmpty
                ? "" : JSONValue.object(spec.configuration).text(.compact),
            kind: descriptor?.kind.rawValue ?? "",
            isKnown: descriptor != nil
        )
        summary = descriptor?.summary ?? ""
        library = descriptor?.library ?? ""
        checksum = spec.checksum
    }
}
