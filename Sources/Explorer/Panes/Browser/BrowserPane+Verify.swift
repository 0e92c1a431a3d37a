import Canvas
import ZarrModel

/// Every array below a group is read and decoded, one after another, each as on its map.
extension BrowserPane {
    /// Why the arrays below the selected group cannot be verified; `nil` where they can.
    func reasonNotVerified(_ context: Context) -> String? {
        if context.mock.isArmed { return "The mock is armed: its map shows what it does" }
        if asked.verifying?.isRunning ?? false { return "A verification is running; ^C stops it" }
        return nil
    }

    /// Begins with the selected group, or goes on where that was stopped.
    mutating func verifyBelow(_ context: inout Context) -> [Effect] {
        guard let path = selected?.path else { return [] }
        if asked.verifying?.path == path, asked.verifying?.isStopped ?? false {
            asked.verifying?.isStopped = false
            asked.verifying?.reading = nil
        } else {
            asked.verifying = GroupVerification(path: path)
        }
        context.say("Reading and decoding every stored chunk below \(path); ^C stops")
        return stopCounting(&context)
    }

    /// Does what comes next: lists a group that nobody opened, or describes, lists or reads an array.
    mutating func verifyNext(_ context: inout Context) -> [Effect] {
        while let run = asked.verifying, run.isRunning, !context.mock.isArmed {
            if let effects = listBelow(run.path, &context) { return effects }
            guard let path = run.current else {
                asked.verifying?.choose(
                    from: tree.nodes(.array, below: run.path),
                    broken: tree.nodes(.broken, below: run.path).count
                )
                if asked.verifying?.isDone ?? false { sayVerified(&context) }
                continue
            }
            if let effects = verifyStep(path, run, &context) { return effects }
        }
        return []
    }

    /// Asks for what the next unlisted group below holds; `nil` where all are listed. One at a time.
    private mutating func listBelow(_ path: String, _ context: inout Context) -> [Effect]? {
        let unlisted = tree.nodes(.group, below: path).filter { !tree.isListed($0) }
        if unlisted.contains(where: asked.listing.values.contains) { return [] }
        guard let next = unlisted.first(where: { asked.verifying?.listed.contains($0) == false })
        else { return nil }
        asked.verifying?.listed.insert(next)
        let effect = context.request(.listChildren(path: next))
        asked.listing[effect.number] = next
        return [effect]
    }

    /// One step with an array; `nil` where its turn has ended.
    private mutating func verifyStep(
        _ path: String,
        _ run: GroupVerification,
        _ context: inout Context
    ) -> [Effect]? {
        guard context.arrayDetails(path) != nil else { return describeNext(path, run, &context) }
        if let reason = context.arrayDetails(path)?.reasonUndecodable {
            return fail(reason)
        }
        guard context.array?.path == path else {
            asked.verifying?.reading = nil
            let effects = context.look(at: path)
            asked.verifying?.looking = context.array?.censusRequest
            return context.array?.census == nil ? fail("its grid is too large") : effects
        }
        guard let reading = run.reading else {
            if context.array?.census == nil { return fail("its grid is too large") }
            guard context.reasonNotVerifiable == nil else { return [] }
            let effects = context.verify()
            context.message = nil
            asked.verifying?.reading = effects.first?.number
            return effects
        }
        guard context.pending[reading] == nil else { return [] }
        guard let phase = context.array?.run?.phase else {
            // Another screen looked at other arrays meanwhile: it is read anew.
            asked.verifying?.reading = nil
            return nil
        }
        return end(path, phase, &context)
    }

    /// Ends the run where the listing of its array was stopped.
    mutating func takeStop(_ event: Event, _ context: inout Context) {
        guard case .cancelled = event.news, asked.isShown, let run = asked.verifying,
            run.isRunning, run.looking == event.number
        else { return }
        stopVerifying(&context)
    }

    private mutating func stopVerifying(_ context: inout Context) {
        asked.verifying?.isStopped = true
        context.say("Stopped. \(asked.verifying?.words ?? ""); V goes on", .notice)
    }

    /// Asks for the description of an array, once.
    private mutating func describeNext(
        _ path: String,
        _ run: GroupVerification,
        _ context: inout Context
    ) -> [Effect]? {
        if context.details[path] != nil { return fail("its metadata cannot be used") }
        if let number = run.describing {
            return context.pending[number] == nil ? fail("its metadata cannot be read") : []
        }
        let effect = context.request(.describe(path: path))
        asked.verifying?.describing = effect.number
        return [effect]
    }

    private mutating func end(
        _ path: String,
        _ phase: VerifyRun.Phase,
        _ context: inout Context
    ) -> [Effect]? {
        switch phase {
        case .running, .pausing: return []
        case .paused:
            stopVerifying(&context)
            return []
        case .failed(let problem): return fail(problem.message)
        case .done:
            let details = context.arrayDetails(path)
            guard let counts = context.array?.census.map({ CensusCounts($0, details) }) else {
                return fail("nothing is known of it")
            }
            asked.verifying?.take(counts)
            tree.take(counts, of: path)
            if tree.order.column.needsCounts { rebuild() }
            return nil
        }
    }

    private mutating func fail(_ reason: String) -> [Effect]? {
        asked.verifying?.fail(reason)
        return nil
    }

    private func sayVerified(_ context: inout Context) {
        guard let run = asked.verifying else { return }
        let isGood = run.troubled.isEmpty && run.failures.isEmpty && run.broken == 0
        context.say("\(isGood ? "✔ " : "")\(run.words)", isGood ? .good : .warning)
        context.message?.isKept = true
    }

    /// How far it is, with the array that is read.
    func verifyStatus(_ context: Context) -> String? {
        guard let run = asked.verifying, run.isRunning else { return nil }
        let count = tree.nodes(.array, below: run.path).count
        var text = "⟳ \(run.title(of: count))"
        if let progress = context.array?.run?.progress, context.array?.path == run.current,
            run.reading != nil, progress.stored > 0
        {
            text += "  \(Format.percent(progress.checked, of: progress.stored))"
        }
        return text
    }
}
