import Canvas

/// A watch that goes on: which array, and what it found.
struct WatchSession: Sendable {
    /// The array.
    let path: String
    /// The request that began it.
    let number: Int
    /// The last report; `nil` until the first.
    private(set) var report: WatchReport?
    /// Whether it was told how changes are known.
    var saysHow = false
    /// Whether a person has ended it, so that only what a last listing finds is waited for.
    var isEnding = false

    init(path: String, number: Int) {
        self.path = path
        self.number = number
    }

    /// Takes what concerns the watch; answers whether it goes on.
    mutating func receive(_ event: Event) -> Bool {
        guard event.number == number else { return true }
        switch event.news {
        case .watching(let report), .watched(let report):
            self.report = report
            return report.problem == nil && !report.isLast
        case .failed, .cancelled: return false
        default: return true
        }
    }

    /// What the title says of an array of which `missing` chunks are known to be missing.
    func title(missing: Int) -> String {
        guard !isEnding else { return "◉ watch: last listing" }
        guard let report else { return "◉ watch" }
        var text = "◉ watch +\(Format.short(report.appeared))"
        if report.vanished > 0 { text += " -\(Format.short(report.vanished))" }
        if report.perMinute > 0 { text += "  \(Format.short(Int(report.perMinute)))/min" }
        if let left = report.secondsLeft {
            text += "  \(Format.duration(milliseconds: left * 1000)) left"
        } else if report.present == report.total, missing == 0 {
            text += "  complete"
        }
        return text
    }
}

extension Context {
    /// Begins or ends to follow what a writer does to an array.
    mutating func toggleWatch(_ path: String) -> [Effect] {
        if let watch, watch.path == path {
            guard watch.report != nil, !watch.isEnding else { return endWatch() }
            self.watch?.isEnding = true
            say(
                "Ending the watch: the \(unit(path))s are listed once more; W again leaves that out"
            )
            return [request(.unwatch(watch.number))]
        }
        var effects = endWatch()
        let effect = request(.watch(path: path))
        watch = WatchSession(path: path, number: effect.number)
        if array?.path == path, let former = array?.beginRelisting(effect.number) {
            effects.append(request(.cancel(former)))
        }
        say("Watching: chunks are drawn as they come and go; W again stops")
        effects.append(effect)
        return effects
    }

    /// Ends a watch where there is one, at once, and says what it saw.
    mutating func endWatch() -> [Effect] {
        guard let watch else { return [] }
        self.watch = nil
        guard let report = watch.report else { return [request(.cancel(watch.number))] }
        say("Watch ended: " + report.words)
        return [request(.unwatch(watch.number))]
    }

    /// Takes what a watch found into the census.
    mutating func receiveWatch(_ event: Event) {
        guard let watch, event.number == watch.number else { return }
        if case .watched(let report) = event.news {
            if array?.path == watch.path { array?.take(report.changes) }
            if !watch.saysHow, !report.means.isEmpty, report.problem == nil {
                self.watch?.saysHow = true
                say("Watching (\(report.means)): chunks are drawn as they come and go; W stops")
            }
        }
        guard self.watch?.receive(event) == false else { return }
        self.watch = nil
        switch event.news {
        case .failed(let problem): say("The watch ended: \(problem.message)", .warning)
        case .watched(let report):
            guard let problem = report.problem else {
                let took = Format.duration(milliseconds: report.elapsedMilliseconds)
                say("Watch ended: \(report.words) in \(took)")
                return
            }
            say("The watch ended: \(problem)", .warning)
        default: break
        }
    }
}

extension WatchReport {
    /// What came and went since the watch began.
    fileprivate var words: String {
        "\(Format.count(appeared)) came, \(Format.count(vanished)) went"
    }
}
