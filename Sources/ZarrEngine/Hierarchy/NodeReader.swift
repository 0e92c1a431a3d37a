internal import Codecs
internal import Storage
internal import ZarrModel

/// Makes nodes of the documents at a place. Whatever is wrong becomes an error node: one broken
/// child never hides its siblings.
struct NodeReader: Sendable {
    let store: any Store

    /// The node at `path`, or `nil` when there definitely is no document of one. `memory` is for the
    /// engine's own threads, which may block.
    ///
    /// Without `looksForTwin` a node of v3 is not asked whether documents of v2 lie beside it: in a
    /// walk of many nodes that is most of what is asked.
    func node(
        at path: NodePath,
        looksForTwin: Bool = true,
        _ memory: WalkMemory? = nil
    ) async -> Node? {
        let documents: NodeDocuments
        let prefix: StorePrefix
        do throws(StorageError) {
            prefix = try StorePrefix(path.keyPrefix)
            documents = try await NodeDocuments(
                store,
                prefix,
                looksForTwin: looksForTwin,
                blockingInto: memory?.arena
            )
        } catch {
            return Node(path: path, error: EngineError(error, at: path.description))
        }
        guard !documents.isEmpty else { return nil }
        let place = ChunkSource.Place.store(store, prefix)
        let node =
            memory?.node(at: path, documents, place: place)
            ?? Self.node(at: path, documents, place: place)
        return await complete(node, documents, prefix)
    }

    /// Adds what is odd about the place of `node`, and asks the listing where its document is silent.
    private func complete(
        _ node: Node,
        _ documents: NodeDocuments,
        _ prefix: StorePrefix
    ) async -> Node {
        let path = node.path
        var node = node
        if let name = path.name, let problem = NodePath.problem(inName: name) {
            node.issues.append(Diagnostic(.warning, at: path.description, problem))
        }
        if documents.v3 != nil, documents.v2Array != nil || documents.v2Group != nil {
            let name = documents.v2Array != nil ? ".zarray" : ".zgroup"
            node.issues.append(
                Diagnostic(
                    .warning,
                    at: name,
                    "metadata of both versions is here; zarr.json counts, \(name) does not"
                )
            )
        }
        if let array = node.array, !array.metadata.isKeyEncodingDeclared {
            await adoptSeparator(of: array, in: &node, prefix)
        }
        return node
    }

    /// The node that `documents` describe.
    static func node(
        at path: NodePath,
        _ documents: NodeDocuments,
        place: ChunkSource.Place
    ) -> Node {
        var document: SiblingDocument?
        return node(at: path, documents, place: place, document: &document)
    }

    /// The same; `document` is what others can be read by, where there is such a thing.
    static func node(
        at path: NodePath,
        _ documents: NodeDocuments,
        place: ChunkSource.Place,
        document: inout SiblingDocument?
    ) -> Node {
        do throws(MetadataError) {
            if let bytes = documents.v3 {
                let read = try SiblingDocument.read(bytes)
                document = read.document
                return Node(path: path, read.metadata, place: place)
            }
            if let bytes = documents.v2Array {
                let metadata = try ArrayMetadata(v2: bytes, zattrs: documents.v2Attributes)
                return Node(path: path, .array(metadata), place: place)
            }
            let metadata = try GroupMetadata(
                v2: documents.v2Group ?? [],
                zattrs: documents.v2Attributes
            )
            return Node(path: path, .group(metadata), place: place)
        } catch {
            return Node(path: path, error: EngineError(error, path))
        }
    }

    /// Old v2 stores do not say that their keys have `/`; the names beside the document do.
    private func adoptSeparator(
        of array: ArrayNode,
        in node: inout Node,
        _ prefix: StorePrefix
    ) async {
        let metadata = array.metadata
        guard metadata.rank > 1, metadata.keyEncoding.separator == .dot else { return }
        guard let level = try? await store.children(prefix), let page = try? await level.next()
        else { return }
        let hasDots = page.objects.contains {
            metadata.keyEncoding.parse(Array($0.utf8)[...], rank: metadata.rank) != nil
        }
        let hasFolders = page.prefixes.contains { name in
            !name.isEmpty && name.utf8.allSatisfy { (0x30...0x39).contains($0) }
        }
        guard !hasDots, hasFolders else { return }
        var encoding = metadata.keyEncoding
        encoding.separator = .slash
        node.content = .array(
            ArrayNode(
                path: node.path,
                metadata: metadata,
                place: array.source.place,
                keyEncoding: encoding
            )
        )
        node.issues.append(
            Diagnostic(
                .warning,
                at: ".zarray#/dimension_separator",
                "the document names no separator; the stored chunks use '/'"
            )
        )
    }
}

extension Node {
    /// A node that cannot be read.
    init(path: NodePath, error: EngineError) {
        self.init(path: path, content: .error(error), issues: [error.diagnostic])
    }

    /// A node of metadata that was read.
    init(path: NodePath, _ metadata: NodeMetadata, place: ChunkSource.Place) {
        switch metadata {
        case .array(let metadata):
            let array = ArrayNode(path: path, metadata: metadata, place: place)
            self.init(path: path, content: .array(array), issues: metadata.diagnostics)
            if let error = array.codecError { issues.append(error.diagnostic) }
            for spec in metadata.codecs
            where !spec.mustUnderstand && CodecDescriptor.find(spec.name, in: spec.dialect) == nil {
                let message = "the codec \(spec.name) is not known and was passed over"
                issues.append(Diagnostic(.warning, at: spec.location, message))
            }
        case .group(let metadata):
            let group = GroupNode(metadata: metadata)
            self.init(path: path, content: .group(group), issues: metadata.diagnostics)
        }
    }
}

extension EngineError {
    /// A document that cannot be used.
    init(_ error: MetadataError, _ path: NodePath) {
        self.init(.metadata, at: path.location(error.location), error.message, cause: error)
    }
}

extension NodePath {
    /// A document's place, with the node it belongs to: `group/array/zarr.json#/shape`.
    func location(_ document: String) -> String {
        segments.isEmpty ? document : keyPrefix + "/" + document
    }
}
