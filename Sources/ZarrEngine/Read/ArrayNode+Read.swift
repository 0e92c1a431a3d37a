internal import Codecs
internal import Storage
public import ZarrModel

extension ArrayNode {
    /// Reads what `selection` names; everything when nothing is said.
    ///
    /// Absent chunks read as the fill value. A chunk that is there but cannot be read or decoded
    /// makes the read throw, or is reported with its place, as `options.onProblem` says; it never
    /// reads as fill. The size of the result is checked before anything is read.
    public func read(
        _ selection: Selection = .all,
        _ options: ReadOptions = ReadOptions()
    ) async throws(EngineError) -> ArrayValues {
        let resolved: ResolvedSelection
        do throws(SelectionError) {
            resolved = try selection.resolve(for: metadata)
        } catch {
            throw EngineError(.selection, at: path.description, error.message, cause: error)
        }
        return try await read(resolved, options)
    }

    /// Reads a selection that was worked out for this array. O(elements).
    public func read(
        _ selection: ResolvedSelection,
        _ options: ReadOptions = ReadOptions()
    ) async throws(EngineError) -> ArrayValues {
        try check(selection)
        let chain = try chain()
        let (block, elements, count) = try room(for: selection, options)
        let job = ReadJob(self, selection, into: block, elements: elements, options)
        if count > 0, metadata.dataType.byteCount != 0 {
            let tasks = options.taskCount(
                blocking: source.blocking != nil,
                work: job.plan.pieceCount
            )
            await work(on: job.counter, tasks: tasks, chain) { number, reader in
                await job.read(number, reader)
            }
            if Task.isCancelled {
                throw EngineError(.cancelled, at: path.description, "the read was cancelled")
            }
        }
        let outcome = job.finish()
        if let error = outcome.error { throw error }
        let size = metadata.dataType.byteCount
        return ArrayValues(
            shape: selection.resultShape,
            dataType: metadata.dataType,
            count: count,
            storage: size.map { .fixed(block, elementSize: $0) } ?? .variable(outcome.elements),
            problems: outcome.problems.sorted { $0.index < $1.index },
            absentChunks: outcome.absent.sorted()
        )
    }

    /// Takes the memory of the result, if it is within the limit.
    private func room(
        for selection: ResolvedSelection,
        _ options: ReadOptions
    ) throws(EngineError) -> (ByteBlock, [[UInt8]], Int) {
        let isVariable = metadata.dataType.isVariableLength
        // A variable element costs its place in the result even where it is empty.
        let size = isVariable ? 16 : metadata.dataType.byteCount ?? 0
        guard let count = selection.elementCount else {
            throw EngineError.tooLarge(bytes: nil, options, path)
        }
        let (bytes, overflow) = count.multipliedReportingOverflow(by: size)
        guard !overflow, bytes <= options.byteLimit else {
            throw EngineError.tooLarge(bytes: overflow ? nil : bytes, options, path)
        }
        guard let block = ByteBlock(zeroes: isVariable ? 0 : bytes) else {
            throw EngineError(
                .tooLarge,
                at: path.description,
                "the system does not give \(bytes) bytes"
            )
        }
        let elements =
            isVariable ? [[UInt8]](repeating: metadata.fillValue.bytes, count: count) : []
        return (block, elements, count)
    }

    /// Throws unless every selected position lies in the array.
    func check(_ selection: ResolvedSelection) throws(EngineError) {
        func refuse(_ message: String) -> EngineError {
            EngineError(.selection, at: path.description, message)
        }
        guard selection.field == nil, selection.axes.count == metadata.rank else {
            throw refuse("\(selection.axes.count) axes for \(metadata.rank) dimensions")
        }
        for (axis, length) in zip(selection.axes, metadata.shape) where axis.count != 0 {
            let (walk, over) = (axis.count &- 1).multipliedReportingOverflow(by: axis.step)
            let (last, overLast) = axis.start.addingReportingOverflow(walk)
            guard axis.count > 0, axis.step != 0, !over, !overLast, axis.start >= 0,
                axis.start < length, last >= 0, last < length
            else { throw refuse("the selection reaches outside the array") }
        }
    }
}
