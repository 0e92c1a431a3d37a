import Explorer
import Storage
import ZarrEngine
import ZarrModel

extension EffectRunner {
    /// Begins to follow an array, and lists it as a census does. What changes then comes unasked, with the
    /// same number, until `.unwatch`.
    func watch(_ path: String, _ number: Int) async throws -> News {
        let open = try store()
        let array = try await open.array(path)
        let watch = try await ArrayWatch(array, in: open.hierarchy) { array in
            let (summary, presence) = try await list(array, path, number)
            guard let presence, summary.isComplete else {
                throw ToolError(summary.problem ?? "the listing did not come to its end")
            }
            report(number, .censusFinished(summary))
            return presence
        }
        let first = WatchReport(total: array.grid.total, present: watch.presentCount)
        keep(
            Task.detached { [weak self] in
                var watch = watch
                do {
                    try await watch.follow { update in
                        guard let self, let now = try? self.store(), now === open else {
                            return false
                        }
                        self.report(number, .watched(WatchReport(update)))
                        return true
                    }
                } catch {
                    guard !Task.isCancelled else {
                        self?.end(watch, of: open, number)
                        return
                    }
                    var last = WatchReport(total: array.grid.total, present: 0)
                    last.problem = ToolError(reporting: error).message
                    self?.report(number, .watched(last))
                }
            },
            after: number
        )
        return .watching(first)
    }

    /// Lists once more what a watch followed that a person has ended, so that what it has not told yet is
    /// not lost, unless another store was opened.
    private func end(_ watch: ArrayWatch, of open: OpenStore, _ number: Int) {
        let task = Task.detached { [weak self] in
            var watch = watch
            guard let self, let now = try? self.store(), now === open else { return }
            var last = WatchReport(total: 0, present: 0)
            do {
                last = WatchReport(try await watch.finish())
            } catch {
                last.problem = ToolError(reporting: error).message
            }
            last.isLast = true
            self.report(number, .watched(last))
        }
        keep(task, after: number)
    }
}

extension WatchReport {
    /// What the explorer shows of `update`.
    init(_ update: WatchUpdate) {
        self.init(total: update.total, present: update.present)
        changes.takenAt = WallTime.seconds
        for change in update.changes {
            changes.append(
                change.chunk,
                change.state,
                size: change.info.size.map(Int64.init) ?? -1
            )
            changes.modified.append(change.info.modified ?? -1)
        }
        appeared = update.appeared
        vanished = update.vanished
        perMinute = update.perMinute
        secondsLeft = update.secondsLeft
        elapsedMilliseconds = Int(update.elapsed / .milliseconds(1))
        means = update.means
        problem = update.reshaped.map { shape in
            let extents = shape.map(String.init).joined(separator: " × ")
            return "the array is now \(extents); r reads it anew"
        }
    }
}
