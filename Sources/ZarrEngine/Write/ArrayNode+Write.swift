internal import Storage
public import ZarrModel

extension ArrayNode {
    /// Writes `values` to what `selection` names; everything when nothing is said.
    ///
    /// Of a position that is named more than once, the last value counts. Chunks of which everything inside the array is new are not read; of the others what is not new
    /// stays, and inner chunks of a shard that nothing new falls on are not decoded. Each chunk is
    /// replaced as a whole: one that fails is as it was, and the write throws with its key, when other
    /// chunks may be written already. Padding past the array's edge is fill. Two writes at the same
    /// time must not touch the same chunk.
    ///
    /// Throws before anything is written where the values do not fit the selection or the storage does
    /// not write. Memory: the values, and for each worker a chunk encoded and decoded. O(elements).
    @discardableResult
    public func write(
        _ values: NewValues,
        to selection: Selection = .all,
        _ options: WriteOptions = WriteOptions()
    ) async throws(EngineError) -> WriteOutcome {
        let resolved: ResolvedSelection
        do throws(SelectionError) {
            resolved = try selection.resolve(for: metadata)
        } catch {
            throw EngineError(.selection, at: path.description, error.message, cause: error)
        }
        return try await write(values, to: resolved, options)
    }

    /// Writes `values` to a selection that was worked out for this array.
    @discardableResult
    public func write(
        _ values: NewValues,
        to selection: ResolvedSelection,
        _ options: WriteOptions = WriteOptions()
    ) async throws(EngineError) -> WriteOutcome {
        try check(selection)
        let chain = try chain()
        try checkWriting()
        try check(values, selection)
        let job = WriteJob(self, values, to: selection, options)
        if (selection.elementCount ?? 0) > 0 {
            let source = source
            let tasks = options.taskCount(
                blocking: source.blocking != nil,
                work: job.pieceCount,
                chunkBytes: metadata.chunkByteCount ?? 0
            )
            await onWorkers(tasks) { _ in
                let writer = ChunkWriter(source, metadata, chain, options)
                while !Task.isCancelled, let number = job.counter.next() {
                    await job.write(number, writer)
                }
            }
            if Task.isCancelled {
                throw EngineError(.cancelled, at: path.description, "the write was cancelled")
            }
        }
        return try job.finish()
    }

    /// How many stored chunks (shards, where the array is sharded) a write of `selection` touches.
    public func chunkCount(touching selection: ResolvedSelection) throws(EngineError) -> Int {
        try check(selection)
        if selection.elementCount == 0 { return 0 }
        return ChunkPlan(ChunkPlaces(selection), metadata.axes).pieceCount
    }

    /// Throws where the storage under the array does not write.
    func checkWriting() throws(EngineError) {
        guard capabilities.contains(.write) else {
            throw EngineError(.refused, at: path.description, "this storage does not write")
        }
    }

    /// Throws unless there is a value for each place, or one for all.
    private func check(
        _ values: NewValues,
        _ selection: ResolvedSelection
    ) throws(EngineError) {
        func refuse(_ message: String) -> EngineError {
            EngineError(.selection, at: path.description, message)
        }
        let wanted = selection.field?.type ?? metadata.dataType
        if let type = values.dataType, type != wanted {
            throw refuse("values of type \(type.name) do not go where \(wanted.name) is")
        }
        if let shape = values.shape, shape != selection.resultShape {
            throw refuse(
                "values of shape \(shape) do not fit a selection of shape \(selection.resultShape)"
            )
        }
        let isVariable = metadata.dataType.isVariableLength
        if case .variable = values.elements {
            guard isVariable else { throw refuse("the elements of this array have a fixed length") }
        } else {
            guard !isVariable else { throw refuse("the elements of this array have any length") }
        }
        let size =
            isVariable ? 1 : selection.field?.byteCount ?? metadata.dataType.byteCount ?? 0
        let places = values.isRepeated ? 1 : selection.elementCount
        guard let places, !places.multipliedReportingOverflow(by: size).overflow else {
            throw refuse("the selection has more than 2^63 - 1 bytes")
        }
        guard values.count == places * size else {
            let unit = isVariable ? "elements" : "bytes"
            throw refuse(
                "there are \(values.count) \(unit) where the selection takes \(places * size)"
            )
        }
    }
}
