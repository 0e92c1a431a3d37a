import Canvas
import ZarrModel

/// Shards: what their indexes say of the chunks inside.
extension MapPane {
    /// Shards of so few stored objects are looked into without being asked: a small read each.
    private static let cheapLimit = 1024

    // MARK: One shard

    /// Opens the shard under the cursor, over this map.
    mutating func openShard(_ context: inout Context) {
        guard let index = focusIndex, let census = census(context) else { return }
        let chunk = ChunkIndex(GridOrder.coordinates(index, in: census.grid))
        let place =
            shard.map { ShardPlace($0.shard, inside: $0.inside + [chunk]) } ?? ShardPlace(chunk)
        var pane = MapPane(path: path, shard: place)
        pane.measure = measure == .age ? .presence : measure
        pane.chosenRamp = chosenRamp
        context.navigation = .push(pane)
    }

    /// Asks for the index of the shard, unless that was done.
    mutating func beginShard(_ context: inout Context) -> [Effect] {
        guard let shard, inner == nil, requests.shard == nil, innerProblem == nil else { return [] }
        let effect = context.request(.openShard(path: path, shard))
        requests.shard = effect.number
        return [effect]
    }

    mutating func receiveShard(_ event: Event, _ context: inout Context) -> [Effect] {
        requests.shard = nil
        switch event.news {
        case .shardContents(let contents):
            guard let map = InnerMap(contents) else {
                innerProblem = "This shard has more inner chunks than can be shown"
                return []
            }
            inner = map
            show(contents.grid)
            sayInside(map, &context)
        case .failed(let problem): innerProblem = problem.message
        default: innerProblem = "Stopped; r looks again"
        }
        return []
    }

    private func sayInside(_ map: InnerMap, _ context: inout Context) {
        if let problem = map.contents.problem {
            context.say("The index of this shard cannot be read: \(visible(problem))", .error)
            return
        }
        let words = map.census.anomalyWords
        let total = Format.plural(map.census.total, "inner chunk")
        context.say(
            "\(total): " + (words.isEmpty ? "all there" : words),
            words.isEmpty ? .good : .warning
        )
    }

    /// Reads the index of the shard again.
    mutating func refreshShard(_ context: inout Context) -> [Effect] {
        guard requests.shard == nil else { return [] }
        innerProblem = nil
        inner = nil
        return beginShard(&context)
    }

    // MARK: All shards

    /// Looks into every shard where they are few, so that what is missing inside is known at once.
    mutating func lookInsideIfCheap(_ context: inout Context) -> [Effect] {
        guard shard == nil, !requests.hasLookedInside, hasInside(context),
            context.store?.record == nil, context.arrayDetails(path)?.reasonNoValues == nil,
            !(context.array?.isShadowed ?? false),
            let census = census(context),
            census.summary?.isComplete ?? false, census.inside == nil,
            census.count(.present) > 0, census.count(.present) <= Self.cheapLimit
        else { return [] }
        let effects = lookInside(&context)
        requests.isInsideAsked = false
        return effects
    }

    /// Reads the index of every stored shard.
    mutating func lookInside(_ context: inout Context) -> [Effect] {
        guard requests.inside == nil else { return [] }
        guard let census = census(context), !census.isRunning else {
            context.say("Wait until the census is done, or stop it with ^C", .notice)
            return []
        }
        let effect = context.request(.lookInside(path: path))
        requests.inside = effect.number
        requests.isInsideAsked = true
        requests.hasLookedInside = true
        change(&context) { $0.beginInside() }
        return [effect]
    }

    mutating func receiveInside(_ event: Event, _ context: inout Context) -> [Effect] {
        if case .insidePage(let page) = event.news {
            if context.array?.path == path { context.array?.look(inside: page) }
            return []
        }
        requests.inside = nil
        guard let census = census(context), let tally = census.inside else { return [] }
        let counts = "\(Format.count(tally.present)) of \(Format.count(tally.total)) inner chunks"
        switch event.news {
        case .insideFinished where !requests.isInsideAsked:
            reportEnd(&context)
        case .insideFinished:
            let partial = Format.plural(census.partialCount, "shard")
            let isWhole = census.partialCount == 0
            context.say(
                isWhole ? "\(counts) are there" : "\(counts) are there; \(partial) not whole",
                isWhole ? .good : .notice
            )
        case .failed(let problem):
            context.say("The shards cannot be looked into: \(problem.message)", .warning)
        default: context.say("Stopped: \(counts) of the shards looked into")
        }
        return []
    }
}
