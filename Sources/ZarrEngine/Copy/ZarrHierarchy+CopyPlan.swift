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
        var notes: [Diagnostic] = []
        if let version = options.version, version != plain.version {
            do throws(ConversionError) {
                let converted = try plain.converted(to: version)
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
        if let chunks = options.chunkShape {
            guard chunks.count == shape.count, chunks.allSatisfy({ $0 > 0 }) else {
                throw refuse("chunks of \(chunks) do not fit an array of \(shape)")
            }
            if changed.sharding != nil {
                changed.sharding?.innerShape = chunks
            } else {
                changed.grid = .regular(chunkShape: chunks)
            }
        }
        if case .shape(let shards) = options.shards {
            guard changed.version == .v3 else { throw refuse("v2 has no shards") }
            guard case .regular(let inner) = changed.grid, shards.count == shape.count else {
                throw refuse("shards of \(shards) do not fit the chunks of this array")
            }
            changed.grid = .regular(chunkShape: shards)
            changed.sharding = Sharding(innerShape: inner)
        }
        if let codecs = options.codecs { changed.codecs = try codecs(changed) }
        return changed
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
        let specs = (metadata.codecs, other.metadata.codecs)
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
        "gzip", "zlib", "zstd", "bz2", "lzma", "lz4", "blosc", "vlen-utf8", "vlen-bytes",
    ]

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
