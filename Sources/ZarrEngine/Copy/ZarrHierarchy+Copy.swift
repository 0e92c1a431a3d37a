internal import Storage
internal import Synchronization
internal import ZarrModel

extension ZarrHierarchy {
    /// Makes the copy that `plan`, of this hierarchy, describes.
    ///
    /// An array's document is written when all of its chunks are there, and verified where that is asked
    /// for: nothing can take an unfinished copy for a whole one, or what is not there yet for fill. A
    /// run that was stopped goes on when it is started again with the same plan, and copies no chunk
    /// twice; what it must know lies beside the copy until that is done.
    ///
    /// What cannot be read in the source is in the outcome. Throws `.refused`, and has written nothing,
    /// where something is at the destination already or the nodes above it are none for such a copy,
    /// and throws where the destination fails. Memory: a block for each worker.
    public func copy(
        _ plan: CopyPlan,
        to destination: ZarrHierarchy,
        _ options: CopyOptions = CopyOptions()
    ) async throws(EngineError) -> CopyOutcome {
        guard destination.capabilities.contains(.write) else {
            throw EngineError(.refused, at: plan.path.description, "this storage does not write")
        }
        let record = try await begin(plan, destination)
        var outcome = CopyOutcome()
        outcome.isResumed = record.isResumed
        outcome.total = plan.chunkCount
        for group in plan.groups {
            try await destination.write(
                group.documents,
                at: group.path,
                isTop: group.path == plan.path
            )
        }
        let progress = CopyProgress(total: plan.chunkCount, options.onProgress)
        for array in plan.arrays {
            let done = try await copy(array, isResumed: record.isResumed, options, progress)
            outcome.add(done)
            guard done.failures.isEmpty || options.allowsMissing else {
                outcome.unfinished.append(array.source.path)
                continue
            }
            try await destination.write(
                array.documents,
                at: array.path,
                isTop: array.path == plan.path
            )
        }
        guard outcome.unfinished.isEmpty else { return outcome }
        for group in plan.groups where group.isConsolidated {
            try await destination.consolidate(destination.consolidationPlan(at: group.path))
        }
        do throws(StorageError) {
            try await record.record?.remove()
        } catch {
            throw EngineError(writing: error, at: plan.path.description)
        }
        return outcome
    }

    /// Makes sure that nothing is at the destination but what an earlier run of this copy left, and
    /// writes the record.
    private func begin(
        _ plan: CopyPlan,
        _ destination: ZarrHierarchy
    ) async throws(EngineError) -> (record: CopyRecord?, isResumed: Bool) {
        if let version = plan.version {
            _ = try await destination.missingGroups(above: plan.path, version)
        }
        do throws(StorageError) {
            guard let record = try CopyRecord(plan, from: self, to: destination.storage) else {
                try await destination.checkEmpty(plan.path)
                return (nil, false)
            }
            switch try await record.find() {
            case .same: return (record, true)
            case .other:
                throw StorageError(
                    .exists,
                    .create,
                    key: plan.path.description,
                    "another copy to this place was not finished: finish it as it was begun, or "
                        + "remove what it left"
                )
            case .nothing:
                try await destination.checkEmpty(plan.path)
                try await record.write()
                return (record, false)
            }
        } catch {
            throw EngineError(writing: error, at: plan.path.description)
        }
    }

    /// Throws `.exists` where anything is at `path`: chunks that nobody copied would be taken for copied
    /// ones.
    private func checkEmpty(_ path: NodePath) async throws(StorageError) {
        let message = "there is something at the destination already"
        switch storage {
        case .array(let backend):
            guard try await backend.readMetadata() != nil else { return }
            throw StorageError(.exists, .create, message)
        case .store(let store):
            let prefix = try StorePrefix(path.keyPrefix)
            let documents = try await NodeDocuments(store, prefix)
            var isEmpty = documents.isEmpty
            if isEmpty, store.capabilities.contains(.list) {
                let level = try await store.children(prefix)
                while isEmpty, let page = try await level.next() {
                    let names = page.objects + page.prefixes
                    isEmpty = names.allSatisfy(ReservedNames.isHidden)
                }
            }
            guard isEmpty else {
                throw StorageError(.exists, .create, key: path.description, message)
            }
        }
    }

    /// Writes a node's documents, its own last; those that are there already stay.
    private func write(
        _ documents: [WrittenDocument],
        at path: NodePath,
        isTop: Bool
    ) async throws(EngineError) {
        if isTop { try await makeGroups(above: path, of: documents) }
        let place = DocumentPlace(storage: storage, path: path)
        for document in documents.reversed() where try await place.read(document.name) == nil {
            try await place.write(document.name, document.bytes)
        }
    }

    /// The groups above the copy that have no document get one.
    private func makeGroups(
        above path: NodePath,
        of documents: [WrittenDocument]
    ) async throws(EngineError) {
        guard let parent = path.parent else { return }
        let node = await node(at: parent)
        if let group = node.group, !group.isImplicit { return }
        if let error = node.error, error.code != .notFound { throw error }
        let version: FormatVersion = documents.contains { $0.name == "zarr.json" } ? .v3 : .v2
        try await createGroup(GroupDescription(version), at: parent)
    }

    private func copy(
        _ array: CopyPlan.Array,
        isResumed: Bool,
        _ options: CopyOptions,
        _ progress: CopyProgress
    ) async throws(EngineError) -> CopyOutcome {
        let kept = isResumed ? try await array.node.presence { $0 == .present } : nil
        let present = try await array.source.presence { _ in true }
        var way = array.way
        if way == .bytes, array.source.metadata.version != array.description.version,
            try await !array.readsAlike(present)
        {
            way = .values
        }
        guard
            let copy = ArrayCopy(
                array,
                way,
                options,
                sourcePresence: present,
                kept: kept,
                onProgress: progress.add
            )
        else {
            throw EngineError(.tooLarge, at: array.path.description, "there are too many chunks")
        }
        var outcome = try await copy.run()
        if options.verifies {
            outcome = try await copy.verify(try await array.node.presence { _ in true })
        }
        outcome.failures.sort { $0.index < $1.index }
        return outcome
    }
}

/// Adds up what the arrays of a copy have done.
private final class CopyProgress: Sendable {
    private let done = Mutex(0)
    private let total: Int
    private let tell: (@Sendable (Int, Int) -> Void)?

    init(total: Int, _ tell: (@Sendable (Int, Int) -> Void)?) {
        self.total = total
        self.tell = tell
    }

    @Sendable func add(_ count: Int) {
        guard let tell else { return }
        let now = done.withLock { done in
            done += count
            return done
        }
        tell(now, total)
    }
}

extension CopyOutcome {
    /// Adds what became of one array.
    fileprivate mutating func add(_ other: CopyOutcome) {
        encoded += other.encoded
        copied += other.copied
        empty += other.empty
        kept += other.kept
        storedBytes += other.storedBytes
        verified += other.verified
        failures += other.failures
    }
}

extension ArrayNode {
    /// Which chunks are stored, in a state that `counts`; `nil` where the storage cannot list.
    fileprivate func presence(
        _ counts: (ChunkState) -> Bool
    ) async throws(EngineError) -> ChunkPresence? {
        guard capabilities.contains(.list) else { return nil }
        let census = try await census()
        var presence = ChunkPresence(total: grid.total)
        do throws(StorageError) {
            while let page = try await census.next() {
                for position in 0..<page.count where counts(page.states[position]) {
                    presence.insert(page.chunks[position])
                }
            }
        } catch {
            throw EngineError(error, at: path.description)
        }
        return presence
    }
}

extension CopyPlan.Array {
    /// Whether the first chunk that is stored means the same to both versions. Codecs are described
    /// differently there, and this asks them.
    fileprivate func readsAlike(_ present: ChunkPresence?) async throws(EngineError) -> Bool {
        guard let first = present?.firstPresent(from: 0) ?? (present == nil ? 0 : nil),
            first < source.grid.total
        else { return true }
        let index = source.grid.index(at: first)
        let coders = (
            ChunkCoder(try source.chain(of: index)), ChunkCoder(try node.chain(of: index))
        )
        do throws(StorageError) {
            guard let bytes = try await source.source.read(index, .all) else { return true }
            return bytes.withRawBytes { coders.0.decodes($0, as: coders.1) }
        } catch {
            throw EngineError(error, at: source.key(of: index))
        }
    }
}
