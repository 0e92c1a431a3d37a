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
        let (block, elements, count) = try room(for: selection, options)
        let target = ReadTarget(selection, of: metadata, in: block)
        let outcome = try await read(selection, into: target, elements: elements, options)
        return ArrayValues(
            shape: selection.resultShape,
            dataType: selection.field?.type ?? metadata.dataType,
            count: count,
            storage: metadata.dataType.isVariableLength
                ? .variable(outcome.elements)
                : .fixed(
                    block,
                    elementSize: (selection.field?.type ?? metadata.dataType).byteCount ?? 0
                ),
            problems: outcome.problems.sorted { $0.index < $1.index },
            absentChunks: outcome.absent.sorted()
        )
    }

    /// Reads a selection into memory that the caller keeps: packed, C order, little-endian, from the
    /// buffer's start. Places of chunks that could not be read keep what they held.
    ///
    /// Throws `.tooLarge` where the buffer is too small, `.refused` while another read fills it,
    /// `.unsupported` for elements without a fixed length, and else as ``read(_:_:)``.
    public func read(
        _ selection: ResolvedSelection,
        into buffer: ValueBuffer,
        _ options: ReadOptions = ReadOptions()
    ) async throws(EngineError) -> ReadReport {
        try check(selection)
        guard let size = (selection.field?.type ?? metadata.dataType).byteCount else {
            throw EngineError(
                .unsupported,
                at: path.description,
                "elements without a fixed length do not go into a buffer"
            )
        }
        let (bytes, over) = (selection.resultShape.checkedProduct() ?? .max)
            .multipliedReportingOverflow(by: size)
        guard !over, bytes <= buffer.byteCount else {
            throw EngineError(
                .tooLarge,
                at: path.description,
                "the selection is larger than the buffer of \(buffer.byteCount) bytes"
            )
        }
        guard buffer.take() else {
            throw EngineError(.refused, at: path.description, "another read fills the buffer")
        }
        defer { buffer.give() }
        let target = ReadTarget(selection, of: metadata, in: buffer.block, isUsed: true)
        let outcome = try await read(selection, into: target, elements: [], options)
        return ReadReport(
            byteCount: bytes,
            problems: outcome.problems.sorted { $0.index < $1.index },
            absentChunks: outcome.absent.sorted()
        )
    }

    /// Reads a selection that was checked. Throws what the options say.
    private func read(
        _ selection: ResolvedSelection,
        into target: ReadTarget,
        elements: [[UInt8]],
        _ options: ReadOptions
    ) async throws(EngineError) -> ReadJob.Outcome {
        let chain = try chain()
        let job = ReadJob(self, selection, chain, into: target, elements: elements, options)
        let hasItems = target.layout.itemSize > 0 || metadata.dataType.isVariableLength
        if hasItems, job.unitCount > 0 {
            let tasks = options.taskCount(blocking: source.blocking != nil, work: job.unitCount)
            await work(on: job.counter, tasks: tasks, chain) { number, reader in
                await job.read(number, reader)
            }
            if Task.isCancelled {
                throw EngineError(.cancelled, at: path.description, "the read was cancelled")
            }
        }
        let outcome = job.finish()
        if let error = outcome.error { throw error }
        return outcome
    }

    /// Takes the memory of the result, if it is within the limit.
    private func room(
        for selection: ResolvedSelection,
        _ options: ReadOptions
    ) throws(EngineError) -> (ByteBlock, [[UInt8]], Int) {
        let isVariable = metadata.dataType.isVariableLength
        // A variable element costs its place in the result even where it is empty.
        let size = isVariable ? 16 : (selection.field?.type ?? metadata.dataType).byteCount ?? 0
        guard let count = selection.resultShape.checkedProduct() else {
            throw EngineError.tooLarge(bytes: nil, options, path)
        }
        let (bytes, overflow) = count.multipliedReportingOverflow(by: size)
        guard !overflow, bytes <= options.byteLimit else {
            throw EngineError.tooLarge(bytes: overflow ? nil : bytes, options, path)
        }
        guard let block = ByteBlock(undefined: isVariable ? 0 : bytes) else {
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

    /// Throws unless every selected position lies in the array. O(positions) where they are listed.
    func check(_ selection: ResolvedSelection) throws(EngineError) {
        guard let message = selection.fault(in: metadata) else { return }
        throw EngineError(.selection, at: path.description, message)
    }
}

extension ResolvedSelection {
    /// Why this was not worked out for the array, or `nil`.
    fileprivate func fault(in metadata: ArrayMetadata) -> String? {
        guard rank == metadata.rank else {
            return "\(rank) axes for \(metadata.rank) dimensions"
        }
        if let field, (try? FieldSelection(field.name, of: metadata.dataType)) != field {
            return "the array has no such field"
        }
        let outside = "the selection reaches outside the array"
        switch form {
        case .axes(let axes):
            return zip(axes, metadata.shape).allSatisfy { $0.isInside($1) } ? nil : outside
        case .points(let points):
            let isInside = zip(points.coordinates, metadata.shape).allSatisfy { list, length in
                list.allSatisfy { $0 >= 0 && $0 < length }
            }
            return isInside ? nil : outside
        }
    }
}

extension ResolvedSelection.Axis {
    /// Whether every position lies in a dimension of `length`.
    fileprivate func isInside(_ length: Int) -> Bool {
        if count == 0 { return true }
        if let positions { return positions.allSatisfy { $0 >= 0 && $0 < length } }
        let (walk, over) = (count &- 1).multipliedReportingOverflow(by: step)
        let (last, overLast) = start.addingReportingOverflow(walk)
        return count > 0 && step != 0 && !over && !overLast && start >= 0 && start < length
            && last >= 0 && last < length
    }
}
