internal import JSONValue
internal import Storage
public import ZarrModel

extension ZarrHierarchy {
    /// Works out what a copy of the node at `path`, and of everything below it, to `place` of
    /// `destination` would be, and changes nothing.
    ///
    /// Throws where there is no node at `path`, or where it cannot be made as `options` say. What is
    /// wrong with nodes below is in the plan's problems. O(nodes).
    public func copyPlan(
        of path: NodePath,
        to destination: ZarrHierarchy,
        at place: NodePath,
        _ options: CopyOptions = CopyOptions()
    ) async throws(EngineError) -> CopyPlan {
        var plan = CopyPlan(source: path, path: place)
        try await add(try await tree(at: path), to: &plan, destination, options)
        if plan.groups.isEmpty, plan.arrays.isEmpty {
            throw plan.problems.first
                ?? EngineError(.notFound, at: path.description, "there is nothing to copy here")
        }
        plan.arrays.sort { $0.path < $1.path }
        return plan
    }

    private func add(
        _ tree: NodeTree,
        to plan: inout CopyPlan,
        _ destination: ZarrHierarchy,
        _ options: CopyOptions
    ) async throws(EngineError) {
        let node = tree.node
        let below = node.path.segments.dropFirst(plan.source.segments.count)
        let place = plan.path.appending(NodePath(segments: Swift.Array(below)))
        do throws(EngineError) {
            switch node.content {
            case .error(let error): throw error
            case .foreign: plan.foreign.append(node.path)
            case .array(let array):
                plan.arrays.append(try CopyPlan.Array(array, at: place, in: destination, options))
            case .group(let group):
                if let metadata = group.metadata {
                    let made = try await self.group(metadata, node.path, place, options)
                    plan.groups.append(made)
                }
            }
            if var error = node.attributesError {
                error.message = "attributes are not copied: " + error.message
                plan.problems.append(error)
            }
        } catch {
            // One node that cannot be copied keeps no other from it; alone it is all that was asked for.
            if below.isEmpty { throw error }
            plan.problems.append(error)
        }
        guard let children = tree.children else {
            throw EngineError(.tooLarge, at: node.path.description, "the hierarchy is too deep")
        }
        for child in children { try await add(child, to: &plan, destination, options) }
    }

    private func group(
        _ metadata: GroupMetadata,
        _ source: NodePath,
        _ place: NodePath,
        _ options: CopyOptions
    ) async throws(EngineError) -> CopyPlan.Group {
        var description = GroupDescription(metadata)
        description.version = options.version ?? metadata.version
        var isConsolidated = metadata.consolidated != nil
        if metadata.version == .v2 {
            let documents = DocumentPlace(storage: storage, path: source)
            isConsolidated = try await documents.read(".zmetadata") != nil
        }
        do throws(MetadataError) {
            return CopyPlan.Group(
                source: source,
                path: place,
                documents: try description.documents(),
                isConsolidated: isConsolidated
            )
        } catch {
            throw EngineError(error, source)
        }
    }
}

extension CopyPlan.Array {
    /// The copy of `source` that `options` ask for.
    init(
        _ source: ArrayNode,
        at path: NodePath,
        in destination: ZarrHierarchy,
        _ options: CopyOptions
    ) throws(EngineError) {
        _ = try source.chain()
        var plain = ArrayDescription(source.metadata)
        plain.keyEncoding = source.keyEncoding
        if plain.sharding == nil, let chunks = options.chunks {
            // What another version has no words for is not asked of it.
            if case .rectilinear = plain.grid, let shape = chunks.shape,
                shape.count == plain.shape.count
            {
                plain.grid = .regular(chunkShape: shape)
            }
        }
        var notes: [Diagnostic] = []
        if let version = options.version, version != plain.version {
            do throws(ConversionError) {
                let converted = try Self.converted(plain, to: version, options)
                plain = converted.description
                notes = converted.notes
            } catch {
                throw EngineError(.unsupported, at: source.path.description, "\(error)")
            }
        }
        let wanted = try plain.changed(as: options, source.path)
        let (node, documents) = try Self.node(wanted, at: path, in: destination)
        self.init(
            source: source,
            path: path,
            description: wanted,
            way: .values,
            notes: notes,
            node: node,
            documents: documents
        )
        if let same = try? Self.node(plain, at: path, in: destination).node,
            source.stores(chunksOf: same), same.encodes(as: node)
        {
            way = .bytes
        } else if UnitCopier.canCopy(from: source, to: node) {
            way = .units
        }
    }

    /// `plain` in another version; without its codecs, where those have no counterpart and others are
    /// asked for.
    private static func converted(
        _ plain: ArrayDescription,
        to version: FormatVersion,
        _ options: CopyOptions
    ) throws(ConversionError) -> ConvertedDescription {
        do throws(ConversionError) {
            return try plain.converted(to: version)
        } catch {
            guard options.codecs != nil else { throw error }
            var bare = plain
            bare.codecs = [.serializer(of: plain.dataType, in: plain.version)]
            return try bare.converted(to: version)
        }
    }

    /// The array that a description makes, whose documents nobody has written yet.
    private static func node(
        _ description: ArrayDescription,
        at path: NodePath,
        in destination: ZarrHierarchy
    ) throws(EngineError) -> (node: ArrayNode, documents: [WrittenDocument]) {
        let documents: [WrittenDocument]
        do throws(MetadataError) {
            documents = try description.documents()
        } catch {
            throw EngineError(error, path)
        }
        let node = try destination.make(documents, at: path)
        guard let array = node.array else {
            throw node.error ?? EngineError(.wrongKind, at: path.description, "this is no array")
        }
        if let error = array.codecError { throw error }
        return (array, documents)
    }
}

extension ArrayDescription {
    /// The same array with the chunks, shards and codecs that `options` ask for.
    fileprivate func changed(
        as options: CopyOptions,
        _ path: NodePath
    ) throws(EngineError) -> ArrayDescription {
        func refuse(_ message: String) -> EngineError {
            EngineError(.refused, at: path.description, message)
        }
        var changed = self
        if options.shards != .asInSource, let sharding = changed.sharding {
            changed.grid = .regular(chunkShape: sharding.innerShape)
            changed.sharding = nil
        }
        do throws(MetadataError) {
            if let chunks = options.chunks { try changed.setChunks(chunks) }
            if case .lengths(let shards) = options.shards { try changed.setShards(shards) }
        } catch {
            throw refuse("\(error)")
        }
        if let codecs = options.codecs { changed.codecs = try codecs(changed) }
        return changed
    }
}

extension ArrayDescription {
    fileprivate mutating func setChunks(_ chunks: ChunkLengths) throws(MetadataError) {
        let grid = try chunks.grid(for: shape, "chunks")
        guard sharding != nil else {
            self.grid = grid
            return
        }
        guard case .regular(let inner) = grid else {
            throw MetadataError(at: "chunks", "inside shards all chunks have one shape")
        }
        sharding?.innerShape = inner
    }

    /// The chunks, one shape for all, go into shards.
    fileprivate mutating func setShards(_ shards: ChunkLengths) throws(MetadataError) {
        guard version == .v3 else { throw MetadataError(at: "shards", "v2 has no shards") }
        guard case .regular(let inner) = grid else {
            throw MetadataError(at: "chunks", "inside shards all chunks have one shape")
        }
        grid = try shards.grid(for: shape, "shards")
        sharding = Sharding(innerShape: inner)
    }
}

extension ArrayNode {
    /// Whether this array's stored chunks are, byte for byte, chunks of `other`: the same pieces, and
    /// codecs that undo the same.
    ///
    /// Across versions only codecs are trusted whose formats have no second reading.
    fileprivate func stores(chunksOf other: ArrayNode) -> Bool {
        guard metadata.axes == other.metadata.axes, metadata.dataType == other.metadata.dataType,
            metadata.fillValue.bytes == other.metadata.fillValue.bytes
        else { return false }
        guard metadata.version != other.metadata.version else { return true }
        let specs = (Self.plainSpecs(metadata.codecs), Self.plainSpecs(other.metadata.codecs))
        guard specs.0.count == specs.1.count else { return false }
        return zip(specs.0, specs.1).allSatisfy { left, right in
            guard Self.plainName(left.name) == Self.plainName(right.name) else { return false }
            return switch left.name {
            case "bytes", "transpose": left.configuration == right.configuration
            default: Self.compressors.contains(Self.plainName(left.name))
            }
        }
    }

    private static let compressors: Set<String> = [
        "gzip", "zlib", "zstd", "bz2", "lzma", "lz4", "blosc", "vlen-utf8", "vlen-bytes", "zfpy",
    ]

    /// `specs` without the bytes between an array and v2's `zfpy`, which v3's takes by itself.
    private static func plainSpecs(_ specs: [CodecSpec]) -> [CodecSpec] {
        var plain = specs
        let zfpy = specs.firstIndex { $0.dialect == .v2 && $0.name == "zfpy" }
        if let zfpy, zfpy > 0, specs[zfpy - 1].name == "bytes",
            specs[zfpy - 1].configuration["endian"] != "big"
        {
            plain.remove(at: zfpy - 1)
        }
        return plain
    }

    private static func plainName(_ name: String) -> String {
        let prefix = "numcodecs."
        return name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : name
    }

    /// Whether two arrays of one version cut and encode alike.
    fileprivate func encodes(as other: ArrayNode) -> Bool {
        metadata.axes == other.metadata.axes
            && metadata.codecs.map(\.json) == other.metadata.codecs.map(\.json)
    }
}
