internal import Codecs
internal import Storage
internal import Synchronization
public import ZarrModel

/// A part of a selection that was read.
public struct SelectedPart: Sendable {
    /// What of the array it is, in the order of its bytes.
    public let selection: ResolvedSelection
    /// How many values it has.
    public let count: Int
    /// What was met. The regions of its problems count from the part's first element.
    public let report: ReadReport
    /// Whether nothing of it can be had.
    public let isLost: Bool

    init(_ selection: ResolvedSelection, count: Int, _ report: ReadReport) {
        self.selection = selection
        self.count = count
        self.report = report
        let elements = selection.elementCount
        isLost = report.problems.contains { problem in
            (problem.items?.count ?? problem.region.shape.checkedProduct()) == elements
        }
    }

    /// The rest of a shard of which this part, and so everything, cannot be had.
    fileprivate func lost(_ count: Int) -> SelectedPart {
        SelectedPart(lost: self, count: count)
    }

    private init(lost part: SelectedPart, count: Int) {
        (selection, report, isLost) = (part.selection, part.report, true)
        self.count = count
    }

    /// Whether no other part of its shard can be had either.
    fileprivate var isShardLost: Bool {
        isLost && report.problems.contains { $0.innerIndex == nil }
    }
}

extension ArrayNode {
    /// Passes all values of `selection` through memory, a chunk at a time on each of the engine's
    /// threads, and puts together what `take` makes of them.
    ///
    /// `take` is called on several threads at once with the values of a part: packed, little-endian, in C
    /// order of the part. What it made of the parts of a chunk goes to `merge`, one after another in the
    /// order of the chunks, so that the same array gives the same result to the last digit. Absent
    /// chunks are not lent, nor made: their values are counted, and that count is answered. Where a
    /// selection touches many chunks, it is listed first which are stored. Problems are reported, not
    /// thrown. Throws for elements without a fixed length.
    public func fold<Partial: Sendable>(
        _ selection: ResolvedSelection,
        _ options: ReadOptions,
        from empty: Partial,
        _ take: @escaping @Sendable (inout Partial, SelectedPart, RawSpan) -> Void,
        merge: @escaping @Sendable (Partial) -> Void
    ) async throws(EngineError) -> Int {
        try check(selection)
        _ = try chain()
        guard let total = selection.resultShape.checkedProduct() else {
            throw EngineError(
                .tooLarge,
                at: path.description,
                "the selection has more than 2^63 - 1 values; select less of it"
            )
        }
        guard let size = (selection.field?.type ?? metadata.dataType).byteCount else {
            throw EngineError(
                .unsupported,
                at: path.description,
                "elements without a fixed length cannot be lent"
            )
        }
        guard total > 0 else { return 0 }
        let parts = try await parts(of: selection, options)
        let order = InOrder(merge)
        let state = Mutex(FoldState())
        let counter = WorkCounter(count: parts.count)
        let tasks = options.taskCount(blocking: source.blocking != nil, work: parts.count)
        guard parts.count > 0 else { return total }
        let lender = PartLender(array: self, size: size, options: options)
        await onWorkers(tasks) { _ in
            var buffer: ValueBuffer?
            while !Task.isCancelled, let number = counter.next() {
                var partial = empty
                var left = parts.valueCount(of: number)
                await parts.forEach(of: number) { part in
                    do throws(EngineError) {
                        var read = try await lender.read(part, &buffer)
                        // Absent chunks, and shards, have nothing to lend.
                        guard read.report.absentChunks.isEmpty else { return false }
                        let isLast = read.isShardLost
                        if isLast { read = read.lost(left) }
                        left -= read.count
                        let count = read.count
                        state.withLock { $0.present += count }
                        buffer?.withBytes { take(&partial, read, $0) }
                        return !isLast
                    } catch {
                        state.withLock { $0.error = $0.error ?? error }
                        counter.stop()
                        return false
                    }
                }
                order.give(number, partial)
                let done = state.withLock { state in
                    state.done += 1
                    return state.done
                }
                options.onProgress?(done, parts.count)
            }
        }
        if Task.isCancelled {
            throw EngineError(.cancelled, at: path.description, "it was cancelled")
        }
        let outcome = state.withLock { $0 }
        if let error = outcome.error { throw error }
        return total - outcome.present
    }

    /// More chunks than these are listed first, and chunks of more bytes.
    private static var unlistedChunks: Int { 1024 }
    private static var unlistedBytes: Int { 64 << 20 }

    private func parts(
        of selection: ResolvedSelection,
        _ options: ReadOptions
    ) async throws(EngineError) -> SelectedParts {
        let touched = SelectedParts(selection, self)
        let isLarge = (metadata.chunkByteCount ?? .max) > Self.unlistedBytes
        guard touched.count > Self.unlistedChunks || isLarge, case .axes(let axes) = selection.form,
            axes.allSatisfy({ $0.positions == nil }), capabilities.contains(.list)
        else { return touched }
        do {
            let census = try await census(includesInfo: false)
            var stored: [Int] = []
            while let page = try await census.next() { stored += page.chunks }
            stored.sort()
            return SelectedParts(selection, self, stored: stored)
        } catch {
            if Task.isCancelled {
                throw EngineError(.cancelled, at: path.description, "it was cancelled")
            }
            // What is not listed is looked for.
            return touched
        }
    }
}

/// What the workers of a fold met.
private struct FoldState {
    var present = 0
    var done = 0
    var error: EngineError?
}

/// Reads parts into a buffer that is kept.
private struct PartLender: Sendable {
    let array: ArrayNode
    let size: Int
    let options: ReadOptions

    func read(
        _ part: ResolvedSelection,
        _ buffer: inout ValueBuffer?
    ) async throws(EngineError) -> SelectedPart {
        let count = part.resultShape.checkedProduct()
        let (bytes, over) = (count ?? .max).multipliedReportingOverflow(by: size)
        guard let count, !over, bytes <= options.byteLimit else {
            throw EngineError.tooLarge(bytes: over ? nil : bytes, options, array.path)
        }
        if buffer?.byteCount ?? -1 < bytes {
            buffer = nil
            buffer = ValueBuffer(byteCount: bytes)
        }
        guard let buffer else {
            throw EngineError(
                .tooLarge,
                at: array.path.description,
                "the system does not give \(bytes) bytes"
            )
        }
        var options = options
        options.onProblem = .report
        options.workerCount = 1
        options.concurrentReads = 1
        options.onProgress = nil
        let report = try await array.read(part, into: buffer, options)
        return SelectedPart(part, count: count, report)
    }
}

/// Hands on what comes in any order in the order of its numbers, from 0 on.
private final class InOrder<Value: Sendable>: Sendable {
    private struct State {
        var next = 0
        var waiting: [Int: Value] = [:]
    }

    private let state = Mutex(State())
    private let body: @Sendable (Value) -> Void

    init(_ body: @escaping @Sendable (Value) -> Void) {
        self.body = body
    }

    func give(_ number: Int, _ value: Value) {
        state.withLock { state in
            state.waiting[number] = value
            while let value = state.waiting.removeValue(forKey: state.next) {
                body(value)
                state.next += 1
            }
        }
    }
}
