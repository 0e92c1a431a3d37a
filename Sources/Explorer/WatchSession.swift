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
            return report.problem == nil
        case .failed, .cancelled: return false
        default: return true
        }
    }

    /// What the title says.
    var title: String {
        guard let report else { return "◉ watch" }
        var text = "◉ watch +\(Format.short(report.appeared))"
        if report.vanished > 0 { text += " -\(Format.short(report.vanished))" }
        if report.perMinute > 0 { text += "  \(Format.short(Int(report.perMinute)))/min" }
        if let left = report.secondsLeft {
            text += "  \(Format.duration(milliseconds: left * 1000)) left"
        } else if report.present == report.total {
            text += "  complete"
        }
        return text
    }
}

extension Context {
    /// Begins or ends to follow what a writer does to an array.
    mutating func toggleWatch(_ path: String) -> [Effect] {
        if let watch, watch.path == path { return endWatch() }
        var effects = endWatch()
        let effect = request(.watch(path: path))
        watch = WatchSession(path: path, number: effect.number)
        say("Watching: chunks are drawn as they come and go; W again stops")
        effects.append(effect)
        return effects
    }

    /// Ends a watch where there is one, and says what it saw.
    mutating func endWatch() -> [Effect] {
        guard let watch else { return [] }
        self.watch = nil
        if let report = watch.report {
            let took = Format.duration(milliseconds: report.elapsedMilliseconds)
            let came = Format.count(report.appeared)
            let went = Format.count(report.vanished)
            say("Watch ended: \(came) came, \(went) went in \(took)")
        }
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
            say("The watch ended: \(report.problem ?? "stopped")", .warning)
        default: break
        }
    }
}
