import Canvas
import ZarrModel

/// Values: the chunks in view are read and decoded, those that are seen first.
extension MapPane {
    /// So many chunks or bytes are read without being asked again.
    private static let freeChunks = 4096
    private static let freeBytes = 256 << 20
    /// The most chunks of one request.
    private static let largestBatch = 65_536

    /// Shows a measure, and begins to find out what it needs.
    mutating func choose(_ measure: MapMeasure, _ context: inout Context) -> [Effect] {
        self.measure = measure
        isLogarithmic = nil
        requests.isStopped = false
        if let reason = reasonNoMeasure(measure, context) {
            context.say(reason, .notice)
            return []
        }
        return readFigures(&context, isAsked: false)
    }

    /// The next measure that can be shown.
    mutating func nextMeasure(_ context: inout Context) -> [Effect] {
        var next = measure.next
        while next != measure, reasonNoMeasure(next, context) != nil { next = next.next }
        return choose(next, &context)
    }

    /// Reads the values of the chunks in view that are not known yet; many of them only if a person
    /// asked.
    mutating func readFigures(_ context: inout Context, isAsked: Bool) -> [Effect] {
        guard measure.needsValues, requests.figures == nil, let view,
            let census = census(context), !census.isRunning
        else { return [] }
        let window = camera.window(view)
        let boxes = view.boxes(rows: window.rows, columns: window.columns)
        let volume = boxes.reduce(0) { $0 &+ (GridOrder.product($1.map(\.count)) ?? .max / 2) }
        guard volume <= Census.markLimit else {
            context.say("These are too many chunks to read: zoom in", .warning)
            return []
        }
        var count = 0
        var bytes = 0
        var chunks: [Int] = []
        for box in boxes {
            GridOrder.forEach(in: box, of: census.grid) { index in
                guard census.state(index) == .present, !census.hasFigures(index) else { return }
                count += 1
                bytes += census.size(index) ?? 0
                if chunks.count < requests.figureBatch { chunks.append(index) }
            }
        }
        guard count > 0 else { return [] }
        guard isAsked || count <= Self.freeChunks && bytes <= Self.freeBytes else {
            let words = "\(Format.plural(count, unit(context))), \(Format.bytes(bytes))"
            context.say("\(measure.title) needs \(words) read and decoded: V begins", .notice)
            return []
        }
        if requests.figuresRead == 0 { requests.figuresWanted = count }
        requests.figuresWanted = max(requests.figuresWanted, requests.figuresRead + count)
        let effect = context.request(
            .readFigures(FiguresRequest(path: path, shard: shard, chunks: chunks))
        )
        requests.figures = effect.number
        return [effect]
    }

    mutating func receiveFigures(_ event: Event, _ context: inout Context) -> [Effect] {
        switch event.news {
        case .figuresPage(let page):
            requests.figuresRead += page.indexes.count
            requests.figuresFailed += page.states.count { $0 > .missing }
            change(&context) { $0.merge(page) }
            return []
        case .figuresFinished:
            requests.figures = nil
            requests.figureBatch = min(Self.largestBatch, requests.figureBatch * 2)
            let effects = readFigures(&context, isAsked: true)
            if effects.isEmpty { endFigures(&context) }
            return effects
        case .failed(let problem):
            requests.figures = nil
            requests.isStopped = true
            resetFigures()
            context.say("The values cannot be read: \(problem.message)", .error)
        default:
            requests.figures = nil
            requests.isStopped = true
            let read = Format.count(requests.figuresRead)
            resetFigures()
            context.say("Stopped; the values of \(read) chunks stay. V goes on")
        }
        return []
    }

    private mutating func endFigures(_ context: inout Context) {
        let failed = min(requests.figuresFailed, requests.figuresRead)
        let read = Format.plural(requests.figuresRead - failed, unit(context))
        resetFigures()
        let rest = failed > 0 ? "; \(Format.count(failed)) could not be read" : ""
        context.say("Read the values of \(read)" + rest, failed > 0 ? .warning : .good)
    }

    private mutating func resetFigures() {
        requests.figuresRead = 0
        requests.figuresWanted = 0
        requests.figuresFailed = 0
        requests.figureBatch = 512
    }

    /// What a move brought into view is read as well.
    mutating func followView(_ context: inout Context) -> [Effect] {
        guard measure.needsValues, requests.figures == nil, !requests.isStopped else { return [] }
        guard let view, let fold, fold.window != camera.window(view) else { return [] }
        let message = context.message
        let effects = readFigures(&context, isAsked: false)
        if effects.isEmpty { context.message = message }
        return effects
    }
}
