import Canvas
import ZarrModel

/// What can be done with one inner chunk of a shard, and why the rest cannot.
struct InnerMenu: Hashable, Sendable {
    /// What a person can choose.
    enum Choice: Hashable, Sendable, CaseIterable {
        case inspect, slice, shard, alone
    }

    /// The shard, and where in the array's grid of inner chunks the chunk lies.
    let shard: ChunkIndex
    let inner: ChunkIndex
    /// Whether it can be changed by itself: not inside of shards in shards.
    let canBeAlone: Bool
    var selected = 0

    /// The choices that there are.
    var choices: [Choice] {
        Choice.allCases.filter { $0 != .alone || canBeAlone }
    }

    /// Draws it over the map.
    func draw(on canvas: inout Canvas) {
        let words = choices.map { choice in
            switch choice {
            case .inspect: PlanChoice(title: "inspect", text: "its bytes in the shard, its state")
            case .slice: PlanChoice(title: "slice", text: "the values, from its first element on")
            case .shard: PlanChoice(title: "change the shard…", text: "stage all of it in the plan")
            case .alone: PlanChoice(title: "change it alone", text: "copy the command that does it")
            }
        }
        let why =
            canBeAlone
            ? "It is a part of its shard's object, so that nothing can delete it alone: the shard is"
                + " written anew without it, as 'zscope repair --inner' does."
            : "It is a part of its shard's object, so that nothing can delete or change it alone."
        ChoiceList.draw(
            words,
            selected,
            "Inner chunk [\(inner)] of shard [\(shard)]",
            notes: [why, "Enter takes it, Esc leaves"],
            on: &canvas
        )
    }

    /// The command that takes the chunk out of its shard, for the node at `path` of a store.
    func command(_ locator: String, _ path: String) -> String {
        let place = (locator + (path == "/" ? "" : "#" + path))
            .split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''")
        let chunk = inner.coordinates.map(String.init).joined(separator: ",")
        return "zscope repair '\(place)' --inner --chunks '\(chunk)' --reset-to-fill --dry-run"
    }
}

extension MapPane {
    /// Asks what is to be done with the inner chunk under the cursor.
    mutating func beginMenu() {
        guard let shard, let inner, let index = focusIndex else { return }
        let place = GridOrder.coordinates(index, in: inner.census.grid)
        let start = inner.start(of: place)
        let shape = inner.contents.innerShape
        guard start.count == shape.count, shape.allSatisfy({ $0 > 0 }) else { return }
        menu = InnerMenu(
            shard: shard.shard,
            inner: ChunkIndex(zip(start, shape).map { $0 / $1 }),
            canBeAlone: shard.inside.isEmpty
        )
    }

    /// Reacts to a key while the menu is open.
    mutating func answer(_ asked: InnerMenu, _ key: Key, _ context: inout Context) -> [Effect] {
        switch ChoiceList.take(key, asked.selected, of: asked.choices.count) {
        case .moved(let place): menu?.selected = place
        case .left: menu = nil
        case .none: break
        case .taken(let place):
            menu = nil
            return choose(asked.choices[place], asked, &context)
        }
        return []
    }

    private mutating func choose(
        _ choice: InnerMenu.Choice,
        _ asked: InnerMenu,
        _ context: inout Context
    ) -> [Effect] {
        switch choice {
        case .inspect: return go(.open, &context)
        case .slice: return go(.slice, &context)
        case .shard:
            let box = asked.shard.coordinates.map { $0..<$0 + 1 }
            context.change(ChunkSelection(boxes: [box]), of: path)
        case .alone:
            guard let locator = context.store?.locator else { return [] }
            context.say("Copied: it shows what would change; with --yes for --dry-run it does it")
            return [context.request(.copy(asked.command(locator, path)))]
        }
        return []
    }
}
