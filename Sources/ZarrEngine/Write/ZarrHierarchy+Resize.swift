internal import Codecs
internal import JSONValue
internal import Storage
public import ZarrModel

extension ZarrHierarchy {
    /// Works out what giving the array at `path` another shape would do, and changes nothing.
    ///
    /// Lists the stored chunks, and decodes those at an edge that moves outwards. Throws where the
    /// number of dimensions differs, the chunks of an uneven grid would not cover the new shape, or
    /// stored chunks of a bounded grid would have to change their own shape.
    public func resizePlan(
        at path: NodePath,
        to shape: [Int]
    ) async throws(EngineError) -> ResizePlan {
        var plan = try await shapePlan(at: path, to: shape)
        let grid = plan.array.grid
        let resized = plan.resized.grid
        let stored = try await plan.array.deletePlan(
            .states([.present, .short, .corrupt, .orphan, .unknown, .unreadable])
        )
        for item in stored.items {
            switch (grid.contains(item.index), resized.contains(item.index)) {
            case (true, false): plan.outside.items.append(item)
            case (false, true): plan.returning.items.append(item)
            case (false, false) where plan.keepsShape: plan.outside.items.append(item)
            default: break
            }
        }
        try checkBounds(plan, stored.items)
        plan.edges.items = try await edges(plan, stored.items)
        return plan
    }

    /// Gives the array its new shape, and deletes what lies outside then where `deletesOutside`; old
    /// values that would return are deleted then as well, and chunks at the edge rewritten. What
    /// either takes away goes into one place of the trash, as `options` say: `restore` undoes it.
    ///
    /// The document is replaced as a whole, and only while it is what the plan was made from. Chunks
    /// are deleted after the array has shrunk and before it grows; where that fails, it does not.
    public func resize(
        _ plan: ResizePlan,
        deletesOutside: Bool = false,
        _ options: RepairOptions = RepairOptions()
    ) async throws(EngineError) -> RepairOutcome {
        guard deletesOutside else {
            if !options.isDryRun, !plan.keepsShape { try await writeShape(plan) }
            return RepairOutcome()
        }
        let everything = plan.returning.items + plan.edges.items + plan.outside.items
        guard !options.isDryRun else {
            var outcome = RepairOutcome()
            outcome.isDryRun = true
            outcome.items = everything.map { RepairOutcome.Item($0, .done) }
            return outcome
        }
        var options = options
        if !everything.isEmpty {
            try plan.array.checkRepair(needs: [.read, .write, .delete], options)
            if options.usesTrash { options.bin = try await plan.array.openBin(everything, options) }
        }
        var outcome = try await clear(plan, options)
        outcome.trash = options.bin?.id
        guard outcome.count(.failed) == 0 else { return outcome }
        if !plan.keepsShape { try await writeShape(plan) }
        if !plan.outside.items.isEmpty {
            var outside = plan.outside
            for number in outside.items.indices { outside.items[number].state = .orphan }
            outcome.items += try await plan.resized.delete(outside, options).items
        }
        if let bin = options.bin, outcome.count(.done) == 0, await bin.discardIfEmpty() {
            outcome.trash = nil
        }
        return outcome
    }

    /// Takes away the old values that the new shape would bring back: chunks are deleted, and those
    /// at the edge rewritten with fill behind it.
    private func clear(
        _ plan: ResizePlan,
        _ options: RepairOptions
    ) async throws(EngineError) -> RepairOutcome {
        var outcome = RepairOutcome()
        if !plan.returning.items.isEmpty {
            outcome = try await plan.array.delete(plan.returning, options)
            guard outcome.count(.failed) == 0 else { return outcome }
        }
        guard !plan.edges.items.isEmpty else { return outcome }
        // A chunk's own values, without what is behind the edge.
        let repair = RepairPlan(
            remedy: .copy(from: plan.array),
            items: plan.edges.items.map { RepairPlan.Item(chunk: $0, inner: []) },
            absent: []
        )
        outcome.items += try await plan.array.repair(repair, options).items
        return outcome
    }

    /// The array as it is and as it would be.
    func shapePlan(
        at path: NodePath,
        to shape: [Int]
    ) async throws(EngineError) -> ResizePlan {
        let node = await node(at: path)
        if let error = node.error { throw error }
        guard let array = node.array else {
            throw EngineError(.wrongKind, at: path.description, "only arrays have a shape")
        }
        let name = array.metadata.version == .v3 ? "zarr.json" : ".zarray"
        let place = DocumentPlace(storage: storage, path: path)
        guard let (bytes, value) = try await place.value(name) else {
            throw EngineError(.notFound, at: path.location(name), "the document is gone")
        }
        guard shape.count == array.metadata.rank else {
            throw EngineError(
                .selection,
                at: path.description,
                "\(shape) has another number of lengths than the array has dimensions, \(array.metadata.rank)"
            )
        }
        var document = value.objectValue ?? JSONObject()
        document["shape"] = .array(shape.map { .integer($0) })
        let metadata: ArrayMetadata
        do throws(MetadataError) {
            metadata =
                name == "zarr.json"
                ? try ArrayMetadata(v3: .object(document))
                : try ArrayMetadata(v2: .object(document), zattrs: nil)
        } catch {
            throw EngineError(
                .selection,
                at: path.location(error.location),
                error.message,
                cause: error
            )
        }
        let resized = ArrayNode(
            path: path,
            metadata: metadata,
            place: array.source.place,
            keyEncoding: array.keyEncoding
        )
        return ResizePlan(array: array, resized: resized, document: bytes)
    }

    /// Writes the document with the new shape.
    func writeShape(_ plan: ResizePlan) async throws(EngineError) {
        let name = plan.array.metadata.version == .v3 ? "zarr.json" : ".zarray"
        let place = DocumentPlace(storage: storage, path: plan.array.path)
        try await place.replace(name, plan.document, with: plan.resized.metadata.document)
    }

    /// Chunks of a bounded grid end where the array ends: a stored one cannot have another edge.
    private func checkBounds(
        _ plan: ResizePlan,
        _ stored: [DeletePlan.Item]
    ) throws(EngineError) {
        let (old, new) = (plan.array.metadata, plan.resized.metadata)
        for item in stored where plan.array.grid.contains(item.index) {
            guard plan.resized.grid.contains(item.index),
                old.chunkShape(at: item.index) != new.chunkShape(at: item.index)
            else { continue }
            throw EngineError(
                .refused,
                at: item.key,
                "chunks of a \(old.grid.name) grid end where the array ends, and this one would "
                    + "end elsewhere; copy the array instead"
            )
        }
    }
}

extension ZarrHierarchy {
    /// The stored chunks of which more is read then, and that hold something else than fill there.
    private func edges(
        _ plan: ResizePlan,
        _ stored: [DeletePlan.Item]
    ) async throws(EngineError) -> [DeletePlan.Item] {
        let grid = plan.array.grid
        let candidates = stored.filter { item in
            grid.contains(item.index) && !Self.grown(item.index, plan).isEmpty
        }
        guard !candidates.isEmpty else { return [] }
        var found: [DeletePlan.Item] = []
        for item in candidates where try await holdsMore(item.index, plan) { found.append(item) }
        return found
    }

    /// Parts of the chunk that are padding now and are read then.
    private static func grown(_ index: ChunkIndex, _ plan: ResizePlan) -> [Region] {
        let old = plan.array.metadata.chunkRegion(index)
        let new = plan.resized.metadata.chunkRegion(index)
        return old.ranges.indices.compactMap { dimension in
            guard new.ranges[dimension].upperBound > old.ranges[dimension].upperBound else {
                return nil
            }
            var part = new
            part.ranges[dimension] =
                old.ranges[dimension].upperBound..<new.ranges[dimension].upperBound
            return part.isEmpty ? nil : part
        }
    }

    private func holdsMore(_ index: ChunkIndex, _ plan: ResizePlan) async throws(EngineError)
        -> Bool
    {
        let fill = plan.array.metadata.fillValue.bytes
        for part in Self.grown(index, plan) {
            let values = try await plan.resized.read(ResolvedSelection(region: part))
            if let elements = values.variable {
                if elements.contains(where: { $0 != fill }) { return true }
            } else if !values.withBytes({ $0.repeats(fill) }) {
                return true
            }
        }
        return false
    }
}

/// How an array would grow, and where its new values stand.
public struct AppendPlan: Sendable {
    let shapes: ResizePlan
    let region: Region
    /// Chunks (shards, where the array is sharded) that the new values touch.
    public let chunkCount: Int
}

extension ZarrHierarchy {
    /// Works out how the array at `path` grows by `count` positions along dimension `axis`, and changes
    /// nothing.
    public func appendPlan(
        count: Int,
        along axis: Int,
        at path: NodePath
    ) async throws(EngineError) -> AppendPlan {
        let now = await node(at: path)
        guard let array = now.array else {
            throw now.error
                ?? EngineError(.wrongKind, at: path.description, "only arrays have a shape")
        }
        var shape = array.metadata.shape
        guard shape.indices.contains(axis), count >= 0 else {
            throw EngineError(.selection, at: path.description, "there is no dimension \(axis)")
        }
        let (length, over) = shape[axis].addingReportingOverflow(count)
        guard !over else {
            throw EngineError(.tooLarge, at: path.description, "the array would be too long")
        }
        let old = shape[axis]
        shape[axis] = length
        let plan = try await shapePlan(at: path, to: shape)
        if plan.array.metadata.grid.isBounded {
            _ = try await resizePlan(at: path, to: shape)
        }
        var region = Region(shape: shape)
        region.ranges[axis] = old..<length
        let touched = try plan.resized.chunkCount(touching: ResolvedSelection(region: region))
        return AppendPlan(shapes: plan, region: region, chunkCount: touched)
    }

    /// Lets an array grow as `plan` says and writes `values` there, behind what it holds.
    ///
    /// The values are written first and the new shape after them: no reader sees a gap. Throws as
    /// ``ArrayNode/write(_:to:_:)`` does, and `.refused` where the document changed meanwhile; what was
    /// written then lies outside the array.
    public func append(
        _ values: NewValues,
        _ plan: AppendPlan,
        _ options: WriteOptions = WriteOptions()
    ) async throws(EngineError) -> WriteOutcome {
        let outcome = try await plan.shapes.resized.write(
            values,
            to: ResolvedSelection(region: plan.region),
            options
        )
        try await writeShape(plan.shapes)
        return outcome
    }
}

extension ChunkGrid {
    fileprivate var isBounded: Bool {
        if case .regularBounded = self { true } else { false }
    }
}
