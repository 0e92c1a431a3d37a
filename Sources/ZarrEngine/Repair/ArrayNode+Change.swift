internal import Storage
internal import ZarrModel

/// One kind of change to some chunks of an array.
public enum ChunkChange: Sendable {
    /// They are removed.
    case delete(DeletePlan)
    /// They are mended.
    case repair(RepairPlan)

    /// The chunks that it is about.
    public var chunks: [DeletePlan.Item] {
        switch self {
        case .delete(let plan): plan.items
        case .repair(let plan): plan.items.map(\.chunk)
        }
    }
}

extension ArrayNode {
    /// Makes several changes as one: what all of them replace or remove lies in the trash under one name,
    /// so that one `restore` undoes them.
    ///
    /// Throws before anything is changed where the storage cannot do one of them, where an item is no chunk
    /// of the grid, and where two changes name the same chunk. After that, what becomes of each chunk is
    /// in the outcome, in the order of the changes; cancelling stops before the next chunk.
    public func change(
        _ parts: [ChunkChange],
        _ options: RepairOptions = RepairOptions()
    ) async throws(EngineError) -> RepairOutcome {
        var seen: Set<ChunkIndex> = []
        for part in parts {
            let isRepair = if case .repair = part { true } else { false }
            try checkRepair(needs: isRepair ? [.read, .write, .delete] : .delete, options)
            for item in part.chunks {
                try checkNamesChunk(item, allowsOrphans: !isRepair)
                guard seen.insert(item.index).inserted else {
                    throw EngineError(.refused, at: item.key, "two changes name this chunk")
                }
            }
        }
        var outcome = RepairOutcome()
        outcome.isDryRun = options.isDryRun
        let all = parts.flatMap(\.chunks)
        guard !all.isEmpty else { return outcome }
        var options = options
        if options.usesTrash, !options.isDryRun { options.bin = try await openBin(all, options) }
        outcome.trash = options.bin?.id
        for part in parts {
            let done =
                switch part {
                case .delete(let plan): try await delete(plan, options)
                case .repair(let plan): try await repair(plan, options)
                }
            outcome.items += done.items
        }
        if let bin = options.bin, outcome.count(.done) == 0, await bin.discardIfEmpty() {
            outcome.trash = nil
        }
        return outcome
    }
}
