import Canvas
import ZarrModel

extension DeletePane {
    mutating func handle(_ command: Command, _ context: inout Context) -> [Effect] {
        switch command {
        case .back, .close: return leave(&context)
        case .open: return goOn(&context)
        case .undo: return undo(&context)
        case .refresh:
            return phase == .trashes ? lookInTrash(&context) : look(&context, again: true)
        case .dryRun:
            guard plan != nil else {
                context.say("Still looking at the storage; a moment")
                return []
            }
            phase = .keys
            list = ListCursor()
        case .savePlan:
            prompt = .file
            field = TextField(
                "plan-\(path.split(separator: "/").last.map(String.init) ?? "array").ndjson",
                isFresh: true
            )
        case .filter:
            prompt = .filter
            field = TextField(filter, isFresh: true)
        case .change, .unstage, .clearMarks, .stageState, .vacuum:
            return edit(command, &context)
        default: _ = list.take(command)
        }
        return []
    }

    private mutating func leave(_ context: inout Context) -> [Effect] {
        switch phase {
        case .running:
            guard let request else { return [] }
            context.say("Stopping after what is in flight")
            return [context.request(.cancel(request))]
        case .keys:
            phase = .list
            list = ListCursor()
        case .list where !filter.isEmpty: filter = ""
        default:
            if phase == .list, let request { return leave(&context, stopping: request) }
            context.navigation = .pop
        }
        return []
    }

    private func leave(_ context: inout Context, stopping request: Int) -> [Effect] {
        context.navigation = .pop
        return [context.request(.cancel(request))]
    }

    private mutating func goOn(_ context: inout Context) -> [Effect] {
        switch phase {
        case .list: return confirm(&context)
        case .keys:
            phase = .list
            list = ListCursor()
            return []
        case .trashes:
            guard context.reasonNotWritable == nil, let trashes,
                trashes.indices.contains(list.selected)
            else { return [] }
            return restore([trashes[trashes.count - 1 - list.selected].id], &context)
        default:
            context.navigation = .pop
            return []
        }
    }

    private mutating func undo(_ context: inout Context) -> [Effect] {
        guard phase == .done else {
            phase = .trashes
            list = ListCursor()
            return lookInTrash(&context)
        }
        guard let trashes = outcome?.trashes, !isRestoring else { return [] }
        return restore(trashes, &context)
    }

    // MARK: The entries

    private mutating func edit(_ command: Command, _ context: inout Context) -> [Effect] {
        switch command {
        case .change:
            guard let place = selectedEntry(context) else { return [] }
            guard context.staged(path)[place].action != .vacuum else {
                context.say("A vacuum only removes what is no chunk of the grid; u unstages it")
                return []
            }
            let action = context.staged(path)[place].action
            let now = PlanPrompt.actions.firstIndex { $0.action.title == action.title }
            prompt = .action(.entries([place]), selected: now ?? 0)
        case .unstage:
            guard let place = selectedEntry(context) else { return [] }
            var entries = context.staged(path)
            entries.remove(at: place)
            context.setStaged(entries, of: path)
        case .clearMarks:
            context.setStaged([], of: path)
            filter = ""
            context.say("Nothing is staged")
        case .stageState:
            guard context.array?.path == path, !PlanPrompt.states(context.array?.shown).isEmpty
            else {
                context.say("The chunks are not counted yet; a moment", .notice)
                return []
            }
            prompt = .states(selected: 0)
        default:
            context.stageVacuum(of: path)
        }
        return look(&context)
    }

    // MARK: Questions

    mutating func type(_ key: Key, _ context: inout Context) -> [Effect] {
        if question != nil { return answer(key, &context) }
        if phase == .confirm { return review(key, &context) }
        switch prompt {
        case .action(let target, let selected):
            switch ChoiceList.take(key, selected, of: PlanPrompt.actions.count) {
            case .moved(let place): prompt = .action(target, selected: place)
            case .left: leavePrompt(&context)
            case .taken(let place):
                return setAction(PlanPrompt.actions[place].action, target, &context)
            case .none:
                guard key == .character("a"), case .entries(let places) = target else { break }
                let here = selectedEntry(context).map { [$0] } ?? places
                let isAll = places.count > 1
                prompt = .action(.entries(isAll ? here : changeable(context)), selected: selected)
            }
        case .states(let selected):
            let states = PlanPrompt.states(context.array?.shown)
            switch ChoiceList.take(key, selected, of: states.count) {
            case .moved(let place): prompt = .states(selected: place)
            case .left: prompt = nil
            case .taken(let place): return stage(states[place].state, &context)
            case .none: break
            }
        case .locator(let target): return typeLocator(key, target, &context)
        case .file: return typeFile(key, &context)
        case .filter: typeFilter(key)
        case nil: break
        }
        return []
    }

    /// The entries that are shown and that another action can be chosen for.
    func changeable(_ context: Context) -> [Int] {
        let entries = context.staged(path)
        return shown(context).filter { entries[$0].action != .vacuum }
    }

    /// Leaves a question; and the plan, where that was opened for it alone.
    private mutating func leavePrompt(_ context: inout Context) {
        prompt = nil
        completions = []
        guard isForMarks else { return }
        context.say("Nothing was staged; the marks are as they were")
        context.navigation = .pop
    }

    private mutating func setAction(
        _ action: ChunkAction,
        _ target: PlanTarget,
        _ context: inout Context
    ) -> [Effect] {
        if case .copy("") = action { return askLocator(target, &context) }
        if action == .reEncode,
            let reason = context.reasonNotReEncoded(boxes(target, context), of: path)
        {
            context.say(reason, .warning)
            return []
        }
        prompt = nil
        switch target {
        case .entries(let places):
            var entries = context.staged(path)
            for place in places where entries.indices.contains(place) {
                entries[place].action = action
            }
            context.setStaged(entries, of: path)
        case .boxes(let boxes, let why):
            let selection = ChunkSelection(boxes: boxes)
            context.stage(selection, of: path, as: action, why: why)
            guard isForMarks else { break }
            isForMarks = false
            context.array?.change { $0.clearMarks() }
            let count = Format.plural(selection.count, context.unit(path))
            context.say(
                "Staged \(count) to \(action.title), nothing is changed yet; Enter confirms"
            )
        }
        return look(&context)
    }

    /// The chunks that an action is chosen for.
    private func boxes(_ target: PlanTarget, _ context: Context) -> [[Range<Int>]] {
        switch target {
        case .boxes(let boxes, _): boxes
        case .entries(let places):
            places.compactMap { place in
                let entries = context.staged(path)
                return entries.indices.contains(place) ? entries[place].ranges : nil
            }
        }
    }

    private mutating func stage(_ state: ChunkState, _ context: inout Context) -> [Effect] {
        guard let selection = context.array?.shown?.selection(of: state) else { return [] }
        prompt = nil
        let why = "every \(StateLook.word(state)) chunk of the array"
        guard state == .missing else {
            context.stage(selection, of: path, why: why)
            return look(&context)
        }
        return askLocator(.boxes(selection.boxes, why: why), &context)
    }

    private mutating func askLocator(
        _ target: PlanTarget,
        _ context: inout Context
    ) -> [Effect] {
        prompt = .locator(target)
        let former = context.staged(path).lazy.compactMap { entry -> String? in
            if case .copy(let text) = entry.action { text } else { nil }
        }
        field = TextField(former.first ?? "", isFresh: true)
        return complete(&context)
    }

    private mutating func complete(_ context: inout Context) -> [Effect] {
        chosen = nil
        let effect = context.request(.complete(field.string))
        if let completing { context.finish(completing) }
        completing = effect.number
        return [effect]
    }

    private mutating func typeLocator(
        _ key: Key,
        _ target: PlanTarget,
        _ context: inout Context
    ) -> [Effect] {
        switch key {
        case .escape:
            checking = nil
            sourceProblem = ""
            leavePrompt(&context)
        case .down where !completions.isEmpty:
            chosen = min(completions.count - 1, (chosen ?? -1) + 1)
        case .up, .backTab: chosen = chosen.flatMap { $0 > 0 ? $0 - 1 : nil }
        case .tab:
            guard completions.indices.contains(chosen ?? 0) else {
                context.say("Nothing goes on from here; Enter takes what is typed")
                return []
            }
            field = TextField(completions[chosen ?? 0].text)
            return complete(&context)
        case .enter:
            if let chosen, completions.indices.contains(chosen) {
                field = TextField(completions[chosen].text)
            }
            return takeLocator(target, &context)
        default:
            guard field.take(key) else { return [] }
            checking = nil
            sourceProblem = ""
            return complete(&context)
        }
        return []
    }

    private mutating func takeLocator(
        _ target: PlanTarget,
        _ context: inout Context
    ) -> [Effect] {
        let text = field.string
        guard !text.isEmpty else {
            context.say("Type the other store, or the array in it; Esc leaves", .notice)
            return []
        }
        completions = []
        sourceProblem = ""
        let effect = context.request(.checkSource(path: path, from: text))
        checking = effect.number
        return [effect]
    }

    /// Takes whether values can be had from there: only then is the question closed.
    mutating func takeSource(_ news: News, _ context: inout Context) -> [Effect] {
        checking = nil
        guard case .locator(let target) = prompt else { return [] }
        switch news {
        case .sourceFits:
            prompt = nil
            return setAction(.copy(from: field.string), target, &context)
        case .failed(let problem):
            sourceProblem = problem.message
            context.say("Nothing can be taken from there: \(problem.message)", .error)
        default: sourceProblem = "it was not looked at; Enter looks again"
        }
        return []
    }

    private mutating func typeFile(_ key: Key, _ context: inout Context) -> [Effect] {
        switch key {
        case .escape: prompt = nil
        case .enter:
            prompt = nil
            guard let plan, !field.string.isEmpty else { return [] }
            let effect = context.request(.savePlan(plan: plan.id, file: field.string))
            saving = effect.number
            return [effect]
        default: _ = field.take(key)
        }
        return []
    }

    private mutating func typeFilter(_ key: Key) {
        switch key {
        case .escape:
            prompt = nil
            filter = ""
        case .enter, .up, .down: prompt = nil
        default:
            _ = field.take(key)
            filter = field.string
        }
    }
}
