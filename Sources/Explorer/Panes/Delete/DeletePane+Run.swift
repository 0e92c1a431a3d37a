import Canvas
import ZarrModel

extension DeletePane {
    /// Whether the number that was typed is the one to type.
    var isConfirmed: Bool {
        count > 0 && field.string == String(count)
    }

    /// Shows the question that goes before every change. Keys typed before it is drawn do not count.
    mutating func confirm(_ context: inout Context) -> [Effect] {
        let entries = context.staged(path)
        let hidden = entries.count - shown(context).count
        guard hidden == 0 else {
            let count = Format.count(hidden)
            context.say("The filter hides \(count) of the staged entries: Esc clears it", .warning)
            return []
        }
        guard let plan else {
            context.say(problem?.message ?? "Still looking at the storage; a moment", .notice)
            return []
        }
        if let place = plan.boxes.firstIndex(where: { $0.problem != nil }) {
            context.say("Entry \(place + 1) cannot be done: u unstages it, e changes it", .warning)
            return []
        }
        guard count > 0 else {
            context.say("There is nothing to do: no staged chunk is stored", .notice)
            return []
        }
        phase = .confirm
        field = TextField()
        button = .cancel
        isShown = false
        return [context.request(.discardInput)]
    }

    mutating func review(_ key: Key, _ context: inout Context) -> [Effect] {
        guard isShown else { return [] }
        switch key {
        case .escape, .character("q"), .character("n"): cancel(&context)
        case .paste: context.say("Pasting never confirms: type the number", .warning)
        case .character(let digit) where digit.isASCII && digit.isNumber: typeNumber(key)
        case .backspace, .control("u"), .control("w"): typeNumber(key)
        case .tab, .backTab, .left, .right: button = button == .cancel ? .delete : .cancel
        case .up: _ = list.take(.up)
        case .down: _ = list.take(.down)
        case .pageUp: _ = list.take(.pageUp)
        case .pageDown: _ = list.take(.pageDown)
        case .enter: return carryOut(&context)
        case .character:
            context.say("Only the number counts here; Esc goes back to the plan and its keys")
        default: break
        }
        return []
    }

    private mutating func cancel(_ context: inout Context) {
        phase = .list
        context.say("Nothing was changed; it stays staged")
    }

    /// Takes a key of the number; the button that goes ahead is chosen as soon as the number is right,
    /// and no longer.
    private mutating func typeNumber(_ key: Key) {
        _ = field.take(key)
        button = isConfirmed ? .delete : .cancel
    }

    private mutating func carryOut(_ context: inout Context) -> [Effect] {
        guard button == .delete else {
            cancel(&context)
            return []
        }
        guard let plan, isConfirmed, context.reasonNotWritable == nil else {
            context.say("Type \(count), the number of objects, to go ahead", .warning)
            return []
        }
        startRunning(count)
        trash = nil
        let order = DeleteOrder(path: path, plan: plan.id, confirmedCount: count)
        return ask(.delete(order), &context)
    }

    private mutating func startRunning(_ total: Int) {
        phase = .running
        progress = DeleteProgress(done: 0, total: total)
        failures = []
        outcome = nil
        list = ListCursor()
    }

    /// Brings deletions back, the latest first.
    mutating func restore(_ ids: [String], _ context: inout Context) -> [Effect] {
        guard context.reasonNotWritable == nil, let last = ids.last else { return [] }
        restoring = Array(ids.dropLast())
        startRunning(outcome?.done ?? 0)
        isRestoring = true
        trash = last
        return ask(.restore(path: path, trash: last), &context)
    }

    /// Answers what is to become of the rest after an object failed.
    mutating func answer(_ key: Key, _ context: inout Context) -> [Effect] {
        guard isShown, let request else { return [] }
        let answer: FailureAnswer
        switch key {
        case .character("s"): answer = .skip
        case .character("a"): answer = .skipAll
        case .enter, .escape: answer = .stop
        default: return []
        }
        question = nil
        return [context.request(.settleFailure(request, answer))]
    }

    // MARK: Events

    mutating func receive(_ event: Event, _ context: inout Context) -> [Effect] {
        if event.number == completing, case .completions(let found) = event.news {
            completing = nil
            completions = found
            return []
        }
        if event.number == checking { return takeSource(event.news, &context) }
        if event.number == saving {
            if event.news.isFinal { saving = nil }
            if case .planSaved(let text) = event.news { context.say(text, .good) }
            if case .failed(let problem) = event.news { context.say(problem.message, .error) }
            return []
        }
        guard event.number == request else { return [] }
        if event.news.isFinal { request = nil }
        switch event.news {
        case .deletePlan(let plan): self.plan = plan
        case .planStanding(let standing): self.standing = standing
        case .trashes(let found):
            trashes = found
            list = ListCursor()
        case .deleteProgress(let progress): take(progress, &context)
        case .deleteQuestion(let failure):
            question = failure
            isShown = false
            return [context.request(.discardInput)]
        case .deleted(let outcome): return finish(outcome, &context)
        case .restored(let outcome): return finish(outcome, &context)
        case .failed(let problem): fail(problem, &context)
        case .cancelled where phase == .list:
            fail(Problem("Stopped looking: r looks again; nothing was changed"), &context)
        case .cancelled: fail(Problem("Stopped", details: ["What was done stays done."]), &context)
        default: break
        }
        return []
    }

    private mutating func fail(_ problem: Problem, _ context: inout Context) {
        self.problem = problem
        question = nil
        if context.array?.path == path { context.array?.endChange([]) }
        if phase == .running || phase == .confirm {
            phase = .list
            planned = []
            plan = nil
        }
        if phase == .trashes { trashes = [] }
        context.say(problem.message, .error)
    }

    private mutating func take(_ progress: DeleteProgress, _ context: inout Context) {
        failures += progress.failures
        self.progress = progress
        if context.array?.path == path {
            context.array?.settle(progress.changed, restoring: trash)
        }
    }

    private mutating func finish(
        _ outcome: DeleteOutcome,
        _ context: inout Context
    ) -> [Effect] {
        failures += outcome.failures
        question = nil
        if context.array?.path == path {
            context.array?.settle(outcome.changed, restoring: trash)
            context.array?.endChange(isRestoring ? [] : outcome.trashes)
        }
        if isRestoring, let next = restoring.popLast() {
            self.outcome = outcome
            trash = next
            return ask(.restore(path: path, trash: next), &context)
        }
        self.outcome = outcome
        phase = .done
        if isRestoring {
            context.array?.trash = nil
        } else {
            let isWhole = !outcome.isPartial && outcome.failed + outcome.unknown == 0
            if isWhole { context.setStaged([], of: path) }
            if let trash = outcome.trashes.last { context.array?.trash = trash }
        }
        let verb = isRestoring ? "brought back" : "changed"
        context.say(
            "\(Format.plural(outcome.done, "object")) \(verb)",
            outcome.failed + outcome.unknown > 0 || outcome.isPartial ? .warning : .good
        )
        return keepCounts(&context)
    }

    /// Keeps what the chunks come to now. After a vacuum nobody knows what is left outside the grid.
    private func keepCounts(_ context: inout Context) -> [Effect] {
        let hasVacuum = planned.contains { $0.action == .vacuum }
        guard context.array?.path == path, !hasVacuum || isRestoring, !context.mock.isArmed,
            let counts = context.array?.census.map({ CensusCounts($0) }), counts.isComplete
        else { return [] }
        return [context.request(.keepCounts(path: path, counts))]
    }
}
